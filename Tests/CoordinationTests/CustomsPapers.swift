@testable import Coordination
@testable import Schemas
@testable import Vocabulary

/// The papers of one import from Norway to Great Britain that agree in everything; tests change a fact at a time.
struct CustomsPapers {
    struct Paper {
        var type: String
        var document: String
        var day: Int
        var facts = Facts()
        var lines: [Line] = []
        var format = Format.xml
        var number: String?
        var body: String?
        var findings: [Finding] = []
    }

    var order: Paper
    var notice: Paper
    var invoice: Paper
    var waybill: Paper
    var list: Paper?
    var declaration: Paper
    /// Answers of customs, proofs, receipts, second copies.
    var more: [Paper] = []
    var asOf = Story.asOf
    var policy: String?

    static let (buyer, seller) = ("Albion Homeware Ltd", "Nordstaal AS")

    init() {
        let (buyer, seller) = (Self.buyer, Self.seller)
        order = Paper(type: "order.issued", document: "ORDERS", day: 20_500, format: .edifact, number: "4711")
        order.facts.references = [Reference("purchase-order", "4711")]
        order.facts.parties = [
            Party("buyer", name: buyer, country: "GB"), Party("seller", name: seller, country: "NO"),
        ]
        order.facts.terms = [Term("currency", "EUR"), Term("incoterm", "FCA")]
        order.facts.dates = [DateFact("issued", Moment(day: 20_500))]
        order.lines = [Self.item("1", "P1", 60, "ordered"), Self.item("2", "P2", 40, "ordered")]

        notice = Paper(type: "shipment.notified", document: "DESADV", day: 20_505, format: .edifact)
        notice.facts.references = [
            Reference("asn", "A1"), Reference("bill-of-lading", "BL100"), Reference("purchase-order", "4711"),
        ]
        notice.facts.parties = order.facts.parties
        notice.facts.dates = [
            DateFact("estimated-delivery", Moment(day: 20_515)), DateFact("shipped", Moment(day: 20_506)),
        ]
        notice.facts.quantities = [
            Quantity("packages", Exact(5), unit: "CT"), Quantity("gross-mass", Exact(120), unit: "KGM"),
        ]
        notice.lines = [Self.item("1", "P1", 60, "shipped"), Self.item("2", "P2", 40, "shipped")]

        invoice = Paper(type: "invoice.received", document: "INVOIC", day: 20_506, format: .edifact, number: "R9")
        invoice.facts.references = [
            Reference("invoice", "R9"), Reference("purchase-order", "4711"), Reference("bill-of-lading", "BL100"),
        ]
        invoice.facts.parties = [
            Party("buyer", name: buyer, id: "GB123456789", scheme: "vat", country: "GB"),
            Party("seller", name: seller, country: "NO"),
        ]
        invoice.facts.terms = [Term("currency", "EUR"), Term("incoterm", "FCA")]
        invoice.facts.amounts = [
            Amount("lines", Exact(500), currency: "EUR"), Amount("total", Exact(500), currency: "EUR"),
        ]
        invoice.lines = [Self.billed("1", "P1", 60, 300, "732393"), Self.billed("2", "P2", 40, 200, "732310")]

        waybill = Paper(type: "transport-document.issued", document: "transport-document", day: 20_506, format: .pdf)
        waybill.facts.references = [Reference("bill-of-lading", "BL100")]
        waybill.facts.parties = [
            Party("consignee", name: buyer, country: "GB"), Party("consignor", name: seller, country: "NO"),
        ]
        waybill.facts.equipment = [Equipment("container", "CSQU3054383")]
        waybill.facts.quantities = notice.facts.quantities

        var packing = Paper(type: "packing-list.issued", document: "packing-list", day: 20_506, format: .pdf)
        packing.facts.references = [Reference("bill-of-lading", "BL100"), Reference("purchase-order", "4711")]
        list = packing

        var d = Paper(type: "customs.declared", document: "customs-declaration", day: 20_507)
        d.facts.references = [
            Reference("lrn", "L1"), Reference("mrn", "26GB0123456789ABC9"), Reference("invoice", "R9"),
            Reference("bill-of-lading", "BL100"), Reference("ucr", "6GB123456789000-R9"),
        ]
        d.facts.parties = [
            Party("importer", name: buyer, id: "GB123456789000", scheme: "eori", country: "GB"),
            Party("exporter", name: seller, country: "NO"),
        ]
        d.facts.terms = [Term("direction", "import"), Term("incoterm", "FCA"), Term("purpose", "original")]
        d.facts.locations = [
            Location("destination-country", country: "GB"), Location("dispatch-country", country: "NO"),
            Location("loading", code: "NOOSL"),
        ]
        d.facts.equipment = [Equipment("container", "CSQU3054383")]
        d.facts.quantities = [
            Quantity("items", Exact(2)), Quantity("gross-mass", Exact(120), unit: "KGM"),
            Quantity("packages", Exact(5), unit: "CT"),
        ]
        d.facts.amounts = [Amount("total", Exact(500), currency: "EUR")]
        d.lines = [
            Self.declared("1", 300, "7323930000", gross: 70, packages: 3),
            Self.declared("2", 200, "7323100000", gross: 50, packages: 2),
        ]
        declaration = d
    }

    private static func item(_ number: String, _ part: String, _ quantity: Int, _ role: String) -> Line {
        var f = Facts()
        f.terms = [Term("seller-part", part)]
        f.quantities = [Quantity(role, Exact(quantity), unit: "PCE")]
        if role == "ordered" { f.amounts = [Amount("unit-price", Exact(5), currency: "EUR")] }
        if role == "shipped" { f.references = [Reference("purchase-order", "4711", line: number)] }
        return Line(number: number, facts: f)
    }

    private static func billed(_ number: String, _ part: String, _ quantity: Int, _ amount: Int, _ code: String) -> Line
    {
        var f = Facts()
        f.terms = [Term("seller-part", part), Term("commodity-code", code), Term("origin-country", "NO")]
        f.quantities = [Quantity("invoiced", Exact(quantity), unit: "PCE")]
        f.amounts = [
            Amount("line", Exact(amount), currency: "EUR"), Amount("unit-price", Exact(5), currency: "EUR"),
        ]
        return Line(number: number, facts: f)
    }

    private static func declared(_ number: String, _ price: Int, _ code: String, gross: Int, packages: Int) -> Line {
        var f = Facts()
        f.terms = [
            Term("commodity-code", code), Term("origin-country", "NO"), Term("package-type", "CT"),
            Term("description", "Stainless steel saucepans"),
        ]
        f.amounts = [Amount("item-price", Exact(price), currency: "EUR")]
        f.quantities = [
            Quantity("gross-mass", Exact(gross), unit: "KGM"), Quantity("net-mass", Exact(gross - 5), unit: "KGM"),
            Quantity("packages", Exact(packages), unit: "CT"),
        ]
        return Line(number: number, facts: f)
    }

    /// An answer of customs to the declaration.
    mutating func answer(
        _ type: String, status: String? = nil, day: Int = 20_508, document: String = "customs-response",
        _ change: (inout Facts) -> Void = { _ in }
    ) {
        var p = Paper(type: type, document: document, day: day)
        p.facts.references = [Reference("lrn", "L1")]
        if let status { p.facts.terms = [Term("customs-status", status)] }
        change(&p.facts)
        more.append(p)
    }

    /// A paper about the shipment that is none of the usual ones.
    mutating func add(_ type: String, _ document: String, day: Int = 20_516, _ change: (inout Paper) -> Void = { _ in })
    {
        var p = Paper(type: type, document: document, day: day, format: .edifact)
        p.facts.references = [Reference("bill-of-lading", "BL100"), Reference("purchase-order", "4711")]
        change(&p)
        more.append(p)
    }

    func readings() -> [Reading] {
        let papers = [order, notice, invoice, waybill] + (list.map { [$0] } ?? []) + [declaration] + more
        return papers.enumerated().map { n, p in
            let structured = p.format == .xml || p.format == .edifact
            let d = Document(
                locator: Locator(path: "\(n + 10)-\(p.document)", message: structured ? 1 : nil), format: p.format,
                type: p.document, sender: "PARTNER", number: p.number, date: Moment(day: p.day),
                envelope: Moment(day: p.day, second: 3600 + n), findings: p.findings, source: "s\(n)", digest: "d\(n)",
                body: p.body ?? "b\(n)")
            return Reading(d, [Event(type: p.type, facts: p.facts, lines: p.lines)])
        }
    }

    func results() throws -> Results {
        let files = try ProjectSchemas.files()
        let overlay = try policy.map { try Node(yaml: $0, file: "policy.yaml") }
        let c = try Coordinator(files, policy: Policy(files, overlay: overlay))
        let all = readings()
        return c.coordinate(all, survey: c.survey(all), asOf: asOf)
    }

    func row() throws -> Readiness? { try results().readiness.first }
}
