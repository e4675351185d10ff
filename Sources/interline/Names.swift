import Feeds
import Pipeline
import Vocabulary

/// What entities and documents are called: the numbers and names that are printed in the documents, never our own ids.
struct Names {
    private var entities: [String: JSON] = [:]
    private var documents: [String: JSON] = [:]

    init(entities: [JSON], documents: [JSON]) {
        for e in entities { if let id = e["entity"]?.string { self.entities[id] = e } }
        for d in documents { if let id = d["document"]?.string { self.documents[id] = d } }
    }

    init(_ holdings: Holdings) throws(Fault) {
        self.init(entities: try holdings.rows(.entities), documents: try holdings.rows(.documents))
    }

    func entity(_ id: String) -> JSON? { entities[id] }
    func document(_ id: String) -> JSON? { documents[id] }

    /// The kinds of identifier that name an entity, best first; words for the kind itself.
    private static let naming: [EntityKind: (word: String, identifiers: [String])] = [
        .purchaseOrder: ("order", ["purchase-order"]),
        .shipment: (
            "shipment",
            ["bill-of-lading", "house-bill", "pro", "tender", "booking", "asn", "delivery-note", "container", "sscc"]
        ),
        .invoice: ("invoice", ["invoice"]),
        .customsEntry: ("customs entry", ["mrn", "entry", "lrn"]),
        .payment: ("payment", ["payment"]),
    ]

    /// `order 4500012345`.
    static func name(ofEntity row: JSON) -> String {
        let kind = row["kind"]?.string.flatMap(EntityKind.init)
        let (word, wanted) = kind.flatMap { naming[$0] } ?? ("entity", [])
        return "\(word) \(number(row["identifiers"]?.items ?? [], wanted) ?? "without a number")"
    }

    private static func number(_ identifiers: [JSON], _ wanted: [String]) -> String? {
        for kind in wanted {
            if let i = identifiers.first(where: { $0["kind"]?.string == kind }) { return i["value"]?.string }
        }
        return identifiers.first?["value"]?.string
    }

    func name(entity id: String) -> String { entities[id].map(Names.name(ofEntity:)) ?? "an entity that is not known" }

    /// `INVOIC 90311 (in/x.edi, message 2)`, or the place alone where the document has no number.
    static func name(ofDocument row: JSON) -> String {
        let place = Locator(json: row)?.description ?? "?"
        guard let number = row["number"]?.string, !number.isEmpty else {
            return "\(row["type"]?.string ?? "document") in \(place)"
        }
        return "\(row["type"]?.string ?? "document") \(number) in \(place)"
    }

    func name(document id: String) -> String {
        documents[id].map(Names.name(ofDocument:)) ?? "a document that is not known"
    }

    /// What an exception hangs on.
    func subject(of exception: JSON) -> String {
        if let entity = exception["entity"]?.string { return name(entity: entity) }
        if let document = exception["document"]?.string.flatMap({ documents[$0] }) {
            return Names.name(ofDocument: document)
        }
        return Locator(json: exception)?.description ?? ""
    }

    /// The partners an exception concerns, as printed.
    func partners(of exception: JSON) -> [String] {
        if let entity = exception["entity"]?.string.flatMap({ entities[$0] }) {
            return (entity["partners"]?.items ?? []).compactMap(\.string)
        }
        let document = exception["document"]?.string.flatMap { documents[$0] }
        return [document?["sender"]?.string, document?["receiver"]?.string].compactMap { $0 }
    }
}
