/// What a document may cost at most. A document beyond a limit is refused by the finding's name, before libxml2 sees it.
enum Limits {
    /// Bytes of a file. Official filings stay below 8 MB (HMRC); the largest code lists published as XML below 60 MB.
    static let bytes = 96 << 20
    /// Elements in each other. libxml2 itself stops at 256.
    static let depth = 128
    /// Attributes of one element: libxml2 before 2.14 compares each with each.
    static let attributes = 256
    /// Bytes of one element's text that are kept: identifiers and descriptions are short, embedded files are not facts.
    static let text = 64 << 10
    /// Documents that one file may hold.
    static let documents = 100_000
    /// Ways in which the files of one set are put together to check a document.
    static let xsdPlans = 16
    /// Errors against one schema that are counted, and those that are told.
    static let xsdErrors = 1000
    static let xsdErrorsTold = 20
}
