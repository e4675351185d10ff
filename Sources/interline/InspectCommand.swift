import ArgumentParser
import Pipeline
import Schemas
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

    @OptionGroup var sensitive: PrivacyOption

    @OptionGroup var xsd: XSDOption

    @OptionGroup var knowledge: SchemaOption

    @Flag(help: "Print the documents and events as NDJSON.")
    var json = false

    func run() throws {
        let schemas = try knowledge.folder().files
        let privacy = try sensitive.privacy(schemas)
        let inspection = try Inspection(file: file, policy: policy.file, xsd: xsd.folder, schemas: schemas)
        XSDOption.complain(inspection.schemaFaults)
        let readings = inspection.readings.map { $0.masked(privacy) }
        if json {
            for reading in readings { print(reading.json.text) }
            return
        }
        for outline in try inspection.outlines(schemas, privacy: privacy) {
            for line in outline.lines { print(OutlineView.text(line)) }
            print("")
        }
        for (i, reading) in readings.enumerated() {
            if i > 0 { print("") }
            let source = inspection.sources[reading.document.source]
            for line in ReadingView(reading: reading, source: source, privacy: privacy).lines {
                print(Terminal.printable(line))
            }
        }
    }
}

extension Reading {
    /// Its values as they are to be shown; ids, digests and places stay.
    fileprivate func masked(_ privacy: Privacy?) -> Reading {
        guard let privacy else { return self }
        return Reading(json: privacy.row(json)) ?? self
    }
}
