/// What travels between the program and its worker: a header in JSON and raw bytes behind it.
///
/// On the wire: four bytes `ILF1`, the lengths of header and body as 32-bit numbers (low byte first), header, body.
package struct Frame: Hashable, Sendable {
    package var header: JSON
    package var body: [UInt8]

    package init(_ header: JSON, _ body: [UInt8] = []) {
        self.header = header
        self.body = body
    }

    /// Bytes of the fixed part at a frame's start.
    package static let headLength = 12
    private static let mark = Array("ILF1".utf8)

    package var bytes: [UInt8] {
        let text = header.bytes
        var out: [UInt8] = []
        out.reserveCapacity(Frame.headLength + text.count + body.count)
        out += Frame.mark
        for n in [text.count, body.count] {
            for shift in [0, 8, 16, 24] { out.append(UInt8(truncatingIfNeeded: n >> shift)) }
        }
        out += text
        out += body
        return out
    }

    /// The lengths that a frame's first bytes announce, or nil where they do not begin a frame.
    package static func lengths(_ head: [UInt8]) -> (header: Int, body: Int)? {
        guard head.count >= headLength, head.starts(with: mark) else { return nil }
        func number(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(head[at + $1]) << (8 * $1) } }
        return (number(4), number(8))
    }

    /// The frame that these bytes hold behind its fixed part.
    package init(_ bytes: [UInt8], headerLength: Int) throws(JSONFault) {
        self.init(try JSON(parsing: bytes.prefix(headerLength)), Array(bytes.dropFirst(headerLength)))
    }
}

extension Frame {
    /// The status with which a worker ends that broke down for want of memory.
    package static let outOfMemory: Int32 = 86
}

extension Extracted {
    /// The readings in the header, the attachments' bytes one behind the other in the body.
    package var frame: Frame {
        var body: [UInt8] = []
        for a in attachments { body += a.bytes }
        return Frame(
            .object([
                "readings": .array(readings.map(\.json)),
                "attachments": .array(
                    attachments.map {
                        .object(
                            dropping: $0.locator.members + [("name", .string($0.name)), ("size", .int($0.bytes.count))])
                    }),
            ]), body)
    }

    package init?(frame: Frame) {
        guard let list = frame.header["readings"] else { return nil }
        self.init(readings: list.items.compactMap(Reading.init))
        guard readings.count == list.items.count else { return nil }
        var at = 0
        for a in frame.header["attachments"]?.items ?? [] {
            guard let locator = Locator(json: a), let name = a["name"]?.string, let size = a["size"]?.int,
                size >= 0, at + size <= frame.body.count
            else { return nil }
            attachments.append(Attachment(locator: locator, name: name, bytes: Array(frame.body[at..<at + size])))
            at += size
        }
    }
}
