import Testing
import Vocabulary
import XMLReader

@Suite("Schemas that are broken, scattered or hostile, and documents that attack them")
struct XSDSchemaTests {
    private typealias S = XSDSamples
    private static let good = S.document("<Weight>1</Weight>")

    /// The codes for a good parcel, and what is said of the schemas.
    private func judged(_ files: [String: [UInt8]]) throws -> (codes: [String], faults: [String]) {
        let sets = XSDSets(files, name: "xsd")
        let codes = try S.findings(Self.good, sets).map(\.code)
        #expect(try S.findings(Self.good, sets).map(\.code) == codes)
        return (codes, sets.faults)
    }

    private func parcel(_ head: String) -> [UInt8] {
        S.schema("urn:x:parcel", head + "\n<xs:element name=\"Parcel\" type=\"xs:anyType\"/>")
    }

    @Test("A schema that cannot be compiled is named with file and line, once")
    func brokenSchemasAreNamed() throws {
        let type = S.schema("urn:x:parcel", "<xs:element name=\"Parcel\" type=\"Missing\"/>")
        let compiled = try judged(["s/p.xsd": type])
        #expect(compiled.codes == ["schema-unusable"])
        #expect(compiled.faults.map { $0.hasPrefix("s/p.xsd:3: ") && $0.contains("Missing") } == [true])

        let cut = try judged(["s/p.xsd": parcel("<xs:include schemaLocation=\"part.xsd\"/>"), "s/part.xsd": [0x3C]])
        #expect(cut.codes == ["schema-unusable"])
        #expect(cut.faults == ["s/part.xsd:1: the file is not well-formed XML"])

        let page = try judged(["s/p.xsd": Array("<html/>".utf8), "t/p.xsd": S.parcel()])
        #expect(page.codes == ["schema-valid"])
        #expect(page.faults.map { $0.hasPrefix("s/p.xsd: the file is no XML Schema") } == [true])
    }

    @Test(
        "Nothing outside of the folder is read",
        arguments: [
            ("http://www.w3.org/2001/xml.xsd", "only files in the folder are read, by relative paths"),
            ("file:///etc/passwd", "only files in the folder are read, by relative paths"),
            ("/etc/passwd", "only files in the folder are read, by relative paths"),
            ("../../p.xsd", "which lies outside of the folder"),
            ("%2E%2E/%2e%2e/p.xsd", "which lies outside of the folder"),
            ("gone.xsd", "which is not there"),
        ])
    func referencesStayInside(_ location: String, _ reason: String) throws {
        let (codes, faults) = try judged([
            "s/p.xsd": parcel("<xs:import namespace=\"urn:y\" schemaLocation=\"\(location)\"/>")
        ])
        #expect(codes == ["schema-unusable"])
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("s/p.xsd:3: it refers to \(location)") == true)
        #expect(faults.first?.hasSuffix(reason) == true)
    }

    @Test("A schema's entities are its own; none is fetched")
    func schemaEntitiesAreNotFetched() throws {
        let text = String(
            decoding: parcel("<xs:annotation><xs:documentation>&x;</xs:documentation></xs:annotation>"), as: UTF8.self)
        func with(_ entity: String) -> [UInt8] {
            Array(text.replacing("<xs:schema ", with: "<!DOCTYPE xs:schema [<!ENTITY x \(entity)>]>\n<xs:schema ").utf8)
        }
        #expect(try judged(["s/p.xsd": with("\"words\"")]).codes == ["schema-valid"])
        // Whether libxml2 leaves it out or refuses the file: it must not hold what the file at that place says.
        let secret = try judged(["s/p.xsd": with("SYSTEM \"file:///proc/self/environ\"")])
        #expect(["schema-valid", "schema-unusable"].contains(secret.codes.first))
        #expect(!secret.faults.joined().contains("PATH="))
    }

    @Test("Schemas in parts are put together: includes without a namespace, blanks in names, folders up and down")
    func partsArePutTogether() throws {
        let types = S.schema(
            "",
            "<xs:element name=\"Parcel\"><xs:complexType><xs:sequence><xs:element name=\"Weight\" type=\"xs:int\"/></xs:sequence></xs:complexType></xs:element>"
        )
        let whole = S.schema("urn:x:parcel", "<xs:include schemaLocation=\"../common%20parts/types.xsd\"/>")
        let files = ["s/main/p.xsd": whole, "s/common parts/types.xsd": types]
        #expect(try judged(files).codes == ["schema-valid"])
        let sets = XSDSets(files, name: "xsd")
        #expect(try S.findings(S.document("<Weight>x</Weight>"), sets).first?.code == "schema-invalid")
    }

    @Test("Files that include each other in a circle are read once")
    func circlesEnd() throws {
        let files = [
            "s/a.xsd": parcel("<xs:include schemaLocation=\"b.xsd\"/>"),
            "s/b.xsd": S.schema("urn:x:parcel", "<xs:include schemaLocation=\"a.xsd\"/><xs:element name=\"Other\"/>"),
        ]
        #expect(try judged(files).codes == ["schema-valid"])
    }

    @Test("Where files lie at the top the whole folder is one set, by its name")
    func aSingleSetMayBeGiven() throws {
        let sets = XSDSets(["p.xsd": S.parcel(), "more/e.xsd": S.envelope], name: "parcels-2")
        #expect(try S.findings(Self.good, sets).map(\.message) == ["The document is valid under parcels-2."])
    }

    @Test("A document's own schema location is not followed")
    func schemaLocationsAreIgnored() throws {
        let text = """
            <Parcel xmlns="urn:x:parcel" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
            xsi:schemaLocation="urn:x:parcel http://127.0.0.1:9/p.xsd" xsi:noNamespaceSchemaLocation="/etc/passwd"><Weight>1</Weight></Parcel>
            """
        let sets = XSDSets(["s/p.xsd": S.parcel()], name: "xsd")
        #expect(try S.findings(text, sets).map(\.code) == ["schema-valid"])
    }

    @Test("A wrapper in which something was refused is not handed to libxml2, whatever stands before")
    func refusedPartsAreLeftAlone() throws {
        let invoice =
            "<Invoice><ID>7</ID><IssueDate>2026-01-02</IssueDate><InvoiceLine/><AccountingSupplierParty/>"
            + "<LegalMonetaryTotal/></Invoice>"
        let sets = XSDSets(["s/i.xsd": S.schema("", "<xs:element name=\"Invoice\" type=\"xs:anyType\"/>")], name: "xsd")
        #expect(try S.findings("<Batch>\(invoice)</Batch>", sets).map(\.code) == ["schema-valid"])
        let deep = String(repeating: "<a>", count: 200) + String(repeating: "</a>", count: 200)
        #expect(try S.findings("<Batch>\(invoice)\(invoice)\(deep)</Batch>", sets) == [])
        let many = "<a " + (0..<300).map { "b\($0)=\"1\"" }.joined(separator: " ") + "/>"
        #expect(try S.findings("<Batch>\(invoice)\(many)</Batch>", sets) == [])
    }

    @Test("Flipped bytes in documents and in schemas give findings, the same each time")
    func damageIsSurvived() throws {
        let text = """
            <Envelope xmlns="urn:x:envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><To xsi:nil="0">me</To>\
            <p:Parcel xmlns:p="urn:x:parcel"><p:Weight xsi:type="p:Item">1</p:Weight><p:Item><p:Count>2</p:Count></p:Item></p:Parcel></Envelope>
            """
        let files = ["s/e.xsd": S.envelope, "s/p.xsd": S.parcel()]
        let whole = XSDSets(files, name: "xsd")
        var random = Seeded(state: 7)
        for round in 0..<600 {
            var document = Array(text.utf8)
            document[Int.random(in: 0..<document.count, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random)
            var sets = whole
            if round % 3 == 0 {
                var damaged = files
                for path in files.keys.sorted() {
                    let at = Int.random(in: 0..<(files[path]?.count ?? 0), using: &random)
                    damaged[path]?[at] = UInt8.random(in: 0x20...0x7E, using: &random)
                }
                sets = XSDSets(damaged, name: "xsd")
            }
            let first = try S.readings(document, sets).map(\.document.findings)
            #expect(try S.readings(document, sets).map(\.document.findings) == first)
        }
    }

    @Test("Errors are counted up to a limit and told up to another")
    func errorsAreBounded() throws {
        let sets = XSDSets(["s/p.xsd": S.parcel()], name: "xsd")
        let wrong = String(repeating: "<Item><Count>x</Count></Item>", count: 5000)
        let findings = try S.findings(S.document("<Weight>1</Weight>" + wrong), sets)
        #expect(
            findings.first?.message == "The document is not valid under s (1000 errors or more); the first 20 are told."
        )
        #expect(findings.count == 21)
    }

    @Test("A value of megabytes is checked, and quoted in a line")
    func longValuesAreQuotedShort() throws {
        let sets = XSDSets(["s/p.xsd": S.parcel()], name: "xsd")
        // With an entity on each line the parser gives the text in a hundred thousand pieces.
        let long = String(repeating: "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQC7&amp;\n", count: 100_000)
        let findings = try S.findings(S.document("<Weight>\(long)</Weight>"), sets)
        #expect(findings.first?.code == "schema-invalid")
        #expect(findings.allSatisfy { $0.message.count < 400 })
    }
}
