@testable import Coordination
@testable import Schemas
@testable import Vocabulary

/// Builds small stories of documents, as readers would give them.
struct Story {
    var readings: [Reading] = []
    private var count = 0

    static let asOf = Moment(day: 20_600, second: 0, offset: 0)

    /// A line: number, part, quantities by role, price.
    struct Row {
        var number = "1"
        var part = "P1"
        var quantity = 10
        var price: String? = "5.00"
        var order: String?
        var date: Int?
        var response: String?
    }

    @discardableResult
    mutating func add(
        _ type: String, _ documentType: String, day: Int, number: String = "", refs: [(String, String)] = [],
        buyer: String? = nil,
        seller: String? = nil, carrier: String? = nil, rows: [Row] = [], role: String = "ordered",
        terms: [(String, String)] = [],
        dates: [(String, Int)] = [], amounts: [(String, String)] = [], quantities: [(String, Int)] = [],
        intent: Intent? = nil,
        delivery: Delivery? = nil, emails: [(String, String)] = [], format: Format = .edifact, digest: String? = nil
    ) -> String {
        count += 1
        var f = Facts()
        f.references = refs.map { Reference($0.0, $0.1) }
        for (r, n) in [("buyer", buyer), ("seller", seller), ("carrier", carrier)] {
            if let n { f.parties.append(Party(r, name: n)) }
        }
        f.parties += emails.map { Party($0.0, id: $0.1, scheme: "email") }
        f.terms = terms.map { Term($0.0, $0.1) }
        f.dates = dates.map { DateFact($0.0, Moment(day: $0.1)) }
        f.amounts = amounts.map { Amount($0.0, Exact($0.1) ?? .zero, currency: "EUR") }
        f.quantities = quantities.map { Quantity($0.0, Exact($0.1), unit: "CT") }
        let lines = rows.map { row -> Line in
            var l = Facts()
            l.terms = [Term("seller-part", row.part)]
            if let r = row.response { l.terms.append(Term("response", r)) }
            l.quantities = [Quantity(role, Exact(row.quantity), unit: "PCE")]
            if let p = row.price { l.amounts = [Amount("unit-price", Exact(p) ?? .zero, currency: "EUR")] }
            if let o = row.order { l.references = [Reference("purchase-order", o, line: row.number)] }
            if let d = row.date {
                l.dates = [
                    DateFact(role == "acknowledged" ? "promised-delivery" : "requested-delivery", Moment(day: d))
                ]
            }
            return Line(number: row.number, facts: l)
        }
        let document = Document(
            locator: Locator(path: "\(count)-\(documentType)", message: format == .email || format == .pdf ? nil : 1),
            format: format,
            type: documentType, sender: seller ?? buyer, number: number, date: Moment(day: day),
            envelope: Moment(day: day, second: 3600 * (count % 20)), source: "s\(count)", digest: digest ?? "d\(count)")
        readings.append(
            Reading(document, [Event(type: type, facts: f, lines: lines, delivery: delivery, intent: intent)]))
        return document.id
    }

    /// A document whose facts are given as they are.
    mutating func put(
        _ type: String, _ documentType: String, day: Int, _ facts: Facts, _ lines: [Line], format: Format = .edifact
    ) {
        add(type, documentType, day: day, format: format)
        let document = readings[readings.count - 1].document
        readings[readings.count - 1] = Reading(document, [Event(type: type, facts: facts, lines: lines)])
    }

    mutating func order(
        _ number: String, buyer: String = "Nordmark Handel AS", seller: String = "Weber Metall GmbH", day: Int = 20_500,
        rows: [Row] = [Row()], terms: [(String, String)] = []
    ) {
        add(
            "order.issued", "ORDERS", day: day, number: number, refs: [("purchase-order", number)], buyer: buyer,
            seller: seller, rows: rows,
            terms: [("currency", "EUR")] + terms, dates: [("issued", day), ("requested-delivery", day + 20)])
    }

    static func coordinator() throws -> Coordinator {
        let files = try ProjectSchemas.files()
        return try Coordinator(files, policy: Policy(files))
    }

    func results() throws -> Results {
        let c = try Story.coordinator()
        return c.coordinate(readings, survey: c.survey(readings), asOf: Story.asOf)
    }

    func codes() throws -> [String] { try results().exceptions.map(\.code) }
}

extension Results {
    func exception(_ code: String) -> ExceptionRecord? { exceptions.first { $0.code == code } }

    func entities(of document: String, _ relation: LinkRelation, _ kind: EntityKind) -> [String] {
        links.filter { $0.document == document && $0.relation == relation && $0.kind == kind }.map(\.entity)
    }

    /// All rows as bytes, for comparing two runs.
    var bytes: [UInt8] {
        var out: [UInt8] = []
        for row in events { out += row.content + [10] }
        for row in documents + entities.map(\.json) + links.map(\.json) + exceptions.map(\.json)
            + readiness.map(\.json)
        {
            row.write(to: &out)
            out.append(10)
        }
        return out
    }
}
