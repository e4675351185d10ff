/// File names as text: what the system gives are bytes.
enum Path {
    /// The name as UTF-8; bytes that are none are written `\xFF`, so that different names stay different.
    static func text(_ bytes: some Sequence<UInt8>) -> (text: String, exact: Bool) {
        let all = Array(bytes)
        if let s = String(validating: all, as: UTF8.self) { return (s, true) }
        var out = ""
        var at = 0
        var rest = all.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                out.unicodeScalars.append(Unicode.UTF8.decode(encoded))
                at += encoded.count
            case .error(let length):
                for b in all[at..<at + length] { out += "\\x" + hex(b) }
                at += length
            case .emptyInput: return (out, false)
            }
        }
    }

    private static func hex(_ b: UInt8) -> String {
        let s = String(b, radix: 16, uppercase: true)
        return s.count < 2 ? "0" + s : s
    }

    static func last(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// A member's name without the ways out of its container: no root, no drive, no `..`, no control characters.
    /// Backslashes part folders only where no slash does (archives made on Windows). Nil where nothing is left.
    static func member(_ name: String) -> (name: String, changed: Bool)? {
        let separator: Character = name.contains("/") ? "/" : "\\"
        var parts: [String] = []
        var changed = false
        for (i, raw) in name.split(separator: separator, omittingEmptySubsequences: false).enumerated() {
            var part = String(
                String.UnicodeScalarView(raw.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
            if part != raw { changed = true }
            if i == 0, part.count == 2, part.last == ":" { part = "" }
            if part == ".." || (part.isEmpty && i == 0) { changed = true }
            if part.isEmpty || part == "." || part == ".." { continue }
            parts.append(part)
        }
        return parts.isEmpty ? nil : (parts.joined(separator: "/"), changed)
    }
}
