import EDI
import Testing

@Suite struct WritingTests {
    private let x12 = Delimiters(
        terminator: UInt8(ascii: "~"), element: UInt8(ascii: "*"), component: UInt8(ascii: ":"))

    private func header(_ version: String) -> InterchangeWriter.Header {
        InterchangeWriter.Header(
            sender: Address(id: "OURS", qualifier: version.hasPrefix("U") ? "14" : "ZZ"),
            receiver: Address(id: "THEIRS", qualifier: version.hasPrefix("U") ? "14" : "01"), date: "20260331",
            time: "1005", control: "42", version: version)
    }

    private func edifact(_ value: String, _ version: String = "UNOC:3", _ d: Delimiters = .edifact) -> [UInt8] {
        var w = InterchangeWriter(edifact: header(version), delimiters: d)
        w.beginMessage("ORDERS", control: "1", version: ["D", "96A", "UN"])
        w.segment("BGM", [["220"], [value], ["9"]])
        w.segment("FTX", [["AAI"], [""], [""], [value, "", "end", ""], [""]])
        w.endMessage()
        return w.end()
    }

    @Test func `an X12 interchange reads back as it was meant, without findings`() throws {
        var w = InterchangeWriter(x12: header("00401"), delimiters: x12)
        w.beginGroup(function: "FA", sender: "US", receiver: "THEM", control: "7", version: "004010")
        w.beginMessage("997", control: "0001")
        w.segment("AK1", [["PO"], ["12"]])
        w.segment("AK9", [["A"], ["1"], ["1"], ["1"]])
        w.endMessage()
        w.endGroup()
        let bytes = w.end()
        let t = Transmission(bytes)
        #expect(t.findings.isEmpty)
        #expect(Array(bytes.prefix(106)).last == UInt8(ascii: "~"))
        let i = try #require(t.interchanges.first)
        #expect(i.sender == Address(id: "OURS", qualifier: "ZZ"))
        #expect(i.receiver == Address(id: "THEIRS", qualifier: "01"))
        #expect(i.control == "000000042")
        #expect(t.messages.map(\.type) == ["997"])
        #expect(t.messages.map(\.version) == ["004010"])
    }

    @Test(arguments: ["PO+47:11?'A", "??", "'", "end?", " lead and trail ", "Mül&ßer", "a*b~c"])
    func `EDIFACT values come back to the letter, service characters in them too`(value: String) throws {
        for d in [Delimiters.edifact, Delimiters(terminator: 0x7E, element: 0x7C, component: 0x5E, release: 0x5C)] {
            let t = Transmission(edifact(value, "UNOC:3", d))
            #expect(t.findings.isEmpty)
            let m = try #require(t.messages.first)
            #expect(t.text(m.segments.lowerBound + 1, 2, 1, in: t.interchanges[0]) == value)
            #expect(t.text(m.segments.lowerBound + 2, 4, 3, in: t.interchanges[0]) == "end")
            #expect(t.components(m.segments.lowerBound + 2, 4, in: t.interchanges[0]) == 3)
        }
    }

    @Test(arguments: [("UNOE:3", "Завод"), ("UNOD:3", "Łódź"), ("UNOY:4", "上海 Zürich"), ("UNOC:3", "Köln")])
    func `characters are written in the announced set`(version: String, value: String) throws {
        let t = Transmission(edifact(value, version))
        #expect(t.findings.isEmpty)
        let m = try #require(t.messages.first)
        #expect(t.text(m.segments.lowerBound + 1, 2, 1, in: t.interchanges[0]) == value)
    }

    @Test func `what cannot be written is replaced and counted`() {
        var x = SegmentWriter(x12, charset: .latin1)
        x.segment("REF", [["ZZ"], ["A*B~C:D\n上"]])
        #expect(String(decoding: x.bytes, as: UTF8.self) == "REF*ZZ*A B C D  ~")
        #expect(x.replaced == 5)
        var e = SegmentWriter(.edifact, charset: .latin1)
        e.segment("FTX", [["AAI"], ["a+b"]])
        #expect(e.replaced == 0)
    }

    @Test func `random texts survive writing and reading`() throws {
        var seed: UInt64 = 11
        func next(_ n: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % n
        }
        let letters = Array("AB+:'?*~ÄßÉ 0129.,-/()=!\"%&;<>")
        for _ in 0..<300 {
            // A value's first letter is none: blanks at its ends are data too.
            let value = "x" + String((0..<next(30)).map { _ in letters[next(letters.count)] })
            let t = Transmission(edifact(value))
            #expect(t.findings.isEmpty)
            let m = try #require(t.messages.first)
            #expect(t.text(m.segments.lowerBound + 1, 2, 1, in: t.interchanges[0]) == value)
        }
    }
}
