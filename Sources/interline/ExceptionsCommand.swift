import ArgumentParser
import Feeds
import Pipeline
import Vocabulary

struct ExceptionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exceptions",
        abstract: "Lists what someone has to know and do.",
        discussion: """
            Examples:
              interline exceptions --out out --owner finance
              interline exceptions --out out --all --csv > exceptions.csv
            """)

    @OptionGroup var place: HoldingsOption
    @OptionGroup var filter: FilterOptions

    func run() throws {
        let holdings = try place.holdings()
        let names = try Names(holdings)
        let rows = Roots.sorted(
            try holdings.rows(.exceptions).filter { e in
                filter.admits(e) && admitsStatus(e) && filter.admits(partners: names.partners(of: e))
            })
        var table = Table([
            .init("severity"), .init("owner"), .init("code"), .init("on", gives: true), .init("partners", gives: true),
            .init("due"), .init("at risk", isNumber: true), .init("status"), .init("summary", gives: true),
            .init("explain"),
        ])
        for e in rows {
            table.add([
                e["severity"]?.string ?? "", e["owner"]?.string ?? "", e["code"]?.string ?? "", names.subject(of: e),
                names.partners(of: e).joined(separator: ", "), due(e, holdings.asOf), Worth.text(of: e),
                e["status"]?.string ?? "", e["summary"]?.string ?? "", id(e),
            ])
        }
        filter.show(table, rows: rows, none: "No exceptions here.")
    }

    private func admitsStatus(_ e: JSON) -> Bool {
        if let status = filter.status { return e["status"]?.string == status }
        return filter.all || Roots.isOpen(e)
    }

    private func due(_ e: JSON, _ now: Moment) -> String {
        guard let text = e["due"]?.string, let then = Moment(iso: text) else { return "" }
        return filter.csv ? text : Span.text(from: now, to: then)
    }

    /// Enough of the id for `explain`.
    private func id(_ e: JSON) -> String {
        let id = e["exception"]?.string ?? ""
        return filter.csv ? id : String(id.prefix(12))
    }
}
