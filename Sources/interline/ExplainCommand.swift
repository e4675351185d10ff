import ArgumentParser
import Feeds
import Pipeline
import Vocabulary

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows the evidence for anything a run says, down to the bytes it came from.",
        discussion: """
            The id may be that of an exception, link, event, document or entity, the beginning of one, or a number as it \
            is printed in a document: an order number, an invoice, a container.

            Examples:
              interline explain 300124 --out out
              interline explain exc-3f2a91 --store interline.db
            """)

    @Argument(help: "An id, the beginning of one, or a printed number.")
    var id: String

    @OptionGroup var place: HoldingsOption

    func run() throws {
        let schemas = try place.knowledge.folder().files
        let explanation = try Explanation(try place.holdings(schemas), schemas: schemas)
        let found = try explanation.find(id)
        guard !found.isEmpty else {
            throw Fault.usage("nothing here is called \(id); ids and numbers stand in the files of the run")
        }
        for (i, thing) in found.prefix(Self.limit).enumerated() {
            if i > 0 { print("") }
            for line in explanation.lines(of: thing) { print(Terminal.printable(line)) }
        }
        if found.count > Self.limit { print("\n\(found.count - Self.limit) more are called \(id).") }
    }

    private static let limit = 10
}
