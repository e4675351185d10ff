import Foundation
import Testing
import Vocabulary
import XMLReader

/// Real filings, read where the corpus stands beside the package and compared with what is recorded of them in `Goldens`.
/// `RECORD_GOLDENS=1 swift test` writes `corpus.tsv` and `broken.tsv` anew, to be read by eye; `facts.tsv` was written from
/// the filings themselves and is never recorded.
@Suite(
    "Real and damaged filings", .enabled(if: Ground.hasCorpus, "the corpus is not beside the package"))
struct CorpusTests {
    static let families = ["asycuda", "cds", "cii", "ics2", "ncts", "ubl"]

    private func readings(_ family: String) throws -> [(file: String, readings: [Reading])] {
        let reader = try Ground.reader.get()
        let folder = Ground.corpus.appendingPathComponent(family)
        return try Ground.names(in: folder).filter { $0.lowercased().hasSuffix(".xml") }.map { name in
            let bytes = try Ground.bytes(folder.appendingPathComponent(name))
            return (family + "/" + name, reader.read(bytes, at: Locator(path: name), source: "s"))
        }
    }

    @Test("Every filing is identified by family, message and version, and gives the recorded events")
    func filingsAreIdentified() throws {
        var rows = ["file\tmessage\ttype\tversion\tstatus\tevents\tfindings"]
        for family in CorpusTests.families {
            for (file, list) in try readings(family) {
                for (i, r) in list.enumerated() {
                    rows.append(
                        [
                            file, String(i + 1), r.document.type, r.document.version ?? "-",
                            r.document.status.rawValue, r.events.map(\.type).joined(separator: " "),
                            String(r.document.findings.count),
                        ].joined(separator: "\t"))
                }
            }
        }
        #expect(try Goldens.agrees(rows, with: "corpus.tsv"))
    }

    @Test("What the inventory lists as well formed is of a type of its family, one root always of the same type")
    func inventoryAgrees() throws {
        let types: [String: Set<String>] = [
            "asycuda": ["customs-declaration"],
            "cds": ["customs-declaration", "customs-response", "customs-movement"],
            "ics2": ["entry-summary", "customs-response"],
            "ncts": ["transit-declaration", "transit-arrival", "customs-response"], "cii": ["invoice"],
        ]
        let rows = try Goldens.rows("corpus.tsv")
        var byFile: [String: [[String]]] = [:]
        for row in rows.dropFirst() { byFile[row[0], default: []].append(row) }
        var byRoot: [String: Set<String>] = [:]
        for row in try Goldens.rows(Ground.corpus.appendingPathComponent("INVENTORY.tsv")).dropFirst()
        where row[2] == "yes" && CorpusTests.families.contains(row[0]) && row[1].lowercased().hasSuffix(".xml") {
            let found = byFile["\(row[0])/\(row[1])"] ?? []
            #expect(!found.isEmpty, "\(row[1]) is not among the goldens")
            for f in found {
                if let allowed = types[row[0]] { #expect(allowed.contains(f[2]), "\(row[1]) is \(f[2])") }
                if !["MetaData", "response"].contains(row[4]) { byRoot[row[4], default: []].insert(f[2]) }
                // The messages of the Union's systems are numbered alike: CC015C, CC315A.
                if row[0] == "ics2", row[4].hasPrefix("CC"), f[3] != row[4] { Issue.record("\(row[1]) is \(f[3])") }
                if row[0] == "ncts" { #expect(f[3].hasPrefix("NCTS")) }
            }
        }
        for (root, found) in byRoot { #expect(found.count == 1, "\(root) is \(found.sorted())") }
        #expect(byRoot.count > 40)
    }

    @Test("A damaged filing gets the finding that says what is wrong with it")
    func damagedFilingsAreNamed() throws {
        var rows = ["file\ttype\tstatus\tevents\tfindings"]
        for (file, list) in try readings("broken") {
            for r in list {
                rows.append(
                    [
                        file, r.document.type, r.document.status.rawValue,
                        r.events.map(\.type).joined(separator: " "),
                        r.document.findings.map { "\($0.severity.rawValue):\($0.code)" }.joined(separator: " "),
                    ].joined(separator: "\t"))
            }
        }
        #expect(try Goldens.agrees(rows, with: "broken.tsv"))
    }

    @Test("No filing that its authority's schema accepts is blocked, but two changes that name neither LRN nor MRN")
    func validFilingsAreNotBlocked() throws {
        var blocked: Set<String> = []
        var valid = 0
        let accepted = try Goldens.rows(Ground.corpus.appendingPathComponent("INVENTORY.tsv")).filter {
            $0.last?.contains("=valid") == true
        }.map { "\($0[0])/\($0[1])" }
        for family in CorpusTests.families {
            for (file, list) in try readings(family) where accepted.contains(file) {
                valid += 1
                for r in list where r.document.findings.contains(where: { $0.severity == .critical }) {
                    blocked.insert(file)
                }
            }
        }
        #expect(valid > 100)
        #expect(blocked == ["ncts/cc013c-invalid-no-mrn-lrn.xml", "ncts/cc014c-valid.xml"])
    }

    @Test("Facts that were taken from the filings by other means are read as they are")
    func factsAreRead() throws {
        var missing: [String] = []
        var files: Set<String> = []
        let reader = try Ground.reader.get()
        var known: [String: Set<String>] = [:]
        for row in try Goldens.rows("facts.tsv").dropFirst() {
            if known[row[0]] == nil {
                let bytes = try Ground.bytes(Ground.corpus.appendingPathComponent(row[0]))
                let list = reader.read(bytes, at: Locator(path: row[0]), source: "s")
                known[row[0]] = list.reduce(into: []) { $0.formUnion(Goldens.facts(of: $1)) }
            }
            files.insert(row[0])
            if known[row[0]]?.contains("\(row[1]) \(row[2])") != true { missing.append(row.joined(separator: " | ")) }
        }
        #expect(missing.isEmpty)
        #expect(files.count >= 40)
    }
}
