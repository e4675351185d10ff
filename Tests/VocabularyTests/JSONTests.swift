import Testing

@testable import Vocabulary

@Suite struct JSONTests {
    @Test func writesMembersSortedAndEscapesWhatItMust() {
        let json = JSON.object(["b": .int(1), "a": .string("x\"\\\n\u{01}é"), "c": .array([.null, .bool(true)])])
        #expect(json.text == #"{"a":"x\"\\\n\u0001é","b":1,"c":[null,true]}"#)
    }

    @Test func readsBackWhatItWrote() throws {
        let json = JSON.object(["n": .number("0.97"), "s": .string("ü€😀"), "o": .object([:]), "a": .array([.int(-3)])])
        #expect(try JSON(parsing: json.bytes) == json)
        #expect(try JSON(parsing: Array(#""😀""#.utf8)) == .string("😀"))
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "tru", "1 2", "\"abc", String(repeating: "[", count: 500)])
    func refusesWhatIsNotJSON(_ text: String) {
        #expect(throws: JSONFault.self) { try JSON(parsing: Array(text.utf8)) }
    }

    @Test func aReadingSurvivesTheTripThroughJSON() throws {
        var facts = Facts()
        facts.references = [
            Reference(
                "purchase-order", "4711", raw: "PO 4711", at: Place(offset: 3, length: 4), line: "10", confidence: 950)
        ]
        facts.parties = [Party("seller", name: "Möbel Süd GmbH", id: "4012345000009", scheme: "gln", country: "DE")]
        facts.dates = [
            DateFact(
                "delivered", Moment(day: 20_000), alternatives: [Moment(day: 20_030)], raw: "03/04",
                at: Place(page: 1, box: [1, 2, 3, 4]))
        ]
        facts.amounts = [
            Amount("unit-price", Exact(mantissa: 1255, scale: 2), currency: "EUR", basis: Exact(100), unit: "PCE")
        ]
        facts.quantities = [Quantity("ordered", Exact(12), unit: "PCE")]
        facts.locations = [Location("loading", code: "CNNGB", country: "CN")]
        facts.equipment = [Equipment("container", "CSQU3054383")]
        facts.terms = [Term("incoterm", "FCA", raw: "fca")]
        let event = Event(
            type: "delivery.proved", facts: facts, lines: [Line(number: "1", facts: facts)],
            delivery: Delivery(
                deliveredAt: facts.dates[0], receivedBy: "M. Roth", receivedByPlace: Place(page: 1, box: [5, 6, 7, 8]),
                signature: .init(.ink, at: Place(page: 1, box: [9, 9, 40, 20])),
                pieces: Quantity("packages", Exact(3), unit: "CT"), remarks: [.init(code: "damaged", text: "1 torn")]),
            confidence: 930)
        var document = Document(
            locator: Locator(path: "a/b.pdf", part: "2", message: 1, pages: [1, 2]), format: .pdf,
            type: "proof-of-delivery",
            number: "77", date: Moment(day: 20_001), envelope: Moment(day: 20_001, second: 60, offset: 0), source: "ab")
        document.findings = [Finding("scanned", .warning, "no text", at: Place(page: 1))]
        let reading = Reading(document, [event])
        let back = try #require(Reading(json: try JSON(parsing: reading.json.bytes)))
        #expect(back.json == reading.json)
        #expect(back.document == document)
        #expect(back.events[0].facts == facts)
    }

    @Test func idsDependOnEveryPartAndOnTheirBorders() {
        #expect(Digest.id("x", ["ab", "c"]) != Digest.id("x", ["a", "bc"]))
        #expect(Digest.id("doc", ["a"]) == Digest.id("doc", ["a"]))
        #expect(Digest.hex(Digest.sha256(Array("abc".utf8))).hasPrefix("ba7816bf8f01cfea414140de5dae2223"))
    }

    @Test func membersStandInTheOrderOfTheirBytesHoweverTheyCame() throws {
        let names = ["b", "", "ab", "é", "z", "a", "Z", "a b", "\u{10000}", "\u{FFFD}"]
        let wanted = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        for shift in names.indices {
            let turned = Array(names[shift...] + names[..<shift])
            let json = JSON.object(dropping: turned.map { ($0, .string($0)) })
            guard case .object(let members) = json else { throw JSONFault(reason: "no object", offset: 0) }
            #expect(members.keys == wanted)
            #expect(names.allSatisfy { json[$0]?.string == $0 })
            #expect(json["no such"] == nil)
        }
    }

    @Test func ofTwoMembersOfOneNameTheLaterCounts() throws {
        #expect(try JSON(parsing: Array(#"{"b":1,"a":2,"b":3,"a":4}"#.utf8)).text == #"{"a":4,"b":3}"#)
    }

    @Test func membersArePutInTakenOutAndReplaced() {
        var members: JSON.Members = ["b": .int(1), "d": .int(2)]
        members["c"] = .int(3)
        members["a"] = .int(4)
        members["d"] = .int(5)
        members["b"] = nil
        members["x"] = nil
        #expect(JSON.object(members).text == #"{"a":4,"c":3,"d":5}"#)
    }

    @Test(arguments: [0, 7, 10, 99, 100, 9_999_999, 10_000_000, -1, Int.max, Int.min])
    func anIntegerIsWrittenAsItIs(n: Int) throws {
        #expect(JSON.int(n).text == String(n))
        #expect(try JSON(parsing: Array(String(n).utf8)) == .int(n))
    }
}
