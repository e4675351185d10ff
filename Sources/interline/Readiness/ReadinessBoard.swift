import Feeds
import Pipeline
import Vocabulary

/// The cross-border shipments of a run, the most urgent first.
struct ReadinessBoard {
    let rows: [ReadinessRow]
    let names: Names
    let asOf: Moment
    /// The documents that any of them requires, in the order of the checklists.
    let documents: [String]

    init(_ holdings: Holdings) throws(Fault) {
        let names = try Names(holdings)
        let rows = try holdings.rows(.readiness).map { row in
            let id = row["entity"]?.string ?? ""
            let entity = names.entity(id)
            return ReadinessRow(
                row: row, name: entity.map(Names.name(ofEntity:)) ?? id,
                partners: (entity?["partners"]?.items ?? []).compactMap(\.string),
                actions: (row["actions"]?.items ?? []).map { NextAction($0) })
        }
        self.init(rows: rows.sorted(by: ReadinessRow.precedes), names: names, asOf: holdings.asOf)
    }

    private init(rows: [ReadinessRow], names: Names, asOf: Moment) {
        self.rows = rows
        self.names = names
        self.asOf = asOf
        // A checklist puts what only some shipments need behind what all need.
        var places: [String: Int] = [:]
        for row in rows {
            for (i, r) in row.required.enumerated() {
                let document = r["document"]?.string ?? ""
                places[document] = max(places[document] ?? 0, i)
            }
        }
        documents = places.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    }

    func filtered(_ admits: (ReadinessRow) -> Bool) -> ReadinessBoard {
        ReadinessBoard(rows: rows.filter(admits), names: names, asOf: asOf)
    }
}
