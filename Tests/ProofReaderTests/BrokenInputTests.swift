import ProofReader
import Schemas
import Testing
import Vocabulary

@Suite struct BrokenInputTests {
    private func sample() -> PaperMaker {
        var p = PaperMaker()
        p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
        p.text("PRO No: 60010011", 40, 90)
        p.text("Delivered on: 19 Feb 2026", 40, 110)
        p.text("Signature:", 40, 150)
        p.scribble(120, 148)
        return p
    }

    @Test func aScanWithoutTextIsSaidToBeOne() throws {
        var p = PaperMaker()
        p.picture()
        let x = try Knowledge.read(p)
        #expect(x.type == "unknown")
        #expect(x.readings.first?.document.findings.map(\.code) == ["picture-without-text"])
        #expect(x.readings.first?.document.status == .acceptedWithErrors)
        #expect(x.event == nil)
    }

    @Test func whatIsNoPDFIsRejected() throws {
        for bytes in [[], Array("hello".utf8), Array("%PDF-1.4\n".utf8)] {
            let x = try Knowledge.read(bytes)
            #expect(x.readings.count == 1)
            #expect(x.readings.first?.document.status == .rejected)
            #expect(x.readings.first?.document.findings.map(\.code) == ["damaged-pdf"])
        }
    }

    @Test func anotherPaperIsUnrecognisedNotGuessed() throws {
        var p = PaperMaker()
        p.text("Minutes of the meeting", 40, 50, size: 16, bold: true)
        p.text("We spoke about the new canteen.", 40, 90)
        let x = try Knowledge.read(p)
        #expect(x.type == "unknown")
        #expect(x.readings.first?.document.findings.map(\.code) == ["unrecognised"])
    }

    @Test func embeddedFilesAreHandedOn() throws {
        var p = sample()
        p.embed("order.xml", Array("<a/>".utf8))
        let bytes = p.bytes
        let x = try Knowledge.read(bytes)
        #expect(x.attachments.map(\.name) == ["order.xml"])
        #expect(x.attachments.map(\.bytes) == [Array("<a/>".utf8)])
        #expect(x.attachments.map(\.locator.path) == ["in/paper.pdf!order.xml"])
        let y = try Knowledge.read(bytes, part: "2")
        #expect(y.attachments.map(\.locator.part) == ["2!order.xml"])
        #expect(y.attachments.map(\.locator.path) == ["in/paper.pdf"])
    }

    @Test func truncatedAndFlippedFilesNeverCrashAndAreDeterministic() throws {
        let whole = sample().bytes
        var state: UInt64 = 88_172_645_463_325_252
        func next(_ n: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(n))
        }
        for i in 0..<60 {
            var b = whole
            if i % 2 == 0 {
                b.removeLast(next(b.count))
            } else {
                for _ in 0..<4 { b[next(b.count)] ^= UInt8(1 << next(8)) }
            }
            let x = try Knowledge.read(b)
            #expect(!x.readings.isEmpty)
            #expect(try Knowledge.read(b) == x)
        }
    }

    @Test func aMisspeltWordInTheSchemasIsRefusedWithItsPlace() {
        let bad = Knowledge.files.overlaid(
            with: SchemaFiles(["proofs/labels.xx.yaml": "labels:\n  reference nonsense: [abc]\n"]))
        #expect(throws: SchemaFault.self) { try ProofReader(bad) }
    }
}
