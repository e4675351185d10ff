/// From offsets in the bytes at hand to offsets in the file: what lies before them, and the line breaks taken out of them.
struct Origin: Hashable, Sendable {
    /// Offset in the file of the first byte.
    var base = 0
    /// Bytes of a line break that was taken out: 1 for LF, 2 for CR LF.
    var breakLength = 0
    /// Offsets in the bytes at hand before which a line break stood, ascending.
    var breaks: [UInt32] = []

    /// Complexity: O(log n) in the number of line breaks taken out.
    func callAsFunction(_ offset: Int) -> Int {
        if breaks.isEmpty { return base + offset }
        var low = 0
        var high = breaks.count
        while low < high {
            let middle = (low + high) / 2
            if breaks[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return base + offset + low * breakLength
    }

    /// What holds for the bytes from an offset on.
    func dropping(_ offset: Int) -> Origin {
        let kept = breaks.drop { $0 <= offset }
        return Origin(
            base: base + offset + (breaks.count - kept.count) * breakLength, breakLength: breakLength,
            breaks: kept.map { $0 - UInt32(offset) })
    }
}
