/// What a document may cost at most. What is beyond a limit is refused by the finding's name.
enum Limits {
    /// Bytes of a document. Official filings stay below 8 MB (HMRC); the largest code lists published as XML below 60 MB.
    static let bytes = 96 << 20
    /// Elements of a document. The longest filings (999 items of a CDS declaration) have about 200,000.
    static let elements = 400_000
    /// Elements in each other.
    static let depth = 128
    /// Attributes of one element.
    static let attributes = 256
    /// Bytes of a tag, its attributes included.
    static let tag = 1 << 20
    /// Different names in one document or wrapper.
    static let names = 50_000
    /// Bytes of one element's or attribute's text that are kept: identifiers and descriptions are short, embedded files
    /// are not facts.
    static let text = 64 << 10
    /// Documents that a file may hold where all are kept at once.
    static let documents = 100_000
    /// Ways in which the files of one set are put together to check a document.
    static let xsdPlans = 16
    /// Errors against one schema that are counted, and those that are told.
    static let xsdErrors = 1000
    static let xsdErrorsTold = 20
    /// Of what stands in a wrapper before a document, so many elements are kept for the document's paths, of so much
    /// text together.
    static let wrapperElements = 256
    static let wrapperText = 64 << 10
}
