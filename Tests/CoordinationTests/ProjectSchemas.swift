import Foundation

@testable import Schemas

/// The project's own `schemas/` folder, for tests.
enum ProjectSchemas {
    static func files(_ here: String = #filePath) throws -> SchemaFiles {
        let root = URL(filePath: here).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let base = root.appending(path: "schemas").resolvingSymlinksInPath().path + "/"
        var texts: [String: String] = [:]
        let walk = FileManager.default.enumerator(atPath: base)
        while let path = walk?.nextObject() as? String {
            guard path.hasSuffix(".yaml") || path.hasSuffix(".tsv") else { continue }
            texts[path] = try String(contentsOfFile: base + path, encoding: .utf8)
        }
        return SchemaFiles(texts)
    }
}
