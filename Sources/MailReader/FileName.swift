/// The name of an attachment: only a name, never a path, without characters that deceive whoever reads it.
enum FileName {
    /// Nil where nothing of it can be used.
    static func clean(_ name: String) -> String? {
        let base = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var out = ""
        for u in base.unicodeScalars where !isHidden(u) { out.unicodeScalars.append(u == "!" ? "_" : u) }
        var trimmed = Substring(out)
        while let f = trimmed.first, f.isWhitespace { trimmed.removeFirst() }
        while let l = trimmed.last, l.isWhitespace || l == "." { trimmed.removeLast() }
        guard !trimmed.isEmpty else { return nil }
        var short = String(trimmed)
        while short.utf8.count > 200 { short.removeLast() }
        return short
    }

    /// Control characters, and marks that turn the direction of text or take no room.
    private static func isHidden(_ u: Unicode.Scalar) -> Bool {
        switch u.value {
        case 0..<0x20, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFFD: true
        default: false
        }
    }
}
