import Schemas
import Vocabulary

extension PartReader {
    /// Reads the documents in an element of the tree.
    ///
    /// - Parameter partial: the part broke within it.
    func read(at element: Int, partial: Bool) -> [Reading] {
        let matches = recognition.matches(in: tree, at: element, depth: candidate, partial: partial)
        guard !matches.isEmpty else { return [] }
        let findings = partFindings()
        return matches.map { m in
            var reader = DocumentReader(
                tree: tree, match: m, locator: locator, source: source, findings: findings, partial: partial)
            var reading = reader.read()
            // Several documents in one that might have been one by its name share its bytes.
            if m.root != element { reading.document.digest = tree.xpath(m.root) }
            return reading
        }
    }

    /// Gives documents their digest and their bytes' range, which end before a position.
    func seal(_ readings: inout [Reading], to position: Int) {
        let digest = window.digest(to: position)
        let span = [sent(candidate > 0 ? documentStart : start), sent(position)]
        for i in readings.indices {
            let own = readings[i].document.digest
            readings[i].document.digest = own.isEmpty ? digest : Digest.id("part", [digest, own])
            readings[i].document.span = span
            if readings[i].document.body.isEmpty { readings[i].document.body = readings[i].document.digest }
        }
    }

    /// The document that stands for a part in which none was found.
    func unknown(to position: Int) -> Reading {
        let digest = window.digest(to: position)
        let span = [sent(start), sent(position)]
        if isForeign {
            let finding = Finding("not-xml", .critical, "The bytes are not XML.", at: Place(offset: 0))
            return document(.unknown, [finding], digest, span)
        }
        var findings = partFindings()
        if tree.count > 0 {
            let namespace = tree.namespace(0)
            findings.append(
                Finding(
                    "unknown-root", .info,
                    "No map knows the root element \(tree.nameText(0))"
                        + (namespace.isEmpty ? "." : " of the namespace \(namespace)."), at: tree.place(0)))
        }
        return document(.xml, findings, digest, span)
    }

    /// The document that stands for one that is too large.
    func tooLargeDocument() -> Reading {
        document(.xml, partFindings() + [tooLarge].compactMap(\.self), "", nil)
    }

    func document(_ format: Format, _ findings: [Finding], _ digest: String, _ span: [Int]?) -> Reading {
        Reading(
            Document(
                locator: locator, format: format, type: "unknown", status: Document.status(for: findings),
                findings: findings, source: source, digest: digest, body: digest, span: span))
    }

    func strayText(_ offset: Int) -> Finding {
        Finding(
            "stray-text", .info, "Text that is no XML stands around the document and was passed over.",
            at: Place(offset: offset))
    }

    func encodingMismatch(_ offset: Int) -> Finding {
        Finding(
            "encoding-mismatch", .warning,
            wide == nil
                ? "The bytes are not UTF-8 as they claim; those that are not were read as windows-1252."
                : "The text is UTF-16 with half a character in it.", at: Place(offset: offset))
    }

    /// What is to be said of the open document and of the wrapper around it.
    func partFindings() -> [Finding] {
        var all: [Finding] = []
        if let leading { all.append(strayText(leading)) }
        if let damage = wrapperRemarks.damage ?? remarks.damage { all.append(encodingMismatch(damage)) }
        if let unknownEncoding {
            all.append(
                Finding(
                    "encoding-unknown", .warning, "The encoding \(unknownEncoding.prefix(40)) is not known.",
                    at: Place(offset: sent(start))))
        }
        if let fault { all.append(fault) }
        if let at = wrapperRemarks.undeclared ?? remarks.undeclared {
            all.append(
                Finding(
                    "namespace-undeclared", .info, "A prefix is used that no xmlns declares.", at: Place(offset: at)))
        }
        if let cut = wrapperRemarks.cut ?? remarks.cut {
            let what = cut.isBase64 ? "An embedded file (base64)" : "A text longer than \(Limits.text >> 10) KiB"
            all.append(Finding("text-cut", .info, "\(what) was read in part.", at: Place(offset: cut.offset)))
        }
        return all
    }
}
