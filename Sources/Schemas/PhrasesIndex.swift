/// Patterns by the words they may begin with: of hundreds only the few that can fit a sentence are tried.
package struct PhraseIndex: Sendable {
    private var byToken: [String: [Int]] = [:]
    /// Patterns that may begin with words not known beforehand.
    private var others: [Int] = []

    package init(_ patterns: [PhrasePattern]) {
        for (i, p) in patterns.enumerated() {
            if let tokens = PhraseIndex.beginnings(p.pieces[...]) {
                for t in tokens { byToken[t, default: []].append(i) }
            } else {
                others.append(i)
            }
        }
    }

    /// Indices of the patterns that may fit, in their order.
    package func candidates(_ tokens: [PhraseToken]) -> [Int] {
        var found = Set(others)
        for t in Set(tokens.map(\.text)) { if let list = byToken[t] { found.formUnion(list) } }
        return found.sorted()
    }

    /// The tokens that a sequence may begin with; nil where they cannot be listed.
    private static func beginnings(_ pieces: ArraySlice<PhrasePattern.Piece>) -> Set<String>? {
        guard let first = pieces.first else { return nil }
        switch first {
        case .word(let w): return [w]
        case .slot(let s, _): return s == "<number>" ? [s, "<quantity>"] : [s]
        case .stem, .gap: return nil
        case .choice(let choice, let optional):
            var out: Set<String> = []
            for a in choice.all {
                guard let b = beginnings(a[...]) else { return nil }
                out.formUnion(b)
            }
            if optional {
                guard let rest = beginnings(pieces.dropFirst()) else { return nil }
                out.formUnion(rest)
            }
            return out
        }
    }
}
