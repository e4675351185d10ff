import EDI
import Testing

@Suite struct StructureValueTests {
    private static let head = ["BGM+220+1+9", "DTM+137:20260131:102"]

    /// `code element component` of the findings about one segment in an ORDERS.
    private func found(
        _ segment: String, una: String = Samples.una, syntax: String = "UNOC:3", version: String = "96A"
    ) throws -> [String] {
        let text = StructureSamples.message(
            [segment], type: "ORDERS:D:\(version):UN", una: una, syntax: syntax)
        return places(try StructureSamples.report(text, StructureSamples.edifact(), [.values, .codes]).report)
    }

    private func foundX12(_ segment: String) throws -> [String] {
        let text = StructureSamples.set([segment])
        return places(try StructureSamples.report(text, StructureSamples.x12(), [.values, .codes]).report)
    }

    private func places(_ report: StructureReport) -> [String] {
        report.findings.map { f in
            f.code + (f.element.map { " \($0)" } ?? "") + (f.component.map { ".\($0)" } ?? "")
        }
    }

    @Test(
        arguments: [
            ("BGM+220+PO1+9", []), ("BGM+220++9", ["element-missing 2"]), ("BGM+220", ["element-missing 2"]),
            ("BGM+220+PO1+9+A", ["element-unexpected 4"]), ("BGM+220+PO1+", ["element-trailing 3"]),
            ("BGM+220+PO1+++++", ["element-trailing 7"]), ("BGM+220+PO1:X", ["component-unexpected 2.2"]),
            ("RFF+", ["element-missing 1", "element-trailing 1"]),
            ("RFF+:", ["element-missing 1", "element-trailing 1.2"]),
            ("RFF+:X", ["element-missing 1.1"]), ("RFF+ON:X:Y", ["component-unexpected 1.3"]),
            ("RFF+ON:X:", ["element-trailing 1.3"]), ("NAD+BY+:1", ["element-missing 2.1"]), ("NAD+BY", []),
        ] as [(String, [String])])
    func `elements and components are there where they must be, and no more than there may be`(
        segment: String, expected: [String]
    ) throws {
        #expect(try found(segment) == expected)
    }

    @Test(
        arguments: [
            ("BGM+220+ABCDEFGHIJ", []), ("BGM+220+ABCDEFGHIJK", ["element-too-long 2"]),
            ("BGM+220+?+?+?+?+?+?+?+?+?+?+", []), ("BGM+220+ABCDEFGHIÄ", []), ("MOA+-1234567.8", []),
            ("MOA+12345678,9", ["element-too-long 1"]),
            ("MOA+12.34.5", ["element-type 1"]), ("MOA+12A", ["element-type 1"]), ("MOA+-", ["element-type 1"]),
            ("PRI+12", ["element-too-short 1"]), ("PRI+-18", []), ("PRI+123+AB1", ["element-type 2"]),
            ("PRI+123+ABC", []),
        ] as [(String, [String])])
    func `lengths are of characters, without release characters, signs and decimal marks`(
        segment: String, expected: [String]
    ) throws {
        #expect(try found(segment, syntax: "UNOY:4") == expected)
    }

    @Test(arguments: [
        ("20260228:102", true), ("20260229:102", false), ("20240229:102", true), ("20261301:102", false),
        ("260131:101", true), ("20260131:101", false), ("202601312359:203", true), ("202601312460:203", false),
        ("20260131235959:204", true), ("20260131:203", false), ("202601311200UTC:303", true),
        ("202601311200:303", false),
        ("20260131120000CET:304", true), ("ABCDEFGH:102", false), ("whatever:718", true), ("20269999", true),
    ])
    func `a date is one of the calendar, in the format that it names`(value: String, isValid: Bool) throws {
        #expect(try found("DTM+137:\(value)") == (isValid ? [] : ["date-invalid 1.2"]))
    }

    @Test(
        arguments: [
            ("NAD+BY", []), ("NAD+ZZ", []), ("NAD+BY+1", []), ("NAD+BY+2", ["code-unknown 2.1"]), ("NAD+BY+2::9", []),
            ("NAD+BY+2::6", ["code-unknown 2.1"]), ("NAD+BY+2:100", []), ("BGM+220+1+22", ["code-unknown 3"]),
        ] as [(String, [String])])
    func `a code is unknown only where the list is complete and the directory's own`(
        segment: String, expected: [String]
    ) throws {
        #expect(try found(segment) == expected)
    }

    @Test func `a code of a later directory is known there`() throws {
        #expect(try found("BGM+220+1+22", version: "97A").isEmpty)
    }

    @Test(arguments: ["CUX+EUR:1*USD:2+1.5", "CUX+EUR:1+USD:2+1.5", "CUX+EUR:1++1.5", "CUX+EUR:1+1.5"])
    func `an element of several places may be repeated in one of them`(segment: String) throws {
        #expect(try found(segment, una: "UNA:+.?*'", syntax: "UNOC:4").isEmpty)
        #expect(try found("CUX+EUR:1+USD:2+X", una: "UNA:+.?*'", syntax: "UNOC:4") == ["element-type 3"])
    }

    @Test(
        arguments: [
            ("BEG*00*SA*1**20260131", []), ("BEG*00*SA***20260131", []), ("BEG*00*SA*1", ["element-missing 5"]),
            ("BEG*01*SA*1**20260131", ["code-unknown 1"]), ("BEG*00*S*1**20260131", ["element-too-short 2"]),
            ("BEG*00*SA*1**20260230", ["date-invalid 5"]), ("BEG*00*SA*1**260131", ["element-too-short 5"]),
            ("DTM*002*20260131*2359", []), ("DTM*002*20260131*2400", ["time-invalid 3"]),
            ("DTM*002*20260131*12000", ["time-invalid 3"]),
            ("DTM*002*20260131*235959", []), ("DTM*002*20260131*23595999", []), ("PO1*1*-12.50*EA*1.5E3", []),
            ("PO1*1*12,5*EA", ["element-type 2"]), ("PO1*1*1*EA*1234567", ["element-too-long 4"]),
            ("PO1*1*1*EA*.123456", []),
            ("CTT*1.5", ["element-type 1"]), ("CTT*-123456", []), ("REF*PO*A:B", []),
            ("REF*PO*A*PO:B:C", ["component-unexpected 3.3"]),
            ("REF*PO*A*:B", ["element-missing 3.1"]),
        ] as [(String, [String])])
    func `X12 values have their length, type, date and time`(segment: String, expected: [String]) throws {
        #expect(try foundX12(segment) == expected)
    }

    @Test(
        arguments: [
            ("N1*BY*A*92*B1", []), ("N1*BY", ["element-condition 2"]), ("N1*BY**92", ["element-condition 4"]),
            ("N4*AB*AB", []), ("N4*AB", []), ("N4**AB", ["element-condition 1"]), ("PID*F*A", []), ("PID*F**B", []),
            ("PID", []), ("PID*F", ["element-condition 2"]), ("PID**A", []), ("PID*F*A*B", ["element-condition 3"]),
        ] as [(String, [String])])
    func `conditions of X12 hold between elements`(segment: String, expected: [String]) throws {
        #expect(try foundX12(segment) == expected)
    }

    @Test func `values of a segment out of place are checked all the same`() throws {
        let text = StructureSamples.message(["LIN+X"] + Self.head)
        let report = try StructureSamples.report(text, StructureSamples.edifact(), .values).report
        #expect(places(report) == ["element-type 1"])
    }

    @Test func `the place of a finding is the element's in the file`() throws {
        let text = StructureSamples.message(["BGM+220+ABCDEFGHIJK+9"])
        let f = try #require(
            try StructureSamples.report(text, StructureSamples.edifact(), .values).report.findings.first)
        #expect(String(decoding: Array(text.utf8)[f.offset..<f.offset + f.length], as: UTF8.self) == "ABCDEFGHIJK")
        #expect(f.segment == 2)
        #expect(f.messages == 0..<1)
    }
}
