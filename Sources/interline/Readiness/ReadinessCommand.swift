import ArgumentParser
import Feeds
import Pipeline
import Vocabulary

struct ReadinessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readiness",
        abstract: "Shows which customs papers each cross-border shipment has, lacks, or has in conflict.",
        discussion: """
            With a number as it is printed in a document (a bill of lading, a container, an MRN), or an entity's id, it shows \
            all of one shipment.

            Examples:
              interline readiness --out out --regime uk-import
              interline readiness NKOL26031877 --out out
            """)

    @Argument(help: "A shipment's number or id; without it, all shipments.")
    var shipment: String?

    @OptionGroup var place: HoldingsOption

    @Option(help: "Only this regime (uk-import, eu-export, transit, …).")
    var regime: String?

    @Option(help: "Only this verdict (not-ready, held, ready, released).")
    var verdict: String?

    @Option(help: "Only partners whose printed name contains this.")
    var partner: String?

    @Option(help: "Only shipments with a next action of this owner.")
    var owner: String?

    @Flag(help: "Show what is released too.")
    var all = false

    @Flag(help: "Print the rows as NDJSON.")
    var json = false

    @Flag(help: "Print CSV.")
    var csv = false

    /// Those of readiness.ndjson (docs/output.md).
    private static let verdicts = ["not-ready", "held", "ready", "released"]

    func validate() throws {
        if json, csv { throw ValidationError("--json and --csv: name one of them") }
        if let verdict, !Self.verdicts.contains(verdict) {
            throw ValidationError(
                "--verdict: \(verdict) is none; there are \(Self.verdicts.joined(separator: ", "))")
        }
    }

    func run() throws {
        let schemas = try place.knowledge.folder().files
        let holdings = try place.holdings(schemas)
        let board = try ReadinessBoard(holdings)
        guard let shipment else {
            show(board.filtered(admits), of: board.rows.count)
            return
        }
        let found = try ShipmentSearch(holdings, board).find(shipment)
        if json || csv {
            show(found, of: found.rows.count)
            return
        }
        let sheets = try ReadinessSheet.sheets(of: found, holdings, SourceQuotes(holdings, schemas: schemas))
        for (i, sheet) in sheets.enumerated() {
            if i > 0 { print("") }
            for line in sheet.lines(asOf: holdings.asOf) { print(line) }
        }
    }

    private func admits(_ row: ReadinessRow) -> Bool {
        if let regime, row.regime != regime { return false }
        if let verdict, row.verdict != verdict { return false }
        if let owner, !row.actions.contains(where: { $0.owner == owner }) { return false }
        if let partner, !row.partners.contains(where: { $0.lowercased().contains(partner.lowercased()) }) {
            return false
        }
        // Whoever asks for a verdict asks for released ones too.
        return all || verdict != nil || !row.isReleased
    }

    private func show(_ board: ReadinessBoard, of count: Int) {
        let matrix = ReadinessMatrix(board: board, width: Terminal.width)
        if json {
            for row in board.rows { print(row.row.text) }
        } else if csv {
            print(matrix.spreadsheet.csv, terminator: "")
        } else if board.rows.isEmpty {
            print(
                count == 0
                    ? "No cross-border shipments here."
                    : "None of \(count) cross-border shipments fits\(all ? "" : "; --all shows what is released too").")
        } else {
            for line in matrix.table.lines() { print(line) }
            print("")
            for line in matrix.legend { print(line) }
        }
    }
}
