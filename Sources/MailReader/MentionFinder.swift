import Schemas
import Vocabulary

/// Finds everything that a sentence speaks of, surest forms first; a token belongs to one mention only.
struct MentionFinder {
    let words: MailWords
    let today: Moment?

    func find(in sentence: inout Sentence, of text: MailText) -> [Mention] {
        sentence.tokens = split(sentence.tokens)
        var search = MentionSearch(words: words, text: text, tokens: sentence.tokens)
        search.contacts()
        search.dates(DateScanner(words: words.days, today: today))
        search.amounts()
        search.labelled()
        search.formed()
        search.figures()
        return search.mentions.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    /// `USD65` and `300pcs` are two tokens each.
    private func split(_ tokens: [RawToken]) -> [RawToken] {
        var out: [RawToken] = []
        for (i, t) in tokens.enumerated() {
            let glued = !t.isApart && i > 0 && ["-", "/", "#", "_"].contains(tokens[i - 1].text)
            guard t.kind == .mixed, !glued, let cut = cut(t) else {
                out.append(t)
                continue
            }
            var a = t
            var b = t
            a.text = String(t.text.prefix(cut))
            a.range = t.range.lowerBound..<t.range.lowerBound + cut
            a.kind = a.digits > 0 ? .digits : .word
            b.text = String(t.text.dropFirst(cut))
            b.range = t.range.lowerBound + cut..<t.range.upperBound
            b.kind = b.digits > 0 ? .digits : .word
            b.isApart = false
            out += [a, b]
        }
        return out
    }

    private func cut(_ t: RawToken) -> Int? {
        guard t.text.count == t.range.count else { return nil }
        let first = t.text.prefix { $0.isNumber }
        let rest = t.text.dropFirst(first.count)
        if !first.isEmpty {
            guard rest.allSatisfy(\.isLetter), words.units[String(rest)] != nil || words.currencies[String(rest)] != nil
            else { return nil }
            return first.count
        }
        let letters = t.text.prefix { $0.isLetter }
        guard words.currencies[String(letters)] != nil, t.text.dropFirst(letters.count).allSatisfy(\.isNumber) else {
            return nil
        }
        return letters.count
    }
}
