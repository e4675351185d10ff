import Schemas
import Testing
import Vocabulary

@testable import Intake

@Suite struct `What a file is` {
    struct Sample: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var route: FormatGuess.Route
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ route: FormatGuess.Route) {
            self.init(name, Array(text.utf8), route)
        }

        init(_ name: String, _ bytes: [UInt8], _ route: FormatGuess.Route) {
            self.name = name
            self.bytes = bytes
            self.route = route
        }
    }

    static let notRead = FormatGuess.Route.none(code: "format-not-read", severity: .info)
    static let order = String(decoding: Ground.order, as: UTF8.self)
    static let edifact = String(decoding: Ground.edifact, as: UTF8.self)
    static let mail = String(decoding: Ground.mail, as: UTF8.self)

    static let samples: [Sample] = [
        Sample("X12", order, .edi),
        Sample("X12 behind a byte order mark", "\u{FEFF}" + order, .edi),
        Sample("X12 behind blank lines", "\r\n \r\n" + order, .edi),
        Sample("X12 behind a vendor's line", "FILE 0012 FROM GATEWAY 2026-03-01\n" + order, .edi),
        Sample("X12 behind HTTP headers", "HTTP/1.1 200 OK\r\nContent-Type: application/edi-x12\r\n\r\n" + order, .edi),
        Sample("X12 behind AS2 headers", "AS2-From: A\r\nAS2-To: B\r\nSubject: x\r\nFrom: a@b.c\r\n\r\n" + order, .edi),
        Sample("X12 far behind a log", String(repeating: "log line of a gateway\n", count: 500) + order, .edi),
        Sample("X12 that lost its interchange", "GS*PO*A*B*20260301*1200*1*X*004010~ST*850*1~", .edi),
        Sample("a set alone", "ST*850*0001~\nBEG*00*NE*1**20260301~\nSE*3*0001~", .edi),
        Sample("X12 cut off in its header", "ISA*00*          *00*     ", .edi),
        Sample("EDIFACT", edifact, .edi),
        Sample("EDIFACT without UNA", "UNB+UNOA:2+A+B+260301:1200+1'UNH+1+ORDERS:D:96A:UN'", .edi),
        Sample("EDIFACT with other separators", "UNA|^.\\ ~\nUNB^UNOA|1^A^B^260301|1200^9~", .edi),
        Sample("EDIFACT message alone", "UNH+1+DESADV:D:97A:UN'BGM+351+1+9'", .edi),
        Sample("EDIFACT behind a job card", "//JOB 17 SENT\n" + edifact, .edi),
        Sample("UTF-16 EDIFACT", Array(edifact.utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, .edi),
        Sample(
            "a letter that speaks of ISA and UNB", "Dear all, our ISA*00 and UNB+ headers changed. ST*ART soon.",
            .unidentified),
        Sample("XML", "<?xml version=\"1.0\"?><Invoice/>", .xml),
        Sample("XML without declaration", "\n  <Invoice xmlns=\"urn:x\"></Invoice>", .xml),
        Sample("XML behind a line of text", "begin of transmission\n<?xml version=\"1.0\"?><a/>", .xml),
        Sample("XML that quotes EDI", "<Envelope><Body>\n" + edifact + "</Body></Envelope>", .xml),
        Sample(
            "UTF-16 XML",
            [0xFF, 0xFE] + Array("<?xml version='1.0'?><a/>".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, .xml
        ),
        Sample("PDF", Ground.pdf, .pdf),
        Sample(
            "PDF behind a printer's header", "\u{1B}%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n%PDF-1.4\n", .pdf),
        Sample("mail", mail, .mail),
        Sample("mail that carries EDI in its text", mail + order, .mail),
        Sample(
            "mail that begins with trace lines",
            "Return-Path: <a@b.c>\r\nReceived: from x by y;\r\n\tSun, 1 Mar 2026\r\n\r\nHi", .mail),
        Sample("mbox", "From a@b.c Sun Mar  1 12:00:00 2026\n" + mail, .mail),
        Sample("MIME that has to be unwrapped", "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x--", .mail),
        Sample("zip", Packing.zip([.init(name: "a.edi", bytes: Ground.order)]), .archive),
        Sample("gzip", Packing.gzip(Ground.order), .archive),
        Sample("tar", Packing.tar("a.edi", Ground.order), .archive),
        Sample("7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], .archive),
        Sample("Word file", Packing.zip([.init(name: "[Content_Types].xml", bytes: [0x20])]), notRead),
        Sample("OLE", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], notRead),
        Sample("TNEF", [0x78, 0x9F, 0x3E, 0x22, 0, 0, 1], .tnef),
        Sample("PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .picture),
        Sample("JPEG", [0xFF, 0xD8, 0xFF, 0xE0], .picture),
        Sample("GIF", "GIF89a........", notRead),
        Sample("TIFF", [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0], .picture),
        Sample("TIFF of a big-endian machine", [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8], .picture),
        Sample("calendar entry", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", notRead),
        Sample("contact card", "begin:vcard\r\n", notRead),
        Sample("RTF", "{\\rtf1\\ansi Hello}", notRead),
        Sample("JSON", "{\"status\": \"ACCEPTED\"}", notRead),
        Sample("HTML", "<!DOCTYPE html><html><body>Our new prices</body></html>", notRead),
        Sample(
            "HTML error page", "<html><head><title>502 Bad Gateway</title></head></html>",
            .none(code: "error-page", severity: .critical)),
        Sample(
            "X12 in EBCDIC", [0xC9, 0xE2, 0xC1, 0x5C, 0xF0, 0xF0],
            .none(code: "unreadable", severity: .critical)),
        Sample("a table of values", "Customer;No\n17;0.5\n18;0.7\n", .unidentified),
        Sample("prose that begins like ISA", "ISA's new offices are open. Please come and see them.", .unidentified),
        Sample("prose that begins like UNA", "UNAVAILABLE UNTIL Monday, sorry about that, we call you.", .unidentified),
        Sample("prose", "We will call you tomorrow.", .unidentified),
        Sample("noise", (0..<600).map { UInt8(truncatingIfNeeded: ($0 &* 197) ^ ($0 >> 3)) }, .unidentified),
    ]

    @Test(arguments: samples) func `is told by its content`(_ s: Sample) throws {
        #expect(try Ground.intake().identify(s.bytes).route == s.route)
    }

    @Test func `transfer headers before XML and PDF are passed over`() throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n"
        let intake = try Ground.intake()
        for body in ["<?xml version=\"1.0\"?><a/>", "<a></a>", "%PDF-1.7\n"] {
            #expect(intake.identify(Array((head + body).utf8)).start == head.utf8.count)
        }
    }

    @Test func `no prefix of any sample breaks the telling`() throws {
        let intake = try Ground.intake()
        for s in Self.samples {
            for n in stride(from: 0, through: min(s.bytes.count, 60), by: 1) {
                _ = intake.identify(Array(s.bytes.prefix(n)))
            }
        }
    }

    @Test(arguments: [
        "formats: [{name: x, bytes: [\"0 5\"]}]\nmail: {telling: [a], known: [b]}",
        "formats: [{name: x, bytes: [\"z 50\"]}]\nmail: {telling: [a], known: [b]}",
        "formats: [{name: x}]\nmail: {telling: [a], known: [b]}",
        "formats: [{name: x, begins: [y], read: excel}]\nmail: {telling: [a], known: [b]}",
        "formats: [{name: x, begins: [y], severity: bad}]\nmail: {telling: [a], known: [b]}",
        "formats: [{name: x, begins: [y], colour: red}]\nmail: {telling: [a], known: [b]}",
        "formats: [{name: x, begins: [y]}]",
    ]) func `a wrong signature file is refused with its line`(_ yaml: String) {
        let fault = #expect(throws: SchemaFault.self) { try Formats(SchemaFiles(["formats.yaml": yaml])) }
        #expect(fault?.file == "formats.yaml")
    }
}
