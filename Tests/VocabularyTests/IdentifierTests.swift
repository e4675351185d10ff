import Testing

@testable import Vocabulary

@Suite struct IdentifierTests {
    @Test func acceptsRightCheckDigitsAndNoOthers() {
        #expect(CheckDigit.container("CSQU3054383"))
        #expect(!CheckDigit.container("CSQU3054384"))
        #expect(!CheckDigit.container("CSQX3054383"))
        #expect(CheckDigit.gs1("4006381333931"))
        #expect(!CheckDigit.gs1("4006381333932"))
        #expect(CheckDigit.gs1("106141412345678908"))
        #expect(CheckDigit.airWaybill("020-12345675"))
        #expect(!CheckDigit.airWaybill("020-12345674"))
    }

    /// One wrong digit in a GS1 key is always found.
    @Test func everyMisreadDigitOfAnSSCCIsNoticed() {
        let sscc = Array("106141412345678908".utf8)
        for i in sscc.indices {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != sscc[i] {
                var wrong = sscc
                wrong[i] = digit
                #expect(!CheckDigit.gs1(String(decoding: wrong, as: UTF8.self)))
            }
        }
    }

    @Test func checksMovementReferenceNumbers() {
        #expect(CheckDigit.mrn("10NL5663962BE1E825"))
        #expect(!CheckDigit.mrn("22GB02I89012847596"))
        #expect(!CheckDigit.mrn("10NL5663962BE1E8"))
    }

    @Test(arguments: [
        ("GB123456789000", true), ("GB12345678", false), ("XI123456789000", true), ("DE811569869000123", true),
        ("D1", false),
        ("FR1234567890123456", false),
    ])
    func knowsTheShapeOfAnEORI(_ text: String, _ right: Bool) {
        #expect(Shape.eori(text) == right)
    }

    @Test func bringsMangledNumbersToOneForm() {
        #expect(NormalForm.strict("450001 0253") == NormalForm.strict("450001-0253"))
        #expect(NormalForm.loose("PO#0034120", prefixes: ["PO"]) == "34120")
        #expect(NormalForm.loose("POLAND", prefixes: ["PO"]) == "POLAND")
        #expect(NormalForm.withoutRelease("0034120-01") == "0034120")
        #expect(NormalForm.withoutRelease("450001-0253") == nil)
        #expect(NormalForm.digits("BOL-066858") == "66858")
    }

    @Test func aNumberIsNormalisedAlikeWithAndWithoutOtherLetters() {
        #expect(NormalForm.strict("po-0045 / b\r\n") == "PO0045B")
        #expect(NormalForm.strict("po-0045 / bé") == "PO0045BÉ")
        #expect(NormalForm.loose("0000") == "0000")
        #expect(NormalForm.loose("00-4500") == "4500")
        #expect(NormalForm.withoutRelease("4500012345-01") == "4500012345")
        #expect(NormalForm.withoutRelease("450001234501") == nil)
    }
}
