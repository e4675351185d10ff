import Schemas
import Testing
import Vocabulary

@testable import ProofReader

/// Pages that are pictures.
@Suite struct ScanTests {
    private var paper: PaperMaker {
        var p = PaperMaker()
        p.text("Grenlund Transport AB", 40, 50, size: 16, bold: true)
        p.text("PROOF OF DELIVERY", 40, 75, size: 13, bold: true)
        p.text("PRO No: 60018472", 40, 110)
        p.text("B/L No: GTB-204418", 300, 110)
        p.text("Consignee: Hallmere Stores Ltd, Leeds", 40, 135)
        p.rule(40, 150, 500)
        p.text("Delivered on: 19 Feb 2026", 40, 180)
        p.text("Time: 14:35", 300, 180)
        p.text("Pieces received: 31 cartons", 40, 205)
        p.text("Damaged", 40, 230)
        p.box(95, 231, crossed: true)
        p.text("Short", 150, 230)
        p.box(190, 231)
        p.text("Received by: Harriet Moss", 40, 260)
        p.text("Signature:", 40, 300)
        p.scribble(120, 298)
        return p
    }

    private func check(_ scan: ScanMaker, _ comment: Comment) throws {
        let x = try Knowledge.read(scan.bytes)
        #expect(x.type == "proof-of-delivery", comment)
        let d = try #require(x.delivery, comment)
        #expect(d.deliveredAt?.value.description == "2026-02-19T14:35:00", comment)
        #expect(d.receivedBy == "Harriet Moss", comment)
        #expect(d.pieces?.value == Exact(31), comment)
        #expect(d.signed, comment)
        #expect(x.codes == ["damaged"], comment)
        #expect(x.values("pro") == ["60018472"], comment)
        #expect(x.values("bill-of-lading") == ["GTB-204418"], comment)
    }

    @Test func cleanScan() throws { try check(ScanMaker(paper), "clean") }

    @Test func noisyScan() throws {
        var scan = try ScanMaker(paper)
        scan.noise()
        try check(scan, "noisy")
    }

    @Test func unevenLight() throws {
        var scan = try ScanMaker(paper)
        scan.shade()
        try check(scan, "shaded")
    }

    @Test func faxedPage() throws {
        var scan = try ScanMaker(paper)
        scan.fax()
        try check(scan, "fax")
    }

    @Test(arguments: [1, 2, 3]) func turnedPage(quarters: Int) throws {
        var scan = try ScanMaker(paper)
        scan.turn(quarters: quarters)
        try check(scan, "\(quarters) quarters")
    }

    @Test(arguments: [-3.0, 2.0]) func skewedPage(degrees: Double) throws {
        var scan = try ScanMaker(paper)
        scan.skew(degrees: degrees)
        try check(scan, "\(degrees) degrees")
    }

    /// The date stands at 40...165 across and about 180 down; on the page as sent that is elsewhere when it was turned.
    @Test func placesAreThoseOfThePageAsSent() throws {
        let upright = try #require(Knowledge.read(ScanMaker(paper).bytes).delivery?.deliveredAt?.at)
        let box = try #require(upright.box)
        #expect((100...130).contains(box[0]) && (168...186).contains(box[1]))
        #expect((upright.confidence ?? 0) > 600)
        var turned = try ScanMaker(paper)
        turned.turn(quarters: 1)
        let other = try #require(Knowledge.read(turned.bytes).delivery?.deliveredAt?.at.box)
        // Clockwise: what was left is up, what was up is right.
        #expect(abs(other[1] - box[0]) <= 4 && abs(other[2] - (842 - box[1])) <= 4)
    }

    @Test func aTurnGoesThereAndBack() {
        for quarters in 0...3 {
            for angle in [0.0, 0.03, -0.05] {
                let turn = Turn(quarters: quarters, angle: angle, width: 595, height: 842)
                let box = Box(x0: 100, y0: 200, x1: 100, y1: 200)
                let there = turn.forth(turn.back(box))
                #expect(abs(there.x0 - 100) < 0.01 && abs(there.y0 - 200) < 0.01)
            }
        }
    }

    /// What was recognised says how certain it is; the text of a file does not.
    @Test func certaintyIsTold() throws {
        let scanned = try Knowledge.read(ScanMaker(paper).bytes)
        #expect(scanned.readings[0].document.findings.map(\.code) == ["recognised"])
        let text = try Knowledge.read(paper)
        #expect(try #require(scanned.event).confidence < #require(text.event).confidence)
        #expect(text.delivery?.deliveredAt?.at.confidence == nil)
    }

    @Test func aPaperWithoutLettersIsNone() throws {
        var p = PaperMaker()
        p.rule(40, 100, 300)
        let x = try Knowledge.read(ScanMaker(p).bytes)
        #expect(x.type == "unknown")
        #expect(x.readings[0].document.findings.map(\.code) == ["picture-without-text"])
    }
}

/// Labels as recognition leaves them.
@Suite struct SpellingTests {
    private func corrected(_ texts: [(String, Int)]) throws -> [[String]] {
        var x = 0.0
        let words = texts.map { text, confidence in
            defer { x += Double(text.count) * 5 + 5 }
            return Word(
                text, Box(x0: x, y0: 0, x1: x + Double(text.count) * 5, y1: 8), confidence: confidence)
        }
        return try Spelling(ProofWords(Knowledge.files)).corrected(words).map(\.tokens)
    }

    @Test func aStrokeTakenForALetter() throws {
        #expect(try corrected([("BIL", 930), ("No.", 960)]) == [["b", "l"], ["no"]])
    }

    @Test func lettersThatLookAlike() throws {
        #expect(try corrected([("De1ivered", 700), ("C0nsignee", 800)]) == [["delivered"], ["consignee"]])
    }

    @Test func aLetterLostOrChanged() throws {
        #expect(try corrected([("Sgnature", 640)]) == [["signature"]])
        // What was read with certainty is another word.
        #expect(try corrected([("Sgnature", 960)]) == [["sgnature"]])
    }

    @Test func wordsRunTogether() throws {
        #expect(try corrected([("Deliveredon", 800)]) == [["delivered", "on"]])
    }

    @Test func wordsTornApart() throws {
        let words = [
            Word("Sig", Box(x0: 0, y0: 0, x1: 12, y1: 8), confidence: 950),
            Word("nature:", Box(x0: 13, y0: 0, x1: 40, y1: 8), confidence: 950),
        ]
        let out = try Spelling(ProofWords(Knowledge.files)).corrected(words)
        #expect(out.map { $0.text } == ["Signature:"])
    }

    @Test func valuesStayAsTheyWereRead() throws {
        #expect(try corrected([("60018472", 700), ("Lopez", 600)]) == [["60018472"], ["lopez"]])
    }
}
