/// A row of a structure table that cannot be read.
public struct StructureFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `messages.txt`, `segments.txt`, …
    public var file: String
    /// 1-based; 0 where it is about the whole file.
    public var line: Int
    /// A sentence without its full stop.
    public var reason: String

    /// `messages.txt:12: …`
    public var description: String { "\(file):\(line): \(reason)" }
}
