import Schemas
import Vocabulary

/// Puts right what recognition does to the words of a form: letters taken for others that look like them, words run together
/// or torn apart.
///
/// Only the tokens that labels are compared with are put right, never the text: a value stays as it was read.
struct Spelling {
    /// Words of labels, titles and column heads.
    private let known: Set<String>
    /// Such words that stand beside each other in a phrase.
    private let pairs: Set<[String]>
    /// Known words of three letters and more by how they look; nil where several look so.
    private let looks: [String: String?]
    /// Known words of five letters and more by their length.
    private let byLength: [Int: [[Character]]]

    /// Below this (thousandths) a letter more, less or other than in a known word is taken for an error.
    private static let doubtful = 900

    init(_ words: ProofWords) {
        var known = words.suffixes
        var pairs: Set<[String]> = []
        for phrase in words.labels.phrases + words.titles.phrases + words.columns.phrases {
            known.formUnion(phrase)
            for (a, b) in zip(phrase, phrase.dropFirst()) { pairs.insert([a, b]) }
        }
        var looks: [String: String?] = [:]
        for w in known.sorted() where w.count >= 3 {
            let look = LookAlike.word(w)
            looks.updateValue(looks.keys.contains(look) ? nil : w, forKey: look)
        }
        self.known = known
        self.pairs = pairs
        self.looks = looks
        byLength = Dictionary(grouping: known.filter { $0.count >= 5 }.sorted().map(Array.init), by: \.count)
    }

    /// The words of a page with tokens as they are likely meant; torn words are joined, in the order of the page.
    func corrected(_ words: [Word]) -> [Word] {
        var out: [Word] = []
        for var word in words {
            if let last = out.last, let whole = joined(last, word) {
                out[out.count - 1] = whole
                continue
            }
            word.tokens = word.tokens.flatMap { tokens(for: $0, certainty: word.confidence ?? 1000) }
            out.append(word)
        }
        return out
    }

    /// `Sig` and `nature:` with no blank between them.
    private func joined(_ a: Word, _ b: Word) -> Word? {
        let height = max(a.box.height, b.box.height)
        guard a.confidence != nil, b.confidence != nil, abs(a.box.midY - b.box.midY) < 0.4 * height,
            (-0.1 * height..<0.22 * height).contains(b.box.x0 - a.box.x1)
        else { return nil }
        let whole = Word(
            a.text + b.text, a.box.union(b.box), confidence: min(a.confidence ?? 1000, b.confidence ?? 1000))
        guard whole.tokens.count == 1, known.contains(whole.tokens[0]),
            !a.tokens.allSatisfy(known.contains) || !b.tokens.allSatisfy(known.contains)
        else { return nil }
        return whole
    }

    private func tokens(for token: String, certainty: Int) -> [String] {
        if known.contains(token) || token.count < 3 || token.allSatisfy(\.isNumber) { return [token] }
        if let match = looks[LookAlike.word(token)], let match { return [match] }
        if let two = split(token) { return two }
        if certainty < Spelling.doubtful, let near = near(token) { return [near] }
        return [token]
    }

    /// `bil` is `b l`, the stroke between them taken for a letter; `deliveredon` is `delivered on`.
    private func split(_ token: String) -> [String]? {
        let all = Array(token)
        for i in 1..<all.count {
            let head = String(all[..<i])
            if known.contains(head), pairs.contains([head, String(all[i...])]), all.count >= 7 {
                return [head, String(all[i...])]
            }
            if i + 1 < all.count, "il1!".contains(all[i]), pairs.contains([head, String(all[(i + 1)...])]) {
                return [head, String(all[(i + 1)...])]
            }
        }
        return nil
    }

    /// The only known word that one letter more, less or other makes of this one.
    private func near(_ token: String) -> String? {
        let t = Array(token)
        guard t.count >= 5, t.filter(\.isNumber).count * 3 <= t.count else { return nil }
        var found: [Character]?
        for length in t.count - 1...t.count + 1 {
            for w in byLength[length] ?? [] where LookAlike.isOneApart(w, t) {
                if found != nil { return nil }
                found = w
            }
        }
        return found.map { String($0) }
    }
}
