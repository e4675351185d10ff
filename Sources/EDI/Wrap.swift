/// A file that was cut into lines of equal length, breaks inside segments included (records of 80 columns).
struct Wrap: Hashable, Sendable {
    /// Length of a line: bytes, or characters where the text is UTF-8.
    let width: Int
    /// Bytes of a line break: 1 for LF, 2 for CR LF.
    let breakLength: Int
    /// For each line but the last, the offset in the unwrapped text at which it ends.
    private let ends: [Int]

    /// The offset in the file of a byte of the unwrapped text.
    func origin(_ offset: Int) -> Int {
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return offset + low * breakLength
    }

    /// Recognises a wrapped file: it begins with an envelope, every line but the last is equally long, and some line
    /// ends where no segment does.
    static func detect(_ bytes: [UInt8]) -> (wrap: Wrap, text: [UInt8])? {
        guard let lf = bytes.prefix(1025).firstIndex(of: 0x0A), lf >= 41 else { return nil }
        let breakLength = bytes[lf - 1] == 0x0D ? 2 : 1
        let first = bytes[..<(lf - breakLength + 1)]
        guard isStart(first) else { return nil }
        var text: [UInt8] = []
        var ends: [Int] = []
        var at = 0
        while at < bytes.count {
            guard let next = bytes[at...].firstIndex(of: 0x0A) else {
                guard bytes.count - at <= first.count else { return nil }
                text += bytes[at...]
                break
            }
            let end = next - breakLength + 1
            guard end >= at, breakLength == 1 || bytes[end] == 0x0D else { return nil }
            let line = bytes[at..<end]
            let isLast = bytes[(next + 1)...].allSatisfy(\.isLayout)
            guard isLast || line.count == first.count || characters(line) == characters(first) else { return nil }
            text += line
            ends.append(text.count)
            at = next + 1
            if isLast { break }
        }
        guard !ends.isEmpty, let terminator = terminator(text),
            ends.contains(where: { $0 < text.count && text[$0 - 1] != terminator })
        else { return nil }
        return (Wrap(width: characters(first), breakLength: breakLength, ends: ends), text)
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
