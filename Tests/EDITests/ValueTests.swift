import EDI
import Testing

@Suite struct ValueTests {
    private func value(
        _ segment: String, _ element: Int, _ component: Int? = nil, repetition: Int = 0, una: String = Samples.una,
        syntax: String = "UNOC:3"
    ) throws -> String? {
        let s = una + Samples.edifact(["UNH+M1+ORDERS:D:96A:UN", segment, "UNT+3+M1"], syntax: syntax)
        let t = Transmission(Array(s.utf8))
        let m = try #require(t.messages.first)
        return t.text(m.segments.lowerBound + 1, element, component, repetition: repetition, in: t.interchanges[0])
    }

    @Test(arguments: [
        ("BGM+220+PO?+47?:11???'A+9", "PO+47:11?'A"), ("BGM+220+A??+9", "A?"), ("BGM+220+????+9", "??"),
        ("BGM+220+ lead+9", " lead"), ("BGM+220++9", ""),
    ])
    func `released characters are data, and two release characters are one`(segment: String, expected: String) throws {
        #expect(try value(segment, 2, 1) == expected)
    }

    @Test func `elements, components and repetitions are counted from the tag`() throws {
        #expect(try value("LIN+1++400:EN", 3, 2) == "EN")
        #expect(try value("LIN+1++400:EN", 3, 3) == nil)
        #expect(try value("LIN+1", 2) == nil)
        #expect(try value("LIN+1++400:EN", 3) == "400:EN")
        #expect(try value("LIN+1+A*B:2", 2, 2, repetition: 1, una: "UNA:+.?*'", syntax: "UNOC:4") == "2")
        #expect(try value("LIN+1+A*B:2", 2, 1, una: "UNA:+.?*'", syntax: "UNOC:4") == "A")
        #expect(try value("LIN+1+A*B", 2, 1) == "A*B")
    }

    @Test func `X12 elements are read whole, with component separators in them`() throws {
        let t = Transmission(Array(Samples.x12(["ST*850*0001", "MSG*A:B", "SE*3*0001"]).utf8))
        #expect(t.text(t.messages[0].segments.lowerBound + 1, 1, in: t.interchanges[0]) == "A:B")
    }

    private func name(_ bytes: [UInt8], _ syntax: String) throws -> (text: String?, codes: [String]) {
        let head = Samples.edifact(["UNH+M1+ORDERS:D:96A:UN", "NAD+BY+X"], syntax: syntax).split(separator: "X'").map {
            Array($0.utf8)
        }
        let t = Transmission(head[0] + bytes + Array("'UNT+3+M1'UNZ+1+R1'".utf8))
        let m = try #require(t.messages.first)
        return (t.text(m.segments.lowerBound + 1, 2, 1, in: t.interchanges[0]), t.findings.map(\.code))
    }

    @Test func `the syntax identifier names the character set`() throws {
        #expect(try name([0x4D, 0xFC, 0x6C], "UNOC:3").text == "Mül")
        #expect(try name([0xBC, 0xD8, 0xE0], "UNOE:3").text == "Мир")
        #expect(try name([0xB1], "UNOD:3").text == "ą")
        #expect(try name([0xA4], "UNOL:3").text == "€")
        #expect(try name([0x80], "UNOC:3").text == "€")
        let utf8 = try name(Array("Müller".utf8), "UNOY:4")
        #expect(utf8.text == "Müller")
        #expect(!utf8.codes.contains("charset-differs"))
    }

    @Test func `UTF-8 under another name is read as UTF-8 and remarked`() throws {
        let n = try name(Array("Müller".utf8), "UNOC:3")
        #expect(n.text == "Müller")
        #expect(n.codes == ["charset-differs"])
        let wrong = try name([0x4D, 0xFC], "UNOY:3")
        #expect(wrong.text == "Mü")
        #expect(wrong.codes == ["charset-differs"])
    }

    @Test func `the digest form does not depend on delimiters and layout`() {
        let a = Transmission(Array(Samples.edifact().utf8))
        let b = Transmission(
            Array(
                (Samples.una.replacing("+", with: "^")
                    + Samples.edifact().replacing("+", with: "^").replacing("'", with: "'\r\n")).utf8))
        #expect(
            a.canonical(a.messages[0].segments, in: a.interchanges[0])
                == b.canonical(b.messages[0].segments, in: b.interchanges[0]))
    }
}
