import ProofReader
import Schemas
import Testing
import Vocabulary

/// Where on a paper the receipt stands: sentences, stamps, captions, columns.
@Suite struct ReceiptTests {
    @Test func sentencesInFiveLanguages() throws {
        for (text, name, pieces) in [
            ("Received in good order by J. Smith on 14 March 2026 at 10:40, 12 of 14 pallets.", "J. Smith", 12),
            (
                "Die Sendung wurde am 14. März 2026 um 10:40 Uhr an Sabine Vogt übergeben. Es wurden 12 Kolli zugestellt.",
                "Sabine Vogt", 12
            ),
            (
                "Le colis a été livré le 14 mars 2026 à 10:40 et réceptionné par Claire Dubois, 12 cartons livrés.",
                "Claire Dubois", 12
            ),
            (
                "El envío fue entregado el 14 de marzo de 2026 a las 10:40 y recibido por Luis Ortega. Se entregaron 12 bultos.",
                "Luis Ortega", 12
            ),
            (
                "De zending is op 14 maart 2026 om 10:40 uur ontvangen door P. de Vries, 12 colli afgeleverd.",
                "P. de Vries", 12
            ),
        ] {
            var p = PaperMaker()
            p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
            p.text("1 April 2026", 40, 80)
            // A long sentence runs over two lines.
            let words = text.split(separator: " ")
            p.text(words.prefix(11).joined(separator: " "), 40, 110)
            p.text(words.dropFirst(11).joined(separator: " "), 40, 123)
            let x = try Knowledge.read(p)
            #expect(x.delivery?.deliveredAt?.value.description == "2026-03-14T10:40:00", "\(text)")
            #expect(x.delivery?.receivedBy == name, "\(text)")
            #expect(x.delivery?.pieces?.value == Exact(pieces), "\(text)")
        }
    }

    @Test func aStampOnABillOfLadingIsAReceipt() throws {
        var p = PaperMaker()
        p.text("Bill of Lading", 40, 50, size: 16, bold: true)
        p.text("B/L No.: 7751200", 40, 90)
        p.text("RECEIVED", 330, 500, size: 14, bold: true)
        p.text("14 MAR 2026", 335, 518)
        p.text("Received by: K. Hill", 40, 560)
        p.text("Signature:", 40, 590)
        p.scribble(120, 588)
        let x = try Knowledge.read(p)
        #expect(x.type == "proof-of-delivery")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-14")
        #expect(x.values("bill-of-lading") == ["7751200"])
        #expect(x.delivery?.signature?.kind == .ink)
        #expect(x.delivery?.signature?.at.box != nil)
    }

    @Test func captionsStandUnderTheirLines() throws {
        var p = PaperMaker()
        p.text("Delivery Receipt", 40, 50, size: 16, bold: true)
        p.text("PRO No: 5540912", 40, 90)
        for (x, value, caption) in [
            (40, "Tom Baker", "Print name"), (200, "14 Mar 2026", "Date received"), (330, "10:40", "Time"),
        ] {
            p.text(value, x + 4, 596)
            p.rule(x, 600, 100)
            p.text(caption, x, 609, size: 7)
        }
        let x = try Knowledge.read(p)
        #expect(x.delivery?.receivedBy == "Tom Baker")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-14T10:40:00")
        // A rule is no signature.
        #expect(x.delivery?.signed == false)
    }

    /// Box 24 of a consignment note without labels of its own.
    @Test func anUnlabelledReceipt() throws {
        var p = PaperMaker()
        p.text("INTERNATIONAL CONSIGNMENT NOTE", 320, 60, size: 11, bold: true)
        p.text("CMR No. FI-2026-00817", 320, 80)
        p.text("24 Goods received", 420, 560, size: 7)
        p.text("Rotterdam on 06.03.2026", 420, 575)
        p.text("P. de Vries", 420, 590)
        p.scribble(430, 630)
        p.text("Signature and stamp of the consignee", 420, 650, size: 7)
        let x = try Knowledge.read(p)
        #expect(x.type == "proof-of-delivery")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-06")
        #expect(x.delivery?.receivedBy == "P. de Vries")
    }

    /// Each row's delivered pieces are not its ordered ones, though the head of one column is not known.
    @Test func columnsThatAreNotKnownKeepTheirCells() throws {
        var p = PaperMaker()
        p.text("Proof of delivery", 40, 50, size: 16, bold: true)
        p.text("Delivery note: DN 77812", 40, 80)
        for (x, t) in [
            (40, "Article"), (120, "Description"), (300, "Zorgl"), (370, "Qty delivered"), (460, "Qty refused"),
        ] {
            p.text(t, x, 120, size: 9, bold: true)
        }
        for (y, row) in [(135, ["A-1", "Lamp", "10", "9", "1"]), (150, ["A-2", "Chair", "4", "4", ""])] {
            for (x, t) in zip([40, 120, 300, 370, 460], row) { p.text(t, x, y) }
        }
        p.text("Received on: 2026-03-13", 40, 300)
        let x = try Knowledge.read(p)
        #expect(x.delivery?.pieces?.value == Exact(13))
        #expect(x.codes == ["refused"])
    }

    @Test func theRowOfAHistoryThatSaysDelivered() throws {
        var p = PaperMaker()
        p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
        p.text("Tracking number: 5540912", 40, 90)
        for (i, (day, time, status)) in [("12.03.2026", "08:00", "In transit"), ("14.03.2026", "10:40", "Delivered")]
            .enumerated()
        {
            p.text(day, 40, 130 + i * 15)
            p.text(time, 140, 130 + i * 15)
            p.text(status, 240, 130 + i * 15)
        }
        #expect(try Knowledge.read(p).delivery?.deliveredAt?.value.description == "2026-03-14T10:40:00")
    }

    @Test func howASignatureIsShown() throws {
        for (value, kind) in [
            ("/s/ Karen Hill", Delivery.Signature.Kind.typed), ("signed electronically", .words),
            ("captured on device, signed", .words),
            ("refused to sign", nil), ("absence de signature", nil), ("", nil),
        ] as [(String, Delivery.Signature.Kind?)] {
            var p = PaperMaker()
            p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
            p.text("Delivered on: 2026-03-14", 40, 90)
            p.text("Signature:", 40, 120)
            p.text(value, 120, 120)
            p.rule(110, 124, 200)
            #expect(try Knowledge.read(p).delivery?.signature?.kind == kind, "\(value)")
        }
    }

    /// Proofs under headings that are not known are cut apart by their numbers.
    @Test func receiptsWithoutATitleAreCutApart() throws {
        var p = PaperMaker()
        for (i, number) in ["60010011", "60010012"].enumerated() {
            if i > 0 { p.page() }
            p.text("Cedar Run", 40, 50, size: 16, bold: true)
            p.text("PRO No: \(number)", 40, 90)
            p.text("Delivered on: 2026-02-1\(i) 10:30", 40, 110)
            p.text("Received by: Sam Reed", 40, 130)
        }
        #expect(try Knowledge.read(p).readings.map { $0.document.number } == ["60010011", "60010012"])
    }
}
