import EDIReader
import Foundation
import Schemas
import Testing
import Vocabulary

/// Partners' dialects over the shipped maps: `Samples/Dialects/850@ALDERGROVE.yaml` beside a message of that partner and
/// the reading it has to give.
@Suite struct DialectTests {
    static let folder = MapSampleTests.folder.appending(path: "Dialects")

    static func dialect(_ standard: String, _ name: String) throws -> SchemaFiles {
        SchemaFiles(["maps/\(standard)/\(name).yaml": try MapSampleTests.text(folder.appending(path: "\(name).yaml"))])
    }

    static func lines(_ files: SchemaFiles, _ message: String) throws -> [String] {
        var reader = try EDIReader(files)
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "\(message).edi")))
        return reader.read(bytes, at: Locator(path: "\(message).edi"), source: "")
            .map { MapSampleTests.comparable($0).json.text }
    }

    @Test(arguments: [("x12", "850", "ALDERGROVE"), ("edifact", "ORDERS", "4012345000009")])
    func `A partner's dialect reads that partner's messages over the shipped map`(
        _ standard: String, _ message: String, _ partner: String
    ) throws {
        let shipped = try MapSampleTests.files()
        let files = shipped.overlaid(with: try Self.dialect(standard, "\(message)@\(partner)"))
        #expect(try EDIMaps(files).checkAll().isEmpty)
        let expected = try MapSampleTests.text(Self.folder.appending(path: "\(message).expected.ndjson"))
        #expect(try Self.lines(files, message) == expected.split(separator: "\n").map(String.init))
        #expect(try Self.lines(shipped, message) != expected.split(separator: "\n").map(String.init))
    }
}
