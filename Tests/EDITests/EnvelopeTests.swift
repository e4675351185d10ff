import EDI
import Testing

@Suite struct EnvelopeTests {
    private func read(_ s: String) -> Transmission { Transmission(Array(s.utf8)) }

    private func only(_ t: Transmission) -> (code: String, severity: SyntaxFinding.Severity)? {
        t.findings.count == 1 ? (t.findings[0].code, t.findings[0].severity) : nil
    }

    @Test(arguments: [
        ("SE*5*0001", "SE*6*0001", "segment-count-wrong", SyntaxFinding.Severity.critical),
        ("SE*5*0001", "SE*5*0002", "message-control-wrong", .critical),
        ("SE*5*0001", "SE*5*1", "control-number-zeros", .info),
        ("GE*1*7", "GE*2*7", "group-count-wrong", .warning), ("GE*1*7", "GE*1*8", "group-control-wrong", .warning),
        ("IEA*1*", "IEA*4*", "interchange-count-wrong", .warning),
        ("IEA*1*000000001", "IEA*1*000000002", "interchange-control-wrong", .warning),
        ("IEA*1*000000001~", "", "trailer-missing", .warning), ("GE*1*7~", "", "trailer-missing", .warning),
        ("SE*5*0001~", "", "message-cut-off", .critical),
    ])
    func `a wrong trailer weighs as much as what it closes`(
        old: String, new: String, code: String, severity: SyntaxFinding.Severity
    ) throws {
        let t = read(Samples.x12().replacing(old, with: new))
        let f = try #require(only(t))
        #expect(f.code == code)
        #expect(f.severity == severity)
        #expect(t.messages.map(\.type) == ["850"])
        #expect(t.findings[0].messages == 0..<1)
    }

    @Test(arguments: [
        ("UNT+4+M1", "UNT+3+M1", "segment-count-wrong", SyntaxFinding.Severity.critical),
        ("UNT+4+M1", "UNT+4+M9", "message-control-wrong", .critical),
        ("UNZ+1+R1", "UNZ+2+R1", "interchange-count-wrong", .warning),
        ("UNZ+1+R1", "UNZ+1+R2", "interchange-control-wrong", .warning),
        ("UNT+4+M1'", "", "message-cut-off", .critical), ("UNZ+1+R1'", "", "trailer-missing", .warning),
    ])
    func `EDIFACT trailers are judged alike`(
        old: String, new: String, code: String, severity: SyntaxFinding.Severity
    ) throws {
        let f = try #require(only(read(Samples.edifact().replacing(old, with: new))))
        #expect(f.code == code)
        #expect(f.severity == severity)
    }

    @Test func `counts may have leading zeros`() {
        #expect(read(Samples.x12().replacing("SE*5*", with: "SE*0005*")).findings.isEmpty)
    }

    @Test func `UNZ counts groups where there are some`() {
        let body = ["UNG+ORDERS+A+B+260131:1005+G1+UN+D:96A"] + Samples.order + ["UNE+1+G1"]
        let t = read(Samples.edifact(body))
        #expect(t.findings.isEmpty)
        #expect(t.groups.first?.control == "G1")
    }

    @Test func `one bad message leaves its neighbours alone`() {
        let body = [
            "UNH+M1+ORDERS:D:96A:UN", "BGM+220+A+9", "UNT+3+M1", "UNH+M2+ORDERS:D:96A:UN", "BGM+220+B+9",
            "UNH+M3+ORDERS:D:96A:UN", "BGM+220+C+9", "UNT+3+M3",
        ]
        let t = read(Samples.edifact(body, end: "UNZ+3+R1"))
        #expect(t.messages.map(\.control) == ["M1", "M2", "M3"])
        #expect(t.messages.map(\.isComplete) == [true, false, true])
        #expect(t.findings.map(\.messages) == [1..<2])
    }

    @Test func `test indicators of both standards are seen`() {
        #expect(read(Samples.x12().replacing("*0*P*:", with: "*0*T*:")).interchanges.first?.isTest == true)
        let t = read(Samples.edifact().replacing("+R1'UNH", with: "+R1++++++1'UNH"))
        #expect(t.interchanges.first?.isTest == true)
        #expect(t.findings.map(\.code) == ["test-indicator"])
    }

    @Test func `a control number used twice is remarked`() {
        let t = read(Samples.x12() + Samples.x12())
        #expect(t.findings.map(\.code) == ["control-number-duplicate"])
        #expect(t.findings[0].messages == 1..<2)
    }

    @Test func `syntax messages belong to no directory`() {
        let t = read(Samples.edifact(["UNH+M1+CONTRL:D:3:UN", "UCI+1+A+B+7", "UNT+3+M1"]))
        #expect(t.messages.first?.version == "")
    }
}

/// Remarks on what partners get away with.
@Suite struct RemarkTests {
    private func codes(_ s: String) -> [String] { Transmission(Array(s.utf8)).findings.map(\.code) }

    @Test func `a date without its century is remarked from syntax version 4 on`() {
        #expect(codes(Samples.edifact(syntax: "UNOC:4")) == ["date-without-century"])
        #expect(codes(Samples.edifact(syntax: "UNOC:4").replacing("+260131:", with: "+20260131:")).isEmpty)
        #expect(codes(Samples.edifact(syntax: "UNOC:3")).isEmpty)
    }

    @Test func `lower case under level A, and a level that is none, are remarked`() {
        #expect(codes(Samples.edifact(syntax: "UNOA:1")).isEmpty)
        #expect(codes(Samples.edifact(syntax: "UNOA:1").replacing("PO4711", with: "Po4711")) == ["charset-differs"])
        #expect(codes(Samples.edifact(syntax: "UNOL:3")) == ["charset-differs"])
    }

    @Test func `a last segment without terminator is read, one whose terminator is released is not trusted`() {
        let whole = Samples.edifact()
        #expect(codes(String(whole.dropLast())) == ["terminator-missing"])
        let released = Transmission(Array((String(whole.dropLast()) + "?'").utf8))
        #expect(released.findings.contains { $0.code == "terminator-released" && $0.severity == .critical })
        #expect(codes(String(Samples.x12().dropLast())) == ["terminator-missing"])
    }

    @Test func `garbage behind the only line does not make a file wrapped`() {
        #expect(codes(Samples.x12() + "\u{1A}\0\0\ngarbage of a gateway\n") == ["bytes-skipped"])
    }
}
