import Testing
import Vocabulary
import XMLReader

@Suite("Broken and hostile XML")
struct BrokenInputTests {
    private func read(_ bytes: [UInt8]) throws -> [Reading] {
        let reader = try Ground.reader.get()
        return reader.read(bytes, at: Locator(path: "x.xml"), source: "s")
    }

    private func findings(_ text: String) throws -> [String] {
        try read(Array(text.utf8)).flatMap { $0.document.findings.map(\.code) }
    }

    @Test("A DOCTYPE is refused, whatever it declares")
    func doctypeIsRefused() throws {
        let bomb = """
            <?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>
            """
        #expect(try findings(bomb) == ["doctype-refused"])
        #expect(try findings("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>") == ["doctype-refused"])
        #expect(try findings("<a><!DOCTYPE a []></a>").contains("not-well-formed"))
    }

    @Test("A control character is a fault in a text and in an attribute, at its ends too")
    func controlCharactersAreFaults() throws {
        for text in ["<a>\u{1}x</a>", "<a b=\"\u{1}x\"/>", "<a b=\"x\u{1}\"/>", "<a b=\"x\u{1}x\"/>"] {
            #expect(try findings(text).contains("not-well-formed"))
        }
        #expect(try !findings("<a b=\"\tx\n\">\tx\n</a>").contains("not-well-formed"))
    }

    @Test("Sixty thousand attributes and a depth bomb are refused")
    func bombsAreRefused() throws {
        let many = "<a " + (0..<60_000).map { "b\($0)=\"1\"" }.joined(separator: " ") + "/>"
        let deep = String(repeating: "<a>", count: 200_000)
        #expect(try findings(many) == ["too-many-attributes"])
        #expect(try findings(deep) == ["too-deep"])
    }

    @Test("Gzip bytes are not inflated, emptiness and other formats are named")
    func otherBytesAreNamed() throws {
        #expect(try read([0x1F, 0x8B, 8, 0, 0, 0]).first?.document.findings.map(\.code) == ["compressed"])
        #expect(try findings(" \n ") == ["empty-file"])
        #expect(try findings("{\"a\": 1}") == ["not-xml"])
        #expect(try read([]).count == 1)
    }

    @Test("A truncated document keeps its type and number, is rejected, and gives no event")
    func truncationKeepsTheHead() throws {
        let whole = try Ground.sample("ubl-invoice")
        let readings = try read(Array(whole.prefix(whole.count - 300)))
        let document = try #require(readings.first?.document)
        #expect(document.type == "invoice")
        #expect(document.number == "SL-90-17")
        #expect(document.status == .rejected)
        #expect(document.findings.map(\.code) == ["truncated"])
        #expect(document.findings.first?.at.offset != nil)
        #expect(readings.first?.events.isEmpty == true)
    }

    @Test("A mandatory part that is missing rejects the document")
    func missingPartsReject() throws {
        let text = """
            <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><IssueDate>2027-01-01</IssueDate>\
            <InvoiceLine><ID>1</ID></InvoiceLine></Invoice>
            """
        let document = try #require(try read(Array(text.utf8)).first?.document)
        #expect(document.findings.map(\.code) == ["mandatory-missing"])
        #expect(document.status == .rejected)
    }

    @Test("Wherever a document is cut, something is read and nothing crashes")
    func everyCutIsRead() throws {
        let reader = try Ground.reader.get()
        let whole = try Ground.sample("cds-declaration")
        for n in stride(from: 0, to: whole.count - 2, by: 97) {
            let readings = reader.read(Array(whole.prefix(n)), at: Locator(path: "x"), source: "s")
            #expect(readings.count == 1)
            #expect(readings.first?.document.status == .rejected)
        }
    }

    @Test("Flipped bits and swapped bytes give readings, the same each time")
    func damageIsSurvived() throws {
        let reader = try Ground.reader.get()
        var random = Seeded(state: 27)
        for name in ["ncts-declaration", "ubl-despatch-advice", "cii-invoice"] {
            let whole = try Ground.sample(name)
            for _ in 0..<60 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let i = Int.random(in: bytes.indices, using: &random)
                    bytes[i] ^= 1 << UInt8.random(in: 0...7, using: &random)
                }
                let first = reader.read(bytes, at: Locator(path: "x"), source: "s")
                #expect(!first.isEmpty)
                #expect(first == reader.read(bytes, at: Locator(path: "x"), source: "s"))
            }
        }
    }
}
