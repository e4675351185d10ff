import Testing
import Vocabulary

@testable import MailReader

@Suite struct `References in a mail` {
    func found(_ body: String, subject: String = "") throws -> [String] {
        try Ground.event(Ground.mail(body, subject: subject)).facts.references.map { "\($0.kind) \($0.value)" }
    }

    @Test(arguments: [
        ("Your PO 4500010253 is late", ["purchase-order 4500010253"]),
        ("PO#4500010253", ["purchase-order 4500010253"]), ("PO-4500010253 ok", ["purchase-order 4500010253"]),
        ("order 450001 0253 is late", ["purchase-order 450001 0253"]),
        ("CMR124 4321 left", ["bill-of-lading CMR124 4321"]),
        ("Bestellung Nr. 4500010253", ["purchase-order 4500010253"]),
        ("votre commande n° 4500010253", ["purchase-order 4500010253"]),
        ("B/L no.: MEDU1234567", ["bill-of-lading MEDU1234567"]),
        (
            "POs 4500012345, 4500012346 and 4500012347",
            [
                "purchase-order 4500012345", "purchase-order 4500012346", "purchase-order 4500012347",
            ]
        ),
        ("PO 4500012345/46", ["purchase-order 4500012345", "purchase-order 4500012346"]),
        ("container MSKU1234565 and seal 882211", ["container MSKU1234565", "seal 882211"]),
        ("on 696313936 we had costs", ["other 696313936"]), ("Invoice RE-2026-0042", ["invoice RE-2026-0042"]),
        ("AWB 020-12345675", ["house-bill 020-12345675"]), ("MRN 26GBFQ7OVCVS5S3ER5", ["mrn 26GBFQ7OVCVS5S3ER5"]),
        ("load LD001082, booking no. OCN8725511", ["tender LD001082", "booking OCN8725511"]),
    ])
    func `are found with their kind`(_ body: String, _ wanted: [String]) throws {
        #expect(try found(body).sorted() == wanted.sorted())
    }

    @Test(arguments: [
        "Call me at +49 221 5567788 or 0221 5567788.", "Tel. 0221-5567788, fax 0221 5567799", "VAT no. DE123456789",
        "We have 250 products in our catalogue 2026.", "the price is 1,234,567.00 EUR", "12.03.2026 at 14:30",
        "D-50667 Koeln, P.O. Box 100234", "Company no. 04418827", "item LC.98940 in red", "HS code 94054290",
        "IBAN DE89 3704 0044 0532 0130 00", "order 300 pcs by 2026", "see https://example.com/o/4500010253",
        "write to orders4500010253@example.com", "20 ft container, 40HC, 500kg", "our ISO 9001 certificate",
    ])
    func `are not seen in other numbers`(_ body: String) throws {
        #expect(try found(body) == [])
    }

    @Test func `keep the order's line`() throws {
        let e = try Ground.event(Ground.mail("PO 4500012345 pos. 20 is late. PO 4500012399/00010 too."))
        #expect(e.facts.references.map(\.line) == ["20", "00010"])
    }

    @Test func `take the kind that they have elsewhere in the mail`() throws {
        #expect(try found("invoice 002206 is wrong", subject: "Price difference on 002206") == ["invoice 002206"])
    }

    @Test func `stand where the mail says them`() throws {
        let e = try Ground.event(Ground.mail("Hello,\nthe order 4500010253 is late.", subject: "Delay"))
        let r = try #require(e.facts.references.first)
        #expect(r.at.text == "1")
        #expect(r.at.range == [17, 27])
        #expect(r.at.quote == "the order 4500010253 is late.")
        #expect(r.raw == "4500010253")
    }

    @Test func `name the mails that this one answers`() throws {
        let e = try Ground.event(
            Ground.mail("ok", head: "In-Reply-To: <b@x>\r\nReferences: <a@x>\r\n <b@x>\r\n"))
        #expect(e.facts.references("message").map(\.value) == ["b@x", "a@x"])
    }

    @Test func `behind an article are the article's`() throws {
        let e = try Ground.event(Ground.mail("We are late with the 180 knives (LC.98940) and item 4711-22."))
        #expect(e.facts.terms.map(\.value) == ["LC.98940", "4711-22"])
        #expect(e.facts.references.isEmpty)
    }
}
