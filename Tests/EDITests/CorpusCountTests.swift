import EDI
import Foundation
import Testing

/// What every file of the corpora holds, as numbers: interchanges, messages and findings by code, one file a line in
/// `Goldens/corpus-counts.tsv`. A change of the engine shows here before it shows in a message.
///
/// After a change that is meant, `INTERLINE_WRITE_GOLDENS=1 swift test --filter CorpusCountTests` writes the table anew;
/// its difference belongs into the same commit.
@Suite struct CorpusCountTests {
    static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/corpora/edi"
    ).standardizedFileURL
    static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Goldens/corpus-counts.tsv")
    static let header = "file\tinterchanges\tmessages\tfindings"

    static var hasCorpus: Bool { FileManager.default.fileExists(atPath: corpus.path()) }
    static var isWriting: Bool { ProcessInfo.processInfo.environment["INTERLINE_WRITE_GOLDENS"] == "1" }

    /// Files that hold EDI, relative to the corpus, sorted; what describes them is left out.
    static func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: corpus.path()).filter { name in
            var isFolder: ObjCBool = false
            let path = corpus.appending(path: name).path()
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
                && !name.hasSuffix(".md") && !name.hasSuffix(".tsv")
        }.sorted()
    }

    /// The one place that reads a file: interchanges, messages, findings by code.
    static func counts(_ bytes: [UInt8]) -> String {
        let t = Transmission(bytes)
        let codes = Dictionary(grouping: t.findings, by: \.code).map { "\($0.key):\($0.value.count)" }.sorted()
        return "\(t.interchanges.count)\t\(t.messages.count)\t\(codes.joined(separator: " "))"
    }

    @Test(.enabled(if: hasCorpus, "no corpora beside the checkout"))
    func `every file of the corpora holds what it held`() throws {
        let rows = try Self.files().map { name in
            let bytes = [UInt8](try Data(contentsOf: Self.corpus.appending(path: name)))
            return "\(name)\t\(Self.counts(bytes))"
        }
        #expect(rows.count > 200)
        if Self.isWriting {
            let text = ([Self.header] + rows).joined(separator: "\n") + "\n"
            try Data(text.utf8).write(to: Self.golden)
        }
        let text = String(decoding: try Data(contentsOf: Self.golden), as: UTF8.self)
        let expected = text.split(separator: "\n").dropFirst().map(String.init)
        let changed = rows.filter { !Set(expected).contains($0) }
        let gone = expected.filter { !Set(rows).contains($0) }
        #expect(changed.isEmpty, "now:\n\(changed.joined(separator: "\n"))\nbefore:\n\(gone.joined(separator: "\n"))")
        #expect(gone.isEmpty)
    }
}
