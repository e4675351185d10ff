import Foundation
import Testing
import Vocabulary
import XMLReader

@Suite("XML in chunks")
struct StreamTests {
    private func read(_ bytes: [UInt8], cuts: [Int]) throws -> [Reading] {
        let stream = try Ground.reader.get().stream(at: Locator(path: "x.xml"), source: "s")
        var readings: [Reading] = []
        var at = 0
        for cut in cuts.sorted() + [bytes.count] where cut >= at {
            readings += stream.add(bytes[at..<cut])
            at = cut
        }
        return readings + stream.finish()
    }

    private static let batch = Array(
        """
        <?xml version="1.0" encoding="UTF-8"?><Batch xmlns="urn:b"><!-- - -- > --><Head><From>Müller &amp; Söhne</From></Head>\
        <MetaData><WCODataModelVersionCode>3.6</WCODataModelVersionCode><Response><FunctionCode>09</FunctionCode>\r\n\
        <FunctionalReferenceID> a &#x41;<![CDATA[<]]>]</FunctionalReferenceID><Declaration><ID>27GBAAAAAAAAAAAAR6</ID></Declaration>\
        </Response></MetaData><MetaData><Response><FunctionCode>01</FunctionCode><FunctionalReferenceID>b</FunctionalReferenceID>\
        <Declaration><ID>27GBAAAAAAAAAAAAR6</ID></Declaration></Response></MetaData></Batch> tail <a/>
        """.replacing("<!-- - -- > -->", with: "<!-- - > -->").utf8)

    @Test("A file cut into chunks at any byte gives what it gives whole")
    func anyCutGivesTheSame() throws {
        var inputs = [StreamTests.batch]
        inputs.append(
            Array(
                String(decoding: StreamTests.batch, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        )
        inputs.append(Array(StreamTests.batch.dropLast(90)))
        inputs.append(StreamTests.batch.map { $0 == 0xC3 ? 0xE9 : $0 })
        inputs.append(Array("x <a>&bad;</a><?xml version='1.0'?><b c='1' c='2'>]]></b><!DOCTYPE a>".utf8))
        for bytes in inputs {
            let whole = try read(bytes, cuts: [])
            for cut in stride(from: bytes.count % 3, to: bytes.count, by: 3) {
                #expect(try read(bytes, cuts: [cut]) == whole)
            }
            #expect(try read(bytes, cuts: Array(bytes.indices)) == whole)
            let reader = try Ground.reader.get()
            #expect(reader.read(bytes, at: Locator(path: "x.xml"), source: "s") == whole)
        }
    }

    @Test("Every sample cut at random gives what it gives whole, damaged or not")
    func samplesCutAtRandom() throws {
        var random = Seeded(state: 41)
        for name in SampleTests.names {
            var bytes = try Ground.sample(name)
            for turn in 0..<6 {
                if turn > 0 {
                    bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
                }
                let whole = try read(bytes, cuts: [])
                let cuts = (0..<9).map { _ in Int.random(in: bytes.indices, using: &random) }
                #expect(try read(bytes, cuts: cuts) == whole)
            }
        }
    }

    @Test("A document in a wrapper is given out when the next one has been read, not at the end")
    func documentsComeAsTheyClose() throws {
        let stream = try Ground.reader.get().stream(at: Locator(path: "x.xml"), source: "s")
        let one =
            "<Response><FunctionCode>09</FunctionCode><Declaration><ID>27GBAAAAAAAAAAAAR6</ID></Declaration></Response>"
        #expect(stream.add(Array("<Batch>\(one)".utf8)[...]).isEmpty)
        let first = stream.add(Array(one.utf8)[...])
        #expect(first.map(\.document.locator.message) == [1])
        #expect(first.first?.document.span == [7, 7 + one.utf8.count])
        #expect(stream.add(Array("</Batch>".utf8)[...]).isEmpty)
        #expect(stream.finish().map(\.document.locator.message) == [2])
    }

    @Test("The outermost element that may be a document is waited for; what it holds is one only if it is none")
    func outermostWins() throws {
        let inner =
            "<Response><FunctionCode>09</FunctionCode><Declaration><ID>27GBAAAAAAAAAAAAR6</ID></Declaration></Response>"
        #expect(
            try read(Array("<Statement>\(inner)\(inner)</Statement>".utf8), cuts: []).map(\.document.type) == [
                "customs-response", "customs-response",
            ])
        let outer = try read(
            Array(
                "<Batch><Statement xmlns=\"urn:oasis:names:specification:ubl:x\"><ID>7</ID>\(inner)</Statement></Batch>"
                    .utf8), cuts: [])
        #expect(outer.map(\.document.type) == ["statement"])
    }

    @Test("What stands in the wrapper before a document can be read from it, and is counted in its path")
    func wrapperIsKept() throws {
        let readings = try read(StreamTests.batch, cuts: [])
        #expect(readings.map(\.document.version) == ["3.6", nil])
        #expect(readings.first?.events.first?.facts.references.first?.raw == "a A<]")
        #expect(
            readings.map { $0.events.first?.facts.references.first?.at.xpath }
                == [
                    "/Batch/MetaData/Response/FunctionalReferenceID",
                    "/Batch/MetaData[2]/Response/FunctionalReferenceID",
                ])
        #expect(readings.map { $0.document.findings.map(\.code).contains("stray-text") } == [false, true])
    }

    @Test("A fault in a wrapper rejects the document in which it stands, or the one before it")
    func faultsRejectOneDocument() throws {
        let one =
            "<Response><FunctionCode>09</FunctionCode><Declaration><ID>27GBAAAAAAAAAAAAR6</ID></Declaration></Response>"
        let cut = try read(Array("<Batch>\(one)\(one)\(one.prefix(70))".utf8), cuts: [])
        #expect(cut.map(\.document.status) == [.accepted, .accepted, .rejected])
        #expect(cut.last?.document.findings.map(\.code).contains("truncated") == true)
        let behind = try read(Array("<Batch>\(one)\(one)<x></y></Batch>\(one)".utf8), cuts: [])
        #expect(behind.map(\.document.status) == [.accepted, .rejected, .accepted])
        #expect(behind[1].events.isEmpty)
    }

    @Test("Places in UTF-16 and in encodings of one byte a letter are bytes of the file as sent")
    func placesAreThoseOfTheFile() throws {
        let text =
            "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><Note>Ünï € 𝄞</Note><ID>Ü-1</ID><InvoiceLine><ID>1</ID></InvoiceLine></Invoice>"
        let start = text.prefix(upTo: try #require(text.firstRange(of: "<ID>Ü")).lowerBound)
        for isLittle in [true, false] {
            let units = ("\u{FEFF}" + text).utf16
            let bytes = units.flatMap {
                isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)]
            }
            let reading = try #require(try read(bytes, cuts: [100, 151]).first)
            #expect(reading.events.first?.facts.reference("invoice")?.at.offset == 2 + 2 * start.utf16.count)
            #expect(reading.document.span == [2, bytes.count])
        }
        let plain = text.replacing(" € 𝄞", with: "")
        let latin = plain.unicodeScalars.map { UInt8($0.value) }
        let at = try #require(plain.firstRange(of: "<ID>Ü")).lowerBound
        let offset = plain.unicodeScalars.distance(from: plain.startIndex, to: at)
        let reading = try #require(try read(latin, cuts: []).first)
        #expect(reading.document.findings.map(\.code) == ["encoding-mismatch"])
        #expect(reading.events.first?.facts.reference("invoice")?.at.offset == offset)
    }
}
