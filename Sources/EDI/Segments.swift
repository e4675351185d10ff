/// Stage 2: segments as flat records over the bytes at hand. An element is what stands between two marks; values are decoded
/// only when they are read.
struct Segments: Sendable {
    private(set) var records: [SegmentRecord] = []
    /// Offsets of delimiters, in order; some of no segment may stand between those of two.
    var marks: [UInt32] = []

    var count: Int { records.count }

    func end(_ segment: Int) -> Int { Int(marks[Int(records[segment].last)]) }

    func markRange(_ segment: Int) -> Range<Int> { Int(records[segment].first)..<Int(records[segment].last) + 1 }

    static func tag(_ text: StaticString) -> UInt32 {
        var t: UInt32 = 0
        text.withUTF8Buffer { for (i, b) in $0.enumerated() where i < 4 { t |= UInt32(b) << (8 * UInt32(i)) } }
        return t
    }

    /// Room for as much as another stretch of the file held.
    mutating func reserve(like other: Segments) {
        records.reserveCapacity(other.records.count + other.records.count / 8)
        marks.reserveCapacity(other.marks.count + other.marks.count / 8)
    }

    /// The marks, to be read while records are appended.
    @inline(__always)
    mutating func withMarks<R>(_ body: (UnsafeBufferPointer<UInt32>, inout [SegmentRecord]) -> R) -> R {
        marks.withUnsafeBufferPointer { body($0, &records) }
    }

    /// Room for what so many bytes usually hold.
    mutating func reserve(bytes: Int) {
        records.reserveCapacity(bytes / 20)
        marks.reserveCapacity(bytes / 4)
    }

    mutating func append(_ record: SegmentRecord) { records.append(record) }

    mutating func dropLast() { records.removeLast() }

    mutating func empty() {
        records.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
    }

    /// How many marks belong to segments or stand before one.
    var usedMarks: Int { records.last.map { Int($0.last) + 1 } ?? 0 }

    /// Lets go of marks behind the last segment: other delimiters hold there.
    mutating func forgetMarks() { marks.removeLast(marks.count - usedMarks) }
}

/// Cuts bytes into segments at the terminators that stage 1 found, until something is met that is no ordinary segment.
struct SegmentCutter {
    /// Why it stopped.
    enum Stop {
        /// The window's terminators are used up.
        case windowDone
        /// The last segment is one of the envelope's, or stands outside any message.
        case envelope
        /// The last segment is empty.
        case empty
        /// Another interchange begins inside the segment that begins at `position`.
        case swallowed(Int)
        /// The message goes beyond its limit with the segment at `position`; or as much of one that is passed over is held.
        case messageTooLong
        /// The segment at `position` alone goes beyond it.
        case segmentTooLong
    }

    let isX12: Bool
    /// The terminator is the first byte of a character of several bytes: the others stand before the next tag.
    let isWide: Bool
    let terminator: UInt8
    /// Offset at which the open message has to end.
    var limit = Int.max
    /// Longest segment.
    private let longest: Int
    /// Segments are passed over, not kept.
    var isDropping = false
    /// No message is open: every segment is the envelope's, or astray.
    var isOutside = true

    init(_ interchange: Interchange, _ limits: Limits) {
        isX12 = interchange.standard == .x12
        terminator = interchange.delimiters.terminator
        isWide = terminator >= 0xC0
        longest = limits.message
    }

    /// Where the tag of the segment that follows begins.
    @inline(__always)
    func start(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int, _ end: Int) -> Int {
        var at = position
        while at < end, bytes[at] <= 0x20 || isWide, bytes[at].isLayout || (isWide && bytes[at] & 0xC0 == 0x80),
            bytes[at] != terminator
        { at += 1 }
        return at
    }

    /// Up to four bytes of the tag.
    @inline(__always)
    static func tag(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
        let n = end - start
        if n >= 4 || start + 4 <= bytes.count {
            let raw = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
            let word = raw.loadUnaligned(fromByteOffset: start, as: UInt32.self)
            return n >= 4 ? word : word & ((1 &<< (8 &* UInt32(truncatingIfNeeded: n))) &- 1)
        }
        var t: UInt32 = 0
        for i in 0..<n { t |= UInt32(bytes[start + i]) << (8 * UInt32(i)) }
        return t
    }

    /// Takes segments from `position` on.
    ///
    /// - Parameter firstMark: index of the first mark that belongs to the next segment; moved on.
    mutating func run(
        _ text: [UInt8], _ position: inout Int, _ firstMark: inout Int, _ marks: inout Marks, _ arena: inout Segments
    ) -> Stop {
        let ends = marks.ends
        return text.withUnsafeBufferPointer { bytes in
            arena.withMarks { all, records in
                while marks.taken < ends.count {
                    let last = Int(ends[marks.taken])
                    let end = Int(all[last])
                    // A terminator that was passed with what stood before it, as in a UNA.
                    if end < position {
                        marks.taken &+= 1
                        firstMark = last + 1
                        continue
                    }
                    let start = start(bytes, position, end)
                    if end - start > 40 {
                        if end - start > longest { return .segmentTooLong }
                        if let at = Start.swallowed(text, bytes, start + 1, end) { return .swallowed(at) }
                    }
                    if end > limit { return .messageTooLong }
                    var first = firstMark
                    while first < last, Int(all[first]) < start { first &+= 1 }
                    let tag = Self.tag(bytes, start, Int(all[first]))
                    let isEnvelope = isEnvelope(tag)
                    marks.taken &+= 1
                    firstMark = last + 1
                    position = end + 1
                    if isDropping, !isEnvelope { continue }
                    records.append(
                        SegmentRecord(
                            tag: tag, start: UInt32(truncatingIfNeeded: start),
                            first: UInt32(truncatingIfNeeded: first), last: UInt32(truncatingIfNeeded: last)))
                    if tag == 0 { return .empty }
                    if isEnvelope || isOutside { return .envelope }
                }
                return .windowDone
            }
        }
    }

    /// A segment of either standard's envelope, or what may begin another interchange.
    @inline(__always)
    private func isEnvelope(_ tag: UInt32) -> Bool {
        // UNx: all of EDIFACT's envelope, and what begins an interchange behind an X12 one.
        if tag & 0xFFFF == 0x4E55 { return tag >> 24 == 0 || !isX12 }
        if isX12 {
            switch tag {
            case 0x5453, 0x4553, 0x5347, 0x4547, 0x41_5349, 0x41_4549, 0x31_4154: return true
            default: return false
            }
        }
        return tag & 0xFF_FFFF == 0x41_5349
    }
}
