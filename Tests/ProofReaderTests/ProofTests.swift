import ProofReader
import Schemas
import Testing
import Vocabulary

@Suite struct ProofTests {
    /// A German delivery list: labels left, values right, a drawn signature.
    @Test func germanProofWithKeyValueBlock() throws {
        var p = PaperMaker()
        p.text("Nordkurier Spedition GmbH", 40, 50, size: 14, bold: true)
        p.text("Ablieferbeleg", 40, 75, size: 16, bold: true)
        p.text("Sendungs-Nr.:", 40, 120)
        p.text("NK-778812", 160, 120)
        p.text("Lieferschein Nr.:", 40, 140)
        p.text("LS 55102", 160, 140)
        p.text("Bestell-Nr.:", 40, 160)
        p.text("4711-220", 160, 160)
        p.text("Empfänger:", 40, 180)
        p.text("Holzwerk Bauer GmbH", 160, 180)
        p.text("Packstücke erhalten:", 40, 220)
        p.text("11", 160, 220)
        p.text("Zugestellt am:", 40, 240)
        p.text("14. März 2026, 09:15 Uhr", 160, 240)
        p.text("Bemerkungen:", 40, 260)
        p.text("1 Karton eingedrückt", 160, 260)
        p.text("Name in Druckbuchstaben:", 40, 300)
        p.text("H. Krämer", 190, 300)
        p.text("Unterschrift:", 40, 340)
        p.scribble(160, 336)
        let x = try Knowledge.read(p)
        #expect(x.type == "proof-of-delivery")
        #expect(x.readings.first?.document.number == "NK-778812")
        #expect(x.readings.first?.document.sender == "Nordkurier Spedition GmbH")
        #expect(x.values("pro") == ["NK-778812"])
        #expect(x.values("delivery-note") == ["LS 55102"])
        #expect(x.values("purchase-order") == ["4711-220"])
        #expect(x.event?.facts.party("consignee")?.name == "Holzwerk Bauer GmbH")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-14T09:15:00")
        #expect(x.delivery?.receivedBy == "H. Krämer")
        #expect(x.delivery?.pieces?.value == Exact(11))
        #expect(x.delivery?.signed == true)
        #expect(x.codes == ["damaged"])
    }

    /// A French proof: values below their labels, a typed refusal of signature.
    @Test func frenchProofWithValuesBelowLabels() throws {
        var p = PaperMaker()
        p.text("Transports Lemoine", 40, 50, size: 13, bold: true)
        p.text("PREUVE DE LIVRAISON", 330, 50, size: 13, bold: true)
        for (i, (label, value)) in [
            ("N° d'expédition", "88 4410"), ("N° de commande", "CF20931"), ("Bon de livraison", "BL-7781"),
        ]
        .enumerated() {
            p.text(label, 40 + i * 170, 110, size: 8, bold: true)
            p.text(value, 40 + i * 170, 124)
        }
        p.text("Date de livraison", 40, 170, size: 8, bold: true)
        p.text("03/04/2026", 40, 184)
        p.text("Nombre de colis reçus", 210, 170, size: 8, bold: true)
        p.text("8", 210, 184)
        p.text("Reçu par", 380, 170, size: 8, bold: true)
        p.text("Claire Dubois", 380, 184)
        p.text("Date de commande : 27/03/2026", 40, 230)
        p.text("Réserves :", 40, 260)
        p.text("2 colis manquants", 120, 260)
        p.text("Signature du destinataire :", 40, 300)
        p.text("non obtenue", 200, 300)
        let x = try Knowledge.read(p)
        #expect(x.type == "proof-of-delivery")
        #expect(x.values("pro") == ["88 4410"])
        #expect(x.values("purchase-order") == ["CF20931"])
        #expect(x.values("delivery-note") == ["BL-7781"])
        // 27/03 on the same paper settles the order of day and month.
        #expect(x.delivery?.deliveredAt?.value.description == "2026-04-03")
        #expect(x.delivery?.deliveredAt?.alternatives.isEmpty == true)
        #expect(x.delivery?.receivedBy == "Claire Dubois")
        #expect(x.delivery?.pieces?.value == Exact(8))
        #expect(x.delivery?.signed == false)
        #expect(x.codes == ["short"])
    }

    @Test func openDateKeepsItsOtherReading() throws {
        var p = PaperMaker()
        p.text("PROOF OF DELIVERY", 40, 50, size: 16, bold: true)
        p.text("Tracking number: 1Z99220041", 40, 90)
        p.text("Delivered on: 03/04/2026", 40, 110)
        p.text("Received by: A. Moss", 40, 130)
        let d = try Knowledge.read(p).delivery?.deliveredAt
        #expect(d?.value.description == "2026-04-03")
        #expect(d?.alternatives.map(\.description) == ["2026-03-04"])
    }

    /// A bill of lading that the consignee receipted at its foot, boxes drawn, driver's block beside.
    @Test func receiptedBillOfLadingIsAProof() throws {
        var p = PaperMaker()
        p.text("STRAIGHT BILL OF LADING", 200, 40, size: 15, bold: true)
        p.text("BOL #: 5541-882", 400, 70)
        p.text("PO #: 77120, 77121", 400, 85)
        p.text("Shipper: Great Lakes Castings Inc", 40, 70)
        p.text("Consignee: Prairie Pump Co", 40, 85)
        p.text("Driver: R. Vance", 40, 560)
        p.text("Driver signature:", 40, 600)
        p.scribble(130, 596)
        p.text("Goods received", 320, 540, bold: true)
        p.text("Pieces received: 22", 320, 560)
        p.text("Date: 02/17/2026 Time: 2:05 PM", 320, 580)
        p.text("Print name: L. Ortiz", 320, 600)
        p.text("Damaged", 320, 630)
        p.box(375, 632)
        p.text("Short", 400, 630)
        p.box(440, 632, crossed: true)
        p.text("Refused", 470, 630)
        p.box(520, 632)
        p.text("Consignee signature:", 320, 670)
        let x = try Knowledge.read(p)
        #expect(x.type == "proof-of-delivery")
        #expect(x.values("bill-of-lading") == ["5541-882"])
        #expect(x.values("purchase-order") == ["77120", "77121"])
        #expect(x.delivery?.deliveredAt?.value.description == "2026-02-17T14:05:00")
        #expect(x.delivery?.receivedBy == "L. Ortiz")
        #expect(x.delivery?.pieces?.value == Exact(22))
        #expect(x.codes == ["short"])
        // Only the driver signed.
        #expect(x.delivery?.signed == false)
    }

    @Test func typedBoxesAndDenials() throws {
        for (line, remark, expected) in [
            ("[x] Damaged  [ ] Short  [ ] Refused", "", ["damaged"]),
            ("[ ] Damaged  [ ] Short  [X] Refused", "", ["refused"]),
            ("[ ] Damaged  [ ] Short  [ ] Refused", "no damage, nothing missing", []), ("", "None", []),
            ("", "Received in good order", []),
            ("", "3 cartons crushed, 1 missing", ["damaged", "short"]), ("", "not damaged but 2 ctn short", ["short"]),
            ("", "Carton No 5 damaged", ["damaged"]), ("", "keine Beanstandung", []),
            ("", "Annahme verweigert", ["refused"]),
            ("", "sans réserve", []), ("", "2 colis avariés", ["damaged"]), ("", "sin daños", []),
            ("", "2 dozen beschadigd", ["damaged"]),
        ] {
            var p = PaperMaker()
            p.text("Delivery Receipt", 40, 50, size: 16, bold: true)
            p.text("Consignment No 4420771", 40, 90)
            p.text("Date delivered: 19 Feb 2026", 40, 110)
            p.text(line, 40, 140)
            p.text("Remarks:", 40, 170)
            p.text(remark, 110, 170)
            p.text("Received by:", 40, 200)
            p.text("Signature:", 40, 230)
            let x = try Knowledge.read(p)
            #expect(x.codes == expected, "\(line) \(remark)")
            #expect(x.delivery?.signed == false)
            #expect(x.delivery?.receivedBy == "")
        }
    }

    @Test func severalProofsInOneFileAreCutByPage() throws {
        var p = PaperMaker()
        for (i, number) in ["60010011", "60010012", "60010013"].enumerated() {
            if i > 0 { p.page() }
            p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
            p.text("PRO No: \(number)", 40, 90)
            p.text("Delivered: 2026-02-1\(i) 10:30", 40, 110)
            p.text("Received by: Sam Reed", 40, 130)
        }
        p.page()
        p.text("Terms of carriage apply.", 40, 50)
        let x = try Knowledge.read(p)
        #expect(x.readings.map { $0.document.number } == ["60010011", "60010012", "60010013"])
        #expect(x.readings.map { $0.document.locator.pages } == [[1, 1], [2, 2], [3, 4]])
    }

    @Test func pageOfPagesKeepsADocumentTogether() throws {
        var p = PaperMaker()
        for i in 1...2 {
            if i > 1 { p.page() }
            p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
            p.text("Page \(i) of 2", 480, 50)
            p.text("PRO No: 6001002\(i)", 40, 90)
        }
        #expect(try Knowledge.read(p).readings.count == 1)
    }

    private func proof(_ rows: [(String, String)]) throws -> Delivery? {
        var p = PaperMaker()
        p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
        for (i, r) in ([("PRO No:", "60010031")] + rows).enumerated() {
            p.text(r.0, 40, 90 + 24 * i)
            p.text(r.1, 200, 90 + 24 * i)
        }
        return try Knowledge.read(p).delivery
    }

    /// What stands beside "Signature" is a signature where it is a name.
    @Test func aRemarkInTheSignaturesPlaceIsNone() throws {
        for remark in ["consignee absent", "see attached sheet", "pending"] {
            let d = try proof([("Delivered on:", "19 Feb 2026"), ("Signature:", remark)])
            #expect(d?.signature == nil, "\(remark)")
        }
        for name in ["Sam Reed", "/s/ S. Reed"] {
            let d = try proof([("Delivered on:", "19 Feb 2026"), ("Signature:", name)])
            #expect(d?.signature?.kind == .typed, "\(name)")
        }
    }

    @Test func aPriceIsNoTime() throws {
        let d = try proof([("Delivered on:", "14.03.2026 12.50 EUR fee"), ("Received by:", "Sam Reed")])
        #expect(d?.deliveredAt?.value.description == "2026-03-14")
    }

    /// Bare times of the vehicle are of the day of delivery in each of its readings; what lies before the arrival is of the next
    /// day.
    @Test func timesOfTheVehicleFollowTheDay() throws {
        let d = try proof([
            ("Delivered on:", "03/04/2026"), ("Received by:", "Sam Reed"), ("Arrival time:", "23:40"),
            ("Departure time:", "00:25"),
        ])
        let arrived = try #require(d?.arrivedAt)
        let departed = try #require(d?.departedAt)
        #expect(
            Set([arrived.value.day, arrived.alternatives.first?.day])
                == Set([d?.deliveredAt?.value.day, d?.deliveredAt?.alternatives.first?.day]))
        #expect(departed.value.day == arrived.value.day + 1)
    }
}
