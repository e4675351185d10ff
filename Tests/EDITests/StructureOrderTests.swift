import EDI
import Testing

@Suite struct StructureOrderTests {
    private static let whole = [
        "BGM+220+PO1+9", "DTM+137:20260131:102", "RFF+ON:1", "DTM+171:20260131:102", "NAD+BY+X", "CTA+PD", "COM+1",
        "COM+2", "CTA+IC", "NAD+SE+Y", "LOC+7", "LIN+1", "QTY+5", "PRI+100", "LIN+2", "PIA+1", "QTY+6", "UNS+S",
        "MOA+5",
    ]

    private func found(_ body: [String], type: String = "ORDERS:D:96A:UN") throws -> [String] {
        let text = StructureSamples.message(body, type: type)
        return StructureSamples.places(try StructureSamples.report(text, StructureSamples.edifact(), .order).report)
    }

    private func foundX12(_ body: [String], type: String = "850") throws -> [String] {
        let text = StructureSamples.set(body, type: type)
        return StructureSamples.places(try StructureSamples.report(text, StructureSamples.x12(), .order).report)
    }

    @Test func `a message as the directory has it gives no findings and a group for each segment`() throws {
        let (report, structure) = try StructureSamples.report(
            StructureSamples.message(Self.whole), StructureSamples.edifact(), .order)
        #expect(report.findings.isEmpty)
        let groups = report.placements.map { p in
            structure.path(of: p.group).map { structure.items[$0].tag }.joined(separator: "/")
        }
        #expect(
            groups == [
                "", "", "", "SG1", "SG1", "SG2", "SG2/SG3", "SG2/SG3", "SG2/SG3", "SG2/SG3", "SG2", "SG2", "SG4", "SG4",
                "SG4/SG5", "SG4", "SG4", "SG4", "", "", "",
            ])
        #expect(report.placements.allSatisfy { $0.item != nil })
    }

    @Test(arguments: [
        (0, "segment-missing 2 BGM"), (1, "segment-missing 3 DTM"), (12, "segment-missing 14 QTY"),
        (17, "segment-missing 19 UNS"),
    ])
    func `a mandatory segment that is not there is missed where what follows it stands`(
        index: Int, expected: String
    ) throws {
        var body = Self.whole
        body.remove(at: index)
        #expect(try found(body) == [expected])
    }

    @Test func `a mandatory segment at the end of a group is missed in each occurrence`() throws {
        let body = ["BGM+220+1+9", "DTM+137:1", "LIN+1", "LIN+2", "QTY+1", "LIN+3", "UNS+S"]
        #expect(try found(body) == ["segment-missing 5 QTY", "segment-missing 8 QTY"])
    }

    @Test func `a message that is cut off is not told what its end lacks`() throws {
        let text = Samples.una + Samples.edifact(["UNH+M1+ORDERS:D:96A:UN", "BGM+220+1+9", "DTM+137:1", "LIN+1"])
        #expect(try StructureSamples.report(text, StructureSamples.edifact(), .order).report.findings.isEmpty)
    }

    @Test func `one segment too many is told once, and so is one group too many`() throws {
        let dates = Self.whole.prefix(2) + Array(repeating: "DTM+2:20260131:102", count: 3) + Self.whole.dropFirst(2)
        #expect(try found(Array(dates)) == ["segment-repeats 5 DTM"])
        let groups = Self.whole.prefix(2) + Array(repeating: "RFF+ON:1", count: 5) + Self.whole.dropFirst(4)
        #expect(try found(Array(groups)) == ["group-repeats 7 RFF"])
        let inner = Self.whole.prefix(6) + ["COM+1", "COM+2", "COM+3"] + Self.whole.dropFirst(9)
        #expect(try found(Array(inner)) == ["segment-repeats 10 COM"])
    }

    @Test func `a tag of no table is unknown, a segment of other messages is unexpected`() throws {
        var body = Self.whole
        body.insert("ZZZ+1", at: 13)
        body.insert("EQD+CN", at: 2)
        #expect(try found(body) == ["segment-unexpected 4 EQD", "segment-unknown 16 ZZZ"])
    }

    @Test func `a segment out of its place costs one finding, and not the ones behind it`() throws {
        var body = Self.whole
        body.swapAt(0, 1)
        #expect(try found(body) == ["segment-order 3 BGM"])
        body = Self.whole
        body.insert("BGM+220+2+9", at: 13)
        #expect(try found(body) == ["segment-order 15 BGM"])
        body = Self.whole
        body.insert("COM+3", at: 3)
        #expect(try found(body) == ["segment-order 5 COM"])
        body = Self.whole
        body.swapAt(12, 13)
        #expect(try found(body) == ["segment-order 15 QTY"])
    }

    @Test func `a group out of its place is entered, so that its segments have theirs`() throws {
        let body = ["BGM+220+1+9", "DTM+137:1", "NAD+BY+X", "RFF+ON:1", "DTM+171:1", "LIN+1", "QTY+1", "UNS+S"]
        let (report, structure) = try StructureSamples.report(
            StructureSamples.message(body), StructureSamples.edifact(), .order)
        #expect(StructureSamples.places(report) == ["segment-order 5 RFF"])
        #expect(structure.items[report.placements[5].group].tag == "SG1")
    }

    @Test func `groups with the same trigger are told apart by what follows`() throws {
        let type = "TWINS:D:96A:UN"
        let second = StructureSamples.message(["NAD+BY", "RFF+ON:1", "UNS+D", "UNS+S"], type: type)
        let (report, structure) = try StructureSamples.report(second, StructureSamples.edifact(), .order)
        #expect(report.findings.isEmpty)
        #expect(structure.items[report.placements[1].group].tag == "SG2")
        #expect(try found(["NAD+BY", "LOC+1", "NAD+SE", "RFF+ON:1", "UNS+D", "UNS+S"], type: type).isEmpty)
        #expect(try found(["NAD+BY", "NAD+SE", "UNS+D", "UNS+S"], type: type).isEmpty)
    }

    @Test func `UNS leads to the section that it names`() throws {
        let type = "TWINS:D:96A:UN"
        #expect(try found(["NAD+BY", "UNS+S", "CNT+1"], type: type) == ["segment-missing 3 UNS"])
        #expect(try found(["NAD+BY", "UNS+D", "ALC+1", "MOA+1", "UNS+S", "CNT+1"], type: type).isEmpty)
    }

    @Test func `an X12 loop belongs to the nearest loop that can hold it`() throws {
        let body = [
            "BEG*00*SA*1**20260131", "N1*BY*A", "N2*B", "N4*C", "N1*ST*A", "PO1*1", "N1*ST*B", "PID*F", "PO1*2",
            "CTT*2",
        ]
        #expect(try foundX12(body) == ["segment-order 9 PID"])
        #expect(try foundX12(["BEG*00*SA*1**20260131", "N1*BY*A", "PO1*1", "PID*F", "N1*ST*B", "CTT*1"]).isEmpty)
        #expect(try foundX12(["BEG*00*SA*1**20260131", "CTT*1"]) == ["segment-missing 3 PO1"])
    }

    @Test func `HL loops follow one another whatever their levels`() throws {
        let body = [
            "BSN*00", "HL*1**S", "N1*SF*A", "N4*X", "HL*2*1*O", "REF*PO*1", "HL*3*2*I", "LIN*1", "SN1*1", "HL*4*2*I",
            "LIN*2",
        ]
        #expect(try foundX12(body, type: "856").isEmpty)
        #expect(try foundX12(["BSN*00", "HL*1**S", "SN1*1", "LIN*1"], type: "856") == ["segment-order 5 LIN"])
    }

    @Test func `another version's tables are remarked`() throws {
        #expect(try found(Self.whole, type: "ORDERS:D:96B:UN") == ["version-nearest 1 UNH"])
    }
}
