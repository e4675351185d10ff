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

            A paper (PDF, PNG, JPEG, TIFF) comes as a table of what it says, where on the page, and how sure the reading is;
            --page-image paints a page with boxes around all of it.

            Examples:
              interline inspect samples/drop/outbound/piedmont/850_300118.x12
              interline inspect samples/drop/inbound/tidewater/POD_TWM5501243.pdf --page-image page.png
            """)

    @Argument(help: "A file as it came from a partner.")
    var file: String

    @OptionGroup var policy: PolicyOption

    @OptionGroup var sensitive: PrivacyOption

    @OptionGroup var xsd: XSDOption

    @OptionGroup var knowledge: SchemaOption

    @Flag(help: "Print the documents and events as NDJSON.")
    var json = false

    @Option(
        help: ArgumentHelp("Write a page of a paper as PNG, with boxes around what was read.", valueName: "file"))
    var pageImage: String?

    @Option(help: ArgumentHelp("Which page to paint; else the first of which something was read.", valueName: "n"))
    var page: Int?

    func validate() throws {
        if page != nil, pageImage == nil { throw ValidationError("--page is for --page-image FILE") }
    }

    func run() throws {
        let schemas = try knowledge.folder().files
        let privacy = try sensitive.privacy(schemas)
        let inspection = try Inspection(file: file, policy: policy.file, xsd: xsd.folder, schemas: schemas)
        XSDOption.complain(inspection.schemaFaults)
        let readings = inspection.readings.map { $0.masked(privacy) }
        let names = try FactNames(schemas)
        // Before the picture: one that cannot be painted leaves what was read, and what is wrong, on the screen.
        if json {
            for reading in readings { print(reading.json.text) }
        } else {
            try show(readings, of: inspection, schemas, privacy, names)
        }
        guard let pageImage else { return }
        let image = try PageImage(inspection, file: file, privacy: privacy, names: names).write(
            page: page, to: pageImage)
        if !json { print("\n\(Terminal.printable(image))") }
    }

    private func show(
        _ readings: [Reading], of inspection: Inspection, _ schemas: SchemaFiles, _ privacy: Privacy?,
        _ names: FactNames
    ) throws {
        for outline in try inspection.outlines(schemas, privacy: privacy) {
            for line in outline.lines { print(OutlineView.text(line)) }
            print("")
        }
        for (i, reading) in readings.enumerated() {
            if i > 0 { print("") }
            let source = inspection.sources[reading.document.source]
            let view = ReadingView(reading: reading, source: source, privacy: privacy)
            let paper = PaperView(reading, names)
            for line in paper == nil ? view.lines : view.head { print(Terminal.printable(line)) }
            for line in paper?.lines ?? [] { print(line) }
        }
    }
}

extension Reading {
    /// Its values as they are to be shown; ids, digests and places stay.
    func masked(_ privacy: Privacy?) -> Reading {
        guard let privacy else { return self }
        // One by one: in a row the member `document` is an id, which stays.
        return Reading(
            Document(json: privacy.row(document.json)) ?? document,
            events.map { Event(json: privacy.row($0.json)) ?? $0 })
    }
}
