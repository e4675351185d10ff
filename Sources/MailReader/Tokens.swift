import Schemas

/// A word, a number or a mark of a text, with its place in Unicode scalars.
struct RawToken: Hashable {
    enum Kind: Hashable { case word, digits, mixed, mark }

    var kind: Kind
    /// Folded: lower case without accents.
    var text: String
    var range: Range<Int>
    /// White space stands before it.
    var isApart: Bool
    /// Line of the part, to tell where lines end.
    var line: Int

    var isAlnum: Bool { kind != .mark }
    var digits: Int { kind == .mark ? 0 : text.utf8.count { (48...57).contains($0) } }
}

enum Tokens {
    /// Cuts lines at everything that is no letter or digit; letters and digits together are one token.
    static func cut(_ text: MailText, lines: [Int]) -> [RawToken] {
        var out: [RawToken] = []
        for n in lines {
            let r = text.lines[n].range
            var i = r.lowerBound
            var apart = true
            while i < r.upperBound {
                let u = text.scalars[i]
                if u.properties.isWhitespace {
                    apart = true
                    i += 1
                    continue
                }
                var end = i + 1
                if isWordy(u) {
                    while end < r.upperBound,
                        isWordy(text.scalars[end]) || isInnerApostrophe(text.scalars, i, end, r.upperBound)
                    { end += 1 }
                    out.append(token(text.scalars[i..<end], i..<end, apart, n))
                } else {
                    out.append(
                        RawToken(
                            kind: .mark, text: Fold.plain(string(text.scalars[i..<end])), range: i..<end,
                            isApart: apart, line: n))
                }
                apart = false
                i = end
            }
        }
        return out
    }

    private static func token(_ s: ArraySlice<Unicode.Scalar>, _ range: Range<Int>, _ apart: Bool, _ line: Int)
        -> RawToken
    {
        let digits = s.count { isDigit($0) }
        let kind: RawToken.Kind = digits == 0 ? .word : digits == s.count ? .digits : .mixed
        return RawToken(kind: kind, text: Fold.plain(string(s)), range: range, isApart: apart, line: line)
    }

    static func isDigit(_ u: Unicode.Scalar) -> Bool { (48...57).contains(u.value) }

    private static func isWordy(_ u: Unicode.Scalar) -> Bool {
        u.properties.isAlphabetic || isDigit(u) || (0x300...0x36F).contains(u.value)
    }

    /// The apostrophe of won't, but not that of d'ici: see `PhraseText`.
    private static func isInnerApostrophe(_ s: [Unicode.Scalar], _ start: Int, _ at: Int, _ end: Int) -> Bool {
        guard ["'", "’", "‘", "`", "´"].contains(s[at]) else { return false }
        var after = at + 1
        while after < end, s[after].properties.isAlphabetic { after += 1 }
        guard !s[start..<at].contains(where: isDigit) else { return false }
        return PhraseText.keepsApostrophe(before: at - start, after: after - at - 1)
    }

    static func string(_ s: ArraySlice<Unicode.Scalar>) -> String {
        var v = String.UnicodeScalarView()
        v.append(contentsOf: s)
        return String(v)
    }
}
