import Testing
import Vocabulary
import XMLReader

/// Input made to cost much, each refused or cut by name. The files are fed in chunks, as `interline read` does, and are
/// never in memory as a whole. What they cost is measured with the release program (`docs/benchmarks.md`).
@Suite("XML made to do harm")
struct HostileInputTests {
    private struct Outcome {
        var codes: [[String]] = []
        var types: [String] = []
    }

    /// Reads a head, a filling again and again up to so many bytes, and a tail.
    private func read(
        _ head: String, filling: String = "", size: Int = 0, tail: String = ""
    ) throws -> Outcome {
        let stream = try Ground.reader.get().stream(at: Locator(path: "x.xml"), source: "s")
        var chunk: [UInt8] = []
        while !filling.isEmpty, chunk.count < 1 << 18 { chunk += Array(filling.utf8) }
        var readings = stream.add(Array(head.utf8)[...])
        var done = 0
        while done < size {
            readings += stream.add(chunk[...])
            done += chunk.count
        }
        readings += stream.add(Array(tail.utf8)[...])
        readings += stream.finish()
        return Outcome(
            codes: readings.map { $0.document.findings.map(\.code) }, types: readings.map(\.document.type))
    }

    private static let megabytes = 20 << 20
    private static let head = "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><ID>7</ID>"
    private static let tail = "<InvoiceLine><ID>1</ID></InvoiceLine></Invoice>"

    @Test("A DOCTYPE is refused at once, and what follows is only passed over")
    func doctype() throws {
        for declared in [
            "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;\">]><a>&d;</a>",
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"http://x/\">]><a>&b;</a>",
        ] {
            #expect(try read("<?xml version=\"1.0\"?>" + declared).codes == [["doctype-refused"]])
        }
        let quadratic = try read(
            "<!DOCTYPE a [<!ENTITY b \"", filling: "b", size: HostileInputTests.megabytes, tail: "\">]><a>&b;&b;&b;</a>"
        )
        #expect(quadratic.codes == [["doctype-refused"]])
    }

    @Test("Attributes without end, tags without end and values without end are refused")
    func tags() throws {
        let many = "<a " + (0..<60_000).map { "b\($0)=\"1\"" }.joined(separator: " ") + "/>"
        let attributes = try read(many)
        #expect(attributes.codes == [["too-many-attributes"]])
        for head in ["<a", "<a b=\"", "<a ", "<a></a"] {
            let outcome = try read(head, filling: "b", size: HostileInputTests.megabytes)
            #expect(outcome.codes == [["tag-too-long"]])
        }
        #expect(try read("<a b=\"", filling: "b", size: 1 << 10).codes == [["truncated"]])
        #expect(try read("<a><b c=\"1></b></a>").codes.first?.contains("not-well-formed") == true)
    }

    @Test("Elements too deep in each other, or too many different names, are refused")
    func depthAndNames() throws {
        #expect(try read("<a>", filling: "<a>", size: HostileInputTests.megabytes).codes == [["too-deep"]])
        let names = (0..<60_000).map { "<a\($0)/>" }.joined()
        #expect(try read("<r>\(names)</r>").codes == [["too-many-names"]])
    }

    @Test("A text without end is kept in part, and a file in base64 is called one")
    func longText() throws {
        let text = try read(
            HostileInputTests.head + "<Note>", filling: "lorem, ipsum. ", size: HostileInputTests.megabytes,
            tail: "</Note>" + HostileInputTests.tail)
        #expect(text.types == ["invoice"])
        #expect(text.codes == [["text-cut"]])
        let file = try read(
            HostileInputTests.head + "<Note>", filling: "QUJD", size: 1 << 20, tail: "</Note>" + HostileInputTests.tail)
        #expect(file.codes == [["text-cut"]])
        let mixed = try read(
            HostileInputTests.head + "<Note>", filling: "lorem <b/>", size: 1 << 20,
            tail: "</Note>" + HostileInputTests.tail)
        #expect(mixed.codes == [["text-cut"]])
    }

    @Test("A comment, an instruction or a CDATA section of any length is passed over, without its end it truncates")
    func longMarkup() throws {
        for (head, tail) in [("<!--", "-->"), ("<?x ", "?>")] {
            let whole = try read(
                HostileInputTests.head + head, filling: "a - b ", size: HostileInputTests.megabytes,
                tail: tail + HostileInputTests.tail)
            #expect(whole.codes == [[]])
            let open = try read(HostileInputTests.head + head, filling: "a", size: 1 << 20)
            #expect(open.codes == [["truncated"]])
        }
        #expect(
            try read(HostileInputTests.head + "<Note><![CDATA[", filling: "a<b", size: 1 << 20).codes == [
                ["truncated", "text-cut"]
            ])
    }

    @Test("More elements than a document may have are refused for that document, the next one is read")
    func manyElements() throws {
        let outcome = try read(
            "<Batch>" + HostileInputTests.head, filling: "<a/>", size: 4 * 410_000,
            tail: HostileInputTests.tail + HostileInputTests.head + HostileInputTests.tail + "</Batch>")
        #expect(outcome.codes == [["too-many-elements"], []])
        #expect(outcome.types == ["unknown", "invoice"])
        let unknown = try read("<Batch>", filling: "<a/>", size: 4 << 20, tail: "</Batch>")
        #expect(unknown.codes == [["unknown-root"]])
    }

    @Test(
        "A document beyond 96 MiB is refused for itself, the next one is read",
        .enabled(if: isOptimised, "tests are not optimised"))
    func largeDocument() throws {
        let outcome = try read(
            "<Batch>" + HostileInputTests.head, filling: "<!-- a -->", size: 97 << 20,
            tail: HostileInputTests.tail + HostileInputTests.head + HostileInputTests.tail + "</Batch>")
        #expect(outcome.codes == [["too-large"], []])
    }

    private static var isOptimised: Bool {
        var answer = true
        assert(
            {
                answer = false; return true
            }())
        return answer
    }

    @Test("Thousands of tiny documents are documents; where all are kept at once there is an end to it")
    func tinyDocuments() throws {
        let outcome = try read("<a/>", filling: "<a/>", size: 1 << 18)
        #expect(outcome.codes.count == 1 + 1 << 16)
        #expect(outcome.codes.allSatisfy { $0 == ["unknown-root"] })
        let reader = try Ground.reader.get()
        let kept = reader.read(
            [UInt8](repeating: 0, count: 0) + Array(String(repeating: "<a/>", count: 100_010).utf8),
            at: Locator(path: "x"), source: "s")
        #expect(kept.count == 100_001)
        #expect(kept.last?.document.findings.map(\.code) == ["too-many-documents"])
        #expect(kept.last?.document.span == [400_000, 400_040])
    }

    @Test("NUL bytes, bytes that are no UTF-8 in a name, undeclared prefixes and entities are named")
    func oddBytes() throws {
        func codes(_ bytes: [UInt8]) throws -> [[String]] {
            let reader = try Ground.reader.get()
            return reader.read(bytes, at: Locator(path: "x"), source: "s").map { $0.document.findings.map(\.code) }
        }
        let whole = Array((HostileInputTests.head + "<Note>N</Note>" + HostileInputTests.tail).utf8)
        #expect(try codes(whole) == [[]])
        #expect(try codes(whole.map { $0 == UInt8(ascii: "7") ? 0 : $0 }).first?.contains("not-well-formed") == true)
        let name = Array("<a><b\u{FF}></b></a>".unicodeScalars.map { UInt8($0.value) })
        #expect(try codes(name).first?.contains("not-well-formed") == true)
        #expect(try codes(Array("<x:a><x:b/></x:a>".utf8)) == [["namespace-undeclared", "unknown-root"]])
        #expect(try codes(Array("<a xmlns:x=\"\"><x:b/></a>".utf8)) == [["namespace-undeclared", "unknown-root"]])
        #expect(try codes(Array("<a>&nbsp;</a>".utf8)).first?.contains("not-well-formed") == true)
        #expect(try codes(Array("<a b='&#0;'/>".utf8)).first?.contains("not-well-formed") == true)
        #expect(try codes([0x1F, 0x8B, 8, 0, 0, 0]) == [["compressed"]])
    }

    @Test("UTF-16 with an odd number of bytes is read up to the half character")
    func oddUTF16() throws {
        let whole = (HostileInputTests.head + HostileInputTests.tail).utf16.flatMap {
            [UInt8($0 & 0xFF), UInt8($0 >> 8)]
        }
        let reader = try Ground.reader.get()
        func read(_ bytes: [UInt8]) -> Document? {
            reader.read(bytes, at: Locator(path: "x"), source: "s").first?.document
        }
        let odd = try #require(read([0xFF, 0xFE] + whole + [0x0A]))
        #expect(odd.findings.map(\.code) == ["encoding-mismatch"])
        #expect(odd.findings.first?.at.offset == 2 + whole.count)
        let cut = try #require(read([0xFF, 0xFE] + whole.dropLast(3)))
        #expect(cut.findings.map(\.code) == ["truncated", "encoding-mismatch"])
        #expect(cut.number == "7")
        let alone = try #require(
            read(
                [0xFF, 0xFE]
                    + whole.map { $0 == UInt8(ascii: "7") ? 0x00 : $0 }.enumerated().map {
                        $0.offset > 0 && whole[$0.offset - 1] == UInt8(ascii: "7") ? 0xD8 : $0.element
                    }))
        #expect(alone.findings.map(\.code) == ["encoding-mismatch"])
    }
}
