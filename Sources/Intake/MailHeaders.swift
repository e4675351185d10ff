import Schemas

/// How a block of header lines is known as a mail's (`mail` of formats.yaml).
struct MailHeaders: Sendable {
    let telling: Set<String>
    let known: Set<String>
    let foreign: Set<String>
    /// By header, how the value begins that makes the whole a mail.
    let wrapped: [String: [String]]

    init(_ node: Node) throws(SchemaFault) {
        try node.allow(["telling", "known", "foreign", "wrapped"])
        telling = Set(try node.required("telling").texts)
        known = Set(try node.required("known").texts)
        foreign = Set(node["foreign"]?.texts ?? [])
        var wrapped: [String: [String]] = [:]
        for m in node["wrapped"]?.members ?? [] { wrapped[m.key] = m.value.texts }
        self.wrapped = wrapped
    }

    /// An mbox (a `From ` line before the headers) or a mail: header lines, two of them with names known from mails.
    func isMail(_ text: ArraySlice<UInt8>) -> Bool {
        var lines = text.split(separator: 0x0A, maxSplits: 300, omittingEmptySubsequences: false)[...]
        let mbox = lines.first.map { MailHeaders.isMboxLine($0) } ?? false
        if mbox { lines.removeFirst() }
        var names: Set<String> = []
        for (i, line) in lines.enumerated() {
            if line.isEmpty || line.elementsEqual([0x0D]) { break }
            if i > 0 || mbox, line.first == 0x20 || line.first == 0x09 { continue }
            // A line that is no header ends the block; the last one may be cut off by the window.
            guard let name = MailHeaders.name(of: line) else { break }
            if isWrapping(name, line) { return true }
            names.insert(name)
        }
        guard names.isDisjoint(with: foreign) else { return false }
        let tells = names.contains { telling.contains($0) }
        let count = names.count { telling.contains($0) || known.contains($0) }
        return tells && (count >= 2 || (mbox && count >= 1))
    }

    private func isWrapping(_ name: String, _ line: ArraySlice<UInt8>) -> Bool {
        guard let values = wrapped[name], let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let value = lowered(Array(line[(colon + 1)...].drop { $0 <= 0x20 }))
        return values.contains { value.starts(with: Array($0.utf8)) }
    }

    /// The name before the colon, in lower case (RFC 5322, section 2.2), or nil where the line is no header.
    static func name(of line: ArraySlice<UInt8>) -> String? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            colon - line.startIndex <= 76
        else { return nil }
        var name = line[..<colon]
        while name.last == 0x20 || name.last == 0x09 { name.removeLast() }
        guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        return String(decoding: lowered(Array(name)), as: UTF8.self)
    }

    /// `From sender weekday month day time year` (RFC 4155); some write no time, and a `>` may stand before it.
    private static func isMboxLine(_ line: ArraySlice<UInt8>) -> Bool {
        let bare = line.first == UInt8(ascii: ">") ? line.dropFirst() : line
        return bare.starts(with: Array("From ".utf8))
            && (bare.contains(UInt8(ascii: ":")) || bare.contains(UInt8(ascii: "@")))
    }
}
