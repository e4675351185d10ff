import ProofReader
import Schemas
import Testing
import Vocabulary

@Suite struct TemplateTests {
    private var paper: PaperMaker {
        var p = PaperMaker()
        p.text("Quayside Lighterage", 40, 40, size: 14, bold: true)
        p.text("Delivery slip", 40, 60, size: 14, bold: true)
        p.text("M. Farrow", 420, 80)
        p.text("PRO No: 5540912", 40, 120)
        p.text("Drop: 03/04/2026 09:15", 40, 140)
        p.text("Tally: 17", 40, 160)
        p.text("Signature:", 40, 180)
        return p
    }

    /// The partner's template says what "Drop" and "Tally" are, where the name stands and which figure is the month.
    @Test func aTemplateSharpensReading() throws {
        let own = SchemaFiles(["proofs/templates/quayside.yaml": Knowledge.sample("Templates/quayside.yaml")])
        let reader = try ProofReader(Knowledge.files.overlaid(with: own))
        let x = reader.read(paper.bytes, at: Locator(path: "in/slip.pdf"), source: "")
        #expect(x.type == "proof-of-delivery")
        #expect(x.delivery?.deliveredAt?.value.description == "2026-03-04T09:15:00")
        #expect(x.delivery?.deliveredAt?.alternatives.isEmpty == true)
        #expect(x.delivery?.receivedBy == "M. Farrow")
        #expect(x.delivery?.pieces?.value == Exact(17))
        #expect(x.values("pro") == ["5540912"])
    }

    /// Without it the paper is read as any other: what it does not say in known words is not guessed.
    @Test func withoutItNothingIsGuessed() throws {
        let x = try Knowledge.read(paper)
        #expect(x.delivery?.receivedBy ?? "" == "")
        #expect(x.delivery?.pieces == nil)
    }

    @Test func aFaultyTemplateIsNamed() throws {
        for text in [
            "labels: {}", "paper: [a]\nareas:\n  delivery pieces: [900, 0, 100, 50]", "paper: [a]\ndates: english",
        ] {
            let own = SchemaFiles(["proofs/templates/bad.yaml": text])
            #expect(throws: SchemaFault.self) { try ProofReader(Knowledge.files.overlaid(with: own)) }
        }
    }
}
