import Schemas
import Testing
import Vocabulary

@testable import ProofReader

/// A reading that is not used says what it falls short of.
@Suite struct BarcodeDoubtTests {
    private func message(_ symbology: String, _ text: String, lines: Int) throws -> String? {
        let words = try ProofWords(Knowledge.files)
        var page = Page(number: 1, width: 595, height: 842, chunks: [], images: [], marks: [])
        page.codes = [
            Barcode(
                symbology: symbology, text: text, box: Box(x0: 40, y0: 40, x1: 90, y1: 60), lines: lines, isGS1: false)
        ]
        let findings = BarcodeFacts.told([Sheet(page, words: words, raster: nil)], words)
        return findings.first { $0.code == "barcode-doubtful" }?.message
    }

    @Test func tooShort() throws {
        let message = try #require(try message("code-128", "L6", lines: 16))
        #expect(message.contains("its length is 2, at least 4 is needed"))
        #expect(!message.contains("scan lines"))
    }

    @Test func onTooFewLines() throws {
        let message = try #require(try message("itf", "0123456789", lines: 2))
        #expect(message.contains("scan lines that gave it: 2, at least 6 are needed"))
        #expect(!message.contains("length"))
    }

    @Test func enoughOfBothIsBelieved() throws {
        #expect(try message("code-128", "60010011", lines: 3) == nil)
    }
}
