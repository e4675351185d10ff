import ProofReader
import Schemas
import Testing
import Vocabulary

@Suite struct PaperTests {
    @Test func germanInvoiceWithTable() throws {
        var p = PaperMaker()
        p.text("Feinblech Ost GmbH", 40, 50, size: 14, bold: true)
        p.text("Rechnung", 40, 90, size: 16, bold: true)
        p.text("Rechnungsempfänger", 40, 120, size: 8)
        p.text("Hafenbau AG", 40, 132)
        p.text("Rechnungsnummer: R-2026/0188", 340, 120)
        p.text("Rechnungsdatum: 03.03.2026", 340, 134)
        p.text("Bestellnummer: 4500999001", 340, 148)
        p.text("Lieferbedingung: FCA Leipzig", 340, 162)
        for (x, t) in [
            (40, "Pos"), (70, "Artikel"), (150, "Bezeichnung"), (300, "Menge"), (360, "Einzelpreis"), (450, "Betrag"),
        ] {
            p.text(t, x, 220, bold: true)
        }
        for (y, row) in [
            (240, ["1", "FB-10", "Blech 2 mm", "1.200", "1,25", "1.500,00"]),
            (256, ["2", "FB-22", "Winkel", "40", "12,00", "480,00"]),
        ] {
            for (x, t) in zip([40, 70, 150, 300, 360, 450], row) { p.text(t, x, y) }
        }
        p.text("Nettobetrag", 360, 290)
        p.text("1.980,00", 450, 290)
        p.text("MwSt 19 %", 360, 306)
        p.text("376,20", 450, 306)
        p.text("Gesamtbetrag EUR", 340, 322, bold: true)
        p.text("2.356,20", 450, 322, bold: true)
        let x = try Knowledge.read(p)
        let f = try #require(x.event?.facts)
        #expect(x.type == "invoice")
        #expect(x.event?.type == "invoice.received")
        #expect(x.readings.first?.document.number == "R-2026/0188")
        #expect(x.readings.first?.document.date?.description == "2026-03-03")
        #expect(f.reference("purchase-order")?.value == "4500999001")
        #expect(f.party("seller")?.name == "Feinblech Ost GmbH")
        #expect(f.party("bill-to")?.name == "Hafenbau AG")
        #expect(f.term("incoterm") == "FCA")
        #expect(f.amount("total")?.value == Exact("2356.20"))
        #expect(f.amount("total")?.currency == "EUR")
        #expect(f.amount("tax")?.value == Exact("376.20"))
        #expect(f.amount("lines")?.value == Exact("1980"))
        let lines = try #require(x.event?.lines)
        #expect(lines.map { $0.facts.term("seller-part") } == ["FB-10", "FB-22"])
        #expect(lines.map { $0.facts.quantity("invoiced")?.value } == [Exact(1200), Exact(40)])
        #expect(lines.map { $0.facts.amount("line")?.value } == [Exact(1500), Exact(480)])
    }

    @Test func seaWaybillGivesPortsVesselAndContainer() throws {
        var p = PaperMaker()
        p.text("SEA WAYBILL", 380, 50, size: 16, bold: true)
        p.text("Waybill No.", 380, 80, size: 8)
        p.text("HLC-220199", 380, 92)
        p.text("Shipper", 40, 80, size: 8)
        p.text("Porto Cork Lda", 40, 92)
        p.text("Consignee", 40, 140, size: 8)
        p.text("Baltic Floors UAB", 40, 152)
        p.text("Vilnius, Lithuania", 40, 164)
        p.text("Ocean vessel / Voyage: ALBA STAR 11W", 40, 210)
        p.text("Port of loading: Leixoes", 40, 226)
        p.text("Port of discharge: LTKLJ", 300, 226)
        for (x, t) in [
            (40, "Marks and numbers"), (170, "No. of packages"), (270, "Description of goods"), (440, "Gross weight"),
        ] {
            p.text(t, x, 270, bold: true)
        }
        for (x, t) in zip([40, 170, 270, 440], ["CSQU3054383", "120 cartons", "Cork tiles", "2,400.5 kg"]) {
            p.text(t, x, 290)
        }
        p.text("Place and date of issue: Porto, 4 March 2026", 40, 400)
        let x = try Knowledge.read(p)
        let f = try #require(x.event?.facts)
        #expect(x.type == "transport-document")
        #expect(x.event?.type == "transport-document.issued")
        #expect(x.readings.first?.document.number == "HLC-220199")
        #expect(x.readings.first?.document.date?.description == "2026-03-04")
        #expect(f.party("consignee")?.name == "Baltic Floors UAB")
        #expect(f.party("consignee")?.country == "LT")
        #expect(f.reference("container")?.value == "CSQU3054383")
        #expect(f.term("vessel") == "ALBA STAR")
        #expect(f.term("voyage") == "11W")
        #expect(f.location("loading")?.name == "Leixoes")
        #expect(f.location("discharge")?.code == "LTKLJ")
        #expect(f.quantity("packages")?.value == Exact(120))
        #expect(f.quantity("gross-mass")?.value == Exact("2400.5"))
        #expect(f.quantity("gross-mass")?.unit == "KGM")
    }

    @Test func certificateAndPackingList() throws {
        var p = PaperMaker()
        p.text("CERTIFICAT D'ORIGINE", 180, 50, size: 16, bold: true)
        p.text("Certificat n° 26-00451", 400, 80)
        p.text("Exportateur : Savons du Sud SARL", 40, 110)
        p.text("Pays d'origine : France", 40, 126)
        p.text("Facture n° F-881", 40, 142)
        p.text("Établi le 12 mars 2026", 40, 158)
        var x = try Knowledge.read(p)
        #expect(x.type == "certificate-of-origin")
        #expect(x.event?.type == "certificate.issued")
        #expect(x.readings.first?.document.number == "26-00451")
        #expect(x.event?.facts.term("origin-country") == "FR")
        #expect(x.readings.first?.document.date?.description == "2026-03-12")

        var q = PaperMaker()
        q.text("LISTA DE EMPAQUE", 180, 50, size: 16, bold: true)
        q.text("Factura: A-5512", 40, 90)
        q.text("Pedido: 88-120", 40, 106)
        q.text("Total bultos: 14", 40, 122)
        q.text("Peso bruto total: 310,5 kg", 40, 138)
        q.text("Peso neto: 288,0 kg", 40, 154)
        x = try Knowledge.read(q)
        #expect(x.type == "packing-list")
        #expect(x.values("purchase-order") == ["88-120"])
        #expect(x.event?.facts.quantity("packages")?.value == Exact(14))
        #expect(x.event?.facts.quantity("gross-mass")?.value == Exact("310.5"))
        #expect(x.event?.facts.quantity("net-mass")?.value == Exact(288))
    }

    @Test func deliveryNoteWithoutReceiptStaysANote() throws {
        var p = PaperMaker()
        p.text("Lieferschein", 40, 50, size: 16, bold: true)
        p.text("Lieferschein-Nr.: 80007712", 40, 90)
        p.text("Datum: 05.03.2026", 40, 106)
        p.text("Ware erhalten", 40, 600)
        p.text("Name:", 40, 620)
        p.text("Unterschrift:", 40, 650)
        let x = try Knowledge.read(p)
        #expect(x.type == "despatch-advice")
        #expect(x.event?.type == "shipment.notified")
        #expect(x.readings.first?.document.number == "80007712")
    }

    @Test func everyFactKnowsItsPlace() throws {
        var p = PaperMaker()
        p.text("Packing List", 40, 50, size: 16, bold: true)
        p.text("Purchase order: 4500123", 40, 90)
        let r = try #require(try Knowledge.read(p).event?.facts.reference("purchase-order"))
        #expect(r.at.page == 1)
        let box = try #require(r.at.box)
        #expect((70...95).contains(box[1]) && box[0] > 100)
    }
}
