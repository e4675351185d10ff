import ArgumentParser
import Pipeline
import Vocabulary

struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Reads files into documents and events, without linking them.",
        discussion: """
            Examples:
              interline read samples/drop                       what is in it
              interline read yesterday.edi --out read           documents.ndjson and events.ndjson in read/

            EDI and XML files may be of any size: they are read as they come. An EDI message of more than 16 MiB (policy) \
            is cut off, an XML document of more than 96 MiB is refused, each with a finding. A row of events.ndjson is an event as docs/output.md describes its data, with its document's id.
            """)

    @Argument(help: "Files or folders.")
    var paths: [String]

    @Option(help: "The folder to write to; made where it is missing. Without it, what was read is only counted.")
    var out: String?

    @Option(help: "Threads that share the work (default: one for each processor).")
    var jobs: Int?

    @OptionGroup var policy: PolicyOption

    @OptionGroup var sensitive: PrivacyOption

    @OptionGroup var xsd: XSDOption

    @OptionGroup var knowledge: SchemaOption

    @Flag(help: "Print the counts as JSON.")
    var json = false

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs is a number from 1 on") }
    }

    func run() throws {
        var run = ReadRun(paths: paths, schemas: try knowledge.folder().files)
        run.out = out
        run.jobs = jobs ?? 0
        run.policy = policy.file
        run.showSensitive = sensitive.showSensitive
        run.xsd = xsd.folder
        let progress = Progress(quiet: json)
        defer { progress.end() }
        var faults: [String] = []
        let tally = try run(progress: { done, all in progress.update(done, of: all) }, schemaFaults: { faults = $0 })
        progress.end()
        XSDOption.complain(faults)
        if json {
            print(tally.json.text)
            return
        }
        for line in lines(tally) { print(line) }
    }

    private func lines(_ tally: ReadTally) -> [String] {
        var table = Table([
            Table.Column("format"), Table.Column("type"), Table.Column("documents", isNumber: true),
            Table.Column("events", isNumber: true), Table.Column("rejected", isNumber: true),
        ])
        for (kind, row) in tally.types.sorted(by: { $0.key < $1.key }) {
            table.add([kind.format.rawValue, kind.type, "\(row.documents)", "\(row.events)", "\(row.rejected)"])
        }
        let all = tally.total
        table.add(["all", "", "\(all.documents)", "\(all.events)", "\(all.rejected)"])
        var out = table.lines()
        guard !tally.findings.isEmpty else { return out }
        var findings = Table([Table.Column("finding"), Table.Column("documents", isNumber: true)])
        for (code, n) in tally.findings.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            findings.add([code, "\(n)"])
        }
        out += [""] + findings.lines()
        return out
    }
}
