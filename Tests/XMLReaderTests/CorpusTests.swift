import Foundation
import Testing
import Vocabulary
import XMLReader

@Suite("Real and damaged filings")
struct CorpusTests {
    @Test(
        "Every well-formed filing of the corpus is recognised, every damaged one gets a finding",
        .enabled(if: Ground.hasCorpus, "the corpus is not beside the package"))
    func corpusIsRead() throws {
        let reader = try Ground.reader.get()
        var unknown: [String] = []
        for family in ["asycuda", "cds", "cii", "ics2", "ncts", "ubl", "broken"] {
            let folder = Ground.corpus.appendingPathComponent(family)
            for name in Ground.names(in: folder) where name.lowercased().hasSuffix(".xml") {
                let readings = reader.read(
                    try Ground.bytes(folder.appendingPathComponent(name)), at: Locator(path: name), source: "s")
                #expect(!readings.isEmpty)
                for r in readings where r.document.type == "unknown" {
                    #expect(!r.document.findings.isEmpty)
                    if family != "broken" { unknown.append(name) }
                }
            }
        }
        #expect(unknown == ["UBL-Invoice-2.0-Detached-Signature.xml"])
    }
}
