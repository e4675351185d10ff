import Foundation
import Schemas
import Vocabulary
import XMLReader

/// Where the tests find the package, its schemas and the shared ground beside it.
enum Ground {
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Samples")
    static let corpus = package.deletingLastPathComponent().appendingPathComponent("shared/corpora/customs")
    static let hasCorpus = FileManager.default.fileExists(atPath: corpus.path)

    /// The words and the XML maps, read once.
    static let schemas: SchemaFiles = {
        var texts: [String: String] = [:]
        let folder = package.appendingPathComponent("schemas")
        for path in ["words.yaml"] + names(in: folder.appendingPathComponent("maps/xml")).map({ "maps/xml/" + $0 }) {
            texts[path] = try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
        }
        return SchemaFiles(texts)
    }()

    /// A reader with the maps in place; loading them takes longer than reading.
    static let reader = Result { try XMLReader(schemas) }

    static func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    static func bytes(_ file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }
    static func sample(_ name: String) throws -> [UInt8] { try bytes(samples.appendingPathComponent(name + ".xml")) }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
