import Vocabulary

/// Checks the documents of a file that has been read by the user's schemas, part by part (a part is what has a root of its own).
struct XSDJudge {
    private let xsd: XSDSets
    private let outline: XSDOutline
    private let lines: LineCounter

    init(_ xsd: XSDSets, _ bytes: [UInt8]) {
        self.xsd = xsd
        outline = XSDOutline(bytes)
        lines = LineCounter(outline.text)
    }

    /// The readings with what the schemas say of their documents.
    ///
    /// A part that was refused, is not well-formed or is no XML is left alone with all documents in it: libxml2 sees only what
    /// has been read to its end.
    /// - Parameter readings: of all documents of the file, each with the span of its bytes.
    func judged(_ readings: [Reading]) -> [Reading] {
        var byPart: [Int: [Int]] = [:]
        for (i, r) in readings.enumerated() {
            if let start = r.document.span?.first, let part = outline.part(at: start) {
                byPart[part, default: []].append(i)
            }
        }
        var out = readings
        for (part, own) in byPart.sorted(by: { $0.key < $1.key }) {
            guard own.allSatisfy({ XSDJudge.isWhole(readings[$0].document) }) else { continue }
            let part = outline.parts[part]
            let elements = own.map { outline.element(at: readings[$0].document.span?.first ?? 0, in: part) }
            let findings = XSDCheck(xsd, part, of: outline, lines).findings(elements)
            for (i, found) in zip(own, findings) where !found.isEmpty {
                out[i].document.findings += found
                out[i].document.status = Document.status(for: out[i].document.findings)
                if out[i].document.status == .rejected { out[i].events = [] }
            }
        }
        return out
    }

    /// Whether a document was read to its end. What it lacks is no matter of its form.
    private static func isWhole(_ document: Document) -> Bool {
        document.format == .xml
            && document.findings.allSatisfy { $0.severity != .critical || $0.code == "mandatory-missing" }
    }
}
