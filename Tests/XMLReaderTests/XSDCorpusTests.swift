import Foundation
import Testing
import Vocabulary
import XMLReader

/// The official schemas and filings that stand beside the package on a developer's machine. They are not ours to ship.
@Suite("Official schemas on real filings")
struct XSDCorpusTests {
    private static let folder = Ground.package.deletingLastPathComponent().appendingPathComponent(
        "shared/reference/xsd")
    private static let isThere = Ground.hasCorpus && FileManager.default.fileExists(atPath: folder.path)

    private static func sets() throws -> XSDSets {
        var files: [String: [UInt8]] = [:]
        let root = folder.resolvingSymlinksInPath()
        for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) where path.hasSuffix(".xsd") {
            files[path] = try Ground.bytes(root.appendingPathComponent(path))
        }
        return XSDSets(files, name: "xsd")
    }

    /// `ncts-p6` → `valid` or `invalid:3`, from the words of a verdict.
    private func verdict(_ findings: [Finding]) -> [String: String] {
        guard let f = findings.first(where: { ["schema-valid", "schema-invalid"].contains($0.code) }) else {
            return [:]
        }
        var all: [String: String] = [:]
        let parts = f.message.split(separator: ", not under ")
        if f.code == "schema-valid" {
            let words = parts[0].dropFirst("The document is valid under ".count)
            for set in words.replacing(" and ", with: ", ").split(separator: ", ") {
                all[set.hasSuffix(".") ? String(set.dropLast()) : String(set)] = "valid"
            }
        }
        for m in f.message.matches(of: /([\w.-]+) \((\d+) errors?\)/) { all[String(m.1)] = "invalid:\(m.2)" }
        return all
    }

    @Test(
        "Every verdict is that of xmllint, to the number of errors",
        .enabled(if: isThere, "the official schemas and the corpus are not beside the package"))
    func verdictsAgreeWithXmllint() throws {
        var reader = try Ground.reader.get()
        reader.xsd = try Self.sets()
        let table = try String(contentsOf: Ground.corpus.appendingPathComponent("INVENTORY.tsv"), encoding: .utf8)
        var counts: [String: Int] = [:]
        var differing: [String] = []
        for row in table.split(separator: "\n").dropFirst() {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 7, cells[1].lowercased().hasSuffix(".xml"), cells[6].contains("=") else { continue }
            let bytes = try Ground.bytes(Ground.corpus.appendingPathComponent(cells[0] + "/" + cells[1]))
            let readings = reader.read(bytes, at: Locator(path: cells[1]), source: "s")
            let codes = Set(readings.flatMap(\.document.findings).map(\.code))
            if !codes.isDisjoint(with: ["doctype-refused", "compressed"]) { continue }
            let ours = verdict(readings.first?.document.findings ?? [])
            var theirs: [String: String] = [:]
            for part in cells[6].split(separator: ";") {
                let pair = part.split(separator: "=").map(String.init)
                // The table was made with a schema for declarations alone.
                theirs[pair[0] == "cds-dec" ? "cds" : pair[0]] = pair[1]
            }
            if ours != theirs { differing.append("\(cells[1]): \(ours), xmllint \(theirs)") }
            for (set, what) in ours where what == "valid" { counts["\(cells[0]) \(set)", default: 0] += 1 }
        }
        #expect(differing == [])
        #expect(counts["cds cds"] == 99)
        #expect(counts["ncts ncts-p5-final"] == 34)
        #expect(counts["ncts ncts-p6"] == 24)
        #expect(counts["ubl ubl-2.4"] == 57)
        #expect(counts["cii cii-d16b"] == 22)
    }
}
