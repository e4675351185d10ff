/// How much of a file is held and put together at once. Beside the bytes a transmission needs about as much memory again.
public struct Limits: Hashable, Sendable {
    /// Longest message, in bytes; what comes behind is cut off with a finding.
    public var message: Int
    /// Bytes after which a stretch of whole interchanges is handed on. An interchange of up to a message's limit is never
    /// divided, so that what its trailers say reaches all its messages.
    public var stretch: Int

    /// The limits that hold where nobody says otherwise.
    public init(message: Int = 16 << 20, stretch: Int = 1 << 20) {
        self.message = message
        self.stretch = stretch
    }
}
