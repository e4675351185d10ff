import EDIReader
import Foundation
import Schemas
import Testing
import Vocabulary

@Suite struct BrokenFileTests {
    @Test func `every beginning of a file gives readings that name their status`() throws {
        var reader = try MapLanguageTests.reader(MapLanguageTests.order)
        let whole = MapLanguageTests.x12(["BEG*00*SA*1**20260130", "PO1*1*10*EA*1", "CTT*1"])
        for n in 0..<whole.count {
            let all = reader.read(Array(whole.prefix(n)), at: Locator(path: "a"), source: "0")
            #expect(!all.isEmpty)
            for r in all { #expect(Reading(json: r.json) == r) }
        }
    }

    @Test func `a file without any message is one unreadable document`() throws {
        var reader = try MapLanguageTests.reader(MapLanguageTests.order)
        let r = reader.read(Array("UNB+UNOC:3+A+B+260131:1005+R1'UNZ+0+R1'".utf8), at: Locator(path: "a"), source: "0")
        #expect(r.count == 1)
        #expect(r[0].document.type == "unknown")
        #expect(r[0].document.format == .edifact)
        #expect(r[0].document.status == .rejected)
        #expect(r[0].document.findings.last?.code == "no-message")
    }

    @Test func `a segment of more elements than a place can count is read as far as it goes`() throws {
        var reader = try MapLanguageTests.reader(MapLanguageTests.order)
        let pairs = String(repeating: "VP*A1*", count: 40_000)
        let r = reader.read(
            MapLanguageTests.x12(["BEG*00*SA*1**20260130", "PO1*1*10*EA*1**" + pairs + "UP*1", "CTT*1"]),
            at: Locator(path: "a"), source: "0")
        #expect(r.map(\.document.type) == ["850"])
        #expect(r[0].events.count == 1)
    }

    @Test func `messages are numbered through all interchanges of a file`() throws {
        var reader = try MapLanguageTests.reader(MapLanguageTests.order)
        let one = MapLanguageTests.x12(["BEG*00*SA*1**20260130"])
        let r = reader.read(one + Array("\nnoise\n".utf8) + one, at: Locator(path: "a"), source: "0")
        #expect(r.map(\.document.locator.message) == [1, 2])
        #expect(r.map(\.document.status) == [.accepted, .accepted])
    }

    static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/corpora/edi"
    ).standardizedFileURL

    @Test(.enabled(if: FileManager.default.fileExists(atPath: corpus.path()), "no corpora beside the checkout"))
    func `every file of the corpora is read to its end`() throws {
        var reader = try EDIReader(try MapSampleTests.files())
        let files =
            FileManager.default.enumerator(at: Self.corpus, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
            ?? []
        for f in files {
            guard let d = try? Data(contentsOf: f), d.count < 200_000 else { continue }
            #expect(!reader.read([UInt8](d), at: Locator(path: f.lastPathComponent), source: "0").isEmpty)
        }
    }
}
