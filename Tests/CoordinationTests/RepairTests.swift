import Testing
import Vocabulary

@testable import Coordination

/// Numbers that were recognised on pictures are hypotheses.
@Suite struct RepairTests {
    /// A shipment that a notice announces, and a scanned proof with the numbers as they were read.
    private func story(_ read: [(String, String)], certainty: Int? = 700) -> Story {
        var s = Story()
        s.add("order.issued", "850", day: 20_500, refs: [("purchase-order", "4500017823")], buyer: "B", seller: "S")
        s.add(
            "shipment.notified", "856", day: 20_510,
            refs: [("asn", "GR-20418"), ("bill-of-lading", "GRNL047188191"), ("purchase-order", "4500017823")],
            buyer: "B", seller: "S")
        s.add(
            "delivery.proved", "proof-of-delivery", day: 20_520, number: read[0].1, refs: read,
            delivery: Delivery(
                deliveredAt: DateFact("delivered", Moment(day: 20_520)), receivedBy: "A",
                signature: Delivery.Signature(.ink)))
        let last = s.readings.count - 1
        for i in s.readings[last].events[0].facts.references.indices {
            s.readings[last].events[0].facts.references[i].at.confidence = certainty
        }
        return s
    }

    private func proof(_ s: Story) throws -> (event: JSON, links: [Link], document: JSON) {
        let results = try s.results()
        let row = try #require(results.events.first { $0.type == "interline.delivery.proved" })
        return (
            try JSON(parsing: row.content), results.links.filter { $0.document == row.document },
            try #require(results.documents.first { $0["document"]?.string == row.document })
        )
    }

    private func reference(_ event: JSON, _ kind: String) -> JSON? {
        event["data"]?["references"]?.items.first { $0["kind"]?.string == kind }
    }

    @Test func aLetterTakenForAFigure() throws {
        let p = try proof(story([("bill-of-lading", "GRNLO47188I91")]))
        let r = try #require(reference(p.event, "bill-of-lading"))
        #expect(r["value"]?.string == "GRNL047188191")
        #expect(r["raw"]?.string == "GRNLO47188I91")
        #expect(r["repaired"] == .bool(true))
        #expect(p.document["number"]?.string == "GRNL047188191")
        let link = try #require(p.links.first { $0.kind == .shipment && $0.relation == .direct })
        #expect(link.method == .probabilistic)
        #expect(link.evidence.contains { $0.text.contains("repaired to GRNL047188191") })
    }

    /// A letter too many is put right only where another number of the paper stands beside the one that is meant.
    @Test func aLetterTooManyNeedsANeighbour() throws {
        let alone = try proof(story([("bill-of-lading", "GRNL0047188191")]))
        #expect(reference(alone.event, "bill-of-lading")?["value"]?.string == "GRNL0047188191")
        let beside = try proof(story([("bill-of-lading", "GRNL0047188191"), ("purchase-order", "4500017823")]))
        #expect(reference(beside.event, "bill-of-lading")?["value"]?.string == "GRNL047188191")
    }

    @Test func whatTheTextGivesIsNeverChanged() throws {
        let p = try proof(story([("bill-of-lading", "GRNLO47188I91")], certainty: nil))
        #expect(reference(p.event, "bill-of-lading")?["value"]?.string == "GRNLO47188I91")
    }

    /// Two numbers look like what was read: neither is taken.
    @Test func twoThatFitAreNone() throws {
        var s = story([("bill-of-lading", "GRNL04718819I")])
        s.add(
            "shipment.notified", "856", day: 20_511,
            refs: [("asn", "GR-20419"), ("bill-of-lading", "GRNL04718B191")], buyer: "B", seller: "S")
        s.readings[2].events[0].facts.references[0].value = "GRNLO47188191"
        let p = try proof(s)
        #expect(reference(p.event, "bill-of-lading")?["value"]?.string == "GRNLO47188191")
    }

    @Test func aShortNumberIsNotGuessedAt() throws {
        var s = story([("purchase-order", "45OO")])
        s.readings[0].events[0].facts.references[0].value = "4500"
        #expect(reference(try proof(s).event, "purchase-order")?["value"]?.string == "45OO")
    }
}
