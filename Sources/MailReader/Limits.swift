/// How much of a mail is read. Beyond it a finding says so; nothing is left out silently.
enum Limits {
    /// Bytes of all headers of a mail, and of one of them.
    static let headerBlock = 1 << 20
    static let header = 64 << 10
    static let headers = 2000
    /// `:` and `(` in an address header: GMime descends into groups and comments without a limit of its own.
    static let addressNesting = 200
    /// Lines that look like a boundary between parts.
    static let boundaries = 5000
    /// Parts that are walked, and how deep they may lie in each other.
    static let parts = 500
    static let depth = 20
    /// Decoded bytes of all attachments.
    static let attachments = 200 << 20
    /// Mails of an mbox.
    static let mails = 5000
    /// Unicode scalars of a mail's text, and nodes of its HTML.
    static let text = 200_000
    static let nodes = 200_000
    /// Sentences that are compared with phrases, and tokens of one.
    static let sentences = 400
    static let tokens = 150
}
