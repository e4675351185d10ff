import Schemas
import Vocabulary

/// Reads one XML document of a file: parses it, recognises what it holds, applies the maps.
struct PartReader {
    let recognition: Recognition
    /// The schemas that the user has, if any.
    let xsd: XSDSets?
    /// Of the bytes that the parts are in.
    let lines: LineCounter
    let locator: Locator
    let source: String
    /// The bytes are not the file's own: places name no offsets.
    let transcoded: Bool

    func read(_ part: Scan.Part, of bytes: [UInt8]) -> [Reading] {
        let slice = bytes[part.range]
        let digest = Digest.hex(Digest.sha256(slice))
        var findings: [Finding] = []
        if let stray = part.strayText {
            findings.append(
                Finding(
                    "stray-text", .info, "Text that is no XML stands around the document and was passed over.",
                    at: place(stray)))
        }
        if var refusal = part.refusal {
            if transcoded { refusal.at = Place() }
            return [unknown(root: nil, findings + [refusal], digest, part)]
        }
        let text = Charset.text(slice, transcoded: transcoded)
        if text.retyped {
            findings.append(
                Finding(
                    "encoding-mismatch", .warning,
                    "The bytes are not UTF-8 as they claim; they were read as windows-1252.",
                    at: place(part.range.lowerBound)))
        }
        if let unknown = text.unknown {
            findings.append(
                Finding(
                    "encoding-unknown", .warning, "The encoding \(unknown.prefix(40)) is not known.",
                    at: place(part.range.lowerBound)))
        }
        let parser = Parser(parsing: text.utf8, starts: transcoded ? nil : part.starts)
        let tree = parser.tree
        if text.retyped, let name = tree.nameBeyondASCII {
            // Stray bytes in a text are a letter of another encoding; in a name they are damage.
            var at = tree.place(name)
            at.xpath = nil
            findings.append(
                Finding("not-well-formed", .critical, "The document has an element name that is not UTF-8.", at: at))
            return [unknown(root: nil, findings, digest, part)]
        }
        if let fault = parser.fault { findings.append(finding(for: fault, in: part, tree, text.utf8)) }
        if parser.undeclared {
            findings.append(
                Finding(
                    "namespace-undeclared", .info, "A prefix is used that no xmlns declares.",
                    at: place(part.range.lowerBound)))
        }
        if let cut = parser.cut {
            findings.append(
                Finding(
                    "text-cut", .info, "A text longer than \(Limits.text >> 10) KiB was read in part.",
                    at: tree.place(cut)))
        }
        let matches = recognition.matches(in: tree, partial: parser.fault != nil)
        // What is said of each match; of the root, where nothing matched.
        var checked: [[Finding]] = []
        if let xsd, parser.fault == nil {
            let roots = matches.isEmpty ? [0] : matches.map(\.root)
            checked = XSDCheck(xsd, part, lines: lines, transcoded: transcoded)
                .findings(text.utf8, documents: roots.map(tree.candidates(to:)))
        }
        guard !matches.isEmpty else {
            if part.foreign {
                let finding = Finding("not-xml", .critical, "The bytes are not XML.", at: place(0))
                return [unknown(root: nil, [finding], digest, part, format: .unknown)]
            }
            return [unknown(root: tree, findings + (checked.first ?? []), digest, part)]
        }
        return matches.enumerated().map { i, m in
            var reader = DocumentReader(
                tree: tree, match: m, locator: locator, source: source,
                findings: findings + (i < checked.count ? checked[i] : []), partial: parser.fault != nil)
            var reading = reader.read()
            reading.document.digest =
                matches.count == 1 ? digest : Digest.id("part", [digest, tree.xpath(m.root)])
            reading.document.span = transcoded ? nil : [part.range.lowerBound, part.range.upperBound]
            return reading
        }
    }

    private func place(_ offset: Int) -> Place { transcoded ? Place() : Place(offset: offset) }

    private func finding(for fault: Parser.Fault, in part: Scan.Part, _ tree: Tree, _ utf8: [UInt8]) -> Finding {
        var at = tree.elements.indices.last.map { tree.place($0) } ?? Place()
        let offset = transcoded ? nil : part.range.lowerBound + min(fault.offset, part.range.count)
        at.offset = offset
        if !part.complete, fault.offset >= utf8.count - 1 || utf8.count - fault.offset < 4 {
            return Finding(
                "truncated", .critical,
                "The document ends before its root element is closed; what stands before was read.", at: at)
        }
        return Finding(
            "not-well-formed", .critical,
            "The document is not well-formed (line \(fault.line)): \(fault.message).", at: at)
    }

    private func unknown(
        root tree: Tree?, _ findings: [Finding], _ digest: String, _ part: Scan.Part, format: Format = .xml
    ) -> Reading {
        var all = findings
        if let tree, !tree.elements.isEmpty {
            let namespace = tree.namespace(0)
            all.append(
                Finding(
                    "unknown-root", .info,
                    "No map knows the root element \(tree.name(0))"
                        + (namespace.isEmpty ? "." : " of the namespace \(namespace)."), at: tree.place(0)))
        }
        return Reading(
            Document(
                locator: locator, format: format, type: "unknown", status: Document.status(for: all), findings: all,
                source: source, digest: digest, body: digest,
                span: transcoded ? nil : [part.range.lowerBound, part.range.upperBound]))
    }
}
