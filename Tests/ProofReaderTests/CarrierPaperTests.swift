import ProofReader
import Schemas
import Testing
import Vocabulary

/// Habits of carriers' papers: captions under lines, leaders, letters set wide, numbers in two words, counts without a verb.
@Suite struct CarrierPaperTests {
    private func paper(_ title: String, _ draw: (inout PaperMaker) -> Void) throws -> Extracted {
        var p = PaperMaker()
        p.text(title, 40, 50, size: 16, bold: true)
        draw(&p)
        return try Knowledge.read(p)
    }

    private func fields(_ title: String, _ rows: [(String, String)]) throws -> Extracted {
        try paper(title) { p in
            for (i, row) in rows.enumerated() {
                p.text(row.0 + ":", 40, 90 + i * 20)
                p.text(row.1, 240, 90 + i * 20)
            }
        }
    }

    /// The hand writes well above a line whose caption is in small print.
    @Test func smallCaptionsUnderLines() throws {
        let x = try paper("Delivery Receipt") { p in
            p.text("PRO 55120044", 40, 90)
            p.scribble(60, 300)
            p.text("L. Arden", 240, 300)
            p.text("03/16/2026 09:42", 420, 300)
            for (i, caption) in ["Consignee signature", "Print name", "Date/time received"].enumerated() {
                p.rule(40 + i * 190, 316, 140)
                p.text(caption, 40 + i * 190, 330, size: 7)
            }
        }
        #expect(x.delivery?.receivedBy == "L. Arden")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-16T09:42:00")
        #expect(x.delivery?.signed == true)
    }

    @Test func dotsLeadToValues() throws {
        let x = try paper("Delivery Confirmation") { p in
            p.text("Load ID ............ LD-77120", 40, 90)
            p.text("POD date/time ...... 2026-03-16 14:15", 40, 106)
            p.text("POD name ........... Stan Arden", 40, 122)
        }
        #expect(x.delivery?.receivedBy == "Stan Arden")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-16T14:15:00")
    }

    @Test func whatIsToComeIsNoDelivery() throws {
        let x = try paper("Wharf Haulage") { p in
            p.text("Your consignment WV-55120 of 8 pallets will be delivered on 12 March 2026.", 40, 90)
            p.text("Please make sure that someone is there to sign for the goods.", 40, 106)
        }
        #expect(x.type != "proof-of-delivery")
        let form = try fields(
            "Proof of Delivery", [("Deliver on", "12/03/2026"), ("Date", "13/03/2026"), ("Received by", "J. Arden")])
        #expect(form.delivery?.deliveredAt?.value.description == "2026-03-13")
    }

    /// Sentences of a letter with wide lines: date and verb on different lines, what was wrong, who signed.
    @Test func lettersWithWideLines() throws {
        let x = try paper("Zustellnachweis zu Ihrer Sendung 4400-118273") { p in
            p.text(
                "die oben genannte Sendung mit 9 Paketen wurde am 23.03.2026 um 07:55 Uhr bei der Firma Arden", 40, 90)
            p.text(
                "zugestellt. Die Annahme best\u{E4}tigte Herr Torsten Arden. Uns sind keine Vorbehalte bekannt.", 40,
                106)
        }
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-23T07:55:00")
        #expect(x.delivery?.receivedBy == "Herr Torsten Arden")
        let y = try paper("Justificante de entrega") { p in
            p.text(
                "Le informamos de que su env\u{ED}o SN-2200871 fue entregado el 24 de marzo de 2026 a las 17:40 y", 40,
                90)
            p.text("firmado por Luc\u{ED}a Prieto. Uno de los bultos presentaba da\u{F1}os en el embalaje.", 40, 106)
        }
        #expect(y.delivery?.receivedBy == "Luc\u{ED}a Prieto")
        #expect(y.delivery?.signed == true)
        #expect(y.delivery?.remarks.map(\.code) == ["damaged"])
    }

    @Test func aNumberOfTwoWords() throws {
        let x = try fields("Proof of Delivery", [("Delivered", "13/03/2026"), ("Received by", "J. Arden")])
        #expect(x.event?.facts.references.isEmpty == true)
        let y = try paper("Proof of Delivery") { p in
            p.text("Consignment No. HT 0044719", 40, 90)
            p.text("Delivered: 13/03/2026", 40, 110)
            p.text("Received by: J. Arden", 40, 130)
        }
        #expect(y.event?.facts.references.first?.value == "HT 0044719")
    }

    /// The only number of a carrier's proof is its consignment's.
    @Test func aBareNumberNamesTheConsignment() throws {
        let x = try paper("Severn Carriers POD") { p in
            p.text("Ref SC-100221", 380, 50)
            p.text("Delivered: 13/03/2026", 40, 90)
            p.text("Received by: J. Arden", 40, 110)
        }
        #expect(x.event?.facts.references.map(\.value) == ["SC-100221"])
    }

    @Test func theOnlyCountIsWhatCame() throws {
        let rows = [("Packages", "14"), ("Delivered", "13/03/2026"), ("Received by", "J. Arden")]
        #expect(try fields("Proof of Delivery", rows).delivery?.pieces?.value == Exact(14))
        // Nobody took the goods, or not all of them.
        let unsigned = try fields("Proof of Delivery", Array(rows.prefix(2)))
        #expect(unsigned.delivery?.pieces == nil)
        let short = try fields("Proof of Delivery", rows + [("Remarks", "some cartons missing")])
        #expect(short.delivery?.pieces == nil)
    }

    @Test func remarksBesideTheCountAndAcrossTheForm() throws {
        let x = try fields(
            "Proof of Delivery",
            [
                ("Delivered", "13/03/2026"), ("Received by", "J. Arden"),
                ("Pieces received", "2 pallets, 1 pallet missing"),
            ])
        #expect(x.delivery?.remarks.map(\.code) == ["short"])
        let y = try paper("Delivery Receipt") { p in
            p.text("Date: 13/03/2026", 40, 90)
            p.text("DELIVERY REFUSED BY CUSTOMER - goods not ordered", 40, 120)
            p.text("Name: J. Arden", 40, 150)
        }
        #expect(y.delivery?.remarks.map(\.code) == ["refused"])
    }

    /// "Chemnitz, den 19.01.2026" by the receiver's signature, not the paper's own date.
    @Test func placeAndDateByTheSignature() throws {
        let x = try paper("Lieferschein Nr. 5520193") { p in
            p.text("Datum: 14.01.2026", 380, 80)
            p.text("4 Paletten", 40, 110)
            p.text("Chemnitz, den 19.01.2026", 40, 300)
            p.scribble(60, 325)
            p.text("K. Arden", 250, 325)
            p.text("Unterschrift Empf\u{E4}nger", 40, 342, size: 7)
            p.text("Name", 250, 342, size: 7)
        }
        #expect(x.type == "proof-of-delivery")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-01-19")
        #expect(x.delivery?.receivedBy == "K. Arden")
    }

    @Test func namesBehindASection() throws {
        let x = try paper("Afleverbon") { p in
            p.text("Bonnummer 7730021", 380, 80)
            p.text("Voor ontvangst: naam S. de Arden", 40, 110)
            p.text("datum 18-02-2026", 300, 110)
        }
        #expect(x.delivery?.receivedBy == "S. de Arden")
        #expect(x.event?.facts.references.map(\.value) == ["7730021"])
    }

    /// A town is no shortage in any language.
    @Test func addressesAreNoRemarks() throws {
        let x = try paper("Proof of Delivery") { p in
            p.text("Unit 9, Trafford Way, Manchester M17 1AB", 40, 80)
            p.text("Delivered: 13/03/2026", 40, 110)
            p.text("Received by: J. Arden", 40, 130)
        }
        #expect(x.delivery?.remarks.isEmpty == true)
    }
}
