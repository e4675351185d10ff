import ArgumentParser
import EDI
import Feeds
import Pipeline
import Vocabulary

struct AckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Answers EDI interchanges with TA1, 997, 999 or CONTRL.",
        discussion: """
            Example:
              interline ack samples/drop/inbound --out acknowledgements --as-of 2026-03-31T00:00:00Z

            Which acknowledgements a partner gets is policy (docs/acknowledgements.md). With --store our control numbers go \
            on from run to run, and no interchange is answered twice.
            """)

    @Argument(help: "A file or a folder as it came from partners.")
    var path: String

    @Option(help: "The folder for the acknowledgements; made where it is missing.")
    var out: String

    @Option(help: "The time that the acknowledgements bear, RFC 3339 (default: now).")
    var asOf: String?

    @OptionGroup var policy: PolicyOption

    @Option(help: "The ledger's file; made where it is missing.")
    var store: String?

    @OptionGroup var knowledge: SchemaOption

    @Flag(help: "Print a row for each interchange as NDJSON.")
    var json = false

    func run() throws {
        var run = AcknowledgementRun(
            path: path, out: out, asOf: try Clock.moment(asOf), schemas: try knowledge.folder().files)
        run.policy = policy.file
        run.store = store
        let report = try run()
        if json {
            for l in report.lines { print(l.json.text) }
            return
        }
        var table = Table([
            Table.Column("file", gives: true), Table.Column("from"), Table.Column("control"), Table.Column("verdict"),
            Table.Column("acknowledgement", gives: true),
        ])
        for l in report.lines {
            table.add([
                l.path, l.interchange?.sender.id ?? "", l.interchange?.control ?? "", l.verdict, l.answer,
            ])
        }
        for line in table.lines() { print(line) }
        if report.others > 0 {
            print(
                "\n\(report.others) \(report.others == 1 ? "file is" : "files are") no EDI and got no acknowledgement.")
        }
    }
}

extension AcknowledgementRun.Line {
    fileprivate var verdict: String {
        guard case .answered(let a, _) = outcome else { return "" }
        return a.rejected > 0 ? "\(a.verdict.rawValue), \(a.rejected) of \(a.messages) rejected" : a.verdict.rawValue
    }

    fileprivate var answer: String {
        switch outcome {
        case .answered(_, let file): file
        case .before(let file): "already acknowledged: \(file)"
        case .none(let reason): reason
        }
    }

    fileprivate var json: JSON {
        var members: [(String, JSON?)] = [
            ("path", .string(path)), ("sender", interchange.map { .string($0.sender.id) }),
            ("control", interchange.map { .string($0.control) }),
        ]
        switch outcome {
        case .answered(let a, let file):
            members += [
                ("acknowledgement", .string(file)), ("kinds", .array(a.kinds.map(JSON.string))),
                ("verdict", .string(a.verdict.rawValue)), ("messages", .int(a.messages)),
                ("rejected", .int(a.rejected)),
            ]
        case .before(let file): members.append(("acknowledgedBefore", .string(file)))
        case .none(let reason): members.append(("reason", .string(reason)))
        }
        return .object(dropping: members)
    }
}
