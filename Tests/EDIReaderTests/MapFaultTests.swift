import EDIReader
import Schemas
import Testing
import Vocabulary

@Suite struct MapFaultTests {
    private func faults(_ map: String) throws -> [SchemaFault] {
        try EDIMaps(SchemaFiles(["words.yaml": MapLanguageTests.words, "maps/x12/850.yaml": map])).checkAll()
    }

    @Test(arguments: [
        ("message: \"850\"\nsegmnts: {}", 2, "segmnts is not known"),
        ("message: \"850\"\nsegments:\n  BEG: {03: reference purchase-ordr}", 3, "purchase-ordr is no word"),
        ("message: \"850\"\nsegments:\n  BEG: {03: thing x}", 3, "is no fact"),
        ("message: \"850\"\nsegments:\n  BEG:\n    - {03: date issued, tme: 04}", 4, "tme is not known"),
        ("message: \"850\"\nsegments:\n  BEG: {01: term purpose from purposes}", 3, "no table purposes"),
        (
            "message: \"850\"\nsegments:\n  REF: {by: 01, value: 02, codes: references}", 3,
            "no list of codes references"
        ),
        ("message: \"850\"\nsegments:\n  REF: {by: 01, value: 02}", 3, "needs codes"),
        ("message: \"850\"\ngroups:\n  item: {start: PO1, under: order}", 3, "no group order"),
        ("message: \"850\"\nuses: [general]", 1, "which is missing"), ("message: \"855\"", 1, "the file is named 850"),
        ("message: \"850\"\nevent: [{when: {BEG: [x]}, type: order.issued}]", 2, "is no element"),
        ("message: \"850\"\ndocument: {number: \"03\"}", 2, "needs its segment's tag"),
        ("message: [", 0, "not YAML"),
    ])
    func `a fault names file, line and what is wrong`(map: String, line: Int, words: String) throws {
        let f = try #require(try faults(map).first)
        #expect(f.file == "maps/x12/850.yaml")
        #expect(f.line == line || line == 0)
        #expect(f.reason.contains(words))
    }

    @Test func `a faulty map leaves its documents unread, with a finding`() throws {
        let r = try MapLanguageTests.read(
            "message: \"850\"\nsegmnts: {}", MapLanguageTests.x12(["BEG*00*SA*1**20260130"]))
        #expect(r.document.findings.map(\.code) == ["map-faulty"])
        #expect(r.events.isEmpty)
    }
}
