/// Stage 1: where the live delimiters of a stretch of bytes stand. Knows nothing of segments.
///
/// It works in windows, so that the file behind an interchange's end (with other delimiters) is hardly looked at, and so
/// that the loop can be replaced by one that compares 8 bytes at a time.
struct Marks {
    /// Offsets of delimiters, in order.
    private(set) var offsets: [UInt32] = []
    private(set) var cursor = 0
    private var scanned: Int
    private let limit: Int
    /// 1 for each byte that is a delimiter, 2 for the release character.
    private let classes: [UInt8]
    private static let window = 1 << 16

    /// - Parameter limit: where the bytes of this interchange end at the latest.
    init(_ delimiters: Delimiters, from start: Int, limit: Int) {
        scanned = start
        self.limit = limit
        var classes = [UInt8](repeating: 0, count: 256)
        for d in [delimiters.terminator, delimiters.element, delimiters.component, delimiters.repetition] {
            if let d { classes[Int(d)] = 1 }
        }
        if let r = delimiters.release { classes[Int(r)] = 2 }
        self.classes = classes
    }

    /// The next delimiter's offset, nil where there is none before the limit.
    @inline(__always)
    mutating func next(in bytes: [UInt8]) -> Int? {
        while cursor == offsets.count {
            if scanned >= limit { return nil }
            offsets.removeAll(keepingCapacity: true)
            cursor = 0
            fill(bytes)
        }
        let o = offsets[cursor]
        cursor += 1
        return Int(o)
    }

    private mutating func fill(_ bytes: [UInt8]) {
        let end = min(scanned + Marks.window, limit)
        var at = scanned
        bytes.withUnsafeBufferPointer { text in
            classes.withUnsafeBufferPointer { classes in
                while at < end {
                    switch classes[Int(text[at])] {
                    case 0: at += 1
                    case 1:
                        offsets.append(UInt32(truncatingIfNeeded: at))
                        at += 1
                    default: at += 2  // the byte behind a release character is data, also over a window's edge
                    }
                }
            }
        }
        scanned = at
    }
}
