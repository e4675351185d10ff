import Foundation
import Testing
import Vocabulary
import XMLReader

@Suite("Validation by the user's schemas")
struct XSDVerdictTests {
    private typealias S = XSDSamples
    private let one = XSDSets(["parcels/parcel.xsd": S.parcel()], name: "xsd")

    @Test("A valid document says under which set, an invalid one what is wrong where")
    func verdictsNameSetAndPlace() throws {
        let valid = try S.findings(S.document("<Weight>2.5</Weight><Item><Count>1</Count></Item>"), one)
        #expect(valid.map(\.message) == ["The document is valid under parcels."])
        #expect(valid.map(\.severity) == [.info])

        let text =
            "\n<Parcel xmlns=\"urn:x:parcel\">\n<Weight>1</Weight>\n<Item><Count>1</Count></Item>\n<Item><Count>x</Count></Item></Parcel>"
        let invalid = try S.findings(text, one)
        #expect(invalid.map(\.code) == ["schema-invalid", "schema-error"])
        #expect(invalid.allSatisfy { $0.severity == .warning })
        #expect(invalid.first?.message == "The document is not valid under parcels (1 error).")
        let error = try #require(invalid.last)
        #expect(error.message.hasPrefix("parcels, line 5: Element 'Count'"))
        #expect(error.at.xpath == "/Parcel/Item[2]/Count")
        #expect(error.at.offset.map { Array(text.utf8)[$0...].starts(with: Array("<Count>x".utf8)) } == true)
    }

    @Test("The first of several siblings is numbered too, and what is missing stands at its parent")
    func pathsNumberTheFirst() throws {
        let text = S.document("<Weight>1</Weight><Item><Count>x</Count></Item><Item/>")
        let paths = try S.findings(text, one).dropFirst().compactMap(\.at.xpath)
        #expect(Set(paths) == ["/Parcel/Item[1]/Count", "/Parcel/Item[2]"])
    }

    @Test("Of sets that share a namespace each has its say")
    func setsAreToldApart() throws {
        let sets = XSDSets(
            [
                "p1/parcel.xsd": S.parcel(),
                "p2/parcel.xsd": S.parcel("<xs:element name=\"Seal\" type=\"xs:string\"/>"),
                "other/o.xsd": S.schema("urn:x:other", "<xs:element name=\"Parcel\" type=\"xs:string\"/>"),
            ], name: "xsd")
        #expect(
            try S.findings(S.document("<Weight>1</Weight>"), sets).map(\.message) == [
                "The document is valid under p1, not under p2 (1 error)."
            ])
        let neither = try S.findings(S.document("<Colour/>"), sets)
        #expect(neither.first?.message == "The document is not valid under p1 (1 error) or p2 (1 error).")
        #expect(neither.dropFirst().map { $0.message.hasPrefix("p1 and p2, line 1: Element 'Colour'") } == [true])
    }

    @Test("A document that no set declares, or that is not well-formed, is not judged")
    func undeclaredIsLeftAlone() throws {
        #expect(try S.findings("<Parcel/>", one).map(\.code) == ["schema-none"])
        #expect(try S.findings(S.document("<Weight>1</Weigh>"), one) == [])
        #expect(try S.findings("<!DOCTYPE a [<!ENTITY x \"1\">]>" + S.document("<Weight>&x;</Weight>"), one) == [])
    }

    @Test("What an envelope carries is checked by the schema beside it, which the envelope does not name")
    func strictWildcardsFindTheirSchema() throws {
        let sets = XSDSets(
            [
                "s/in/envelope.xsd": S.envelope, "s/in/parcel.xsd": S.parcel(),
                "s/out/parcel.xsd": S.parcel("<xs:element name=\"Seal\" type=\"xs:string\"/>"),
            ], name: "xsd")
        func wrap(_ s: String) -> String { "<Envelope xmlns=\"urn:x:envelope\"><To>me</To>\(s)</Envelope>" }
        #expect(
            try S.findings(wrap(S.document("<Weight>1</Weight>")), sets).map(\.message) == [
                "The document is valid under s."
            ])
        let wrong = try S.findings(wrap(S.document("<Weight/>")), sets)
        #expect(wrong.first?.code == "schema-invalid")
        #expect(wrong.last?.at.xpath == "/Envelope/Parcel/Weight")
        let foreign = try S.findings(wrap("<Thing xmlns=\"urn:x:none\"/>"), sets)
        #expect(foreign.last?.message.contains("No matching global element declaration") == true)
    }

    @Test("A document in a wrapper that no schema knows is checked by itself, with the prefixes declared outside")
    func wrappedDocumentsAreChecked() throws {
        let sets = XSDSets(
            [
                "s/invoice.xsd": S.schema(
                    "urn:x:i",
                    """
                    <xs:element name="Invoice"><xs:complexType><xs:sequence>
                    <xs:element name="ID" type="xs:anyType"/><xs:any processContents="skip" maxOccurs="unbounded"/>
                    </xs:sequence></xs:complexType></xs:element>
                    """)
            ], name: "xsd")
        func soap(_ type: String) -> String {
            """
            <e:Envelope xmlns:e="urn:e" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Body><Invoice xmlns="urn:x:i"><ID xsi:type="\(type)">7</ID>
            <IssueDate>2026-01-02</IssueDate><InvoiceLine/><AccountingSupplierParty/><LegalMonetaryTotal/></Invoice></e:Body></e:Envelope>
            """
        }
        #expect(try S.findings(soap("xs:int"), sets).map(\.code) == ["schema-valid"])
        #expect(try S.findings(soap("xs:date"), sets).last?.at.xpath == "/Envelope/Body/Invoice/ID")
        #expect(try S.findings(soap("none:date"), sets).first?.code == "schema-invalid")
    }

    @Test("Each document of a file has its own verdict, in lines and bytes of the file, UTF-16 included")
    func placesAreTheFiles() throws {
        let two = S.document("<Weight>1</Weight>") + "\n\n" + S.document("<Weight>x</Weight>")
        let readings = try S.readings(Array(two.utf8), one)
        #expect(readings.map { $0.document.findings.contains { $0.code == "schema-valid" } } == [true, false])
        #expect(readings.last?.document.findings.contains { $0.message.hasPrefix("parcels, line 3: ") } == true)

        let wide = two.utf16.reduce(into: [0xFF, 0xFE] as [UInt8]) { $0 += [UInt8($1 & 0xFF), UInt8($1 >> 8)] }
        let error = try S.readings(wide, one).last?.document.findings.first { $0.code == "schema-error" }
        #expect(error?.message.hasPrefix("parcels, line 3: ") == true)
        let weight = two.ranges(of: "<Weight>").last.map { two.utf16.distance(from: two.startIndex, to: $0.lowerBound) }
        #expect(error?.at.offset == weight.map { 2 + 2 * $0 })
        #expect(error?.at.xpath == "/Parcel/Weight")
    }

    @Test("Two documents that an envelope carries, and one beside it, each get what concerns them")
    func wrappersOfSeveral() throws {
        let invoice = S.schema(
            "urn:x:i",
            """
            <xs:element name="Invoice"><xs:complexType><xs:sequence>
            <xs:any processContents="skip" maxOccurs="6"/></xs:sequence></xs:complexType></xs:element>
            """)
        func body(_ more: String) -> String {
            "<Invoice xmlns=\"urn:x:i\"><ID>7</ID><IssueDate>2026-01-02</IssueDate><InvoiceLine/>"
                + "<AccountingSupplierParty/><LegalMonetaryTotal/>\(more)</Invoice>"
        }
        let text =
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<Batch>\n" + body("<Note/>") + "\n"
            + body("<Note/><Note/>") + "</Batch>"
        let readings = try S.readings(Array(text.utf8), XSDSets(["s/i.xsd": invoice], name: "xsd"))
        let findings = readings.map { $0.document.findings.filter { $0.code.hasPrefix("schema-") } }
        #expect(findings.map { $0.map(\.code) } == [["schema-valid"], ["schema-invalid", "schema-error"]])
        #expect(findings.last?.last?.message.hasPrefix("s, line 4: Element 'Note'") == true)
        #expect(findings.last?.last?.at.xpath == "/Batch/Invoice[2]/Note[2]")
        #expect(
            findings.last?.first?.at.offset == text.utf8.count - Array((body("<Note/><Note/>") + "</Batch>").utf8).count
        )
    }

    @Test("A text that is not in the encoding it claims is read, and not checked")
    func wrongEncodingsAreNotChecked() throws {
        var bytes = Array(S.document("<Weight>1</Weight><Item>?</Item>").utf8)
        for i in bytes.indices where bytes[i] == 0x3F { bytes[i] = 0xE4 }
        let findings = try S.readings(bytes, one).flatMap(\.document.findings)
        #expect(findings.contains { $0.code == "encoding-mismatch" })
        let unchecked = findings.first { $0.code == "schema-unusable" }
        #expect(
            unchecked?.message.hasPrefix("The document was not checked against parcels: libxml2 cannot read it") == true
        )
    }

    @Test("Where the policy says so, what is valid under no set is rejected and gives no event")
    func policyMayReject() throws {
        let invoice = try Ground.sample("ubl-invoice")
        func sets(_ content: String, rejects: Bool) -> XSDSets {
            let ns = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
            let body =
                "<xs:element name=\"Invoice\"><xs:complexType><xs:sequence>\(content)</xs:sequence></xs:complexType></xs:element>"
            return XSDSets(["s/i.xsd": S.schema(ns, body)], name: "xsd", rejects: rejects)
        }
        let strict = "<xs:element name=\"Nothing\"/>"
        let reported = try #require(try S.readings(invoice, sets(strict, rejects: false)).first)
        #expect(reported.document.status == .acceptedWithErrors)
        #expect(!reported.events.isEmpty)
        let rejected = try #require(try S.readings(invoice, sets(strict, rejects: true)).first)
        #expect(rejected.document.status == .rejected)
        #expect(rejected.events.isEmpty)
        let any = "<xs:any processContents=\"skip\" maxOccurs=\"unbounded\"/>"
        let fine = try #require(try S.readings(invoice, sets(any, rejects: true)).first)
        #expect(fine.document.findings.map(\.code) == ["schema-valid"])
        #expect(fine.document.status == .accepted)
    }

    @Test("Many threads share the schemas and say the same")
    func threadsAgree() async throws {
        let sets = XSDSets(["a/p.xsd": S.parcel(), "b/e.xsd": S.envelope], name: "xsd")
        let texts = (0..<40).map { S.document("<Weight>\($0 % 2 == 0 ? "1" : "x")</Weight>") }
        let expected = try texts.map { try S.findings($0, XSDSets(["a/p.xsd": S.parcel()], name: "x")).map(\.message) }
        let all = try await withThrowingTaskGroup(of: (Int, [String]).self) { group in
            for (i, t) in texts.enumerated() { group.addTask { (i, try S.findings(t, sets).map(\.message)) } }
            return try await group.reduce(into: [Int: [String]]()) { $0[$1.0] = $1.1 }
        }
        #expect(texts.indices.map { all[$0] } == expected)
    }
}
