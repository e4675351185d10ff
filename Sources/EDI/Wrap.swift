/// A file that was cut into lines of equal length, breaks inside segments included (records of 80 columns).
struct Wrap: Hashable, Sendable {
    var width: Int
    /// Bytes of a line break: 1 for LF, 2 for CR LF.
    var breakLength: Int

    /// The offset in the file of a byte of the unwrapped text.
    func origin(_ offset: Int) -> Int { offset + offset / width * breakLength }

    /// Recognises a wrapped file: it begins with an envelope, every line but the last is equally long, and some line
    /// ends where no segment does.
    static func detect(_ bytes: [UInt8]) -> Wrap? {
        guard let lf = bytes.prefix(1025).firstIndex(of: 0x0A), lf >= 41 else { return nil }
        let breakLength = bytes[lf - 1] == 0x0D ? 2 : 1
        let width = lf - (breakLength - 1)
        let w = Wrap(width: width, breakLength: breakLength)
        let head = w.unwrap(Array(bytes.prefix((width + breakLength) * 8)))
        guard let terminator = terminator(head) else { return nil }
        var at = 0
        var inside = false
        while at + width < bytes.count {
            let end = at + width
            if bytes[at..<end].contains(where: { $0 == 0x0A || $0 == 0x0D }) { return nil }
            guard bytes[end] == (breakLength == 2 ? 0x0D : 0x0A),
                breakLength == 1 || (end + 1 < bytes.count && bytes[end + 1] == 0x0A)
            else { return nil }
            if bytes[end - 1] != terminator, end + breakLength < bytes.count { inside = true }
            at = end + breakLength
        }
        let tail = bytes[min(at, bytes.count)...]
        if let b = tail.firstIndex(of: 0x0A), tail[b...].contains(where: { !$0.isLayout }) { return nil }
        return inside ? w : nil
    }

    func unwrap(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            out += bytes[at..<min(at + width, bytes.count)]
            at += width + breakLength
        }
        return out
    }

    private static func terminator(_ head: [UInt8]) -> UInt8? {
        if Start.isISA(head, 0, strict: false) { return ISAHeader(head, at: 0)?.delimiters.terminator }
        if Start.isUNA(head, 0) { return head[8] }
        return Start.isUNB(head, 0) ? UInt8(ascii: "'") : nil
    }
}
