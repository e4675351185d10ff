import ArgumentParser
import Pipeline
import Vocabulary

struct OrdersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders",
        abstract: "Lists the purchase orders with their documents and open exceptions.",
        discussion: """
            Example:
              interline orders --out out --partner Piedmont
            """)

    @OptionGroup var place: HoldingsOption
    @OptionGroup var filter: FilterOptions

    func run() throws {
        try EntityView(holdings: try place.holdings(), filter: filter, kind: .purchaseOrder).show()
    }
}
