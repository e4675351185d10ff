/// The bytes of a document as UTF-8, whatever it was written in.
enum Charset {
    struct Text {
        var utf8: [UInt8]
        /// The bytes were no UTF-8 although they claim to be, and were read as windows-1252.
        var retyped = false
        /// A declared encoding that is not known; the bytes were read as UTF-8 or windows-1252.
        var unknown: String?
    }

    /// UTF-16 by its byte order mark, or by how `<?` or `<x` looks in it: the whole file as UTF-8, nil where it is none.
    static func utf16(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 4 else { return nil }
        let little: Bool
        switch (bytes[0], bytes[1]) {
        case (0xFF, 0xFE): little = true
        case (0xFE, 0xFF): little = false
        case (0x3C, 0) where bytes[3] == 0: little = true
        case (0, 0x3C) where bytes[2] == 0: little = false
        default: return nil
        }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var i = bytes[0] == 0x3C || bytes[0] == 0 ? 0 : 2
        while i + 1 < bytes.count {
            let a = UInt16(bytes[i])
            let b = UInt16(bytes[i + 1])
            units.append(little ? b << 8 | a : a << 8 | b)
            i += 2
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// - Parameter transcoded: the bytes were UTF-16 and are UTF-8 already, whatever the declaration says.
    static func text(_ bytes: ArraySlice<UInt8>, transcoded: Bool) -> Text {
        if transcoded { return Text(utf8: Array(bytes)) }
        let declared = declaredEncoding(bytes)
        switch declared?.lowercased() {
        case "iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252":
            return Text(utf8: decoded(bytes, euro: false))
        case "iso-8859-15", "latin9", "latin-9": return Text(utf8: decoded(bytes, euro: true))
        case nil, "utf-8", "utf8", "us-ascii", "ascii":
            return String(validating: bytes, as: UTF8.self) != nil
                ? Text(utf8: Array(bytes)) : Text(utf8: decoded(bytes, euro: false), retyped: true)
        case let other:
            return String(validating: bytes, as: UTF8.self) != nil
                ? Text(utf8: Array(bytes), unknown: other)
                : Text(utf8: decoded(bytes, euro: false), unknown: other)
        }
    }

    /// `encoding="…"` of the XML declaration.
    static func declaredEncoding(_ bytes: ArraySlice<UInt8>) -> String? {
        let head = String(decoding: bytes.prefix(200), as: UTF8.self)
        guard head.hasPrefix("<?xml"), let end = head.firstRange(of: "?>"),
            let key = head[..<end.lowerBound].firstRange(of: "encoding")
        else { return nil }
        let rest = head[key.upperBound..<end.lowerBound]
        guard let open = rest.firstIndex(where: { $0 == "\"" || $0 == "'" }) else { return nil }
        let value = rest[rest.index(after: open)...]
        return String(value.prefix { $0 != "\"" && $0 != "'" })
    }

    /// windows-1252, which holds all of ISO-8859-1 that is printed (WHATWG encoding standard); with `euro`, ISO-8859-15.
    private static func decoded(_ bytes: ArraySlice<UInt8>, euro: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 8)
        for b in bytes {
            if b < 0x80 {
                out.append(b)
                continue
            }
            let latin9 = euro ? Charset.latin9[b] : nil
            let scalar = latin9 ?? (b < 0xA0 ? Charset.windows1252[Int(b) - 0x80] : Unicode.Scalar(b))
            out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return out
    }

    private static let latin9: [UInt8: Unicode.Scalar] = [
        0xA4: "\u{20AC}", 0xA6: "\u{160}", 0xA8: "\u{161}", 0xB4: "\u{17D}", 0xB8: "\u{17E}", 0xBC: "\u{152}",
        0xBD: "\u{153}", 0xBE: "\u{178}",
    ]

    /// 0x80 to 0x9F; the five that windows-1252 leaves open stay control characters.
    private static let windows1252: [Unicode.Scalar] = [
        "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}", "\u{2C6}",
        "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}", "\u{90}", "\u{2018}", "\u{2019}",
        "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}", "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}",
        "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
    ]
}
