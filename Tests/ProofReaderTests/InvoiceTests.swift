import ProofReader
import Schemas
import Testing
import Vocabulary

/// Sums, lines and parties of invoices in layouts that mislead.
@Suite struct InvoiceTests {
    private func invoice(_ title: String = "INVOICE") -> PaperMaker {
        var p = PaperMaker()
        p.text("Marram Rope Works Ltd", 40, 50, size: 14, bold: true)
        p.text(title, 400, 50, size: 16, bold: true)
        p.text("Invoice no: R-4410", 400, 80)
        p.text("Invoice date: 13 March 2026", 400, 94)
        return p
    }

    private let columns = [40, 90, 300, 370, 450]

    private func row(_ p: inout PaperMaker, _ y: Int, _ cells: [String], bold: Bool = false) {
        for (x, t) in zip(columns, cells) where !t.isEmpty { p.text(t, x, y, bold: bold) }
    }

    private func head(_ p: inout PaperMaker, _ y: Int) {
        row(&p, y, ["Item", "Description", "Quantity", "Unit price", "Amount"], bold: true)
    }

    private func codes(_ x: Extracted) -> [String] { x.readings.first?.document.findings.map(\.code) ?? [] }

    /// The last row of a table of taxes has net, tax and total beside one label.
    @Test(arguments: [["156.20", "32.80", "189.00"], ["32.80", "156.20", "189.00"], ["189.00", "156.20", "32.80"]])
    func totalOfARowOfSeveralFigures(_ figures: [String]) throws {
        var p = invoice()
        head(&p, 150)
        row(&p, 166, ["1", "Mooring line", "2", "78.10", "156.20"])
        p.text("VAT 21 %", 370, 200)
        p.text("32.80", 450, 200)
        p.text("Total", 40, 300)
        for (x, t) in zip([120, 200, 280], figures) { p.text("EUR " + t, x, 300) }
        let x = try Knowledge.read(p)
        let f = try #require(x.event?.facts)
        #expect(f.amount("total")?.value == Exact(189))
        #expect(f.amount("total")?.currency == "EUR")
        #expect(f.amount("tax")?.value == Exact("32.80"))
        #expect(codes(x) == [])
        let at = try #require(f.amount("total")?.at.box)
        let column = [120, 200, 280][figures.firstIndex(of: "189.00") ?? 0]
        #expect((column...column + 60).contains(at[0]))
    }

    /// What is still owed from before is no part of this invoice's total.
    @Test func amountDueIsNotTheTotal() throws {
        var p = invoice()
        head(&p, 150)
        row(&p, 166, ["1", "Mooring line", "4", "25.00", "100.00"])
        for (y, label, figure) in [
            (200, "Subtotal", "100.00"), (214, "Sales tax", "10.00"), (228, "Total", "110.00"),
            (242, "Previous unpaid balance", "500.00"), (256, "Amount due", "610.00"),
        ] {
            p.text(label, 300, y)
            p.text("$" + figure, 450, y)
        }
        let f = try #require(try Knowledge.read(p).event?.facts)
        #expect(f.amount("total")?.value == Exact(110))
        #expect(f.amount("due")?.value == Exact(610))
    }

    @Test func amountDueIsTheTotalWhereNothingElseIs() throws {
        var p = invoice()
        p.text("Net amount", 300, 200)
        p.text("100.00", 450, 200)
        p.text("Amount due", 300, 214)
        p.text("EUR 100.00", 450, 214)
        let f = try #require(try Knowledge.read(p).event?.facts)
        #expect(f.amount("total")?.value == Exact(100))
        #expect(f.amount("due") == nil)
    }

    @Test func taxesOfTwoRatesAreBothKept() throws {
        var p = invoice("Rechnung")
        head(&p, 150)
        row(&p, 166, ["1", "Seil", "4", "25,00", "100,00"])
        row(&p, 180, ["2", "Buch", "2", "50,00", "100,00"])
        for (y, label, figure) in [
            (210, "Nettobetrag", "200,00"), (224, "MwSt 19 %", "19,00"), (238, "MwSt 7 %", "7,00"),
            (252, "Gesamtbetrag", "226,00"),
        ] {
            p.text(label, 300, y)
            p.text(figure, 450, y)
        }
        let f = try #require(try Knowledge.read(p).event?.facts)
        #expect(f.amount("total")?.value == Exact(226))
        #expect(f.amounts.filter { $0.role == "tax" }.map(\.value) == [Exact(19), Exact(7)])
    }

    @Test func aTotalThatNothingConfirmsIsToldOpen() throws {
        var p = invoice()
        p.text("Total", 300, 200)
        p.text("EUR 12.00", 370, 200)
        p.text("EUR 55.00", 450, 200)
        let x = try Knowledge.read(p)
        #expect(x.event?.facts.amount("total")?.value == Exact(55))
        #expect(codes(x) == ["total-open"])
    }

    /// A quantity beside a price is no group of thousands.
    @Test func figuresOfTwoCellsAreNotJoined() throws {
        var p = invoice()
        p.text("Total", 300, 200)
        for (x, t) in [(340, "1"), (352, "278.61"), (400, "40.39"), (450, "319.00")] { p.text(t, x, 200) }
        var f = try #require(try Knowledge.read(p).event?.facts)
        #expect(f.amount("total")?.value == Exact(319))

        var q = invoice("Facture")
        q.text("Total TTC : 1 278,61 EUR", 300, 200)
        f = try #require(try Knowledge.read(q).event?.facts)
        #expect(f.amount("total")?.value == Exact("1278.61"))
    }

    /// Serial numbers and remarks below a line, or a colon in its text, do not end the table.
    @Test func subLinesDoNotEndATable() throws {
        var p = invoice()
        head(&p, 150)
        row(&p, 166, ["1", "Winch: hand-driven", "1", "101.00", "101.00"])
        row(&p, 180, ["", "Serial: X99"])
        row(&p, 194, ["", "Country of origin: DE"])
        row(&p, 208, ["2", "Shackle", "2", "25.00", "50.00"])
        row(&p, 222, ["3", "Incl. levy: copies", "1", "51.00", "51.00"])
        for (y, label, figure) in [(250, "Subtotal", "202.00"), (264, "VAT", "20.20"), (278, "Total", "222.20")] {
            p.text(label, 370, y)
            p.text(figure, 450, y)
        }
        let x = try Knowledge.read(p)
        let lines = try #require(x.event?.lines)
        #expect(lines.map { $0.facts.amount("line")?.value } == [Exact(101), Exact(50), Exact(51)])
        #expect(lines.first?.facts.term("description") == "Winch: hand-driven")
        #expect(x.event?.facts.amount("total")?.value == Exact("222.20"))
        #expect(codes(x) == [])
    }

    /// "excl. VAT" under "Price" is the head's second line, neither a label nor an end.
    @Test func headOfTwoLines() throws {
        var p = invoice()
        head(&p, 150)
        row(&p, 161, ["", "", "", "VAT", "VAT"], bold: true)
        row(&p, 180, ["1", "Rope", "1", "3.89", "3.89"])
        row(&p, 194, ["2", "Twine", "1", "5.39", "5.39"])
        p.text("Total EUR", 370, 220)
        p.text("9.28", 450, 220)
        let x = try Knowledge.read(p)
        #expect(x.event?.lines.map { $0.facts.amount("line")?.value } == [Exact("3.89"), Exact("5.39")])
        #expect(x.event?.facts.amount("tax") == nil)
    }

    @Test func linesThatCannotBeReadAreTold() throws {
        var p = invoice()
        head(&p, 150)
        row(&p, 166, ["1", "Mooring line", "4", "25.00", "100.00"])
        row(&p, 300, ["2", "Far below", "4", "25.50", "102.00"])
        for (y, label, figure) in [(320, "Subtotal", "202.00"), (334, "VAT", "20.20"), (348, "Total", "222.20")] {
            p.text(label, 370, y)
            p.text(figure, 450, y)
        }
        let x = try Knowledge.read(p)
        #expect(codes(x) == ["lines-incomplete"])
        #expect(x.readings.first?.document.findings.first?.message.contains("202.00") == true)
        #expect(x.event?.facts.amount("total")?.value == Exact("222.20"))
    }

    /// The order stands over its lines, an article's number in its column.
    @Test func articleNumberInAnOrdersColumn() throws {
        var p = invoice()
        for (x, t) in [(40, "Order no"), (160, "Description"), (300, "Quantity"), (370, "Unit price"), (450, "Amount")]
        {
            p.text(t, x, 150, bold: true)
        }
        p.text("EAN", 46, 161, bold: true)
        p.text("8587333880", 40, 178)
        for (x, t) in [(46, "4006381333931"), (160, "Pen"), (300, "2"), (370, "5.00"), (450, "10.00")] {
            p.text(t, x, 192)
        }
        let x = try Knowledge.read(p)
        #expect(x.values("purchase-order") == ["8587333880"])
        let line = try #require(x.event?.lines.first)
        #expect(line.facts.term("gtin") == "4006381333931")
        #expect(line.facts.reference("purchase-order")?.value == "8587333880")
    }

    /// The largest words at the top may be the buyer's address, or the paper's title.
    @Test func sellerIsNeitherTheBuyerNorTheTitle() throws {
        var p = PaperMaker()
        p.text("Retail Invoice/Bill", 220, 40, size: 12)
        p.text("Bill to", 40, 70, size: 8)
        p.text("Hafenbau AG", 40, 84, size: 14, bold: true)
        p.text("Marram Rope Works Ltd", 40, 130)
        p.text("Invoice no: R-4410", 400, 80)
        p.text("Total: EUR 55.00", 400, 200)
        let f = try #require(try Knowledge.read(p).event?.facts)
        #expect(f.party("bill-to")?.name == "Hafenbau AG")
        #expect(f.party("seller")?.name == "Marram Rope Works Ltd")
    }

    /// A large title, labels with values and sums that hold are surer than a small title and sums that do not.
    @Test func confidenceFollowsTheGrounds() throws {
        func paper(total: String) -> PaperMaker {
            var p = invoice()
            head(&p, 150)
            row(&p, 166, ["1", "Mooring line", "4", "25.00", "100.00"])
            for (y, label, figure) in [(200, "Subtotal", "100.00"), (214, "VAT", "20.00"), (228, "Total", total)] {
                p.text(label, 370, y)
                p.text(figure, 450, y)
            }
            return p
        }
        let holds = try #require(try Knowledge.read(paper(total: "120.00")).event).confidence
        let fails = try #require(try Knowledge.read(paper(total: "190.00")).event).confidence
        #expect(fails < holds && holds < 1000)
        var small = PaperMaker()
        small.text("Invoice R-4410", 40, 200)
        small.text("Invoice no: R-4410", 40, 230)
        small.text("Total: EUR 100.00", 40, 244)
        small.text("VAT: EUR 20.00", 40, 258)
        small.text("Invoice date: 13 March 2026", 40, 272)
        let doubtful = try #require(try Knowledge.read(small).event).confidence
        #expect(doubtful < holds)
    }

    /// A sum over lines is printed nowhere: it shows what it is made of.
    @Test func sumsOverLinesShowTheirParts() throws {
        var p = PaperMaker()
        p.text("Packing List", 40, 50, size: 16, bold: true)
        for (x, t) in [(40, "Item"), (90, "Description"), (300, "Cartons"), (400, "Gross kg")] {
            p.text(t, x, 150, bold: true)
        }
        for (y, cells) in [(166, ["1", "Rope", "10", "200"]), (180, ["2", "Twine", "20", "300"])] {
            for (x, t) in zip([40, 90, 300, 400], cells) { p.text(t, x, y) }
        }
        let q = try #require(try Knowledge.read(p).event?.facts.quantity("packages"))
        #expect(q.value == Exact(30))
        #expect(q.raw == "10 + 20")
        let box = try #require(q.at.box)
        #expect(box[3] - box[1] > 14)
    }

    /// The date of the paper keeps its print and place.
    @Test func issuedIsTheDatePrinted() throws {
        let f = try #require(try Knowledge.read(invoice()).event?.facts)
        let issued = try #require(f.date("issued"))
        #expect(issued.raw == f.date("invoice")?.raw)
        #expect(issued.at == f.date("invoice")?.at)
        #expect(issued.at.box != nil)
    }
}
