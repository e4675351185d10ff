import EDI
import Testing

@Suite struct StructureTablesTests {
    @Test(arguments: [
        ("D96A", "D96A"), ("D96B", "D96A"), ("D97A", "D97A"), ("D00B", "D97A"), ("D01B", "D97A"), ("D24A", "D97A"),
        ("D93A", "D95B"), ("92.1", "D95B"), ("", "D95B"), ("nonsense", "D95B"),
    ])
    func `an EDIFACT message is read by its directory, the next older one, or the oldest`(
        asked: String, used: String
    ) throws {
        let s = try #require(try StructureSamples.edifact().structure(of: "ORDERS", version: asked))
        #expect(s.version == used)
        #expect(s.isNearest == (asked != used && !asked.isEmpty))
        #expect(s.name == "Purchase order")
    }

    @Test(arguments: [
        ("004010", "004010"), ("003040", "004010"), ("004020", "004010"), ("005010", "005010"), ("004800", "005010"),
        ("008020", "005010"), ("004510", "004010"),
    ])
    func `an X12 set is read by its release or the one with the nearest number`(asked: String, used: String) throws {
        #expect(try StructureSamples.x12().structure(of: "850", version: asked)?.version == used)
    }

    @Test func `a message that only other versions have is read by the nearest of those`() throws {
        let s = try #require(try StructureSamples.x12().structure(of: "856", version: "005010"))
        #expect(s.version == "004010")
        #expect(s.isNearest)
    }

    @Test func `a message that no version has, and the row of versions, are no structures`() throws {
        let tables = try StructureSamples.edifact()
        #expect(try tables.structure(of: "INVOIC", version: "D96A") == nil)
        #expect(try tables.structure(of: "versions", version: "D96A") == nil)
    }

    @Test func `groups nest as their brackets do`() throws {
        let s = try #require(try StructureSamples.edifact().structure(of: "ORDERS", version: "D96A"))
        let com = try #require(s.items.firstIndex { $0.tag == "COM" })
        #expect(s.path(of: com).map { s.items[$0].tag } == ["SG2", "SG3"])
        #expect(s.items[com].depth == 3)
        #expect(s.items[com].maximum == 2)
        #expect(!s.items[com].isMandatory)
        let line = try #require(s.items.firstIndex { $0.tag == "SG4" })
        #expect(
            s.items[line..<s.items[line].end].map(\.tag) == ["SG4", "LIN", "PIA", "QTY", "FTX", "SG5", "PRI", "CUX"])
    }

    @Test func `names of segments, elements and codes are those of the version`() throws {
        let nad = try #require(try StructureSamples.edifact().segment("NAD", version: "D96A"))
        #expect(nad.name == "Name and address")
        #expect(nad.elements.map(\.id) == ["3035", "C082"])
        #expect(nad.elements[0].meaning(of: "BY") == "Buyer")
        #expect(nad.elements[0].meaning(of: "ZZ") == nil)
        #expect(nad.elements[1].components.map(\.name) == ["Element 3039", "Element 1131", "Element 3055"])
        #expect(try StructureSamples.edifact().segment("BGM", version: "D01B") == nil)
    }

    @Test(arguments: [
        ("M\tD96A\tUNH! (\tx", 2), ("M\tD96A\tUNH! SG1(BGM! UNT!\tx", 2), ("M\tD96A\tUNH! BGM*0 UNT!\tx", 2),
        ("M\tD96A\tUNH! SG1(SG2(BGM!)) UNT!\tx", 2), ("M\tD96A\tUNH! SG1() UNT!\tx", 2), ("M\tD96A\tUNH! UNT!) \tx", 2),
        ("M\tD99Z\tUNH!\tx", 2), ("M\tD96A\tUNH!", 2), ("# first\n\nM\tD96A\tUNH! ?\tx", 4),
    ])
    func `a row that cannot be read is named with its file and line`(row: String, line: Int) throws {
        let tables = try StructureSamples.edifact(messages: "versions\tD95B D96A\n" + row)
        let fault = #expect(throws: StructureFault.self) { try tables.structure(of: "M", version: "D96A") }
        #expect(fault?.file == "messages.txt")
        #expect(fault?.line == line)
    }

    @Test func `a segment with an element that no table has is a fault of the segment's row`() throws {
        let tables = try StructureSamples.edifact(segments: "UNH\tD95B-D01B\t0062\tx\nXXX\tD96A\t9999\tx")
        let fault = #expect(throws: StructureFault.self) { try tables.segment("XXX", version: "D96A") }
        #expect(fault?.description == "segments.txt:2: the tables have no element 9999")
    }

    @Test func `texts without versions or without tabs are no tables`() {
        #expect(throws: StructureFault.self) { try StructureSamples.edifact(messages: "ORDERS\tD96A\tUNH!\tx") }
        #expect(throws: StructureFault.self) { try StructureSamples.edifact(segments: "a line of prose") }
    }
}
