import ProofReader
import Schemas
import Testing
import Vocabulary

@Suite struct ProofLayoutTests {
    /// The CMR form: numbered boxes, the consignee's receipt in box 24, his hand above the caption.
    @Test func receiptedConsignmentNoteWithNumberedBoxes() throws {
        var p = PaperMaker()
        p.text("INTERNATIONAL CONSIGNMENT NOTE", 320, 60, size: 11, bold: true)
        p.text("CMR No. FI-2026-00817", 320, 80)
        for (x, y, head, value) in [
            (40, 60, "1 Sender (name, address, country)", "Arctic Foods Oy"),
            (40, 120, "2 Consignee (name, address, country)", "Gourmet Import BV"),
            (320, 120, "16 Carrier (name, address, country)", "Nordic Trucking AB"),
            (40, 170, "3 Place of delivery of the goods", "Rotterdam"),
            (40, 200, "4 Place and date of taking over of the goods", "Turku, 02.03.2026"),
        ] {
            p.text(head, x, y, size: 7)
            p.text(value, x, y + 12)
        }
        p.text("23 Signature and stamp of the carrier", 230, 560, size: 7)
        p.text("24 Goods received", 420, 560, size: 7)
        p.text("Date 06.03.2026", 420, 575)
        p.text("Name P. de Vries", 420, 590)
        p.text("24 pallets received", 420, 605)
        p.scribble(430, 630)
        p.text("Signature and stamp of the consignee", 420, 650, size: 7)
        let x = try Knowledge.read(p)
        #expect(x.type == "proof-of-delivery")
        #expect(x.readings.first?.document.number == "FI-2026-00817")
        #expect(x.event?.facts.party("consignor")?.name == "Arctic Foods Oy")
        #expect(x.event?.facts.party("consignee")?.name == "Gourmet Import BV")
        #expect(x.event?.facts.party("carrier")?.name == "Nordic Trucking AB")
        #expect(x.event?.facts.location("origin")?.name == "Turku")
        #expect(x.event?.facts.location("destination")?.name == "Rotterdam")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-06")
        #expect(x.delivery?.receivedBy == "P. de Vries")
        #expect(x.delivery?.pieces?.value == Exact(24))
        #expect(x.delivery?.signed == true)
    }

    /// Counts stand in a table: shipped, received and damaged of each line.
    @Test func countsOfATableAddUp() throws {
        var p = PaperMaker()
        p.text("Proof of delivery", 40, 50, size: 16, bold: true)
        p.text("Delivery note: DN 77812", 40, 80)
        for (x, t) in [(40, "Article"), (120, "Description"), (300, "Shipped"), (370, "Received"), (440, "Damaged")] {
            p.text(t, x, 120, size: 9, bold: true)
        }
        for (y, row) in [(135, ["A-1", "Lamp", "10", "9", "0"]), (150, ["A-2", "Chair", "4", "4", "1"])] {
            for (x, t) in zip([40, 120, 310, 380, 450], row) { p.text(t, x, y) }
        }
        p.text("Received on: 2026-03-13 08:05", 40, 300)
        p.text("Signature: e-signed", 40, 330)
        let x = try Knowledge.read(p)
        #expect(x.delivery?.pieces?.value == Exact(13))
        #expect(x.codes == ["damaged"])
        #expect(x.delivery?.signed == true)
        #expect(x.event?.lines.map { $0.facts.quantity("received")?.value } == [Exact(9), Exact(4)])
    }

    /// A letter: all facts in sentences.
    @Test func factsInSentences() throws {
        var p = PaperMaker()
        p.text("PROOF OF DELIVERY", 40, 50, size: 16, bold: true)
        p.text("This is the proof of delivery for tracking number 9988123400.", 40, 90)
        p.text("It was delivered on March 14, 2026 at 10:12 and signed for by Karen Hill.", 40, 110)
        p.text("6 parcels were received, 1 parcel was damaged.", 40, 130)
        p.text("Claims for damage must be made within 7 days.", 40, 150)
        let x = try Knowledge.read(p)
        #expect(x.values("pro") == ["9988123400"])
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-14T10:12:00")
        #expect(x.delivery?.receivedBy == "Karen Hill")
        #expect(x.delivery?.pieces?.value == Exact(6))
        #expect(x.delivery?.remarks.map(\.text) == ["6 parcels were received, 1 parcel was damaged."])
    }
}
