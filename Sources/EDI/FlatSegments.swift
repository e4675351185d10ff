/// One segment of a transmission: 16 bytes, whatever its length.
public struct SegmentRecord: Sendable {
    /// Up to four bytes of the tag, the first in the lowest byte; 0 for an empty segment.
    public var tag: UInt32
    /// Offset at which the tag begins.
    public var start: UInt32
    /// Index in `marks` of the delimiter behind the tag.
    public var first: UInt32
    /// Index in `marks` of the segment's terminator (or the end of the bytes).
    public var last: UInt32
}

/// The arrays behind a transmission, for a reader that goes through every element: offsets, not texts.
///
/// An element is what stands between two delimiters. Valid only inside `Transmission.withFlatSegments`.
public struct FlatSegments {
    /// The file's bytes, or a stretch of them, without the line breaks of a wrapped file; released characters as sent.
    public let bytes: UnsafeBufferPointer<UInt8>
    /// Offsets in `bytes` of delimiters.
    public let marks: UnsafeBufferPointer<UInt32>
    /// `Message.segments` are indices in it.
    public let records: UnsafeBufferPointer<SegmentRecord>
}

extension Transmission {
    /// Gives the arrays behind the transmission.
    public func withFlatSegments<R>(_ body: (FlatSegments) throws -> R) rethrows -> R {
        try bytes.withUnsafeBufferPointer { bytes in
            try segments.marks.withUnsafeBufferPointer { marks in
                try segments.records.withUnsafeBufferPointer { records in
                    try body(FlatSegments(bytes: bytes, marks: marks, records: records))
                }
            }
        }
    }

    /// The offset in the file of a byte of `FlatSegments`.
    ///
    /// Complexity: O(1), but O(log n) in the number of lines of a wrapped file.
    public func fileOffset(_ offset: Int) -> Int { origin(offset) }

    /// What is to be added to an offset in `FlatSegments` for the one in the file; nil where the file is wrapped.
    public var fileBase: Int? { origin.breaks.isEmpty ? origin.base : nil }
}
