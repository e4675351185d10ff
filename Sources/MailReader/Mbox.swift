/// Several mails in one file, each behind a line `From sender date` (RFC 4155).
enum Mbox {
    private static let mark = Array("From ".utf8)

    static func isMbox(_ bytes: [UInt8]) -> Bool { bytes.starts(with: mark) && isMark(bytes[...]) }

    /// `From address …`: a name with `:` would be a header; prose that begins with From has no time of day.
    private static func isMark(_ rest: ArraySlice<UInt8>) -> Bool {
        guard rest.starts(with: mark) else { return false }
        let line = rest.prefix(300).prefix { $0 != 0x0A }
        return line.contains(UInt8(ascii: ":")) || line.contains(UInt8(ascii: "@"))
    }

    /// The byte ranges of the mails, without the lines that part them.
    static func spans(_ bytes: [UInt8]) -> [Range<Int>] {
        var starts: [Int] = []
        var blank = true
        var i = 0
        while i < bytes.count {
            var end = i
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            if blank, isMark(bytes[i...]) { starts.append(i) }
            blank = end == i || (end == i + 1 && bytes[i] == 0x0D)
            i = end + 1
        }
        var out: [Range<Int>] = []
        for (n, start) in starts.enumerated() {
            var from = start
            while from < bytes.count, bytes[from] != 0x0A { from += 1 }
            from = min(from + 1, bytes.count)
            let to = n + 1 < starts.count ? starts[n + 1] : bytes.count
            if from < to { out.append(from..<to) }
        }
        return out
    }

    /// Takes the `>` from lines that were escaped as `>From `.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var i = bytes.startIndex
        while i < bytes.endIndex {
            var end = i
            while end < bytes.endIndex, bytes[end] != 0x0A { end += 1 }
            end = min(end + 1, bytes.endIndex)
            let line = bytes[i..<end]
            let quoted = line.first == UInt8(ascii: ">") && line.drop { $0 == UInt8(ascii: ">") }.starts(with: mark)
            out += quoted ? line.dropFirst() : line
            i = end
        }
        return out
    }
}
