import Foundation
import Schemas
import Testing
import Vocabulary
import XMLReader

/// Samples of our own making beside what is expected of them: `NAME.xml` and `NAME.expected.ndjson`, a line for the
/// document and one for each event. `RECORD_SAMPLES=1 swift test` writes the expected files anew, to be read by eye.
@Suite("XML samples")
struct SampleTests {
    static let names = Ground.names(in: Ground.samples).filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }

    @Test("A sample gives the expected document and events", arguments: names)
    func sampleGivesWhatIsExpected(name: String) throws {
        let reader = try Ground.reader.get()
        let readings = reader.read(try Ground.sample(name), at: Locator(path: name + ".xml"), source: "sample")
        var lines: [String] = []
        for r in readings {
            guard case .object(var document) = r.document.json else { continue }
            for key in ["digest", "body", "source", "document"] { document[key] = nil }
            lines.append(JSON.object(document).text)
            lines += r.events.map(\.json.text)
        }
        let text = lines.joined(separator: "\n") + "\n"
        let file = Ground.samples.appendingPathComponent(name + ".expected.ndjson")
        if ProcessInfo.processInfo.environment["RECORD_SAMPLES"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected)
    }

    @Test("Every map has a sample with one of its roots")
    func everyMapHasASample() throws {
        let texts = try SampleTests.names.map { String(decoding: try Ground.sample($0), as: UTF8.self) }
        let maps = try XMLMaps(Ground.schemas)
        let without = maps.maps.filter { map in
            map.file != "maps/xml/named.yaml"
                && !map.recognise.roots.map({ maps.names[$0] }).contains { root in
                    texts.contains { $0.contains("<\(root)") || $0.contains(":\(root)") }
                }
        }
        #expect(without.map(\.file) == [])
    }
}
