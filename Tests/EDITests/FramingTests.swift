import EDI
import Testing

@Suite struct FramingTests {
    private func read(_ s: String) -> Transmission { Transmission(Array(s.utf8)) }
    private func codes(_ t: Transmission) -> [String] { t.findings.map(\.code) }

    @Test func `an X12 interchange gives its parties, group and set`() throws {
        let t = read(Samples.x12())
        let i = try #require(t.interchanges.first)
        #expect(i.standard == .x12)
        #expect(i.sender == Address(id: "123456789", qualifier: "01"))
        #expect(i.receiver == Address(id: "RECEIVER", qualifier: "ZZ"))
        #expect(i.control == "000000001")
        #expect(t.groups.first?.function == "PO")
        let m = try #require(t.messages.first)
        #expect(m.type == "850")
        #expect(m.version == "004010")
        #expect(m.segments.count == 5)
        #expect(m.isComplete)
        #expect(t.findings.isEmpty)
    }

    @Test(arguments: ["~", "\n", "\r\n", "\r", "!", "\u{1C}", "~\r\n", "~\n\n", "' "])
    func `any byte ends segments, and layout behind it is no data`(term: String) throws {
        let t = read(Samples.x12(term: term))
        #expect(t.messages.map(\.type) == ["850"])
        #expect(t.findings.isEmpty)
        let m = try #require(t.messages.first)
        #expect(t.text(m.segments.lowerBound + 1, 3, in: t.interchanges[0]) == "PO4711")
    }

    @Test func `interchanges of both standards stand in one file, each with its own delimiters`() {
        let odd = "UNA|^.\\ ~UNB^UNOA|1^A^B^260131|1005^5~UNH^1^DESADV|D|97A|UN~BGM^351^D1^9~UNT^3^1~UNZ^1^5~"
        let t = read(Samples.x12() + "\r\n" + Samples.una + Samples.edifact() + "\n" + odd)
        #expect(t.messages.map(\.type) == ["850", "ORDERS", "DESADV"])
        #expect(t.messages.map(\.version) == ["004010", "D96A", "D97A"])
        #expect(t.findings.isEmpty)
    }

    @Test func `junk around interchanges is passed over and reported with its place`() {
        let t = read("sent by gateway 7\n" + Samples.edifact() + "\nend of batch\n" + Samples.x12() + "\u{1A}")
        #expect(t.messages.map(\.type) == ["ORDERS", "850"])
        #expect(codes(t) == ["bytes-skipped", "bytes-skipped"])
        #expect(t.findings.allSatisfy { $0.severity == .info })
        #expect(t.findings[0].offset == 0)
        #expect(t.findings[0].length == 17)
    }

    @Test func `an interchange that lost its end does not take the next one with it`() {
        let cut = String(Samples.x12().prefix(190))
        for next in [Samples.x12(), Samples.una + Samples.edifact(), Samples.edifact()] {
            let t = read(cut + "\n" + next)
            #expect(t.messages.count == 2)
            #expect(t.messages.last?.isComplete == true)
            #expect(t.findings.filter { $0.severity == .critical }.allSatisfy { $0.messages == 0..<1 })
            #expect(codes(t).contains("message-cut-off"))
        }
    }

    @Test func `names of envelopes inside data are data`() {
        var body = Samples.order
        body.insert("FTX+AAI+++UNB AND UNZ AND ISA*00*', UNA?:?+.?? ?'", at: 2)
        body[4] = "UNT+5+M1"
        let t = read(Samples.edifact(body.map { $0.replacing("', ", with: "?', ") }))
        #expect(t.messages.count == 1)
        #expect(t.findings.isEmpty)
        let x = read(Samples.x12(["ST*850*0001", "BEG*00*SA*ISAAC**20260131", "REF*ZZ*GS*ST*SE", "SE*4*0001"]))
        #expect(x.messages.count == 1)
        #expect(x.findings.isEmpty)
    }

    @Test func `ISA with lost padding is read by its separators`() {
        let short = Samples.x12().replacing("123456789      ", with: "123456789").replacing("          ", with: "\t")
        let t = read(short)
        #expect(t.messages.map(\.type) == ["850"])
        #expect(codes(t) == ["isa-length"])
    }

    @Test func `ISA11 is a repetition separator from 00402 on, and a letter never`() throws {
        let new = Samples.x12().replacing("*U*00401*", with: "*^*00501*")
        #expect(read(new).interchanges.first?.delimiters.repetition == UInt8(ascii: "^"))
        let old = Samples.x12().replacing("*U*00401*", with: "*^*00401*")
        #expect(read(old).interchanges.first?.delimiters.repetition == nil)
        let letter = Samples.x12().replacing("*00401*", with: "*00501*")
        #expect(read(letter).interchanges.first?.delimiters.repetition == nil)
    }

    @Test(arguments: [80, 64]) func `files wrapped at a fixed width are unwrapped, and places stay those of the file`(
        width: Int
    ) throws {
        for whole in [Samples.x12(), Samples.una + Samples.edifact()] {
            var wrapped = ""
            for (i, c) in whole.enumerated() {
                if i > 0, i % width == 0 { wrapped += "\r\n" }
                wrapped.append(c)
            }
            let t = read(wrapped)
            #expect(t.messages.count == 1)
            #expect(t.messages.first?.isComplete == true)
            #expect(codes(t) == ["lines-wrapped"])
            let m = try #require(t.messages.first)
            let bytes = Array(wrapped.utf8)
            #expect(bytes[m.span.lowerBound...].starts(with: whole.hasPrefix("ISA") ? "ST*8".utf8 : "UNH+".utf8))
        }
    }

    @Test func `level B control characters hold without UNA`() {
        let s = Samples.edifact(syntax: "UNOB:1").replacing("'", with: "\u{1C}").replacing("+", with: "\u{1D}")
            .replacing(":", with: "\u{1F}")
        let t = read(s)
        #expect(t.messages.map(\.type) == ["ORDERS"])
        #expect(t.findings.isEmpty)
    }

    @Test func `groups and messages without an interchange still are documents`() {
        let group = String(Samples.x12().dropFirst(Samples.isa().count))
        let t = read(group)
        #expect(t.messages.map(\.type) == ["850"])
        #expect(codes(t).contains("envelope-missing"))
        let u = read(Samples.order.map { $0 + "'" }.joined())
        #expect(u.messages.map(\.type) == ["ORDERS"])
        #expect(u.messages.first?.isComplete == true)
    }

    @Test func `TRADACOMS is named`() {
        let t = read("STX=ANAA:1+5000000000000:X+5000000000001:Y+260131:100500+1'MHD=1+ORDHDR:9'")
        #expect(t.messages.isEmpty)
        #expect(codes(t) == ["tradacoms-not-read"])
    }

    @Test func `an interchange acknowledgement alone is the document`() {
        let t = read(Samples.isa() + "TA1*000000009*260131*1005*R*022~IEA*0*000000001~")
        #expect(t.messages.map(\.type) == ["TA1"])
        #expect(t.findings.isEmpty)
    }
}
