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
        if s.utf8.allSatisfy({ $0 < 0x80 }) {
            return String(unsafeUninitializedCapacity: s.utf8.count) { out in
                var n = 0
                for b in s.utf8 {
                    out[n] = lower(b)
                    n += 1
                }
                return n
            }
        }
        var out = ""
        for u in s.lowercased().unicodeScalars {
            // Combining accents of decomposed text, and the ring of N°.
            if (0x300...0x36F).contains(u.value) || u == "°" || u == "º" { continue }
            if let b = bases[u] { out += b } else { out.unicodeScalars.append(u) }
        }
        return out
    }

    /// An ASCII letter in lower case, the grave accent as an apostrophe.
    private static func lower(_ b: UInt8) -> UInt8 {
        switch b {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): b | 0x20
        case UInt8(ascii: "`"): UInt8(ascii: "'")
        default: b
        }
    }

    /// The tokens of one or more words.
    package static func tokens(_ s: some StringProtocol) -> [String] {
        var out: [String] = []
        var current = Substring.UnicodeScalarView()
        func close() {
            while let f = current.first, isEdge(f) { current.removeFirst() }
            while let l = current.last, isEdge(l) { current.removeLast() }
            if !current.isEmpty { out.append(String(current)) }
            current = Substring.UnicodeScalarView()
        }
        for u in plain(s).unicodeScalars {
            switch u {
            case " ", "\t", "\n", "\r", "/", "|", "\u{A0}", "_", "-", "(", ")", "[", "]", "{", "}", "\"", "«", "»", "„",
                "“", "”",
                ";", "!", "?", "*", ":":
                close()
            case "#":
                close()
                out.append("#")
            case ".": if let l = current.last, ("0"..."9").contains(l) { current.append(u) }
            default: current.append(u)
            }
        }
        close()
        return out
    }

    private static func isEdge(_ u: Unicode.Scalar) -> Bool {
        switch u {
        case ".", ",", ":", ";", "-", "'", "=", "<", ">": true
        default: false
        }
    }
}
