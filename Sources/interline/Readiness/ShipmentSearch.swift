import Feeds
import Pipeline
import Vocabulary

/// Finds the shipments of a board that somebody names.
struct ShipmentSearch {
    private let entities: [JSON]
    private let board: ReadinessBoard

    init(_ holdings: Holdings, _ board: ReadinessBoard) throws(Fault) {
        entities = try holdings.rows(.entities)
        self.board = board
    }

    /// The shipments of an id, the beginning of one, or a printed number; a declaration's number stands for its shipment.
    func find(_ text: String) throws(Fault) -> ReadinessBoard {
        let number = NormalForm.strict(text)
        var named = entities.filter { $0["entity"]?.string == text }
        if named.isEmpty, text.contains("-"), text.utf8.count >= 6 {
            named = entities.filter { $0["entity"]?.string?.hasPrefix(text) == true }
        }
        if named.isEmpty, !number.isEmpty {
            named = entities.filter { e in
                (e["identifiers"]?.items ?? []).contains { NormalForm.strict($0["value"]?.string ?? "") == number }
            }
        }
        guard !named.isEmpty else { throw Fault.usage("no shipment here is called \(text)") }
        let ids = Set(
            named.flatMap { e -> [String] in
                let above = e["kind"]?.string == EntityKind.customsEntry.rawValue ? e["leadsTo"]?.items ?? [] : []
                return ([e["entity"]] + above).compactMap { $0?.string }
            })
        let found = board.filtered { ids.contains($0.entity) }
        guard !found.rows.isEmpty else {
            throw Fault.usage("\(text) is no shipment that crosses a customs border")
        }
        return found
    }
}
