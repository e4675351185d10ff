import ArgumentParser
import Pipeline

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes a page for people who do not use the command line.",
        discussion: """
            The page is one HTML file: it loads nothing, runs no script, and prints on A4 landscape.

            Example:
              interline report --readiness readiness.html --out out
            """)

    @Option(help: ArgumentHelp("The file to write customs readiness to.", valueName: "file.html"))
    var readiness: String

    @OptionGroup var place: HoldingsOption

    func run() throws {
        let schemas = try place.knowledge.folder().files
        let holdings = try place.holdings(schemas)
        let board = try ReadinessBoard(holdings)
        let sheets = try ReadinessSheet.sheets(of: board, holdings, SourceQuotes(holdings, schemas: schemas))
        try PageFile.write(ReadinessPage(board: board, sheets: sheets).html, to: readiness)
        print("\(board.rows.count) \(board.rows.count == 1 ? "shipment" : "shipments") in \(readiness)")
    }
}
