import Testing

@testable import Coordination
@testable import Vocabulary

@Suite struct LinkingTests {
    @Test func keepsTheSameNumberOfTwoBuyersApart() throws {
        var s = Story()
        s.order("4711", buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH")
        s.order("4711", buyer: "Lindqvist Trading AB", seller: "Fabrik Sonne KG")
        let a = s.add(
            "order.acknowledged", "ORDRSP", day: 20_501, refs: [("purchase-order", "4711")],
            buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH")
        let b = s.add(
            "order.acknowledged", "ORDRSP", day: 20_501, refs: [("purchase-order", "4711")],
            buyer: "Lindqvist Trading AB", seller: "Fabrik Sonne KG")
        let r = try s.results()
        #expect(r.entities.filter { $0.kind == .purchaseOrder }.count == 2)
        #expect(r.entities(of: a, .direct, .purchaseOrder) != r.entities(of: b, .direct, .purchaseOrder))
    }

    @Test func findsTheOrderBehindAMangledNumber() throws {
        var s = Story()
        s.order("0004711000")
        let ids = ["PO-4711000", "4711 000", "0004711000-01"].map {
            s.add(
                "invoice.received", "INVOIC", day: 20_510, refs: [("invoice", "R\($0)"), ("purchase-order", $0)],
                buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH")
        }
        let r = try s.results()
        for id in ids { #expect(r.entities(of: id, .direct, .purchaseOrder).count == 1) }
        #expect(r.links.first { $0.document == ids[0] && $0.kind == .purchaseOrder }?.method == .normalised)
    }

    @Test func twoOrdersInOneContainerStayTwoShipments() throws {
        var s = Story()
        s.order("4711")
        s.order("4712")
        for (po, bl) in [("4711", "BL100"), ("4712", "BL200")] {
            s.add(
                "shipment.notified", "DESADV", day: 20_510,
                refs: [
                    ("asn", "A\(po)"), ("bill-of-lading", bl), ("purchase-order", po), ("container", "CSQU3054383"),
                ],
                buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH", rows: [.init()], role: "shipped")
        }
        let r = try s.results()
        #expect(r.entities.filter { $0.kind == .shipment }.count == 2)
    }

    @Test func joinsAShipmentOverItsNumbersAndDerivesUpwardsOnly() throws {
        var s = Story()
        s.order("4711")
        let tender = s.add(
            "tender.offered", "204", day: 20_505,
            refs: [("tender", "LD900"), ("bill-of-lading", "BL100"), ("purchase-order", "4711")],
            buyer: "Nordmark Handel AS", carrier: "Fjord Line")
        s.add(
            "shipment.notified", "DESADV", day: 20_510,
            refs: [("asn", "A1"), ("bill-of-lading", "BL100"), ("purchase-order", "4711")], buyer: "Nordmark Handel AS",
            seller: "Weber Metall GmbH")
        let status = s.add(
            "shipment.status", "214", day: 20_511, refs: [("tender", "LD900")], carrier: "Fjord Line",
            terms: [("status", "departed")])
        let r = try s.results()
        #expect(r.entities.filter { $0.kind == .shipment }.count == 1)
        #expect(r.entities(of: status, .direct, .shipment) == r.entities(of: tender, .direct, .shipment))
        #expect(r.entities(of: status, .derived, .purchaseOrder).count == 1)
        #expect(r.links.allSatisfy { $0.relation == .direct || $0.kind != .shipment || $0.document != tender })
    }

    @Test func saysTwoAnswersWhereNothingDecides() throws {
        var s = Story()
        s.order("4711", buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH")
        s.order("4711", buyer: "Lindqvist Trading AB", seller: "Fabrik Sonne KG")
        s.add(
            "correspondence.received", "correspondence", day: 20_510, refs: [("purchase-order", "4711")],
            intent: Intent("query"),
            emails: [("sender", "depot@elsewhere.example"), ("receiver", "desk@group.example")], format: .email)
        let r = try s.results()
        let row = try #require(r.exception("match-ambiguous"))
        #expect(row.candidates.count == 2)
        #expect(row.entity == nil && row.locator != nil)
    }

    @Test func aStatusOfAShipmentNobodyKnowsIsNotGuessed() throws {
        var s = Story()
        s.order("4711")
        let id = s.add(
            "shipment.status", "214", day: 20_511, refs: [("pro", "99887766")], carrier: "Fjord Line",
            terms: [("status", "departed")])
        let r = try s.results()
        #expect(r.links.allSatisfy { $0.document != id })
        #expect(r.exception("reference-unknown")?.document == id)
    }

    @Test func aCopyGivesNoEventsButKeepsItsLinks() throws {
        var s = Story()
        s.add(
            "order.issued", "ORDERS", day: 20_500, refs: [("purchase-order", "4711")], buyer: "Nordmark Handel AS",
            seller: "Weber Metall GmbH", digest: "same")
        s.add(
            "order.issued", "ORDERS", day: 20_500, refs: [("purchase-order", "4711")], buyer: "Nordmark Handel AS",
            seller: "Weber Metall GmbH", digest: "same")
        let r = try s.results()
        #expect(r.events.count == 1)
        #expect(r.exception("document-duplicate")?.locator?.path == "2-ORDERS")
        #expect(r.links.count == 2)
    }

    @Test func anyOrderAndAnyRepetitionGivesTheSameBytes() throws {
        var s = Story()
        for n in 0..<6 {
            let po = "47\(10 + n)"
            s.order(po, rows: [.init(quantity: 10 + n), .init(number: "2", part: "P2", quantity: 4)])
            s.add(
                "order.acknowledged", "ORDRSP", day: 20_501, refs: [("purchase-order", po)],
                buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH",
                rows: [.init(quantity: 10), .init(number: "2", part: "P2", quantity: 4)], role: "acknowledged")
            s.add(
                "shipment.notified", "DESADV", day: 20_510,
                refs: [("asn", "A\(n)"), ("bill-of-lading", "BL\(1000 + n)"), ("purchase-order", po)],
                buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH", rows: [.init(quantity: 9)], role: "shipped")
            s.add(
                "invoice.received", "INVOIC", day: 20_512, refs: [("invoice", "R\(n)"), ("purchase-order", po)],
                buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH", rows: [.init(quantity: 10)], role: "invoiced",
                amounts: [("total", "50.00")])
        }
        let wanted = try s.results().bytes
        let c = try Story.coordinator()
        var random = Seeded(state: 7)
        for _ in 0..<40 {
            var shuffled = s.readings.shuffled(using: &random)
            shuffled += shuffled.prefix(5)
            let same = c.coordinate(shuffled, survey: c.survey(shuffled), asOf: Story.asOf).bytes == wanted
            #expect(same)
        }
    }

    /// A carrier of whom messages give only a code may be the one whose name stands on the proof.
    @Test func aCarriersCodeSpeaksAgainstNoNumberOfItsName() throws {
        var s = Story()
        func facts(_ carrier: Party) -> Facts {
            var f = Facts()
            f.references = [Reference("pro", "70112233")]
            f.parties = [carrier]
            return f
        }
        var notice = facts(Party("carrier", id: "MDLX", scheme: "scac"))
        notice.references.append(Reference("asn", "GR-1"))
        s.put("shipment.notified", "856", day: 20_505, notice, [])
        s.put(
            "delivery.proved", "proof-of-delivery", day: 20_506, facts(Party("carrier", name: "Mid Lakes Express")), [])
        let r = try s.results()
        #expect(r.entities.filter { $0.kind == .shipment }.count == 1)
        #expect(r.links.filter { $0.kind == .shipment && $0.relation == .direct }.count == 2)
    }
}

/// A generator of the same numbers every time (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
