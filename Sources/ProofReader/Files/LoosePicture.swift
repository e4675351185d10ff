import Vocabulary

extension Reading {
    /// What is no paper, in the reading of a picture file.
    private static let nothing: Set = ["picture-without-text", "unrecognised"]

    /// The reading of a picture that came as a file. One that is no paper is not a paper that failed: logos and photos of
    /// goods come along with mails, and nothing has to be done about them.
    var ofPicture: Reading {
        guard document.type == "unknown", document.status != .rejected else { return self }
        var r = self
        r.document.format = .unknown
        for i in r.document.findings.indices where Reading.nothing.contains(r.document.findings[i].code) {
            r.document.findings[i].severity = .info
        }
        r.document.status = Document.status(for: r.document.findings)
        return r
    }
}
