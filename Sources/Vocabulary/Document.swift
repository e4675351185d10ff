package enum Severity: String, Sendable, Comparable, CaseIterable {
    case info, warning, critical

    private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}

/// What a reader noticed about a document: a code of `docs/findings.md`, its weight and its place.
package struct Finding: Hashable, Sendable {
    package var code: String
    /// `critical` rejects the document, `warning` accepts it with errors, `info` is a remark.
    package var severity: Severity
    /// One sentence in words an analyst uses.
    package var message: String
    package var at: Place

    package init(_ code: String, _ severity: Severity, _ message: String, at: Place = Place()) {
        self.code = code
        self.severity = severity
        self.message = message
        self.at = at
    }

    package var json: JSON {
        .object([
            "code": .string(code), "severity": .string(severity.rawValue), "message": .string(message), "at": at.json,
        ])
    }

    package init?(json: JSON) {
        guard let code = json["code"]?.string, let s = json["severity"]?.string.flatMap(Severity.init),
            let message = json["message"]?.string
        else { return nil }
        self.init(code, s, message, at: Place(json: json["at"] ?? .object([:])))
    }
}

package enum Format: String, Sendable { case x12, edifact, xml, pdf, email, unknown }

package enum DocumentStatus: String, Sendable {
    case accepted
    case acceptedWithErrors = "accepted-with-errors"
    case rejected
    case duplicate
}

/// One transaction set, message, declaration, proof or mail, as its reader found it.
///
/// `duplicate` is never a reader's verdict: whether a document came before is settled by `coordinate`.
package struct Document: Hashable, Sendable {
    package var locator: Locator
    package var format: Format
    /// The contract's document type: `850`, `ORDERS`, `customs-declaration`, …
    package var type: String
    package var version: String?
    /// Sender and receiver as the document identifies them (EDI envelope ids, party names, mail addresses).
    package var sender: String?
    package var receiver: String?
    package var number: String?
    package var date: Moment?
    /// The envelope's time (ISA, UNB, the mail's Date); nil where there is no envelope.
    package var envelope: Moment?
    package var status: DocumentStatus
    package var findings: [Finding]
    /// SHA-256 of the file or attachment that holds the document, hexadecimal: the key of its source bytes.
    package var source: String
    /// Digest of the document's own content, its control numbers included: equal for a copy of it anywhere.
    package var digest: String
    /// Digest of the content without envelope, control numbers and times of sending: equal for the same document sent again.
    package var body: String
    /// Byte range of the document in its source, where it is one.
    package var span: [Int]?

    package init(
        locator: Locator, format: Format, type: String, version: String? = nil, sender: String? = nil,
        receiver: String? = nil, number: String? = nil, date: Moment? = nil, envelope: Moment? = nil,
        status: DocumentStatus = .accepted, findings: [Finding] = [], source: String = "", digest: String = "",
        body: String = "", span: [Int]? = nil
    ) {
        self.locator = locator
        self.format = format
        self.type = type
        self.version = version
        self.sender = sender
        self.receiver = receiver
        self.number = number
        self.date = date
        self.envelope = envelope
        self.status = status
        self.findings = findings
        self.source = source
        self.digest = digest
        self.body = body
        self.span = span
    }

    /// Stable over runs: the same content under the same locator is the same document.
    package var id: String { Digest.id("doc", [source, locator.description]) }

    /// A document's time is its envelope's, else its own date (contract).
    package var time: Moment? { envelope ?? date }

    /// The status its findings call for.
    package static func status(for findings: [Finding]) -> DocumentStatus {
        switch findings.map(\.severity).max() {
        case .critical: .rejected
        case .warning: .acceptedWithErrors
        default: .accepted
        }
    }

    /// Every member, for the ledger and the worker's pipe; `documents.ndjson` shows the contract's part of it.
    package var json: JSON {
        .object(
            dropping: locator.members + [
                ("document", .string(id)), ("format", .string(format.rawValue)), ("type", .string(type)),
                ("version", version.map(JSON.string)), ("sender", sender.map(JSON.string)),
                ("receiver", receiver.map(JSON.string)), ("number", number.map(JSON.string)),
                ("date", date.map { .string($0.description) }), ("envelope", envelope.map { .string($0.description) }),
                ("status", .string(status.rawValue)), ("findings", .array(findings.map(\.json))),
                ("source", .string(source)), ("digest", .string(digest)), ("body", .string(body)),
                ("span", span.map { .array($0.map(JSON.int)) }),
            ])
    }

    package init?(json: JSON) {
        guard let locator = Locator(json: json), let format = json["format"]?.string.flatMap(Format.init),
            let type = json["type"]?.string, let status = json["status"]?.string.flatMap(DocumentStatus.init)
        else { return nil }
        self.init(
            locator: locator, format: format, type: type, version: json["version"]?.string,
            sender: json["sender"]?.string, receiver: json["receiver"]?.string, number: json["number"]?.string,
            date: json["date"]?.string.flatMap { Moment(iso: $0) },
            envelope: json["envelope"]?.string.flatMap { Moment(iso: $0) }, status: status,
            findings: (json["findings"]?.items ?? []).compactMap(Finding.init), source: json["source"]?.string ?? "",
            digest: json["digest"]?.string ?? "", body: json["body"]?.string ?? "",
            span: json["span"]?.items.compactMap(\.int))
    }
}
