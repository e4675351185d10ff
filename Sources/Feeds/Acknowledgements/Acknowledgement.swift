import EDI
import Schemas
import Vocabulary

/// What answers one interchange: TA1, 997 or 999 in one X12 interchange, or CONTRL.
package struct Acknowledgement: Sendable {
    /// What is said of a whole interchange or of one of its messages.
    package enum Verdict: String, Sendable { case accepted, acceptedWithErrors = "accepted-with-errors", rejected }

    /// The parts in it: `TA1`, `997`, `999`, `CONTRL`.
    package var kinds: [String]
    package var bytes: [UInt8]
    package var verdict: Verdict
    /// How many of the interchange's messages were rejected, of how many.
    package var rejected: Int
    package var messages: Int

    /// The name of its file: kinds, the partner's id and the control number of what it answers.
    package func fileName(for i: Interchange) -> String {
        func safe(_ s: String) -> String {
            String(
                s.unicodeScalars.map {
                    $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-")
                        ? Character($0) : "_"
                })
        }
        return ([kinds.joined(separator: "-")] + [i.sender.id, i.control].map(safe)).joined(separator: "_") + ".edi"
    }
}

/// One interchange to be answered, with what was found in it.
package struct Received: Sendable {
    package let transmission: Transmission
    package let interchange: Interchange
    /// By message (index in `Transmission.messages`), what was found in it.
    package let findings: [Int: [SyntaxFinding]]

    package init(_ t: Transmission, _ i: Interchange, findings: [SyntaxFinding]) {
        transmission = t
        interchange = i
        var byMessage: [Int: [SyntaxFinding]] = [:]
        for f in findings {
            for m in f.messages where i.messages.contains(m) { byMessage[m, default: []].append(f) }
        }
        self.findings = byMessage
    }

    /// A message's own findings that are told, in their order; what its group and interchange are told of comes apart.
    func told(_ m: Int, _ codes: AcknowledgementCodes) -> [SyntaxFinding] {
        (findings[m] ?? []).filter { f in
            guard f.severity != .info else { return false }
            let row = codes.rows[f.code]
            return !(row?.set == nil && row?.segment == nil && row?.element == nil && row != nil)
        }
    }

    /// Findings about a group's or the interchange's envelope.
    func envelope(_ codes: AcknowledgementCodes, _ level: (AcknowledgementCodes.Row) -> String?) -> [String] {
        var out: [String] = []
        for m in interchange.messages {
            for f in findings[m] ?? [] where f.severity != .info {
                guard let row = codes.rows[f.code], row.set == nil, let code = level(row), !out.contains(code) else {
                    continue
                }
                out.append(code)
            }
        }
        return out
    }

    func isRejected(_ m: Int) -> Bool { (findings[m] ?? []).contains { $0.severity == .critical } }
}
