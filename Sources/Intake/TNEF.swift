import Vocabulary

extension Archive {
    /// The attachments in a TNEF stream, which Outlook sends as `winmail.dat` ([MS-OXTNEF], section 2.1). The message's own
    /// text in it is not read: it came as the mail's text too.
    init(tnef bytes: [UInt8], limits: Limits, budget: inout ArchiveBudget) {
        var stream = LittleEndian(bytes)
        stream.skip(6)
        var open: Attachment?
        func close(_ a: Attachment?, into members: inout [Member], _ budget: inout ArchiveBudget) {
            guard let a else { return }
            budget.entries -= 1
            let clean = Path.member(a.longName ?? a.name ?? "")
            var name = clean?.name ?? "member-\(members.count + 1)"
            if let last = name.split(separator: "/").last { name = String(last) }
            let count = members.count { $0.given == name }
            members.append(
                Member(name: count == 0 ? name : "\(name) (\(count + 1))", given: name, bytes: a.data, findings: []))
        }
        while !stream.atEnd {
            let start = stream.at
            guard let level = stream.byte(), level == 1 || level == 2 else {
                problems.append(
                    Finding(
                        "broken-archive", .warning, "Other bytes follow the TNEF container's last attribute.",
                        at: Place(offset: start)))
                break
            }
            guard let id = stream.number(4), let length = stream.number(4), let data = stream.bytes(length) else {
                problems.append(
                    Finding(
                        "broken-archive", .critical, "The TNEF container is damaged and ends early.",
                        at: Place(offset: start)))
                break
            }
            stream.skip(2)
            guard level == 2 else { continue }
            switch id & 0xFFFF {
            case Attribute.rendering:
                close(open, into: &members, &budget)
                open = Attachment()
            case Attribute.title: open?.name = LittleEndian.text(data)
            case Attribute.data: open?.data = Array(data)
            case Attribute.properties: open?.read(properties: data)
            default: break
            }
            if budget.entries <= 0 {
                problems.append(
                    Finding(
                        "archive-too-many", .critical,
                        "More than \(limits.archiveEntries) members lie in this file; the rest was not read."))
                return
            }
        }
        close(open, into: &members, &budget)
    }

    /// Attribute ids ([MS-OXTNEF], section 2.1.3.1) without their type.
    private enum Attribute {
        static let rendering = 0x9002
        static let title = 0x8010
        static let data = 0x800F
        static let properties = 0x9005
    }

    private struct Attachment {
        var name: String?
        var longName: String?
        var data: [UInt8] = []

        /// MAPI properties ([MS-OXTNEF], section 2.1.3.3): the long file name (3707), and an embedded message as an object (3701).
        mutating func read(properties data: ArraySlice<UInt8>) {
            var s = LittleEndian(Array(data))
            guard let count = s.number(4) else { return }
            for _ in 0..<count {
                guard let p = s.property() else { return }
                switch (p.id, p.type) {
                case (0x3707, 0x1E): longName = LittleEndian.text(p.value)
                case (0x3707, 0x1F): longName = LittleEndian.wide(p.value)
                // Behind the interface id of 16 bytes stands a TNEF stream of its own.
                case (0x3701, 0x0D): self.data = Array(p.value.dropFirst(16))
                default: break
                }
            }
        }
    }
}

/// Reading numbers of a binary format whose low byte comes first; each read gives nil behind the end.
private struct LittleEndian {
    private let all: [UInt8]
    private(set) var at = 0

    init(_ bytes: [UInt8]) { all = bytes }

    var atEnd: Bool { at >= all.count }

    mutating func skip(_ n: Int) { at += n }

    mutating func byte() -> UInt8? {
        guard at < all.count else { return nil }
        at += 1
        return all[at - 1]
    }

    mutating func bytes(_ n: Int) -> ArraySlice<UInt8>? {
        guard n >= 0, at <= all.count, n <= all.count - at else { return nil }
        at += n
        return all[(at - n)..<at]
    }

    mutating func number(_ n: Int) -> Int? {
        bytes(n).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }

    /// One MAPI property; of several values the last. Values are padded to four bytes.
    mutating func property() -> (id: Int, type: Int, value: ArraySlice<UInt8>)? {
        guard let type = number(2), let id = number(2) else { return nil }
        if id >= 0x8000 {
            skip(16)
            guard let kind = number(4), let n = number(4) else { return nil }
            if kind == 1 { skip((n + 3) & ~3) }
        }
        let single = type & 0xFFF
        let variable = [0x1E, 0x1F, 0x102, 0x0D].contains(single)
        var values = 1
        if variable || type & 0x1000 != 0 {
            guard let n = number(4) else { return nil }
            values = n
        }
        var last: ArraySlice<UInt8> = []
        for _ in 0..<values {
            var size = 4
            if variable {
                guard let n = number(4) else { return nil }
                size = n
            } else if [0x05, 0x06, 0x07, 0x14, 0x40].contains(single) {
                size = 8
            } else if single == 0x48 {
                size = 16
            }
            guard let value = bytes(size) else { return nil }
            skip((4 - size % 4) % 4)
            last = value
        }
        return (id, single, last)
    }

    /// Text up to its closing zero: UTF-8, else Windows-1252 taken as Latin-1.
    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let text = Array(bytes.prefix { $0 != 0 })
        if let s = String(validating: text, as: UTF8.self) { return s }
        return String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) }))
    }

    static func wide(_ bytes: ArraySlice<UInt8>) -> String {
        let b = Array(bytes)
        let units = stride(from: 0, to: b.count - 1, by: 2).map { UInt16(b[$0]) | UInt16(b[$0 + 1]) << 8 }
        return String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
    }
}
