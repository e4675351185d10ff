import EDI
import EDIReader
import Feeds
import Intake
import Ledger
import Schemas
import Vocabulary

/// Answers the interchanges of a file or drop with acknowledgements, one file each.
package struct AcknowledgementRun: Sendable {
    package var path: String
    package var out: String
    package var asOf: Moment
    /// The user's policy file.
    package var policy: String?
    /// The ledger's file; nil for numbers from 1 on.
    package var store: String?
    package var schemas: SchemaFiles

    package init(path: String, out: String, asOf: Moment, schemas: SchemaFiles) {
        self.path = path
        self.out = out
        self.asOf = asOf
        self.schemas = schemas
    }

    /// What became of one interchange.
    package struct Line: Sendable {
        package enum Outcome: Sendable {
            case answered(Acknowledgement, file: String)
            /// It was answered before, by this file.
            case before(file: String)
            /// None is due.
            case none(reason: String)
        }

        package let path: String
        package let interchange: Interchange?
        package let outcome: Outcome
    }

    package struct Report: Sendable {
        package var lines: [Line] = []
        /// Files of other formats.
        package var others = 0
    }

    package func callAsFunction() throws(Fault) -> Report {
        do {
            let entries: [DropEntry]
            switch Disk.kind(of: path) {
            case .nothing: throw Fault.usage("there is no file or folder \(path)")
            case .file: entries = [Drop.file(path)]
            case .folder: entries = try Drop.walk(path)
            }
            let rules = try PolicyFile(policy, schemas)
            let limits = Limits(rules.policy)
            let desk = Desk(
                acknowledger: try Acknowledger(schemas, policy: rules.policy),
                ledger: try store.map { try Ledger(path: $0) },
                out: out, asOf: asOf)
            try Disk.makeFolder(out)
            var report = Report()
            var reader = try EDIReader(schemas, limits: limits.messages)
            var structures = Structures(schemas)
            let intake = try Intake(schemas, limits: limits)
            for e in entries {
                guard let bytes = intake.bytes(of: e) else {
                    report.lines.append(
                        Line(path: e.path, interchange: nil, outcome: .none(reason: "the file cannot be read whole")))
                    continue
                }
                guard intake.identify(bytes).isEDI else {
                    report.others += 1
                    continue
                }
                let t = reader.transmission(bytes)
                let findings = try t.findings + reader.mapFindings(t) + structures.findings(t)
                if t.interchanges.isEmpty {
                    report.lines.append(
                        Line(path: e.path, interchange: nil, outcome: .none(reason: "no interchange can be read")))
                }
                for received in Received.all(t, findings: findings) {
                    let i = received.interchange
                    let own = bytes[min(i.span.lowerBound, bytes.count)..<min(i.span.upperBound, bytes.count)]
                    let outcome = try desk.answer(
                        received, digest: Digest.hex(Digest.sha256(own), first: 10))
                    report.lines.append(Line(path: e.path, interchange: i, outcome: outcome))
                }
            }
            try desk.finish()
            return report
        } catch {
            throw Fault(error)
        }
    }
}

/// Where answers get their numbers and files.
private final class Desk {
    private let acknowledger: Acknowledger
    private let ledger: Ledger?
    private let out: String
    private let asOf: Moment
    /// Numbers used in this run, by pair.
    private var used: [String: Int] = [:]
    private var answered: [Answered] = []
    private var files: [String: String] = [:]
    private var names: Set<String> = []

    init(acknowledger: Acknowledger, ledger: Ledger?, out: String, asOf: Moment) {
        self.acknowledger = acknowledger
        self.ledger = ledger
        self.out = out
        self.asOf = asOf
    }

    /// - Parameter digest: of the interchange's bytes: under the same number something else may come.
    func answer(_ received: Received, digest: String) throws -> AcknowledgementRun.Line.Outcome {
        let i = received.interchange
        guard i.hasEnvelope else { return .none(reason: "it has no interchange header") }
        for (name, value) in [("sender", i.sender.id), ("receiver", i.receiver.id), ("control number", i.control)]
        where value.isEmpty {
            return .none(reason: "it names no \(name)")
        }
        var a = Answered(
            standard: i.standard.rawValue, ours: i.receiver.id, theirs: i.sender.id, control: i.control,
            sent: i.date + i.time + " " + digest, number: 0, file: "")
        if let file = try files[a.subject] ?? ledger?.answer(to: a.subject) { return .before(file: file) }
        let last = try used[a.pair] ?? ledger?.lastAnswer(of: a.pair) ?? 0
        a.number = last + 1
        guard let answer = acknowledger.answer(received, control: a.number, asOf: asOf) else {
            return .none(reason: "none is due")
        }
        used[a.pair] = a.number
        let name = answer.fileName(for: i)
        a.file = name
        // Two interchanges whose ids differ only in what no file name can hold; or a number that a partner used before.
        var n = 2
        while !names.insert(a.file).inserted || isTaken("\(out)/\(a.file)", by: answer.bytes) {
            a.file = name.replacingSuffix(".edi", with: "_\(n).edi")
            n += 1
        }
        try Disk.replace("\(out)/\(a.file)", answer.bytes)
        files[a.subject] = a.file
        answered.append(a)
        return .answered(answer, file: a.file)
    }

    /// Whether another answer lies there.
    private func isTaken(_ path: String, by bytes: [UInt8]) -> Bool {
        guard Disk.kind(of: path) == .file else { return false }
        return (try? Disk.read(path)) != bytes
    }

    /// The files are there: now the ledger may say so. Where the process dies before, the next run writes the same again.
    func finish() throws {
        if let ledger, !answered.isEmpty { try ledger.record(answered) }
    }
}

extension String {
    fileprivate func replacingSuffix(_ old: String, with new: String) -> String {
        hasSuffix(old) ? String(dropLast(old.count)) + new : self + new
    }
}
