import Feeds
import Pipeline
import Vocabulary

/// What orders and shipments have in common when they are listed.
struct EntityView {
    let holdings: Holdings
    let filter: FilterOptions
    let kind: EntityKind
    /// Shipments only: what customs wants of each.
    var readiness: [String: JSON] = [:]

    private struct Tie {
        var documents: Set<String> = []
        var exceptions: [JSON] = []
    }

    func show() throws {
        var ties: [String: Tie] = [:]
        for link in try holdings.rows(.links) {
            guard let entity = link["entity"]?.string, let document = link["document"]?.string else { continue }
            ties[entity, default: Tie()].documents.insert(document)
        }
        // What is wrong with a shipment or invoice is wrong with the orders it leads up to.
        var above: [String: [String]] = [:]
        for row in try holdings.rows(.entities) {
            above[row["entity"]?.string ?? ""] = (row["leadsTo"]?.items ?? []).compactMap(\.string)
        }
        for e in try holdings.rows(.exceptions) where filter.admits(e) && (filter.all || Roots.isOpen(e)) {
            guard let entity = e["entity"]?.string else { continue }
            for t in [entity] + (above[entity] ?? []) { ties[t, default: Tie()].exceptions.append(e) }
        }
        let rows = try holdings.rows(.entities).filter { row in
            let tie = ties[row["entity"]?.string ?? ""]
            let asked = filter.owner ?? filter.code ?? filter.severity
            return row["kind"]?.string == kind.rawValue
                && (filter.status == nil || row["status"]?.string == filter.status)
                && filter.admits(partners: (row["partners"]?.items ?? []).compactMap(\.string))
                && (asked == nil || tie?.exceptions.isEmpty == false)
        }
        let sorted = rows.map { (Names.name(ofEntity: $0), $0["entity"]?.string ?? "", $0) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        var table = Table(columns)
        for (name, id, row) in sorted { table.add(cells(name, row, ties[id] ?? Tie(), readiness[id])) }
        let noun = kind == .shipment ? "shipments" : "orders"
        filter.show(table, rows: sorted.map(\.2), none: "No \(noun) here.")
    }

    private var columns: [Table.Column] {
        var columns: [Table.Column] = [
            .init(kind == .shipment ? "shipment" : "order"), .init("partners", gives: true), .init("status"),
            .init("documents", isNumber: true),
        ]
        if kind == .shipment {
            columns += [.init("also", gives: true), .init("customs"), .init("missing", gives: true)]
        }
        return columns + [
            .init("exceptions", isNumber: true), .init("at risk", isNumber: true), .init("next due"),
            .init("worst", gives: true),
        ]
    }

    private func cells(_ name: String, _ row: JSON, _ tie: Tie, _ readiness: JSON?) -> [String] {
        let due = tie.exceptions.filter(Roots.isOpen).compactMap { $0["due"]?.string.flatMap { Moment(iso: $0) } }.min()
        var cells = [
            name, (row["partners"]?.items ?? []).compactMap(\.string).joined(separator: ", "),
            row["status"]?.string ?? "", String(tie.documents.count),
        ]
        if kind == .shipment {
            let others = (row["identifiers"]?.items ?? []).compactMap { i -> String? in
                guard let value = i["value"]?.string, !name.hasSuffix(" " + value) else { return nil }
                return "\(i["kind"]?.string ?? "") \(value)"
            }
            cells += [
                others.joined(separator: ", "), readiness?["verdict"]?.string ?? "",
                (readiness?["missing"]?.items ?? []).compactMap(\.string).joined(separator: ", "),
            ]
        }
        return cells + [
            String(tie.exceptions.count), Worth(tie.exceptions.filter(Roots.isOpen)).text,
            due.map { filter.csv ? $0.instant : Span.text(from: holdings.asOf, to: $0) } ?? "",
            Roots.sorted(tie.exceptions).first?["summary"]?.string ?? "",
        ]
    }
}
