import Foundation
import Schemas
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct QuotationTests {
    private func quote(_ text: String, at word: String, tag: String = "X") throws -> Quotation {
        let bytes = Array(text.utf8)
        let target = Array(word.utf8)
        let offset = try #require(bytes.indices.first { bytes[$0...].starts(with: target) })
        return Quotation(Place(offset: offset, length: target.count, segment: 2, tag: tag), in: bytes, privacy: nil)
    }

    private let isa =
        "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260105*0900*U*00401*000000001*0*P*>~"

    @Test func aSegmentIsShownWithItsNeighbours() throws {
        let q = try quote(isa + "\nGS*PO*A*B~\r\nST*850*0001~\nBEG*00*SA*00045**20260105~\nSE*3*0001~\n", at: "00045")
        #expect(q.lines.map(\.text) == ["ST*850*0001~", "BEG*00*SA*00045**20260105~", "SE*3*0001~"])
        #expect(q.lines.map(\.marked) == [false, true, false])
        #expect(q.place == "segment 2 X")
    }

    @Test func aReleasedTerminatorEndsNoSegment() throws {
        let q = try quote("UNA:+.? 'UNH+1+ORDERS:D:96A:UN'BGM+220+O?'NEIL 7??'DTM+137:20260105:102'", at: "NEIL")
        #expect(q.lines.map(\.text) == ["UNH+1+ORDERS:D:96A:UN'", "BGM+220+O?'NEIL 7??'", "DTM+137:20260105:102'"])
    }

    @Test func eachInterchangeKeepsItsOwnTerminator() throws {
        let other = isa.replacing("~", with: "|")
        let q = try quote(isa + "ST*850~" + other + "GS*PO|ST*855|BAK*00|SE*2|", at: "BAK")
        #expect(q.lines.map(\.text) == ["ST*855|", "BAK*00|", "SE*2|"])
    }

    @Test func theFirstAndTheLastSegmentHaveFewerNeighbours() throws {
        #expect(try quote("UNB+UNOA:1'BGM+1'", at: "UNB").lines.map(\.text) == ["UNB+UNOA:1'", "BGM+1'"])
        #expect(try quote("UNB+UNOA:1'BGM+1", at: "BGM").lines.map(\.text) == ["UNB+UNOA:1'", "BGM+1"])
    }

    @Test func aPlaceOutsideOfTheBytesShowsNothing() {
        #expect(Quotation(Place(offset: 99, segment: 1, tag: "ST"), in: Array("ST".utf8), privacy: nil).lines.isEmpty)
        #expect(Quotation(Place(offset: -1, length: 4), in: Array("ST".utf8), privacy: nil).lines.map(\.text) == [""])
        #expect(Quotation(Place(xpath: "///[[/@"), in: Array("<a/>".utf8), privacy: nil).lines.isEmpty)
    }

    @Test func anElementIsQuotedWhereItsPlaceSaysThatItBegins() {
        let xml = """
            <?xml version="1.0"?><!-- <Line>no</Line> -->
            <ubl:Invoice xmlns:ubl="u"><cac:Line a="x>y"><cbc:ID>1</cbc:ID></cac:Line>
              <cac:Line><cbc:Note><![CDATA[<cbc:ID>]]></cbc:Note><cbc:ID
               schemeID="s">2</cbc:ID><Empty/></cac:Line></ubl:Invoice>
            """
        let bytes = Array(xml.utf8)
        func text(_ path: String, _ tag: String) -> String? {
            let offset = xml.utf8.distance(
                from: xml.startIndex, to: xml.range(of: tag)?.lowerBound ?? xml.startIndex)
            return ElementQuote.text(at: offset, xpath: path, in: bytes, privacy: nil)
        }
        #expect(text("/Invoice/Line[2]/ID", "<cbc:ID\n") == "<cbc:ID schemeID=\"s\">2</cbc:ID>")
        #expect(text("/Invoice/cac:Line[1]/cbc:ID", "<cbc:ID>1") == "<cbc:ID>1</cbc:ID>")
        #expect(text("/Invoice[1]/Line[1]", "<cac:Line a") == "<cac:Line a=\"x>y\"><cbc:ID>1</cbc:ID></cac:Line>")
        #expect(text("/Invoice/Line[2]/ID/@schemeID", "<cbc:ID\n") == "<cbc:ID schemeID=\"s\">2</cbc:ID>")
        #expect(text("/Invoice/Line[2]/Empty", "<Empty/>") == "<Empty/>")
        // Another element, or none, stands there.
        #expect(text("/Invoice/Line[2]/Name", "<cbc:ID>1") == nil)
        #expect(text("/Invoice/Line[2]/ID", "cbc:ID>1") == nil)
        #expect(ElementQuote.text(at: bytes.count, xpath: "/Invoice", in: bytes, privacy: nil) == nil)
    }

    @Test func brokenSourcesAreShownWithoutHarm() {
        let xml = Array("<A><B x='1'><C>text</C></B><B><C>more</C></B></A>".utf8)
        for cut in xml.indices {
            for offset in 0...cut {
                _ = ElementQuote.text(at: offset, xpath: "/A/B[2]/C", in: Array(xml[..<cut]), privacy: nil)
            }
        }
        let edi = Array((isa + "ST*850*0001~SE*2*0001~").utf8)
        for cut in edi.indices {
            for offset in [0, cut / 2, cut - 1] {
                _ = SegmentQuote.lines(around: offset, in: Array(edi[..<cut]), privacy: nil)
            }
        }
    }

    @Test func wordsAreQuotedWhereNoBytesAreAtHand() {
        let q = Quotation(Place(page: 2, box: [1, 2, 3, 4], quote: "short 2 cartons"), in: nil, privacy: nil)
        #expect(q.place == "page 2, box 1,2,3,4")
        #expect(q.lines.map(\.text) == ["short 2 cartons"])
        #expect(
            Quotation(Place(text: "subject", range: [3, 9]), in: nil, privacy: nil).place
                == "subject, characters 3 to 9")
    }

    // MARK: What is masked

    private static let privacy = Result {
        let schemas = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "schemas").path
        return try Privacy(SchemaFolder(given: schemas, environment: nil, executable: "/").files)
    }

    private func masked(_ text: String, _ at: Place) throws -> [String] {
        Quotation(at, in: Array(text.utf8), privacy: try Self.privacy.get()).lines.map(\.text)
    }

    @Test func segmentsAndTheirNeighboursAreMaskedByTheirInterchangesDelimiters() throws {
        let x12 = isa + "ST*850*0001~PER*IC*Ana*TE*2025550188~REF*12*778899123~"
        let at = Place(offset: x12.utf8.count - 5, segment: 3, tag: "REF")
        #expect(try masked(x12, at) == ["PER*IC*Ana*TE*•••88~", "REF*12*778899123~"])
        let other = "UNA|!.? ~UNB!UNOA|1~COM!0201123456|TE~"
        #expect(try masked(other, Place(offset: 22, segment: 1, tag: "COM")) == ["UNB!UNOA|1~", "COM!•••56|TE~"])
        let usual = "UNB+UNOA:1'COM+?+49 201 123456:TE'"
        #expect(try masked(usual, Place(offset: 12, segment: 1, tag: "COM")) == ["UNB+UNOA:1'", "COM+•••56:TE'"])
    }

    @Test func anElementIsMaskedByWhatStandsAroundIt() throws {
        let xml = """
            <d:Declaration xmlns:d="u"><d:AdditionalDocument><d:ID>1108654</d:ID><d:TypeCode>935</d:TypeCode></d:AdditionalDocument>
            <d:AdditionalDocument><d:ID>1108654</d:ID><d:TypeCode>DAN</d:TypeCode></d:AdditionalDocument></d:Declaration>
            """
        func id(_ n: Int) throws -> [String] {
            let starts = xml.ranges(of: "<d:ID>").map { xml.utf8.distance(from: xml.startIndex, to: $0.lowerBound) }
            return try masked(xml, Place(offset: starts[n - 1], xpath: "/Declaration/AdditionalDocument[\(n)]/ID"))
        }
        #expect(try id(1) == ["<d:ID>1108654</d:ID>"])
        #expect(try id(2) == ["<d:ID>•••54</d:ID>"])
    }

    @Test func credentialsOfLogLinesAreMasked() throws {
        let log = "headers=List((Authorization,Basic dXNlcjpTZWNyZXQxMjM=), (User-Agent,Desk))"
        #expect(try masked(log, Place(offset: 0, length: 200)).first?.contains("dXNl") == false)
        #expect(try masked(log, Place(offset: 0, length: 200)).first?.contains("User-Agent,Desk") == true)
        // A word is none.
        #expect(try masked("basic information 2026", Place(offset: 0, length: 40)) == ["basic information 2026"])
    }

    @Test func quotedWordsAndBytesAreMasked() throws {
        let mail = Place(text: "1", range: [0, 20], quote: "Ring Tel. 0201 123456")
        #expect(try masked("", mail) == ["Ring Tel. •••56"])
        #expect(try masked("call +44 20 7946 0958", Place(offset: 0, length: 21)) == ["call •••58"])
    }
}
