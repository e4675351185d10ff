import Testing

@testable import Coordination
@testable import Schemas
@testable import Vocabulary

/// Every rule of `schemas/readiness-rules.yaml`: papers that break it, and papers that nearly do.
@Suite struct RemarkTests {
    struct Probe: Sendable, CustomTestStringConvertible {
        let rule: String
        /// What breaks the rule.
        let breaks: @Sendable (inout CustomsPapers) -> Void
        /// What comes near and does not.
        let misses: @Sendable (inout CustomsPapers) -> Void
        var testDescription: String { rule }

        init(
            _ rule: String, _ breaks: @escaping @Sendable (inout CustomsPapers) -> Void,
            near misses: @escaping @Sendable (inout CustomsPapers) -> Void
        ) {
            self.rule = rule
            self.breaks = breaks
            self.misses = misses
        }
    }

    private func rules(_ papers: CustomsPapers) throws -> Set<String> {
        Set(try #require(try papers.row()).findings.map(\.rule))
    }

    @Test func papersThatAgreeSayNothing() throws {
        let row = try #require(try CustomsPapers().row())
        #expect(row.findings.isEmpty)
        #expect(row.conflicts.isEmpty)
        #expect(row.verdict == "ready")
        #expect(row.actions.isEmpty)
    }

    @Test(arguments: probes) func aRuleTellsWhatBreaksItAndNothingNear(probe: Probe) throws {
        var broken = CustomsPapers()
        probe.breaks(&broken)
        let row = try #require(try broken.row())
        let remark = row.findings.first { $0.rule == probe.rule }
        #expect(remark != nil, "\(row.findings.map(\.rule))")
        #expect(remark?.facts.isEmpty == false)
        if remark?.severity == .block, row.verdict != "held" { #expect(row.verdict == "not-ready") }
        var near = CustomsPapers()
        probe.misses(&near)
        #expect(try !rules(near).contains(probe.rule))
    }

    @Test func everyRuleOfTheFileIsProbedAndEveryProbeIsARule() throws {
        let known = Set(try Desk(ProjectSchemas.files()).rules.rules.keys)
        #expect(known == Set(Self.probes.map(\.rule)))
    }

    // MARK: Changing the papers

    /// Puts a fact in the place of those of its role.
    private static func set(_ f: inout Facts, _ q: Quantity) {
        f.quantities.removeAll { $0.role == q.role }
        f.quantities.append(q)
    }

    private static func set(_ f: inout Facts, _ t: Term) {
        f.terms.removeAll { $0.name == t.name }
        f.terms.append(t)
    }

    private static func set(_ f: inout Facts, _ a: Amount) {
        f.amounts.removeAll { $0.role == a.role }
        f.amounts.append(a)
    }

    private static func set(_ f: inout Facts, _ r: Reference) {
        f.references.removeAll { $0.kind == r.kind }
        f.references.append(r)
    }

    private static func set(_ f: inout Facts, _ l: Location) {
        f.locations.removeAll { $0.role == l.role }
        f.locations.append(l)
    }

    /// The same papers for an import into another country, by a mode of transport.
    private static func lane(_ p: inout CustomsPapers, to country: String, mode: String) {
        for i in p.order.facts.parties.indices where p.order.facts.parties[i].role == "buyer" {
            p.order.facts.parties[i].country = country
        }
        p.notice.facts.parties = p.order.facts.parties
        for i in p.waybill.facts.parties.indices where p.waybill.facts.parties[i].role == "consignee" {
            p.waybill.facts.parties[i].country = country
        }
        p.waybill.facts.terms = [Term("mode", mode)]
        set(&p.declaration.facts, Location("destination-country", country: country))
    }

    private static func kg(_ role: String, _ n: Int, unit: String? = "KGM") -> Quantity {
        Quantity(role, Exact(n), unit: unit)
    }

    static let probes: [Probe] = papers + values + quantities + goods + parties + transport + course

    // MARK: Papers

    private static let papers: [Probe] = [
        Probe("doc-invoice-missing") {
            $0.declaration.facts.references.removeAll { $0.kind == "invoice" }
        } near: {
            set(&$0.declaration.facts, Reference("invoice", "r 9"))
        },
        Probe("doc-id-mismatch") {
            set(&$0.declaration.facts, Reference("invoice", "R8"))
        } near: {
            set(&$0.declaration.facts, Reference("invoice", "r-9"))
        },
        Probe("doc-transport-missing") {
            $0.declaration.facts.references.removeAll { $0.kind == "bill-of-lading" }
        } near: {
            set(&$0.declaration.lines[0].facts, Reference("bill-of-lading", "BL100"))
        },
        Probe("doc-ens-missing") {
            lane(&$0, to: "GB", mode: "sea")
        } near: {
            lane(&$0, to: "GB", mode: "sea")
            $0.declaration.facts.references.append(Reference("entry-summary", "26GB0123456789ABC9"))
        },
        Probe("doc-isf-incomplete") {
            lane(&$0, to: "US", mode: "sea")
        } near: {
            lane(&$0, to: "US", mode: "sea")
            $0.notice.facts.locations = [Location("loading", code: "NOOSL")]
            $0.notice.facts.parties += [
                Party("consignee", name: "Albion", id: "12-3456789"), Party("forwarder", name: "Consol AS"),
            ]
        },
        Probe("doc-asked-open") {
            $0.answer("customs.held", status: "documents-requested") {
                $0.dates = [DateFact("limit", Moment(day: 20_520))]
            }
        } near: {
            $0.answer("customs.held", status: "documents-requested")
            $0.answer("customs.released", status: "released", day: 20_509)
        },
        Probe("doc-pod-unmatched") {
            $0.answer("customs.released", status: "released")
        } near: {
            $0.answer("customs.released", status: "released")
            $0.add("delivery.proved", "proof-of-delivery")
        },
        Probe("doc-duplicate") { p in
            let invoice = p.invoice
            p.add("invoice.received", "INVOIC", day: 20_507) {
                $0.number = "R9"
                $0.facts = invoice.facts
                $0.lines = invoice.lines
            }
        } near: { p in
            let invoice = p.invoice
            p.add("invoice.received", "INVOIC", day: 20_507) {
                $0.number = "R9"
                $0.facts = invoice.facts
                $0.facts.terms.append(Term("purpose", "replace"))
                $0.lines = invoice.lines
            }
        },
    ]

    // MARK: Values

    private static let values: [Probe] = [
        Probe("val-line-sum") {
            set(&$0.invoice.facts, Amount("lines", Exact("500.03") ?? .zero, currency: "EUR"))
        } near: {
            set(&$0.invoice.facts, Amount("lines", Exact("500.02") ?? .zero, currency: "EUR"))
        },
        Probe("val-item-price") {
            set(&$0.declaration.lines[0].facts, Amount("item-price", Exact(310), currency: "EUR"))
            set(&$0.declaration.lines[1].facts, Amount("item-price", Exact(190), currency: "EUR"))
        } near: {
            // In another order.
            set(&$0.declaration.lines[0].facts, Amount("item-price", Exact(200), currency: "EUR"))
            set(&$0.declaration.lines[1].facts, Amount("item-price", Exact(300), currency: "EUR"))
        },
        Probe("val-currency") {
            set(&$0.declaration.lines[1].facts, Amount("item-price", Exact(200), currency: "USD"))
        } near: {
            set(&$0.declaration.lines[1].facts, Amount("item-price", Exact(200)))
        },
        Probe("val-currency-code") {
            set(&$0.invoice.facts, Amount("total", Exact(500), currency: "STG"))
        } near: {
            set(&$0.invoice.facts, Amount("total", Exact(500), currency: "gbp"))
        },
        Probe("val-minor-units") {
            set(&$0.invoice.facts, Amount("total", Exact("500.50") ?? .zero, currency: "JPY"))
        } near: {
            set(&$0.invoice.facts, Amount("total", Exact("500.505") ?? .zero, currency: "KWD"))
        },
        Probe("val-po-price") {
            set(&$0.invoice.lines[0].facts, Amount("unit-price", Exact("5.11") ?? .zero, currency: "EUR"))
        } near: {
            set(&$0.invoice.lines[0].facts, Amount("unit-price", Exact("5.10") ?? .zero, currency: "EUR"))
        },
        Probe("val-zero") {
            set(&$0.declaration.lines[0].facts, Amount("item-price", .zero, currency: "EUR"))
        } near: {
            $0.declaration.lines[0].facts.amounts.append(Amount("charge", .zero, currency: "EUR"))
        },
    ]

    // MARK: Quantities

    private static let quantities: [Probe] = [
        Probe("qty-po-over") {
            set(&$0.notice.lines[0].facts, Quantity("shipped", Exact(61), unit: "PCE"))
        } near: {
            set(&$0.notice.lines[0].facts, Quantity("shipped", Exact(61), unit: "KGM"))
        },
        Probe("qty-invoice-packing") {
            $0.list = nil
            set(&$0.notice.lines[0].facts, Quantity("shipped", Exact(59), unit: "PCE"))
        } near: {
            // Two papers about the packing may share the goods.
            set(&$0.notice.lines[0].facts, Quantity("shipped", Exact(59), unit: "PCE"))
        },
        Probe("qty-packing-receipt") { p in
            p.add("goods.received", "RECADV") { $0.lines = received(58) }
        } near: { p in
            p.add("goods.received", "RECADV") { $0.lines = received(60) }
        },
        Probe("qty-unit") {
            set(&$0.notice.lines[0].facts, Quantity("shipped", Exact(60), unit: "KGM"))
        } near: {
            set(&$0.notice.lines[0].facts, Quantity("shipped", Exact(60), unit: "EA"))
        },
        Probe("mass-total") {
            set(&$0.declaration.lines[0].facts, kg("gross-mass", 80))
        } near: {
            set(&$0.declaration.lines[0].facts, kg("gross-mass", 71))
        },
        Probe("mass-unit") {
            set(&$0.waybill.facts, kg("gross-mass", 265, unit: "LBR"))
        } near: {
            set(&$0.waybill.facts, kg("gross-mass", 120, unit: "KG"))
        },
        Probe("pkg-sum") {
            set(&$0.declaration.lines[0].facts, Quantity("packages", Exact(4), unit: "CT"))
        } near: {
            $0.declaration.lines[0].facts.quantities.removeAll { $0.role == "packages" }
        },
        Probe("pkg-type") {
            set(&$0.declaration.lines[0].facts, Term("package-type", "QQQ"))
        } near: {
            set(&$0.declaration.lines[0].facts, Term("package-type", "pk"))
        },
        Probe("item-count") {
            set(&$0.declaration.facts, Quantity("items", Exact(3)))
        } near: {
            $0.declaration.facts.quantities.removeAll { $0.role == "items" }
        },
    ]

    private static func received(_ first: Int) -> [Line] {
        zip(CustomsPapers().notice.lines, [first, 40]).map { line, n in
            var l = line
            l.facts.quantities = [Quantity("received", Exact(n), unit: "PCE")]
            return l
        }
    }

    // MARK: Goods

    private static let goods: [Probe] = [
        Probe("hs-format") {
            set(&$0.declaration.lines[0].facts, Term("commodity-code", "73239300"))
        } near: {
            set(&$0.declaration.lines[0].facts, Term("commodity-code", "7323 93 00 90"))
        },
        Probe("hs-catalogue") {
            $0.order.lines[0].facts.terms.append(Term("commodity-code", "761510"))
        } near: {
            $0.order.lines[0].facts.terms.append(Term("commodity-code", "73239300"))
        },
        Probe("hs-description") {
            set(&$0.declaration.lines[0].facts, Term("description", "2 PALLETS: Spare parts."))
        } near: {
            set(&$0.declaration.lines[0].facts, Term("description", "Spare parts for centrifugal pumps"))
        },
        Probe("org-iso") {
            set(&$0.declaration.lines[0].facts, Term("origin-country", "UK"))
        } near: {
            set(&$0.declaration.lines[0].facts, Term("origin-country", "EU"))
        },
        Probe("org-dispatch") {
            set(&$0.declaration.lines[0].facts, Term("duty-regime", "300"))
            set(&$0.declaration.facts, Location("dispatch-country", country: "DE"))
        } near: {
            set(&$0.declaration.lines[0].facts, Term("duty-regime", "300"))
            set(&$0.declaration.lines[0].facts, Term("origin-country", "FR"))
            set(&$0.declaration.facts, Location("dispatch-country", country: "DE"))
        },
        Probe("org-sanction") {
            $0.policy = "readiness: {watch: [NO]}\n"
        } near: {
            $0.policy = "readiness: {watch: [SE]}\n"
        },
    ]

    // MARK: Parties

    private static let parties: [Probe] = [
        Probe("pty-eori") {
            $0.declaration.facts.parties[0].id = nil
        } near: {
            $0.declaration.facts.parties[1].id = nil
        },
        Probe("pty-importer-exporter") {
            $0.declaration.facts.parties[1].id = "GB 123456789000"
        } near: {
            $0.declaration.facts.parties[1].id = "NO123456789"
        },
        Probe("trm-incoterm") {
            set(&$0.declaration.facts, Term("incoterm", "DAT"))
        } near: {
            lane(&$0, to: "GB", mode: "sea")
            set(&$0.declaration.facts, Term("incoterm", "FOB"))
        },
        Probe("trm-incoterm-agree") {
            set(&$0.order.facts, Term("incoterm", "DAP"))
        } near: {
            set(&$0.order.facts, Term("incoterm", "fca Oslo"))
        },
    ]

    // MARK: Transport

    private static let transport: [Probe] = [
        Probe("eqp-seal") {
            $0.notice.facts.equipment.append(Equipment("seal", "S1"))
            $0.add("delivery.proved", "proof-of-delivery") { $0.facts.equipment = [Equipment("seal", "S2")] }
        } near: {
            $0.notice.facts.equipment.append(Equipment("seal", "S1"))
            $0.add("delivery.proved", "proof-of-delivery") { $0.facts.equipment = [Equipment("seal", "s-1")] }
        },
        Probe("eqp-container-agree") {
            $0.add("delivery.proved", "proof-of-delivery") {
                $0.facts.equipment = [Equipment("container", "MSCU5285725")]
            }
        } near: {
            $0.add("delivery.proved", "proof-of-delivery") {
                $0.facts.equipment = [Equipment("container", "CSQU 305438-3")]
            }
        },
        Probe("ref-mrn") {
            set(&$0.declaration.facts, Reference("mrn", "24GB0123456789ABC5"))
        } near: {
            set(&$0.declaration.facts, Reference("mrn", "25GB0123456789ABC7"))
        },
        Probe("ref-lrn-reuse") { p in
            var second = p.declaration
            second.body = "other"
            set(&second.facts, Reference("mrn", "25GB0123456789ABC7"))
            p.more.append(second)
        } near: { p in
            var second = p.declaration
            second.day += 3
            second.body = "other"
            set(&second.facts, Reference("mrn", "25GB0123456789ABC7"))
            p.more.append(second)
        },
        Probe("ref-ucr") {
            set(&$0.declaration.facts, Reference("ucr", "6GB123456789000R9"))
        } near: {
            set(&$0.declaration.facts, Reference("ucr", "OUR-OWN-REFERENCE 17"))
        },
        Probe("ref-awb") {
            $0.notice.facts.terms.append(Term("mode", "air"))
            $0.waybill.facts.references.append(Reference("house-bill", "020-12345676"))
        } near: {
            $0.notice.facts.terms.append(Term("mode", "air"))
            $0.waybill.facts.references.append(Reference("house-bill", "020-12345675"))
        },
        Probe("loc-unlocode") {
            set(&$0.declaration.facts, Location("loading", code: "UKLON"))
        } near: {
            set(&$0.declaration.facts, Location("loading", code: "GBFXT"))
        },
    ]

    // MARK: Course

    private static let course: [Probe] = [
        Probe("time-sequence") {
            $0.order.facts.dates = [DateFact("issued", Moment(day: 20_507))]
        } near: {
            $0.order.facts.dates = [DateFact("issued", Moment(day: 20_506))]
        },
        Probe("time-cutoff") {
            $0.list = nil
            $0.asOf = Moment(day: 20_513, second: 0, offset: 0)
        } near: {
            $0.list = nil
            $0.asOf = Moment(day: 20_509, second: 0, offset: 0)
        },
        Probe("sts-rejected") {
            $0.answer("customs.rejected", status: "rejected") { $0.terms.append(Term("reason", "CDS12005 importer")) }
        } near: {
            $0.answer("customs.rejected", status: "rejected")
            $0.answer("customs.accepted", status: "accepted", day: 20_509)
        },
        Probe("sts-held") {
            $0.answer("customs.held", status: "under-control")
        } near: {
            $0.answer("customs.held", status: "documents-requested")
        },
        Probe("sts-stuck") {
            $0.answer("customs.accepted", status: "accepted")
        } near: {
            $0.answer("customs.accepted", status: "accepted")
            $0.asOf = Moment(day: 20_511, second: 0, offset: 0)
        },
        Probe("xml-lenient") {
            $0.declaration.findings = [Finding("namespace-unexpected", .info, "no namespace")]
        } near: {
            $0.declaration.findings = [Finding("test-indicator", .info, "a test")]
        },
        Probe("xml-schema") {
            $0.declaration.findings = [Finding("schema-invalid", .warning, "breaks it")]
        } near: {
            $0.declaration.findings = [Finding("schema-valid", .info, "keeps it")]
        },
    ]
}
