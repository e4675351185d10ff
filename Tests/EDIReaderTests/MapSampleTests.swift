import EDI
import EDIReader
import Foundation
import Schemas
import Testing
import Vocabulary

/// A message of our own beside the reading it has to give, for every map: `Samples/850.edi` and
/// `Samples/850.expected.ndjson`, a reading a line.
@Suite struct MapSampleTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples")
    static let schemas = folder.appending(path: "../../../schemas").standardizedFileURL

    static var samples: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".edi") }.map { String($0.dropLast(4)) }.sorted()
    }

    static var maps: [String] {
        ["x12", "edifact"].flatMap { standard in
            let path = schemas.appending(path: "maps/\(standard)").path()
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            return names.filter { $0.hasSuffix(".yaml") && $0 != "common.yaml" && !$0.contains("@") }
                .map { String($0.dropLast(5)) }
        }.sorted()
    }

    static func files() throws -> SchemaFiles {
        var texts: [String: String] = [:]
        for path in ["words.yaml", "maps/envelope.yaml"] { texts[path] = try text(schemas.appending(path: path)) }
        for standard in ["x12", "edifact"] {
            let below = schemas.appending(path: "maps/\(standard)")
            for name in try FileManager.default.contentsOfDirectory(atPath: below.path()) {
                texts["maps/\(standard)/\(name)"] = try text(below.appending(path: name))
            }
        }
        for standard in ["x12", "edifact"] {
            for name in ["messages", "segments", "composites", "elements", "codes"] {
                let path = "structures/\(standard)/\(name).txt"
                texts[path] = try text(schemas.appending(path: path))
            }
        }
        return SchemaFiles(texts)
    }

    static func text(_ url: URL) throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }

    /// Digests and byte spans say nothing of a map; they are left out of the comparison.
    static func comparable(_ reading: Reading) -> Reading {
        var r = reading
        r.document.source = ""
        r.document.digest = ""
        r.document.body = ""
        r.document.span = nil
        return r
    }

    @Test(arguments: samples) func `A sample gives the reading beside it`(_ name: String) throws {
        var reader = try EDIReader(try Self.files())
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: "\(name).edi")))
        let readings = reader.read(bytes, at: Locator(path: "\(name).edi"), source: "").map(Self.comparable)
        let lines = try Self.text(Self.folder.appending(path: "\(name).expected.ndjson")).split(separator: "\n")
        #expect(readings.count == lines.count)
        for (reading, line) in zip(readings, lines) {
            #expect(reading.json.text == String(line))
            #expect(reading.document.status == .accepted)
        }
    }

    /// A sample that breaks the standard would have the map read what nobody sends.
    @Test(arguments: samples) func `A sample keeps to its structure`(_ name: String) throws {
        let t = Transmission([UInt8](try Data(contentsOf: Self.folder.appending(path: "\(name).edi"))))
        var structures = Structures(try Self.files())
        let findings = try structures.findings(t).filter { $0.severity != .info }
        #expect(findings.isEmpty)
    }

    @Test func `Every map has a sample`() {
        #expect(Set(Self.maps).subtracting(Self.samples).isEmpty)
        #expect(!Self.maps.isEmpty)
    }

    @Test func `No map is at fault`() throws {
        #expect(try EDIMaps(try Self.files()).checkAll().isEmpty)
    }
}
