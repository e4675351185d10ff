import Foundation
import Testing

/// `inspect` on papers: the table of what they say, and the picture of a page.
@Suite struct PaperCommandTests {
    private static let proof = "\(SampleDropTests.drop)/inbound/tidewater/POD_TWM5501243.pdf"
    private static let green: UInt32 = 0x00823C

    private func document(_ rows: [(String, String)], letterhead: String = "Tidewater Motor Lines") -> String {
        var text =
            "BT /F1 14 Tf 40 800 Td (\(letterhead)) Tj ET\nBT /F1 16 Tf 40 780 Td (Proof of Delivery) Tj ET\n"
        for (i, r) in rows.enumerated() {
            text +=
                "BT /F1 10 Tf 40 \(740 - 24 * i) Td (\(r.0)) Tj ET\nBT /F1 10 Tf 200 \(740 - 24 * i) Td (\(r.1)) Tj ET\n"
        }
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(text.utf8.count) >>\nstream\n\(text)endstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
        // Poppler finds the objects without a table of them.
        return "%PDF-1.4\n" + objects.enumerated().map { "\($0 + 1) 0 obj\n\($1)\nendobj\n" }.joined()
            + "trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n"
    }

    /// The rows of a table: cells stand two or more blanks apart.
    private func row(_ out: String, _ what: String) -> [String] {
        out.components(separatedBy: "\n").first { $0.hasPrefix(what + "  ") }?
            .components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty } ?? []
    }

    @Test func aProofIsATableOfWhatItSays() throws {
        let out = try Program.run(["inspect", Self.proof]).out
        #expect(row(out, "what") == ["what", "value", "as printed", "where", "how sure"])
        #expect(
            row(out, "delivered")
                == [
                    "delivered", "2026-03-13 15:05", "\"03/13/2026\"", "page 1, box 160,242,210,251",
                    "text of the file",
                ])
        #expect(Array(row(out, "received by").prefix(2)) == ["received by", "D. WHITLOCK"])
        #expect(Array(row(out, "pieces received").prefix(2)) == ["pieces received", "28 CT"])
        #expect(Array(row(out, "short").prefix(2)) == ["short", "2 cartons short"])
        #expect(Array(row(out, "bill of lading").prefix(2)) == ["bill of lading", "PGB-4411"])
        // The delivery comes first, and once.
        let lines = out.components(separatedBy: "\n")
        #expect(lines.count { $0.hasPrefix("delivered ") } == 1)
        let first = try #require(lines.firstIndex { $0.hasPrefix("what ") })
        #expect(lines[first + 1].hasPrefix("delivered "))
    }

    @Test func whatAProofLeavesOutIsSaid() throws {
        let scratch = try Scratch()
        try scratch.write("a.pdf", document([("PRO No.:", "TWM5501188"), ("Consignee:", "Brackenhill Chester DC")]))
        let out = try Program.run(["inspect", scratch.path("a.pdf")]).out
        #expect(row(out, "delivered").dropFirst().first == "the paper does not say when")
        #expect(row(out, "received by").dropFirst().first == "nobody named")
        #expect(row(out, "signed").dropFirst().first == "no signature found")
        #expect(row(out, "pieces received").dropFirst().first == "not counted")
    }

    @Test func anOpenDateShowsBothReadings() throws {
        let scratch = try Scratch()
        try scratch.write("a.pdf", document([("PRO No.:", "TWM5501188"), ("Delivered on:", "03/04/2026")]))
        let out = try Program.run(["inspect", scratch.path("a.pdf")]).out
        let shown = row(out, "delivered")
        #expect(["2026-04-03 or 2026-03-04", "2026-03-04 or 2026-04-03"].contains(shown.dropFirst().first ?? ""))
        #expect(shown.dropFirst(2).first == "\"03/04/2026\"")
    }

    @Test func aPageIsPaintedWithABoxAroundEachFact() throws {
        let scratch = try Scratch()
        let outcome = try Program.run(["inspect", Self.proof, "--page-image", scratch.path("page.png")])
        #expect(outcome.status == 0)
        let last = outcome.out.split(separator: "\n").last.map(String.init) ?? ""
        #expect(last.hasPrefix("\(scratch.path("page.png")): page 1 of POD_TWM5501243.pdf, "))
        let bytes = scratch.bytes("page.png")
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let png = try #require(PNGPixels(bytes))
        // 612 by 792 points at 150 dots an inch.
        #expect(png.width == 1275)
        #expect(png.height == 1650)
        // The pieces received stand at 160,290,207,299: a green line runs around them.
        func pixels(_ box: [Int]) -> [Int] { box.map { $0 * 150 / 72 } }
        #expect(png.count(of: Self.green, in: pixels([157, 287, 210, 302])) > 100)
        #expect(png.count(of: Self.green, in: pixels([162, 292, 205, 297])) == 0)
        // Nothing is told of the head's right half.
        #expect(png.count(of: Self.green, in: pixels([380, 30, 600, 60])) == 0)
    }

    @Test func theRowsStayAsTheyAreBesideAPicture() throws {
        let scratch = try Scratch()
        let plain = try Program.run(["inspect", Self.proof, "--json"])
        let both = try Program.run(["inspect", Self.proof, "--json", "--page-image", scratch.path("page.png")])
        #expect(both.out == plain.out)
        #expect(!scratch.bytes("page.png").isEmpty)
    }

    @Test func whatThePrivacyRulesMaskIsCoveredAndNotLabelled() throws {
        let scratch = try Scratch()
        let remark = "2 cartons short, call +1 804 555 0134"
        try scratch.write("a.pdf", document([("PRO No.:", "TWM5501188"), ("Remarks:", remark)]))
        func middle(_ arguments: [String]) throws -> Int {
            let outcome = try Program.run(
                ["inspect", scratch.path("a.pdf"), "--page-image", scratch.path("p.png")] + arguments)
            #expect(outcome.out.contains("0134") == !arguments.isEmpty)
            let png = try #require(PNGPixels(scratch.bytes("p.png")))
            return png.count(of: Self.green, in: [430, 255, 560, 265])
        }
        #expect(try middle([]) == 130 * 10)
        #expect(try middle(["--show-sensitive"]) == 0)
    }

    /// The sender is taken from the first line of the paper, whatever stands there.
    @Test func theHeadOfADocumentIsMaskedToo() throws {
        let scratch = try Scratch()
        try scratch.write(
            "a.pdf", document([("PRO No.:", "TWM5501188")], letterhead: "Tidewater, Tel. +1 804 555 0134"))
        for arguments in [[], ["--json"]] {
            let out = try Program.run(["inspect", scratch.path("a.pdf")] + arguments).out
            #expect(out.contains("Tidewater"))
            #expect(!out.contains("0134"))
        }
    }

    @Test func anAttachmentOfAMailIsPainted() throws {
        let scratch = try Scratch()
        let mail = "\(SampleDropTests.drop)/mail/2026-03/20260305-tidewater-pod.eml"
        let outcome = try Program.run(["inspect", mail, "--page-image", scratch.path("p.png")])
        #expect(outcome.out.contains("p.png: page 1 of 20260305-tidewater-pod.eml, part 2"))
    }

    @Test func aRequestThatCannotBeMetIsOneLine() throws {
        let scratch = try Scratch()
        let image = ["--page-image", scratch.path("p.png")]
        func refused(_ arguments: [String], _ words: String, shows: String = "") throws {
            let outcome = try Program.run(["inspect"] + arguments)
            #expect(outcome.status == 2)
            #expect(shows.isEmpty ? outcome.out.isEmpty : outcome.out.contains(shows))
            #expect(outcome.err.contains(words), "\(outcome.err)")
            #expect(scratch.bytes("p.png").isEmpty)
        }
        try refused(
            ["\(SampleDropTests.drop)/outbound/piedmont/850_300118.x12"] + image, "has no pages (x12)",
            shows: "850_300118.x12: x12 850")
        try refused(
            [Self.proof] + image + ["--page", "2"], "there is no page 2: the file has one page",
            shows: "received by")
        try refused([Self.proof, "--page", "1"], "--page is for --page-image")
        try scratch.write("b.pdf", "%PDF-1.4 nothing")
        try refused(
            [scratch.path("b.pdf")] + image, "damaged-pdf: the file is no PDF that can be opened",
            shows: "! critical damaged-pdf")
        try scratch.write("c.pdf", "")
        try refused(
            [scratch.path("c.pdf")] + image, "no page was painted: \(scratch.path("c.pdf")): empty-file",
            shows: "! critical empty-file")
        try refused([Self.proof, "--page-image", scratch.path("none/p.png")], "cannot write", shows: "received by")
    }

    @Test func anInvoicesFactsAreCalledAsAClerkCallsThem() throws {
        let scratch = try Scratch()
        try scratch.write(
            "a.pdf",
            document([("Invoice No.:", "RE-20031"), ("Invoice Date:", "19 Feb 2026"), ("Total:", "156.20 EUR")])
                .replacing("Proof of Delivery", with: "Invoice"))
        let out = try Program.run(["inspect", scratch.path("a.pdf")]).out
        #expect(row(out, "invoice").dropFirst().first == "RE-20031")
        #expect(row(out, "total").dropFirst().first == "156.20 EUR")
    }

    @Test func theExampleOfTheDocumentationIsWhatIsPrinted() throws {
        let page = try String(contentsOfFile: Program.package + "/docs/proofs.md", encoding: .utf8)
        let parts = page.components(separatedBy: "```text\n")
        let shown = parts.count > 1 ? parts[1].components(separatedBy: "```")[0] : ""
        let out = try Program.run(["inspect", "\(SampleDropTests.drop)/inbound/tidewater/POD_TWM5501243.pdf"]).out
        let lines = out.components(separatedBy: "\n")
        let table = lines.firstIndex { $0.hasPrefix("what ") }.map { lines[$0...].joined(separator: "\n") }
        #expect(table == shown)
    }
}
