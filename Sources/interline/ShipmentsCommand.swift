import ArgumentParser
import Feeds
import Pipeline
import Vocabulary

struct ShipmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shipments",
        abstract: "Lists the shipments with customs readiness and open exceptions.",
        discussion: """
            Example:
              interline shipments --out out --owner customs
            """)

    @OptionGroup var place: HoldingsOption
    @OptionGroup var filter: FilterOptions

    func run() throws {
        let holdings = try place.holdings()
        var view = EntityView(holdings: holdings, filter: filter, kind: .shipment)
        for row in try holdings.rows(.readiness) {
            if let entity = row["entity"]?.string { view.readiness[entity] = row }
        }
        try view.show()
    }
}
