import CPoppler
import ProofReader
import Testing
import Vocabulary

/// A page with boxes over it, as PNG.
@Suite struct PagePainterTests {
    private static let red = PageDrawing.Colour(200, 0, 0)
    private static let pixel: UInt32 = 0xC8_0000

    private func paper() -> PaperMaker {
        var p = PaperMaker()
        p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
        p.text("PRO No: 60010011", 40, 90)
        return p
    }

    private func mark(_ box: [Int], _ label: String = "", covered: Bool = false) -> PageDrawing.Mark {
        .init(box: box, label: label, colour: Self.red, isCovered: covered)
    }

    private func painted(_ bytes: [UInt8], page: Int = 1, dpi: Int = 144, _ marks: [PageDrawing.Mark] = []) throws
        -> PNGPixels
    {
        guard case .png(let png) = PagePainter.draw(PageDrawing(page: page, dpi: dpi, marks: marks), on: bytes) else {
            throw Refused()
        }
        return try #require(PNGPixels(png))
    }

    private struct Refused: Error {}

    private func refusal(_ bytes: [UInt8], page: Int = 1) -> String {
        let drawn = PagePainter.draw(PageDrawing(page: page, dpi: 72, marks: []), on: bytes)
        return if case .refused(let words) = drawn { words } else { "" }
    }

    @Test func aBoxStandsWhereItsFactDoes() throws {
        let plain = try painted(paper().bytes)
        #expect([plain.width, plain.height] == [1190, 1684])
        #expect(plain.count(of: Self.pixel, in: [0, 0, 1190, 1684]) == 0)
        let shown = try painted(paper().bytes, [mark([80, 82, 130, 93])])
        // Two pixels a point; the line runs one point outside of the words.
        #expect(shown[160, 162] == Self.pixel)
        #expect(shown[262, 188] == Self.pixel)
        // What is in the box stays as it was, and so does the rest of the page.
        #expect(shown[164, 168] == plain[164, 168])
        #expect(shown.count(of: Self.pixel, in: [0, 200, 1190, 1684]) == 0)
    }

    @Test func aLabelStandsBesideItsBoxAndHidesNone() throws {
        let marks = [mark([80, 82, 130, 93], "pro 60010011"), mark([80, 100, 130, 111], "second")]
        let shown = try painted(paper().bytes, marks)
        #expect(shown.count(of: Self.pixel, in: [160, 142, 220, 162]) > 300)
        for m in marks {
            let inner = [m.box[0] * 2 + 2, m.box[1] * 2 + 2, m.box[2] * 2 - 2, m.box[3] * 2 - 2]
            #expect(shown.count(of: Self.pixel, in: inner) == 0)
        }
    }

    @Test func whatIsNotToBeSeenIsCovered() throws {
        let shown = try painted(paper().bytes, [mark([80, 82, 130, 93], covered: true)])
        #expect(shown.count(of: Self.pixel, in: [160, 164, 260, 186]) == 100 * 22)
    }

    @Test func boxesAndLabelsBeyondThePageDoNoHarm() throws {
        let wild = [
            mark([-900, -900, -800, -800], "above"), mark([0, 0, 1_000_000, 1_000_000], "all"),
            mark([594, 841, 600, 850], String(repeating: "long ", count: 50)), mark([90, 90, 20, 20], "turned round"),
        ]
        #expect(try painted(paper().bytes, wild).width == 1190)
    }

    @Test func aVeryLargePageIsPaintedSmaller() throws {
        let huge = String(decoding: paper().bytes, as: UTF8.self)
            .replacing("/MediaBox [0 0 595 842]", with: "/MediaBox [0 0 9999 999]")
        let shown = try painted(Array(huge.utf8), dpi: 600)
        #expect(shown.width * shown.height < 12_100_000)
        #expect(shown.width > 5000)
    }

    @Test func pagesAreCountedFromOne() throws {
        var p = paper()
        p.page()
        p.text("second", 40, 50)
        #expect(try painted(p.bytes, page: 2, dpi: 72).height == 842)
        for n in [0, -1, 3] { #expect(refusal(p.bytes, page: n) == "there is no page \(n): the file has 2 pages") }
    }

    @Test func whatCannotBePaintedIsRefusedInWords() {
        #expect(refusal(Array("hello".utf8)) == "the file is no PDF that can be opened")
        #expect(refusal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]) == "the picture cannot be decoded")
        let tiny = String(decoding: paper().bytes, as: UTF8.self)
            .replacing("/MediaBox [0 0 595 842]", with: "/MediaBox [0 0 0 0]    ")
        // Poppler gives a page without a size that of a letter.
        #expect(refusal(Array(tiny.utf8)) == "")
    }

    @Test func aPictureIsReadAndPaintedLikeThePageOfAPDF() throws {
        var p = paper()
        p.text("Delivered on: 19 Feb 2026", 40, 110, size: 12)
        p.text("Received by: D. WHITLOCK", 40, 130, size: 12)
        guard case .png(let page) = PagePainter.draw(PageDrawing(page: 1, dpi: 200, marks: []), on: p.bytes) else {
            throw Refused()
        }
        let read = try Knowledge.read(page)
        #expect(read.type == "proof-of-delivery")
        #expect(read.readings.first?.document.format == .pdf)
        let at = try #require(read.event?.facts.references("pro").first?.at)
        #expect(at.confidence ?? 0 > 600)
        // The box of the number stands where the PDF's does, within a few points.
        let told = try #require(try Knowledge.read(p).event?.facts.references("pro").first?.at.box)
        let box = try #require(at.box)
        #expect(zip(box, told).allSatisfy { abs($0 - $1) < 5 }, "\(box) beside \(told)")
    }

    @Test func aPictureThatIsNoPaperIsOnlyRemarkedUpon() throws {
        var p = PaperMaker()
        p.scribble(200, 300)
        guard case .png(let page) = PagePainter.draw(PageDrawing(page: 1, dpi: 100, marks: []), on: p.bytes) else {
            throw Refused()
        }
        let document = try #require(try Knowledge.read(page).readings.first?.document)
        #expect(document.type == "unknown")
        #expect(document.format == .unknown)
        #expect(document.status == .accepted)
        #expect(document.findings.map(\.severity).allSatisfy { $0 == .info })
        #expect(document.findings.contains { ["picture-without-text", "unrecognised"].contains($0.code) })
    }

    @Test func picturesAsFilesArePaintedToo() throws {
        guard case .png(let page) = PagePainter.draw(PageDrawing(page: 1, dpi: 144, marks: []), on: paper().bytes)
        else { return #expect(Bool(false), "the PDF is not painted") }
        let shown = try painted(page, dpi: 144, [mark([80, 82, 130, 93])])
        #expect(shown.count(of: Self.pixel, in: [150, 150, 270, 200]) > 200)
        #expect(refusal(page, page: 2) == "there is no page 2: the file has one page")
    }
}
