import EDIReader
import Foundation
import Schemas
import Testing
import Vocabulary

/// The broken and the odd files of the corpora, each with what a tolerant reader has to make of it
/// (`broken/synthetic/EXPECTED.tsv`: file, verdict, transactions, what it is about).
@Suite struct VerdictTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var file: String
        var verdict: String
        var transactions: Int
        var testDescription: String { "\(file): \(verdict)" }
    }

    static let folder = BrokenFileTests.corpus.appending(path: "broken/synthetic")

    static var cases: [Case] {
        guard let text = try? MapSampleTests.text(folder.appending(path: "EXPECTED.tsv")) else { return [] }
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 3, let n = Int(cells[2]) else { return nil }
            return Case(file: cells[0], verdict: cells[1], transactions: n)
        }
    }

    /// Where our contract is stricter than the table: a message whose own trailer contradicts it may have lost segments
    /// on the way, and a partner's acknowledgement would reject it too (X12.56 and UN/EDIFACT CONTRL).
    static let stricter: [String: String] = [
        "x12-se-count.edi": "SE01 does not count what is there",
        "x12-se-ctl-mismatch.edi": "SE02 is not ST02",
        "edifact-unt-count.edi": "UNT 0074 does not count what is there",
    ]

    /// The table counts what stands here, and all messages elsewhere (`edifact-bad-middle.edi`); we count all.
    static let counted: [String: Int] = ["x12-bad-middle.edi": 3]

    @Test(.enabled(if: !cases.isEmpty, "no corpora beside the checkout"))
    func `the table is read whole`() {
        #expect(Self.cases.count == 69)
        let names = Set(Self.cases.map(\.file))
        #expect(names.isSuperset(of: Self.stricter.keys))
        #expect(names.isSuperset(of: Self.counted.keys))
    }

    @Test(.enabled(if: !cases.isEmpty, "no corpora beside the checkout"), arguments: cases)
    func `a file is taken as the table says`(_ c: Case) throws {
        var reader = try EDIReader(try MapSampleTests.files())
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: c.file)))
        let documents = reader.read(bytes, at: Locator(path: c.file), source: "").map(\.document)
        // A TA1 is a document of its own, but no transaction set.
        #expect(documents.filter { $0.type != "TA1" }.count == Self.counted[c.file] ?? c.transactions)
        verdict(c, documents)
    }

    private func verdict(_ c: Case, _ documents: [Document]) {
        let rejected = documents.filter { $0.status == .rejected }
        let findings = documents.flatMap(\.findings)
        if let why = Self.stricter[c.file] {
            #expect(rejected.count == documents.count, "\(why)")
            return
        }
        switch c.verdict {
        case "accept":
            #expect(findings.allSatisfy { $0.severity == .info }, "\(findings.map(\.code))")
        case "accept+warn":
            #expect(rejected.isEmpty, "\(findings.map(\.code))")
            #expect(!findings.isEmpty)
        case "partial":
            // The file as a whole is not lost: what is damaged is delivered as rejected and says why.
            #expect(!rejected.isEmpty)
            #expect(rejected.allSatisfy { $0.findings.contains { $0.severity == .critical } })
            #expect(rejected.count == 1)
        case "reject":
            #expect(rejected.count == documents.count)
        default:
            Issue.record("unknown verdict \(c.verdict)")
        }
    }
}
