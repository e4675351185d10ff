import Testing
import Vocabulary

@testable import Schemas

/// What is masked, and what only looks like it.
@Suite struct PrivacyTests {
    private static let privacy = Result { try Privacy(ProjectSchemas.files()) }

    private func text(_ s: String) throws -> String { try Self.privacy.get().text(s) }

    /// The text as a member of a row, written, masked and read again.
    private func inRow(_ s: String) throws -> String? {
        try JSON(parsing: Self.privacy.get().row(JSON.object(["text": .string(s)]).bytes))["text"]?.string
    }

    // MARK: Shapes

    @Test(arguments: [
        ("Pay to DE75512108001245126199 please", "Pay to DE•••6199 please"),
        ("IBAN: NL57 RABO 0107 3075 10.", "IBAN: NL•••7510."),
        ("GB25CITI08320011963155", "GB•••3155"), ("(NO9386011117947)", "(NO•••7947)"),
        ("FR20 1254 2547 2569 8542 5874 698", "FR•••4698"),
    ])
    func anIBANKeepsItsCountryAndItsEnd(_ given: String, _ masked: String) throws {
        #expect(try text(given) == masked)
        #expect(try inRow(given) == masked)
    }

    @Test(arguments: [
        // One digit changed; a reference of 22 characters; the right check digits with another country's length.
        "DE75512108001245126198", "GB25CITI08320011963156", "GB12ABCD12345678901234", "DE7551210800124512619",
        // Within a longer word; a country that has none; small letters.
        "XDE75512108001245126199", "DE75512108001245126199X", "US75512108001245126199", "de75512108001245126199",
        "NKOU4129057", "26GB4K7T2QW9M3XR84", "300020080000010013", "",
    ])
    func whatOnlyLooksLikeAnIBANStays(_ given: String) throws { #expect(try text(given) == given) }

    @Test(arguments: [
        ("call +44 20 7946 0958 now", "call •••58 now"), ("Tel. 020 7946 0958", "Tel. •••58"),
        ("Telefon: (0201) 123-4567, Lager", "Telefon: •••67, Lager"), ("Mobil +49 171 5551234", "Mobil •••34"),
        ("FAX:0201123456", "FAX:•••56"), ("Tel.: +31(0)10-1234567.", "Tel.: •••67."),
        ("Tel. no. 0201 123456", "Tel. no. •••56"),
        ("téléphone 01 23 45 67 89", "téléphone •••89"),
    ])
    func aTelephoneNumberKeepsItsLastTwoDigits(_ given: String, _ masked: String) throws {
        #expect(try text(given) == masked)
        #expect(try inRow(given) == masked)
    }

    @Test(arguments: [
        "order 4500012345", "RFF+ON:4500012345", "QTY+21:40", "BGM+220+4500012345+9", "+20 C", "fax 2 pages",
        "hotel 12345678", "phone order 4500012345", "phone on 20260331", "by fax 2026-03-31", "Fax 31.03.2026",
        "tel 12345", "+1234567890123456", "2026-03-31T10:00:00+01:00",
    ])
    func figuresThatAreNoTelephoneNumberStay(_ given: String) throws { #expect(try text(given) == given) }

    @Test(arguments: [
        ("write to ana.ruiz@solder-works.example.", "write to •••."), ("<a@b.io>", "<•••>"),
        ("ask: x@y.com; Tel 0201 123456", "ask: •••; Tel •••56"),
    ])
    func aMailAddressIsMaskedWhole(_ given: String, _ masked: String) throws {
        #expect(try text(given) == masked)
        #expect(try inRow(given) == masked)
    }

    @Test(arguments: ["5 @ 4.50", "@home", "a@b", "12@", "a @ b.io"])
    func anAtSignIsNoMailAddress(_ given: String) throws { #expect(try text(given) == given) }

    @Test func aMaskIsNeverMaskedAgain() throws {
        for given in ["IBAN NL57 RABO 0107 3075 10", "Tel. +44 20 7946 0958", "a.b@c.de"] {
            let once = try text(given)
            #expect(once != given)
            #expect(try text(once) == once)
        }
    }

    // MARK: Rows

    private func row(_ s: String) throws -> String {
        String(decoding: try Self.privacy.get().row(Array(s.utf8)), as: UTF8.self)
    }

    @Test func anAccountIsMaskedByItsWord() throws {
        let given =
            #"{"references":[{"at":{"quote":"account 12345678"},"kind":"bank-account","raw":"12345678","value":"12345678"},{"kind":"account","raw":"12345678","value":"12345678"}]}"#
        let masked =
            #"{"references":[{"at":{"quote":"account •••78"},"kind":"bank-account","raw":"•••78","value":"•••78"},{"kind":"account","raw":"12345678","value":"12345678"}]}"#
        #expect(try row(given) == masked)
        #expect(try row(masked) == masked)
    }

    /// A sign alone does not have a row read: it would cost ten times what writing it does.
    @Test(arguments: ["ask O'Hara +49 30 555", "bracket + screw", "a+b", "5 @ 4.50", "QTY+21:40"])
    func signsThatBeginNothingDoNotHaveARowRead(_ text: String) throws {
        let row = Array("{\"raw\":\"\(text)\"}\n".utf8)
        let privacy = try Self.privacy.get()
        #expect(row.withUnsafeBufferPointer { privacy.rows($0) } == nil)
    }

    @Test func aRowWithoutAnythingSensitiveKeepsItsBytes() throws {
        let given = #"{ "number" : "4500012345", "note":"5 @ 4.50" }"#
        #expect(try row(given) == given)
    }

    @Test func correspondentsAndMessageIdsKeepTheirAddresses() throws {
        let given =
            #"{"number":"1@b.example","partners":["x@b.example"],"path":"mail/a@b.example.eml","references":[{"kind":"message","raw":"2@b.example","value":"2@B.EXAMPLE"}],"sender":"ana@b.example"}"#
        #expect(try row(given) == given)
        #expect(try row(#"{"terms":[{"name":"reason","value":"ask ana@b.example"}]}"#).contains("ask •••"))
    }

    /// In JSON a line end is two characters, of which the second is a letter.
    @Test func aLineEndBeforeAValueDoesNotHideIt() throws {
        #expect(try row(#"{"text":"see\nTel. 0201 123456"}"#) == #"{"text":"see\nTel. •••56"}"#)
        #expect(try row(#"{"text":"\nDE75512108001245126199"}"#) == #"{"text":"\nDE•••6199"}"#)
        #expect(try row(#"{"text":"a\u0007Tel. 0201 123456\\"}"#) == #"{"text":"a\u0007Tel. •••56\\"}"#)
    }

    @Test func rowsAreMaskedLineByLine() throws {
        let privacy = try Self.privacy.get()
        func rows(_ s: String) -> String? {
            Array(s.utf8).withUnsafeBufferPointer { privacy.rows($0) }.map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(rows("{\"a\":\"b\"}\n{\"a\":\"x@y.com\"}\n") == "{\"a\":\"b\"}\n{\"a\":\"•••\"}\n")
        #expect(rows("{\"a\":\"b\"}\n") == nil)
    }

    // MARK: EDI

    private func x12(_ s: String) throws -> String {
        try Self.privacy.get().segment(s, .x12, element: "*", component: ">", terminator: "~", release: nil)
    }

    private func edifact(_ s: String) throws -> String {
        try Self.privacy.get().segment(s, .edifact, element: "+", component: ":", terminator: "'", release: "?")
    }

    @Test func elementsOfX12AreMaskedByTagAndQualifier() throws {
        #expect(try x12("PER*IC*A Name*TE*2025550188*EM*a>b~") == "PER*IC*A Name*TE*•••88*EM*•••>•••~")
        #expect(try x12("PER*IC*A Name*UR*4500012345~") == "PER*IC*A Name*UR*4500012345~")
        #expect(try x12("REF*12*778899123~\n") == "REF*12*778899123~\n")
        #expect(try x12("G61*DC*Ana Ruiz*TE*2025550188~") == "G61*DC*Ana Ruiz*TE*•••88~")
        #expect(try x12("REF*PO*778899123~") == "REF*PO*778899123~")
        let bpr = "BPR*I*2616.00*C*ACH*CTX*01*121000358*DA*99887766*1512345678**01*021000021*DA*11223344*20260320~"
        #expect(
            try x12(bpr)
                == "BPR*I*2616.00*C*ACH*CTX*01*121000358*DA*•••66*1512345678**01*021000021*DA*•••44*20260320~")
        #expect(try x12("ISA*00*          *01*SECRET1234*ZZ*A~") == "ISA*00*          *01*•••*ZZ*A~")
    }

    @Test func elementsOfEDIFACTAreMaskedByTagAndQualifier() throws {
        #expect(try edifact("COM+?+49 201 123456:TE'") == "COM+•••56:TE'")
        #expect(try edifact("COM+5790000000000:EI'") == "COM+5790000000000:EI'")
        #expect(try edifact("FII+BF+778899123:Solder Works+BIC'") == "FII+BF+•••23:Solder Works+BIC'")
        #expect(try edifact("RFF+IT:778899123'") == "RFF+IT:778899123'")
        #expect(try edifact("FTX+AAI+++Tel. 0201 123456:it?'s'") == "FTX+AAI+++Tel. •••56:it?'s'")
    }

    // MARK: XML

    private func markup(_ s: String, above: [String] = [], parent: String? = nil) throws -> String {
        try Self.privacy.get().markup(s, above: above, parent: parent)
    }

    @Test func elementsOfXMLAreMaskedByTheirPath() throws {
        #expect(
            try markup("<GuaranteeReference><GRN>05DE1</GRN><accessCode>AC01</accessCode></GuaranteeReference>")
                == "<GuaranteeReference><GRN>05DE1</GRN><accessCode>•••</accessCode></GuaranteeReference>")
        #expect(
            try markup("<n:accessCode><![CDATA[AC01]]></n:accessCode>")
                == "<n:accessCode><![CDATA[•••]]></n:accessCode>")
        #expect(
            try markup("<cbc:ID>12345678</cbc:ID>", above: ["Invoice", "PayeeFinancialAccount"])
                == "<cbc:ID>•••78</cbc:ID>")
        #expect(try markup("<cbc:ID>12345678</cbc:ID>", above: ["Invoice", "Party"]) == "<cbc:ID>12345678</cbc:ID>")
        #expect(
            try markup("<Contact><Telephone>+1 3362 4788</Telephone><ElectronicMail>a@b.io</ElectronicMail></Contact>")
                == "<Contact><Telephone>•••88</Telephone><ElectronicMail>•••</ElectronicMail></Contact>")
    }

    @Test func aDefermentAccountIsToldByTheCodeBesideIt() throws {
        func document(_ type: String) -> String {
            "<AdditionalDocument><CategoryCode>1</CategoryCode><ID>1108654</ID><TypeCode>\(type)</TypeCode></AdditionalDocument>"
        }
        #expect(try markup(document("DAN")) == document("DAN").replacing("1108654", with: "•••54"))
        #expect(try markup(document("935")) == document("935"))
        // Two beside each other are told apart.
        #expect(
            try markup("<D>" + document("935") + document("DAN") + "</D>")
                == "<D>" + document("935") + document("DAN").replacing("1108654", with: "•••54") + "</D>")
        let above = ["Declaration", "AdditionalDocument"]
        #expect(try markup("<ID>1108654</ID>", above: above, parent: document("935")) == "<ID>1108654</ID>")
        #expect(try markup("<ID>1108654</ID>", above: above, parent: document("DAN")) == "<ID>•••54</ID>")
        #expect(try markup("<ID>1108654</ID>", above: above) == "<ID>•••54</ID>")
    }

    @Test func brokenMarkupIsMaskedWithoutHarm() throws {
        let xml = "<A><accessCode>AC01</accessCode><![CDATA[x]]><B a='1'/></A>"
        for n in 0...xml.count { _ = try markup(String(xml.prefix(n))) }
        #expect(try markup("<accessCode>AC01") == "<accessCode>•••")
        #expect(try markup("</A></B>text") == "</A></B>text")
    }

    // MARK: The file

    @Test(arguments: [
        ("phone: [tel]\n", "kinds"), ("kinds: {iban: {first: x}}\n", "first"),
        ("kinds: {iban: {}, phone: {}, email: {}, access-code: {}}\nxml: {accessCode: hidden}\n", "hidden"),
        ("kinds: {iban: {}, phone: {}, email: {}, access-code: {}}\nx12: {PER: phone}\n", "PER"),
        ("kinds: {iban: {}, phone: {}, email: {}, access-code: {}}\nfacts: {reference nonsense: phone}\n", "nonsense"),
        ("kinds: {iban: {}, phone: {}, email: {}, access-code: {}}\nodd: 1\n", "odd"),
    ])
    func aFaultOfTheFileIsNamed(_ yaml: String, _ word: String) throws {
        let files = try ProjectSchemas.files().overlaid(with: SchemaFiles(["privacy.yaml": yaml]))
        let fault = #expect(throws: SchemaFault.self) { try Privacy(files) }
        #expect(fault?.file == "privacy.yaml")
        #expect(fault?.reason.contains(word) == true)
    }
}
