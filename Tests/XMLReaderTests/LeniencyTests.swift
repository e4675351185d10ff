import Testing
import Vocabulary
import XMLReader

@Suite("What XML readers have to put up with")
struct LeniencyTests {
    private func read(_ bytes: [UInt8]) throws -> [Reading] {
        let reader = try Ground.reader.get()
        return reader.read(bytes, at: Locator(path: "x.xml"), source: "s")
    }

    private static let response = """
        <MetaData><Response><FunctionCode>09</FunctionCode><FunctionalReferenceID>abc</FunctionalReferenceID>\
        <Declaration><ID>27GBAAAAAAAAAAAAR6</ID></Declaration></Response></MetaData>
        """

    @Test("A document without its namespace is recognised by its shape, with a remark")
    func shapeIsEnough() throws {
        let reading = try #require(try read(Array(LeniencyTests.response.utf8)).first)
        #expect(reading.document.type == "customs-response")
        #expect(reading.document.status == .accepted)
        #expect(reading.document.findings.map(\.code) == ["namespace-unexpected"])
        #expect(reading.events.first?.type == "customs.released")
    }

    @Test("Several documents in one file are numbered, a single one is not")
    func documentsAreNumbered() throws {
        let one = "<?xml version=\"1.0\"?>" + LeniencyTests.response
        let readings = try read(Array((one + "\n" + one + "\nheaders=List(Accept: */*)\n" + one).utf8))
        #expect(readings.map(\.document.locator.message) == [1, 2, 3])
        #expect(readings[1].document.findings.map(\.code).contains("stray-text"))
        #expect(readings[0].document.digest == readings[2].document.digest)
        #expect(try read(Array(one.utf8)).map(\.document.locator.message) == [nil])
    }

    @Test("Documents beside each other in a wrapper are documents of their own")
    func wrappersAreOpened() throws {
        let batch = "<Batch>" + LeniencyTests.response + LeniencyTests.response + "</Batch>"
        let readings = try read(Array(batch.utf8))
        #expect(readings.map(\.document.locator.message) == [1, 2])
        #expect(readings.map(\.document.type) == ["customs-response", "customs-response"])
    }

    @Test("Byte order marks, UTF-16 and Latin-1 give the same text")
    func encodingsAgree() throws {
        let body =
            "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><ID>Ü-1</ID>"
            + "<InvoiceLine><ID>1</ID></InvoiceLine></Invoice>"
        let latin: [UInt8] =
            Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>".utf8)
            + body.unicodeScalars.map { UInt8($0.value) }
        let utf16: [UInt8] = [0xFF, 0xFE] + body.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let undeclared = body.unicodeScalars.map { UInt8($0.value) }
        for bytes in [latin, utf16, [0xEF, 0xBB, 0xBF] + Array(body.utf8), undeclared] {
            #expect(try read(bytes).first?.document.number == "Ü-1")
        }
        #expect(try read(undeclared).first?.document.findings.map(\.code) == ["encoding-mismatch"])
        #expect(try read(latin).first?.document.findings.isEmpty == true)
    }

    @Test("The same document sent again under another message number has the same body")
    func bodyIgnoresTheEnvelope() throws {
        let text = String(decoding: try Ground.sample("ncts-declaration"), as: UTF8.self)
        let again = text.replacing("M-77", with: "M-99").replacing("T06:30:00", with: "T09:00:00")
            .replacing("ncts:", with: "n:").replacing("xmlns:ncts", with: "xmlns:n")
        let changed = text.replacing("8120.25", with: "8120.26")
        let a = try #require(try read(Array(text.utf8)).first?.document)
        let b = try #require(try read(Array(again.utf8)).first?.document)
        let c = try #require(try read(Array(changed.utf8)).first?.document)
        #expect(a.body == b.body)
        #expect(a.digest != b.digest)
        #expect(a.body != c.body)
    }

    @Test("A value names its byte and its path")
    func placesCanBeQuoted() throws {
        let bytes = try Ground.sample("ubl-order")
        let line = try #require(try read(bytes).first?.events.first?.lines.first)
        let place = try #require(line.facts.quantity("ordered")?.at)
        #expect(place.xpath == "/Order/OrderLine/LineItem/Quantity")
        let offset = try #require(place.offset)
        #expect(String(decoding: bytes[offset...].prefix(13), as: UTF8.self) == "<cbc:Quantity")
    }

    @Test("Day and month that can be either stay open")
    func ambiguousDatesStayOpen() throws {
        let event = try #require(try read(try Ground.sample("asycuda-declaration")).first?.events.first)
        let date = try #require(event.facts.date("issued"))
        #expect(date.value.description == "2027-04-03")
        #expect(date.alternatives.map(\.description) == ["2027-03-04"])
    }

    @Test("A text that stands for two facts is at fault once, with its place")
    func oneFaultForOneText() throws {
        let xml = """
            <CC928C xmlns="http://ncts.dgtaxud.ec"><messageType>CC928C</messageType>\
            <preparationDateAndTime>${now}</preparationDateAndTime>\
            <TransitOperation><LRN>L1</LRN></TransitOperation></CC928C>
            """
        let document = try #require(try read(Array(xml.utf8)).first).document
        #expect(document.findings.map(\.code) == ["date-unreadable"])
        #expect(document.findings.first?.at.xpath == "/CC928C/preparationDateAndTime")
        #expect(document.status == .acceptedWithErrors)
    }
}
