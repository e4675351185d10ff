/// The form in which words of documents and words of `schemas/` are compared: lower case, no accents, no punctuation
/// at the ends, cut at `/` and hyphens. `P.O.` is `po`, `B/L` is `b` `l`, `N°` is `n`, `#` stays a token of its own.
package enum Fold {
    /// Base letters of the accented ones in the Latin scripts of Europe.
    private static let bases: [Unicode.Scalar: String] = {
        let rows = [
            "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı",
            "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț",
            "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž", "ss": "ß", "ae": "æ", "oe": "œ", "no": "№",
            "'": "’‘`´", "-": "‐‑–—",
        ]
        var out: [Unicode.Scalar: String] = [:]
        for (base, letters) in rows { for u in letters.unicodeScalars { out[u] = base } }
        return out
    }()

    /// Lower case without accents, everything else as it is.
    package static func plain(_ s: some StringProtocol) -> String {
        var out = ""
        for u in s.lowercased().unicodeScalars {
            // Combining accents of decomposed text, and the ring of N°.
            if (0x300...0x36F).contains(u.value) || u == "°" || u == "º" { continue }
            if let b = bases[u] { out += b } else { out.unicodeScalars.append(u) }
        }
        return out
    }

    /// The tokens of one or more words.
    package static func tokens(_ s: some StringProtocol) -> [String] {
        var out: [String] = []
        var current = ""
        func close() {
            let t = trimmed(current)
            if !t.isEmpty { out.append(t) }
            current = ""
        }
        for c in plain(s) {
            switch c {
            case " ", "\t", "\n", "\r", "/", "|", "\u{A0}", "_", "-": close()
            case "#":
                close()
                out.append("#")
            case ".": if current.last?.isNumber == true { current.append(c) }
            case "(", ")", "[", "]", "{", "}", "\"", "«", "»", "„", "“", "”", ";", "!", "?", "*", ":": close()
            default: current.append(c)
            }
        }
        close()
        return out
    }

    private static func trimmed(_ s: String) -> String {
        var v = Substring(s)
        while let f = v.first, ".,:;-'=<>".contains(f) { v.removeFirst() }
        while let l = v.last, ".,:;-'=<>".contains(l) { v.removeLast() }
        return String(v)
    }
}
