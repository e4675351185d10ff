import Foundation
import Testing
import Vocabulary

@testable import Intake

/// Real PDFs and pictures, read with the real worker where the corpus stands beside the package. What becomes of each stands in
/// `Goldens/papers.tsv`; `RECORD_GOLDENS=1 swift test --filter papers` writes it anew, to be read by eye.
@Suite(
    .enabled(if: Ground.hasWorker, "interline-reader is not built"),
    .enabled(if: PaperCorpus.files != nil, "../shared/corpora/pdf is not there"))
struct `The corpus of papers` {
    /// Each file gives documents or a refusal that says why, and none takes the program with it.
    @Test func `ends in documents or named refusals`() throws {
        let readings = try PaperCorpus.read()
        let files = Set(PaperCorpus.files ?? [])
        #expect(Set(readings.map { String($0.document.locator.path.split(separator: "!")[0]) }) == files)
        for d in readings.map(\.document) where d.type == "unknown" {
            #expect(!d.findings.isEmpty, "\(d.locator)")
            #expect(d.findings.allSatisfy { !$0.code.isEmpty && !$0.message.isEmpty }, "\(d.locator)")
        }
        let rows = Set(readings.map { PaperCorpus.row($0.document) }).sorted()
        if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil { try PaperCorpus.record(rows) }
        let known = try PaperCorpus.golden()
        #expect(rows.filter { !known.contains($0) } == [])
        #expect(known.filter { !rows.contains($0) } == [])
    }
}

enum PaperCorpus {
    private static let folder = Ground.root.deletingLastPathComponent().appendingPathComponent("shared/corpora/pdf")
    private static let file = Ground.root.appendingPathComponent("Tests/IntakeTests/Goldens/papers.tsv")
    private static let head = "document\toutcome\ttype\tfindings\n"

    /// Names of the papers; the labels and lists beside them are none. Nil where the corpus is not there.
    static let files: [String]? = try? FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        ["pdf", "jpg", "png"].contains(($0 as NSString).pathExtension)
    }

    static func read() throws -> [Reading] {
        let drop = try Folder()
        for name in files ?? [] {
            try FileManager.default.copyItem(
                atPath: folder.appendingPathComponent(name).path, toPath: drop.path + "/" + name)
        }
        return try Intake(Ground.allSchemas, reader: Ground.worker).read(drop: drop.path)
    }

    /// Of a page that was recognised only that is pinned: what is made of its words is for the tests of recognition.
    static func row(_ d: Document) -> String {
        let own = d.locator.path
        if d.findings.contains(where: { $0.code == "recognised" }) {
            return [own, "recognised", "", ""].joined(separator: "\t")
        }
        let outcome = d.status == .rejected ? "refused" : d.type == "unknown" ? "unknown" : "read"
        let pages = d.locator.pages.map { "#\($0[0])-\($0[1])" } ?? ""
        let codes = Set(d.findings.map(\.code)).sorted().joined(separator: " ")
        return [own + pages, outcome, d.type, codes].joined(separator: "\t")
    }

    static func golden() throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map(String.init)
    }

    static func record(_ rows: [String]) throws {
        try (head + rows.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
    }
}
