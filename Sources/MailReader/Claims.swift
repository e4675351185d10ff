import Schemas

/// A sentence as phrases see it: words and slots, and which mention stands behind each slot.
struct ReadSentence {
    var sentence: Sentence
    var mentions: [Mention]
    var tokens: [PhraseToken] = []
    /// Index of the mention behind a token.
    var mentionAt: [Int: Int] = [:]
    var text: MailText

    init(_ sentence: Sentence, _ mentions: [Mention], text: MailText, clauses: Set<String>) {
        self.sentence = sentence
        self.mentions = mentions
        self.text = text
        var clause = 0
        var i = 0
        let starts = Dictionary(
            mentions.enumerated().map { ($1.tokens.lowerBound, $0) }, uniquingKeysWith: { a, _ in a })
        while i < sentence.tokens.count, tokens.count < Limits.tokens {
            if let m = starts[i] {
                if let slot = mentions[m].slot {
                    mentionAt[tokens.count] = m
                    tokens.append(PhraseToken(slot, clause: clause))
                }
                i = mentions[m].tokens.upperBound
                continue
            }
            let t = sentence.tokens[i]
            if t.kind == .mark {
                if [",", ";", ":", "(", ")", "–", "—", ".", "!"].contains(t.text) { clause += 1 }
            } else {
                if clauses.contains(t.text) { clause += 1 }
                tokens.append(PhraseToken(t.text, clause: clause))
            }
            i += 1
        }
    }

    var quote: String { text.string(sentence.range).split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// What one language's phrases find in a sentence.
struct Claims {
    struct Found {
        var intent: String
        var weight: Phrases.Weight
        var hit: PhrasePattern.Hit
    }

    let phrases: Phrases
    /// Intents whose phrases count in any mood.
    let moodless: Set<String>

    func find(in s: ReadSentence) -> [Found] {
        let tokens = s.tokens
        guard !tokens.isEmpty else { return [] }
        let found = phrases.claims.hits(in: tokens).map {
            Found(intent: $0.element.intent, weight: $0.element.weight, hit: $0.hit)
        }
        guard !found.isEmpty else { return [] }
        let denials = phrases.denials.hits(in: tokens).map(\.hit)
        let suppositions = phrases.suppositions.hits(in: tokens).map(\.hit)
        let requests = phrases.requests.hits(in: tokens).map(\.hit)
        return found.filter { f in
            let isClaim = f.weight != .asking && !moodless.contains(f.intent)
            if isClaim, s.sentence.isQuestion { return false }
            // A single word says little, and nothing in the middle of a long sentence.
            if f.weight == .weak, tokens.count > 15 { return false }
            if denies(denials, f.hit, tokens) { return false }
            guard isClaim else { return true }
            let first = f.hit.taken.first ?? f.hit.range.lowerBound
            if suppositions.contains(where: { h in
                h.range.lowerBound < f.hit.range.upperBound && !Set(h.taken).isSubset(of: f.hit.taken)
            }) {
                return false
            }
            return !requests.contains { h in
                h.range.lowerBound < first && !Set(h.taken).isSubset(of: f.hit.taken)
                    && tokens[h.range.upperBound - 1].clause == tokens[first].clause
            }
        }
    }

    /// Whether something in the sentence asks for anything.
    func asks(_ s: ReadSentence) -> Bool { !phrases.requests.hits(in: s.tokens).isEmpty }

    /// A denial up to four words before the claim or inside it, in the same clause, that is not part of its own words.
    private func denies(_ denials: [PhrasePattern.Hit], _ hit: PhrasePattern.Hit, _ tokens: [PhraseToken]) -> Bool {
        guard let first = hit.taken.first else { return false }
        return denials.contains { d in
            guard !d.taken.contains(where: { hit.taken.contains($0) }) else { return false }
            let at = d.range.lowerBound
            guard at >= first - 4, at < hit.range.upperBound else { return false }
            let next = hit.taken.first { $0 > at } ?? first
            return tokens[at].clause == tokens[next].clause
        }
    }
}
