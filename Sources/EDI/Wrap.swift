/// A file that was cut into lines of equal length, breaks inside segments included (records of 80 columns).
struct Wrap {
    /// Length of a line: bytes, or characters where the text is UTF-8.
    let width: Int
    /// Bytes of a line break: 1 for LF, 2 for CR LF.
    let breakLength: Int
    private let lineBytes: Int
    /// Bytes of a line whose end has not come yet.
    private var pending: [UInt8] = []
    /// A line of another length came: what follows is taken as it is.
    private var isOver = false
    /// How much of a file's beginning tells whether it is wrapped.
    static let evidence = 1 << 16

    /// Recognises a wrapped file by its beginning: it begins with an envelope, every line but the last is equally long,
    /// and some line ends where no segment does.
    ///
    /// - Parameter isWhole: the bytes are the whole file.
    init?(_ bytes: ArraySlice<UInt8>, isWhole: Bool) {
        let start = bytes.startIndex
        guard let lf = bytes.prefix(1025).firstIndex(of: 0x0A), lf - start >= 41 else { return nil }
        breakLength = bytes[lf - 1] == 0x0D ? 2 : 1
        let first = bytes[start..<(lf - breakLength + 1)]
        guard Wrap.isStart(first) else { return nil }
        lineBytes = first.count
        width = Wrap.characters(first)
        var text: [UInt8] = []
        var ends: [Int] = []
        var at = start
        while at < bytes.endIndex {
            guard let next = bytes[at...].firstIndex(of: 0x0A) else {
                if isWhole, bytes.endIndex - at > lineBytes { return nil }
                text += bytes[at...]
                break
            }
            let end = next - breakLength + 1
            guard end >= at, breakLength == 1 || bytes[end] == 0x0D else { return nil }
            let line = bytes[at..<end]
            let isLast = isWhole && bytes[(next + 1)...].allSatisfy(\.isLayout)
            guard isLast || isFull(line) else { return nil }
            text += line
            ends.append(text.count)
            at = next + 1
            if isLast { break }
        }
        guard !ends.isEmpty, let terminator = Wrap.terminator(text),
            ends.contains(where: { $0 < text.count && Wrap.isInside(text, $0, terminator) })
        else { return nil }
    }

    /// Appends a stretch of the file to the bytes at hand without its line breaks.
    mutating func append(_ chunk: some Collection<UInt8>, isLast: Bool, to bytes: inout [UInt8], _ origin: inout Origin)
    {
        pending += chunk
        var at = 0
        while !isOver, let lf = pending[at...].firstIndex(of: 0x0A) {
            let end = lf - breakLength + 1
            guard end >= at, breakLength == 1 || pending[end] == 0x0D, isFull(pending[at..<end]) else {
                isOver = true
                break
            }
            bytes += pending[at..<end]
            origin.breaks.append(UInt32(truncatingIfNeeded: bytes.count))
            at = lf + 1
        }
        if !isOver, pending.count - at > 4 * lineBytes + breakLength { isOver = true }
        if isOver || isLast {
            bytes += pending[at...]
            at = pending.count
        }
        pending.removeFirst(at)
    }

    /// Whether a line's end stands inside a segment: what precedes it, blanks and the like left out, ends none.
    private static func isInside(_ text: [UInt8], _ end: Int, _ terminator: UInt8) -> Bool {
        var last = end - 1
        while last > 0, text[last].isLayout, text[last] != terminator { last -= 1 }
        return text[last] != terminator
    }

    private func isFull(_ line: ArraySlice<UInt8>) -> Bool {
        line.count == lineBytes || Wrap.characters(line) == width
    }

    /// Bytes that are no continuation of a UTF-8 character.
    private static func characters(_ line: ArraySlice<UInt8>) -> Int { line.count { $0 & 0xC0 != 0x80 } }

    private static func isStart(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: "ISA".utf8) || line.starts(with: "UNA".utf8) || line.starts(with: "UNB".utf8)
    }

    private static func terminator(_ text: [UInt8]) -> UInt8? {
        if let isa = ISAHeader(text, at: 0), Start.has(text, 0, "ISA") { return isa.delimiters.terminator }
        if Start.isUNA(text, 0) { return text[8] }
        return Start.has(text, 0, "UNB") ? UInt8(ascii: "'") : nil
    }
}
