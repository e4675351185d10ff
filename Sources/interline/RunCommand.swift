import ArgumentParser
import Pipeline
import Vocabulary

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Reads a drop and writes documents, events, entities, links, exceptions and readiness.",
        discussion: """
            Example:
              interline run samples/drop --out out --as-of 2026-03-31T00:00:00Z

            What the files hold is described in docs/output.md. With --store a ledger remembers earlier runs, and the \
            output says what all of them together know (docs/ledger.md).
            """)

    @Argument(help: "The folder of partner files, any names, any depth.")
    var drop: String

    @Option(help: "The folder to write to; made where it is missing.")
    var out: String

    @Option(help: "The clock that deadlines are judged by, RFC 3339 (default: now).")
    var asOf: String?

    @OptionGroup var policy: PolicyOption

    @OptionGroup var xsd: XSDOption

    @Option(help: "The ledger's file; made where it is missing.")
    var store: String?

    @Flag(help: "Write only what this run changed; needs --store.")
    var changes = false

    @OptionGroup var sensitive: PrivacyOption

    @OptionGroup var knowledge: SchemaOption

    @Flag(help: "Print run.json instead of the summary.")
    var json = false

    @Flag(help: "Print nothing.")
    var quiet = false

    func run() throws {
        var run = Run(drop: drop, out: out, asOf: try Clock.moment(asOf), schemas: try knowledge.folder().files)
        run.policy = policy.file
        run.xsd = xsd.folder
        run.store = store
        run.onlyChanges = changes
        run.showSensitive = sensitive.showSensitive
        let progress = Progress(quiet: quiet || json)
        defer { progress.end() }
        let report = try run { done, all in progress.update(done, of: all) }
        progress.end()
        XSDOption.complain(report.schemaFaults)
        if json {
            print(report.run.text)
        } else if !quiet {
            for line in FirstScreen(report: report, out: out).lines(width: Terminal.width) { print(line) }
        }
    }
}
