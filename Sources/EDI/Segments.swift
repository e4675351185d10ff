/// Stage 2: segments as flat records over the file's bytes. An element is what stands between two marks; values are
/// decoded only when they are read.
struct Segments: Sendable {
    /// Up to four bytes of the tag, the first in the lowest byte; 0 for an empty segment.
    private(set) var tags: [UInt32] = []
    /// Where the tag begins.
    private(set) var starts: [UInt32] = []
    /// Index of each segment's first mark in `marks`; one more than there are segments.
    private(set) var firstMarks: [UInt32] = [0]
    /// Delimiters behind the tag, element by element; the last of each segment is its terminator (or the end of the bytes).
    private(set) var marks: [UInt32] = []

    var count: Int { tags.count }

    func end(_ segment: Int) -> Int { Int(marks[Int(firstMarks[segment + 1]) - 1]) }

    func markRange(_ segment: Int) -> Range<Int> { Int(firstMarks[segment])..<Int(firstMarks[segment + 1]) }

    static func tag(_ text: StaticString) -> UInt32 {
        var t: UInt32 = 0
        text.withUTF8Buffer { for (i, b) in $0.enumerated() where i < 4 { t |= UInt32(b) << (8 * UInt32(i)) } }
        return t
    }

    /// Reads one segment. Layout before the tag is passed over.
    ///
    /// - Returns: false where nothing but layout is left; `closed` is false where the bytes end before a terminator.
    mutating func read(
        _ bytes: [UInt8], from position: inout Int, limit: Int, delimiters: Delimiters, with source: inout Marks
    ) -> (found: Bool, closed: Bool) {
        var start = position
        // A terminator that is a character of several bytes in UTF-8 leaves its other bytes before the tag.
        let wide = delimiters.terminator >= 0xC0
        while start < limit, bytes[start] != delimiters.terminator,
            bytes[start].isLayout || (wide && bytes[start] & 0xC0 == 0x80)
        { start += 1 }
        guard start < limit else {
            position = limit
            return (false, true)
        }
        var closed = false
        while let m = source.next(in: bytes) {
            if m < start { continue }
            marks.append(UInt32(truncatingIfNeeded: m))
            if bytes[m] == delimiters.terminator {
                closed = true
                break
            }
        }
        if !closed { marks.append(UInt32(truncatingIfNeeded: limit)) }
        let first = Int(marks[Int(firstMarks[firstMarks.count - 1])])
        var tag: UInt32 = 0
        for (i, at) in (start..<first).enumerated() where i < 4 { tag |= UInt32(bytes[at]) << (8 * UInt32(i)) }
        tags.append(tag)
        starts.append(UInt32(truncatingIfNeeded: start))
        firstMarks.append(UInt32(truncatingIfNeeded: marks.count))
        position = closed ? end(count - 1) + 1 : limit
        return (true, closed)
    }

    mutating func dropLast() {
        tags.removeLast()
        starts.removeLast()
        firstMarks.removeLast()
        marks.removeLast(marks.count - Int(firstMarks[firstMarks.count - 1]))
    }
}
