import Schemas
import Vocabulary

/// Reads mails and mboxes: one document with one event for each mail, and its attachments to be read next.
///
/// GMime parses hostile input here: run this in a worker process with limits, never in the coordinator.
package struct MailReader {
    private let words: MailWords

    /// - Parameter schemas: has to hold `words.yaml`, `dates.yaml` and `phrases/`.
    package init(_ schemas: SchemaFiles) throws(SchemaFault) {
        words = try MailWords(schemas)
    }

    /// - Parameters:
    ///   - locator: where the mail is; `message` is set for those of an mbox, `part` is the mail's own where it was attached
    ///     to another one, and the numbers of its parts go on from it.
    ///   - source: SHA-256 of the bytes, hexadecimal.
    package mutating func read(_ bytes: [UInt8], at locator: Locator, source: String) -> Extracted {
        guard Mbox.isMbox(bytes) else { return mail(bytes, at: locator, source: source, span: nil) }
        var out = Extracted()
        let spans = Mbox.spans(bytes)
        for (i, span) in spans.prefix(Limits.mails).enumerated() {
            var at = locator
            at.message = i + 1
            let one = mail(
                Mbox.unescaped(bytes[span]), at: at, source: source, span: [span.lowerBound, span.upperBound])
            out.readings += one.readings
            out.attachments += one.attachments
        }
        if spans.count > Limits.mails, !out.readings.isEmpty {
            out.readings[0].document.findings.append(
                Finding(
                    "mails-cut", .warning,
                    "The file holds \(spans.count) mails; only the first \(Limits.mails) were read."))
            out.readings[0].document.status = Document.status(for: out.readings[0].document.findings)
        }
        return out
    }

    private func mail(_ bytes: [UInt8], at locator: Locator, source: String, span: [Int]?) -> Extracted {
        let scan = Prescan(bytes)
        if let refusal = scan.refusal { return refused(refusal, bytes, locator, source, span) }
        guard let mail = Mail(bytes, scan: scan, prefix: locator.part) else {
            let f = Finding("damaged-mail", .critical, "Nothing in the file can be read as a mail.")
            return refused(f, bytes, locator, source, span)
        }
        let reading = Compiler(mail: mail, words: words, locator: locator, source: source, span: span).reading(
            of: bytes)
        let attachments = mail.attachments.map { a in
            var at = locator
            at.part = a.part
            return Attachment(locator: at, name: a.name, bytes: a.bytes)
        }
        return Extracted(readings: [reading], attachments: attachments)
    }

    private func refused(
        _ finding: Finding, _ bytes: [UInt8], _ locator: Locator, _ source: String, _ span: [Int]?
    ) -> Extracted {
        let digest = Digest.hex(Digest.sha256(bytes))
        let d = Document(
            locator: locator, format: .email, type: "correspondence", status: .rejected, findings: [finding],
            source: source, digest: digest, body: digest, span: span)
        return Extracted(readings: [Reading(d)])
    }
}
