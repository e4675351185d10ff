import Testing

@testable import Vocabulary

@Suite struct ExactTests {
    @Test(arguments: [
        ("12.50", "12.5"), ("007", "7"), ("-0.10", "-0.1"), ("+3", "3"), ("0.000", "0"), (".5", "0.5"), ("5.", "5"),
    ])
    func readsPlainDecimals(_ text: String, _ shown: String) {
        #expect(Exact(text)?.description == shown)
    }

    @Test(arguments: ["", "-", ".", "1,5", "1e3", " 7", "12abc", "1.2.3", "0x1", String(repeating: "9", count: 31)])
    func refusesWhatIsNoPlainDecimal(_ text: String) {
        #expect(Exact(text) == nil)
    }

    @Test func takesTheDecimalMarkTheDocumentAnnounces() {
        #expect(Exact("12,5", mark: UInt8(ascii: ",")) == Exact("12.5"))
        #expect(Exact("12,5.1", mark: UInt8(ascii: ",")) == nil)
    }

    @Test func addsAndMultipliesWithoutLoss() {
        #expect((Exact("0.1") ?? .zero) + (Exact("0.2") ?? .zero) == Exact("0.3"))
        #expect((Exact("93.69") ?? .zero) * Exact(168) == Exact("15739.92"))
        #expect((Exact("1") ?? .zero) - (Exact("1.00") ?? .zero) == .zero)
    }

    @Test func dividesAndRoundsHalfAwayFromZero() {
        #expect(Exact(1).divided(by: Exact(3))?.description == "0.333333")
        #expect(Exact(2).divided(by: Exact(3))?.description == "0.666667")
        #expect(Exact(1).divided(by: .zero) == nil)
        #expect(Exact("2.345")?.rounded(to: 2).description == "2.35")
        #expect(Exact("-2.345")?.rounded(to: 2).description == "-2.35")
    }

    @Test func ordersByValueWhateverTheScale() {
        #expect((Exact("1.10") ?? .zero) < (Exact("1.2") ?? .zero))
        #expect(Exact("1.10") == Exact("1.1"))
        #expect(Exact("12.5")?.fixed(2) == "12.50")
    }
}
