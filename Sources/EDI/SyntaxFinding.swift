/// What is wrong with or remarkable about the syntax of a file, with its place in it.
public struct SyntaxFinding: Hashable, Sendable {
    /// `critical` makes the message unusable, `warning` accepts it with errors, `info` is a remark.
    public enum Severity: String, Sendable { case info, warning, critical }

    /// Kebab-case: `segment-count-wrong`, `message-cut-off`, …
    public var code: String
    /// How much it weighs.
    public var severity: Severity
    /// One sentence in words an analyst uses.
    public var text: String
    /// Byte offset and length in the file as it was given.
    public var offset: Int
    /// Bytes from `offset` on.
    public var length: Int
    /// Indices of the messages that it concerns, in `Transmission.messages`.
    public var messages: Range<Int>
    /// Number of the segment in its message; 1 is ST or UNH.
    public var segment: Int?
    /// The segment's tag.
    public var tag: String?
    /// 1-based, behind the tag.
    public var element: Int?
    /// 1-based.
    public var component: Int?

    /// A finding at a place of the file.
    public init(
        _ code: String, _ severity: Severity, _ text: String, offset: Int, length: Int = 0,
        messages: Range<Int> = 0..<0, segment: Int? = nil, tag: String? = nil, element: Int? = nil,
        component: Int? = nil
    ) {
        self.code = code
        self.severity = severity
        self.text = text
        self.offset = offset
        self.length = length
        self.messages = messages
        self.segment = segment
        self.tag = tag
        self.element = element
        self.component = component
    }
}
