import CLibXML2
import Testing
import Vocabulary
import XMLReader

/// What is well-formed, compared with libxml2.
@Suite("Well-formed or not")
struct WellFormedTests {
    private static let pieces = [
        "<", ">", "&", "\"", "'", "/", "=", "]]>", "--", "<!--", "-->", "<?x ?>", "<![CDATA[", "&amp;", "&#65;",
        "&#x0;", "\r\n",
        " x=\"1\"", "<a/>", "</a>", ":", "xmlns:q=\"u\"", " ", "\u{1}", "é", "<a x='1' y='<'/>", "<a x='1' x='2'/>",
        "&b;", "<1/>",
        "<a b/>", "<a b=c/>", "<a><b></a></b>", "<!-- -- -->", "<a x='1'y='2'/>", "<?", "<!",
    ]

    @Test("A sample into which something was put is well-formed here where libxml2 says so, and only there")
    func agreesWithLibxml2() throws {
        xmlInitParser()
        let reader = try Ground.reader.get()
        var random = Seeded(state: 3)
        for name in SampleTests.names {
            let whole = try Ground.sample(name)
            let last = try #require(whole.lastIndex(of: UInt8(ascii: "<")))
            let first = try #require(whole.firstIndex(of: UInt8(ascii: ">"))) + 1
            let root = try #require(whole[first...].firstIndex(of: UInt8(ascii: ">"))) + 1
            for piece in WellFormedTests.pieces + WellFormedTests.pieces {
                var bytes = whole
                let at = Int.random(in: root...last, using: &random)
                bytes.insert(contentsOf: piece.utf8, at: at)
                // What is not UTF-8 is read as windows-1252, with a finding of its own.
                if String(validating: bytes, as: UTF8.self) == nil { continue }
                let readings = reader.read(bytes, at: Locator(path: "x"), source: "s")
                let codes = readings.flatMap { $0.document.findings.map(\.code) }
                let isWhole = !codes.contains("not-well-formed") && !codes.contains("truncated")
                #expect(isWhole == isWellFormed(bytes), "\(name) with \(piece): \(around(bytes, at))")
            }
        }
    }

    private func around(_ bytes: [UInt8], _ at: Int) -> String {
        String(decoding: bytes[max(0, at - 30)..<min(bytes.count, at + 30)], as: UTF8.self)
    }

    private func isWellFormed(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { raw in
            let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            guard
                let document = xmlReadMemory(
                    raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), nil, nil, Int32(options))
            else { return false }
            xmlFreeDoc(document)
            return true
        }
    }
}
