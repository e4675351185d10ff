import Testing

@testable import Vocabulary

@Suite struct LookAlikeTests {
    @Test(arguments: [
        ("60010011", "60010019", true), ("60010011", "6001001", true), ("60010011", "600100119", true),
        ("60010011", "0010011", true), ("60010011", "60011010", false), ("60010011", "60010011", false),
        ("1234", "123456", false), ("", "1", true), ("", "", false),
    ])
    func oneCharacterApart(_ a: String, _ b: String, _ expected: Bool) {
        #expect(LookAlike.isOneApart(a, b) == expected)
        #expect(LookAlike.isOneApart(b, a) == expected)
    }

    @Test func aNumberIsKnownByItsFigures() {
        #expect(LookAlike.number("GRNLO47I88I9B") == LookAlike.number("6RN1047188198"))
        #expect(LookAlike.number("4711") == "4711")
    }

    @Test func aWordIsKnownByItsLetters() {
        #expect(LookAlike.word("de1ivery") == LookAlike.word("delivery"))
        #expect(LookAlike.word("nurnber") == LookAlike.word("number"))
        #expect(LookAlike.word("date") != LookAlike.word("data"))
    }
}
