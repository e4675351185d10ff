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
    /// By message (index in `Transmission.messages`), what was found in it; of other interchanges' too.
    package let findings: [Int: [SyntaxFinding]]
    /// What was found in an interchange without messages.
    private let bare: [SyntaxFinding]

    /// The interchanges of a file, in order.
    ///
    /// - Parameter findings: of the whole file.
    /// - Complexity: O(n) in messages and findings; interchanges without messages look through all findings.
    package static func all(_ t: Transmission, findings: [SyntaxFinding]) -> [Received] {
        var byMessage: [Int: [SyntaxFinding]] = [:]
        for f in findings {
            for m in f.messages { byMessage[m, default: []].append(f) }
        }
        return t.interchanges.map { i in
            Received(
                transmission: t, interchange: i, findings: byMessage,
                bare: i.messages.isEmpty ? findings.filter { i.span.lowerBound...i.span.upperBound ~= $0.offset } : [])
        }
    }

    /// A message's own findings that are told, by segment, each once; what its group and interchange are told of comes apart.
    func told(_ m: Int, _ codes: AcknowledgementCodes) -> [SyntaxFinding] {
        var seen: Set<[String]> = []
        let told = (findings[m] ?? []).filter { f in
            if f.severity == .info, !codes.rejecting.contains(f.code) { return false }
            let row = codes.rows[f.code]
            if let row, !row.isOfMessage { return false }
            let code = row?.set ?? row?.segment ?? row?.element ?? f.code
            let place = [f.segment ?? 0, f.element ?? 0, f.component ?? 0].map(String.init)
            return seen.insert(place + [code, row?.segment == nil ? "" : f.tag ?? ""]).inserted
        }
        return told.enumerated().sorted {
            ($0.element.segment ?? 0, $0.offset) < ($1.element.segment ?? 0, $1.offset)
        }.map(\.element)
    }

    /// Codes of what is wrong with a group's or the interchange's envelope.
    ///
    /// - Parameters:
    ///   - group: the one that is asked about; nil for the interchange.
    ///   - trailers: those whose absence counts: `GE`, `IEA`, `UNE`, `UNZ`.
    func envelope(
        _ codes: AcknowledgementCodes, of group: Group? = nil, trailers: Set<String>,
        _ level: (AcknowledgementCodes.Row) -> String?
    ) -> [String] {
        var out: [String] = []
        let all = (group?.messages ?? interchange.messages).flatMap { findings[$0] ?? [] }
        for f in all + (group == nil ? bare : []) where f.severity != .info {
            guard let row = codes.rows[f.code], row.isOfEnvelope, let code = level(row), !out.contains(code) else {
                continue
            }
            if f.code == "trailer-missing", !trailers.contains(f.tag ?? "") { continue }
            out.append(code)
        }
        return out
    }

    func isRejected(_ m: Int, _ codes: AcknowledgementCodes) -> Bool {
        (findings[m] ?? []).contains { $0.severity == .critical || codes.rejecting.contains($0.code) }
    }
}

extension AcknowledgementCodes {
    /// Findings in the order of their segments, with those of each together; what is told of a whole message is left out.
    func bySegment(_ told: [SyntaxFinding]) -> [(segment: Int, findings: [SyntaxFinding])] {
        var out: [(segment: Int, findings: [SyntaxFinding])] = []
        for f in told where rows[f.code]?.set == nil {
            guard let segment = f.segment else { continue }
            if out.last?.segment == segment {
                out[out.count - 1].findings.append(f)
            } else {
                out.append((segment, [f]))
            }
        }
        return out
    }
}
