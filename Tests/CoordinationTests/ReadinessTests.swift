import Testing

@testable import Coordination
@testable import Vocabulary

/// A cross-border shipment with its papers, one fact changed at a time: the rule that has to tell, and no other.
@Suite struct ReadinessTests {
    /// Order 4711 from Norway to Great Britain, 100 PCE at 5.00; every argument is a fact of one paper.
    private func story(
        value: String = "500.00", currency: String = "EUR", gross: Int = 120, net: Int = 100, packages: Int = 5,
        code: String = "7323930090", origin: String = "NO", importer: String = "Albion Homeware Ltd",
        eori: String = "GB123456789000", container: String = "CSQU3054383", bill: String = "BL100",
        incoterm: String = "FCA",
        mrn: String = "10NL5663962BE1E825", packingList: Bool = true, answer: String? = nil, declares: Bool = true
    ) -> Story {
        var s = Story()
        let (buyer, seller) = ("Albion Homeware Ltd", "Nordstaal AS")
        s.order("4711", buyer: buyer, seller: seller, rows: [.init(quantity: 100)])
        s.add(
            "shipment.notified", "DESADV", day: 20_505,
            refs: [("asn", "A1"), ("bill-of-lading", "BL100"), ("purchase-order", "4711")],
            buyer: buyer, seller: seller, rows: [.init(quantity: 100, order: "4711")], role: "shipped",
            dates: [("estimated-delivery", 20_515)], quantities: [("packages", 5)])
        var invoice = Facts()
        invoice.references = [
            Reference("invoice", "R9"), Reference("purchase-order", "4711"), Reference("bill-of-lading", "BL100"),
        ]
        invoice.parties = [
            Party("buyer", name: buyer, id: "GB123456789", scheme: "vat", country: "GB"),
            Party("seller", name: seller, country: "NO"),
        ]
        invoice.terms = [Term("currency", "EUR"), Term("incoterm", "FCA")]
        invoice.amounts = [Amount("total", Exact(500), currency: "EUR")]
        var item = Facts()
        item.terms = [Term("commodity-code", "732393"), Term("origin-country", "NO"), Term("seller-part", "P1")]
        item.amounts = [Amount("line", Exact(500), currency: "EUR"), Amount("unit-price", Exact(5), currency: "EUR")]
        item.quantities = [Quantity("invoiced", Exact(100), unit: "PCE")]
        s.put("invoice.received", "INVOIC", day: 20_506, invoice, [Line(number: "1", facts: item)])
        var waybill = Facts()
        waybill.references = [Reference("bill-of-lading", "BL100")]
        waybill.parties = [
            Party("consignee", name: buyer, country: "GB"), Party("consignor", name: seller, country: "NO"),
        ]
        waybill.equipment = [Equipment("container", "CSQU3054383")]
        waybill.quantities = [
            Quantity("packages", Exact(5), unit: "CT"), Quantity("gross-mass", Exact(120), unit: "KGM"),
        ]
        s.put("transport-document.issued", "transport-document", day: 20_506, waybill, [], format: .pdf)
        if packingList {
            var list = Facts()
            list.references = [Reference("bill-of-lading", "BL100"), Reference("purchase-order", "4711")]
            s.put("packing-list.issued", "packing-list", day: 20_506, list, [], format: .pdf)
        }
        guard declares else { return s }
        var declaration = Facts()
        declaration.references = [
            Reference("lrn", "L1"), Reference("mrn", mrn), Reference("invoice", "R9"),
            Reference("bill-of-lading", bill),
        ]
        declaration.parties = [
            Party("importer", name: importer, id: eori, scheme: "eori", country: "GB"), Party("exporter", name: seller),
        ]
        declaration.terms = [Term("direction", "import"), Term("incoterm", incoterm)]
        declaration.locations = [
            Location("destination-country", country: "GB"), Location("dispatch-country", country: "NO"),
        ]
        declaration.equipment = [Equipment("container", container)]
        declaration.quantities = [
            Quantity("gross-mass", Exact(gross), unit: "KGM"), Quantity("packages", Exact(packages), unit: "CT"),
        ]
        var goods = Facts()
        goods.terms = [Term("commodity-code", code), Term("origin-country", origin)]
        goods.amounts = [Amount("item-price", Exact(value) ?? .zero, currency: currency)]
        goods.quantities = [
            Quantity("gross-mass", Exact(gross), unit: "KGM"), Quantity("net-mass", Exact(net), unit: "KGM"),
        ]
        s.put(
            "customs.declared", "customs-declaration", day: 20_512, declaration, [Line(number: "1", facts: goods)],
            format: .xml)
        if let answer {
            var f = Facts()
            f.references = [Reference("lrn", "L1")]
            s.put(answer, "customs-response", day: 20_513, f, [], format: .xml)
        }
        return s
    }

    private func row(_ s: Story) throws -> Readiness { try #require(try s.results().readiness.first) }

    @Test func papersThatAgreeAreReady() throws {
        let r = try row(story())
        #expect(r.regime == "gb-import" || r.regime == "uk-import")
        #expect(r.conflicts.map(\.rule) == [])
        #expect(r.missing == [])
        #expect(r.verdict == "ready")
    }

    @Test func eachDisagreementIsToldByItsRuleAlone() throws {
        #expect(try row(story(value: "480.00")).conflicts.map(\.rule) == ["value-mismatch"])
        #expect(try row(story(currency: "USD")).conflicts.map(\.rule) == ["currency-mismatch"])
        #expect(try row(story(gross: 130)).conflicts.map(\.rule) == ["gross-mass-mismatch"])
        #expect(try row(story(net: 121)).conflicts.map(\.rule) == ["net-exceeds-gross"])
        #expect(try row(story(packages: 6)).conflicts.map(\.rule) == ["package-count-mismatch"])
        #expect(try row(story(code: "73239")).conflicts.map(\.rule) == ["commodity-code-invalid"])
        #expect(try row(story(code: "7323990090")).conflicts.map(\.rule) == ["commodity-code-mismatch"])
        #expect(try row(story(origin: "SE")).conflicts.map(\.rule) == ["origin-mismatch"])
        #expect(try row(story(eori: "GB12345")).conflicts.map(\.rule) == ["eori-invalid"])
        #expect(try row(story(mrn: "10NL5663962BE1E826")).conflicts.map(\.rule) == ["mrn-invalid"])
        #expect(try row(story(incoterm: "DDP")).conflicts.map(\.rule) == ["incoterm-mismatch"])
        #expect(try row(story(bill: "BL999")).conflicts.map(\.rule) == ["transport-document-mismatch"])
        #expect(
            try row(story(container: "CSQU3054384")).conflicts.map(\.rule) == [
                "container-check-digit", "container-mismatch",
            ])
        let stranger = story(importer: "Somebody Else plc", eori: "GB987654321000")
        #expect(try row(stranger).conflicts.map(\.rule) == ["consignee-mismatch"])
    }

    @Test func whatStaysWithinToleranceIsNoConflict() throws {
        #expect(try row(story(value: "500.01")).conflicts.isEmpty)
        #expect(try row(story(gross: 121)).conflicts.isEmpty)
        #expect(try row(story(code: "7323931100")).conflicts.isEmpty)
    }

    @Test func aMissingPaperKeepsTheShipmentBack() throws {
        let s = story(packingList: false)
        #expect(try row(s).missing == ["packing-list"])
        #expect(try row(s).verdict == "not-ready")
        #expect(try s.codes().contains("customs-document-missing"))
    }

    @Test func theLastWordOfCustomsIsTheVerdict() throws {
        #expect(try row(story(answer: "customs.held")).verdict == "held")
        #expect(try row(story(answer: "customs.released")).verdict == "released")
        #expect(try story(answer: "customs.held").codes().contains("customs-hold"))
        #expect(try story(answer: "customs.rejected").codes().contains("customs-rejected"))
        #expect(try story(declares: false).codes().contains("customs-filing-late"))
    }

    @Test(arguments: ["amended", "request-granted", "request-denied", "assessed"])
    func newsAfterTheReleaseTakeNothingBack(status: String) throws {
        var s = story(answer: "customs.released")
        var f = Facts()
        f.references = [Reference("lrn", "L1"), Reference("mrn", "10NL5663962BE1E825")]
        f.terms = [Term("customs-status", status)]
        s.put("customs.accepted", "customs-response", day: 20_514, f, [], format: .xml)
        #expect(try row(s).verdict == "released")
    }
}
