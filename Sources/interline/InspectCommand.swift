import ArgumentParser
import Pipeline
import Vocabulary

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Shows what one file says: format, documents, events, facts, each with its place.",
        discussion: """
            EDI comes segment by segment first, with names, codes in words, and what breaks the standard in its place.

            Example:
              interline inspect samples/drop/outbound/piedmont/850_300118.x12
            """)

    @Argument(help: "A file as it came from a partner.")
    var file: String

    @OptionGroup var policy: PolicyOption

    @OptionGroup var xsd: XSDOption

    @OptionGroup var knowledge: SchemaOption

    @Flag(help: "Print the documents and events as NDJSON.")
    var json = false

    func run() throws {
        let schemas = try knowledge.folder().files
        let inspection = try Inspection(file: file, policy: policy.file, xsd: xsd.folder, schemas: schemas)
        XSDOption.complain(inspection.schemaFaults)
        if json {
            for reading in inspection.readings { print(reading.json.text) }
            return
        }
        for outline in try inspection.outlines(schemas) {
            for line in outline.lines { print(OutlineView.text(line)) }
            print("")
        }
        for (i, reading) in inspection.readings.enumerated() {
            if i > 0 { print("") }
            let source = inspection.sources[reading.document.source]
            for line in ReadingView(reading: reading, source: source).lines { print(Terminal.printable(line)) }
        }
    }
}
