import CGMime

/// Bytes of a text part to characters, whatever its label says.
enum Charset {
    /// Charsets in which ASCII bytes stand for other characters, so that valid UTF-8 proves nothing.
    private static func isShifted(_ label: String) -> Bool {
        label.hasPrefix("iso-2022") || label.hasPrefix("utf-7") || label.hasPrefix("utf-16")
            || label.hasPrefix("utf-32")
            || label.hasPrefix("hz")
    }

    /// The text, and whether the label did not fit.
    static func decode(_ bytes: [UInt8], label: String?) -> (text: String, changed: Bool) {
        let label = label?.lowercased().filter { !$0.isWhitespace } ?? ""
        if isShifted(label), let s = converted(bytes, from: label) { return (s, false) }
        if bytes.allSatisfy({ $0 < 0x80 }) { return (String(decoding: bytes, as: UTF8.self), false) }
        // Text that is valid UTF-8 and not ASCII is UTF-8, whatever it is called: by chance that hardly happens.
        if let s = String(validating: bytes, as: UTF8.self) {
            return (s, !["utf-8", "utf8", ""].contains(label))
        }
        // ISO 8859-1 and ASCII are read as Windows-1252, which holds them, as browsers do (WHATWG Encoding).
        let western = ["", "us-ascii", "ascii", "iso-8859-1", "latin1", "utf-8", "utf8"].contains(label)
        if !western, let s = converted(bytes, from: label) { return (s, false) }
        let lie = ["us-ascii", "ascii", "utf-8", "utf8"].contains(label) || !western
        return (converted(bytes, from: "WINDOWS-1252") ?? latin1(bytes), lie)
    }

    private static func converted(_ bytes: [UInt8], from charset: String) -> String? {
        guard charset.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }), charset.utf8.count < 40
        else {
            return nil
        }
        var written: gsize = 0
        let out = bytes.withUnsafeBytes { raw in
            g_convert(
                raw.baseAddress?.assumingMemoryBound(to: CChar.self), gssize(raw.count), "UTF-8", charset, nil,
                &written, nil)
        }
        guard let out else { return nil }
        defer { g_free(out) }
        return String(
            decoding: UnsafeRawBufferPointer(start: out, count: Int(written)), as: UTF8.self)
    }

    /// Each byte the character of its number: the last resort, which always gives a text.
    private static func latin1(_ bytes: [UInt8]) -> String {
        var s = String.UnicodeScalarView()
        for b in bytes { s.append(Unicode.Scalar(b)) }
        return String(s)
    }
}
