import Foundation
import Schemas
import Testing

@testable import Pipeline

@Suite struct SchemaFolderTests {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    @Test func thePlacesGoFromTheInstalledOneUpwards() {
        let places = SchemaFolder.places(around: "/usr/local/bin/interline")
        #expect(
            places == [
                "/usr/local/share/interline/schemas", "/usr/local/bin/schemas", "/usr/local/schemas", "/usr/schemas",
                "/schemas",
            ])
        #expect(SchemaFolder.places(around: "/interline") == ["/share/interline/schemas", "/schemas"])
    }

    @Test func anOwnFileTakesThePlaceOfTheStandardOne() throws {
        let mine = FileManager.default.temporaryDirectory.appending(path: "interline-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: mine) }
        try FileManager.default.createDirectory(at: mine, withIntermediateDirectories: true)
        try Data("mine: 1\n".utf8).write(to: mine.appending(path: "words.yaml"))
        let executable = Self.package + "/.build/debug/interline"
        let standard = try SchemaFolder(given: nil, environment: nil, executable: executable)
        let laid = try SchemaFolder(given: mine.path, environment: nil, executable: executable)
        #expect(laid.folders == [Self.package + "/schemas", mine.path])
        #expect(laid.files.texts["words.yaml"] == "mine: 1\n")
        #expect(laid.files.texts["policy.yaml"] == standard.files.texts["policy.yaml"])
        #expect(laid.files.hash != standard.files.hash)
        #expect(standard.files.texts.keys.allSatisfy { !$0.hasPrefix("output/") })
    }

    @Test func everySchemaFileOfTheProgramCanBeUsed() throws {
        let folder = try SchemaFolder(given: Self.package + "/schemas", environment: nil, executable: "/x")
        #expect(SchemaCheck.faults(in: folder.files) == [])
    }

    @Test func faultsOfSeveralFilesAreAllNamed() {
        let faults = SchemaCheck.faults(in: SchemaFiles(["a.yaml": "x: [1", "b.yaml": "y: 1\ny: 2", "c.yaml": "z: 1"]))
        #expect(faults.filter { ["a.yaml", "b.yaml"].contains($0.file) }.map(\.file) == ["a.yaml", "b.yaml"])
        #expect(faults.contains { $0.file == "words.yaml" })
    }
}
