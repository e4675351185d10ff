import ProofReader
import Schemas
import Testing
import Vocabulary

/// Labels that no list holds, put together from words whose sense is known, in five languages.
@Suite struct WordingTests {
    private func proof(_ rows: [(String, String)], title: String = "Proof of Delivery") throws -> Extracted {
        var p = PaperMaker()
        p.text(title, 40, 50, size: 16, bold: true)
        for (i, row) in rows.enumerated() {
            p.text(row.0 + ":", 40, 90 + i * 20)
            p.text(row.1, 240, 90 + i * 20)
        }
        return try Knowledge.read(p)
    }

    @Test func composedLabelsOfDateNameAndPieces() throws {
        for (title, date, time, name, pieces) in [
            (
                "Delivery Receipt", "Actual date goods received", "Time of receipt", "Name of person receiving goods",
                "Quantity of packages accepted"
            ),
            (
                "Ablieferquittung", "Auslieferungsdatum", "Ablieferzeit", "Name des Warenannehmers",
                "Anzahl übernommene Kolli"
            ),
            (
                "Justificatif de livraison", "Date effective de remise", "Heure de réception", "Nom du réceptionnaire",
                "Nombre de colis remis"
            ),
            (
                "Constancia de entrega", "Fecha real de recepción", "Hora de descarga", "Nombre del receptor",
                "Cantidad de bultos aceptados"
            ),
            ("Leveringsbewijs", "Ontvangstdatum", "Aflevertijdstip", "Naam ontvanger", "Aantal colli afgeleverd"),
        ] {
            let x = try proof(
                [(date, "14.03.2026"), (time, "10:40"), (name, "J. Smit"), (pieces, "12")], title: title)
            #expect(x.type == "proof-of-delivery", "\(title)")
            #expect(x.delivery?.deliveredAt?.value.description == "2026-03-14T10:40:00", "\(date), \(time)")
            #expect(x.delivery?.receivedBy == "J. Smit", "\(name)")
            #expect(x.delivery?.pieces?.value == Exact(12), "\(pieces)")
        }
    }

    /// A window, an appointment, a wish and the print date are not when the goods came; the vehicle's times are its own.
    @Test func otherDatesAreNotTheDelivery() throws {
        let x = try proof([
            ("Delivery slot", "2026-03-14 08:00-12:00"), ("Requested delivery date", "2026-03-12"),
            ("Printed on", "2026-03-15"),
            ("Delivered on", "2026-03-14"), ("Time delivered", "10:40"), ("Arrived at site", "10:05"),
            ("Time out", "11:20"),
            ("Driver", "P. Vance"), ("Received by", "J. Smit"), ("Truck plate", "AB12 CDE"),
        ])
        let d = try #require(x.delivery)
        #expect(d.deliveredAt?.value.description == "2026-03-14T10:40:00")
        #expect(d.appointment?.value.description == "2026-03-14T08:00:00")
        #expect(d.arrivedAt?.value.description == "2026-03-14T10:05:00")
        #expect(d.departedAt?.value.description == "2026-03-14T11:20:00")
        #expect(d.receivedBy == "J. Smit")
        #expect(d.receivedByPlace.page == 1 && d.receivedByPlace.box != nil)
        #expect(x.event?.facts.term("driver") == "P. Vance")
        #expect(x.event?.facts.equipment.first { $0.kind == "vehicle" }?.id == "AB12 CDE")
    }

    @Test func temperaturesKeepSignDecimalAndScale() throws {
        for (set, actual, value, unit) in [
            ("Set point", "Temperature on arrival", "-18.4 °C", "CEL"),
            ("Solltemperatur", "Kerntemperatur", "-18,4 °C", "CEL"),
            ("Consigne", "Température relevée", "-18,4 C", "CEL"), ("Setpoint", "Pulp temperature", "-18.4 F", "FAH"),
        ] {
            let x = try proof([(set, "-20"), (actual, value), ("Delivered on", "2026-03-14")])
            let q = x.event?.facts.quantity("temperature")
            #expect(q?.value == Exact("-18.4") && q?.unit == unit, "\(actual)")
            #expect(x.event?.facts.quantity("temperature-set")?.value == Exact(-20), "\(set)")
        }
    }

    @Test func remarksCountTheirPieces() throws {
        for (remark, codes, damaged, short) in [
            ("2 crushed", ["damaged"], 2, nil), ("9 of 12 received", ["short"], nil, 3),
            ("8 colis reçus sur 11", ["short"], nil, 3), ("3 Kartons nass, 1 fehlt", ["damaged", "short"], 3, 1),
            ("2 cajas no recibidas", ["short"], nil, 2), ("4 dozen gedeukt", ["damaged"], 4, nil),
            ("None", [], nil, nil),
        ] as [(String, [String], Int?, Int?)] {
            let x = try proof([("Remarks", remark), ("Delivered on", "2026-03-14")])
            #expect(x.codes == codes, "\(remark)")
            #expect(x.event?.facts.quantity("damaged")?.value == damaged.map { Exact($0) }, "\(remark)")
            #expect(x.event?.facts.quantity("short")?.value == short.map { Exact($0) }, "\(remark)")
        }
    }

    /// What was refused is not missing as well.
    @Test func refusedPiecesAreNotShort() throws {
        let x = try proof([("Remarks", "14 of 16 delivered, 2 refused"), ("Delivered on", "2026-03-14")])
        #expect(x.codes == ["refused"])
        #expect(x.event?.facts.quantity("rejected")?.value == Exact(2))
    }

    /// A paper that only speaks of proofs of delivery is none.
    @Test func aBrochureIsNoProof() throws {
        var p = PaperMaker()
        p.text("Our proof of delivery service", 40, 60, size: 18, bold: true)
        p.text("With our electronic proof of delivery you know within minutes who received your goods.", 40, 100)
        p.text("Signature and name of the receiver are available online for 24 months.", 40, 116)
        #expect(try Knowledge.read(p).type != "proof-of-delivery")
    }
}
