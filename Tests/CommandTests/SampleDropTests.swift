import Foundation
import Testing
import Vocabulary

/// The story of `samples/`: what the program writes is what lies in `samples/expected`.
///
/// After a change that is meant to change it, `RECORD_SAMPLES=1 swift test --filter SampleDropTests` writes the folder anew;
/// read the difference before committing it.
@Suite struct SampleDropTests {
    static let drop = Program.package + "/samples/drop"
    static let expected = Program.package + "/samples/expected"
    static let asOf = "2026-03-31T00:00:00Z"

    static func run(_ drop: String, _ out: String, _ more: [String] = []) throws -> Program.Outcome {
        try Program.run(["run", drop, "--out", out, "--as-of", asOf, "--quiet"] + more)
    }

    static func bytes(_ folder: String, _ name: String) -> [UInt8] {
        FileManager.default.contents(atPath: "\(folder)/\(name).ndjson").map(Array.init) ?? []
    }

    @Test func theStoryComesOutAsToldByteForByte() throws {
        let scratch = try Scratch()
        let outcome = try SampleDropTests.run(SampleDropTests.drop, scratch.path("out"))
        #expect(outcome.status == 0, "\(outcome.err)")
        let record = ProcessInfo.processInfo.environment["RECORD_SAMPLES"] != nil
        if record {
            try FileManager.default.createDirectory(atPath: SampleDropTests.expected, withIntermediateDirectories: true)
        }
        for name in RunTests.names {
            let written = scratch.bytes("out/\(name).ndjson")
            #expect(!written.isEmpty, "\(name) has rows")
            if record { try Data(written).write(to: URL(filePath: "\(SampleDropTests.expected)/\(name).ndjson")) }
            let same = written == SampleDropTests.bytes(SampleDropTests.expected, name)
            #expect(same, "\(name).ndjson differs from samples/expected")
        }
    }

    /// The codes of the table in `samples/README.md`, and no others.
    @Test func theStoryRaisesWhatItsTableSays() throws {
        var open: [String] = []
        for line in SampleDropTests.bytes(SampleDropTests.expected, "exceptions").split(separator: 10) {
            let row = try JSON(parsing: line)
            if row["status"]?.string == "open" { open.append(row["code"]?.string ?? "") }
        }
        #expect(
            open.sorted() == [
                "customs-document-missing", "delivery-short", "document-duplicate", "document-duplicate",
                "document-unreadable", "invoice-before-delivery", "invoice-price-variance", "supplier-delay",
            ])
    }

    /// Two companies use number 300121: no document hangs on both.
    @Test func theNumberOfTwoBuyersStaysTwoOrders() throws {
        var byDocument: [String: Set<String>] = [:]
        var orders: Set<String> = []
        for line in SampleDropTests.bytes(SampleDropTests.expected, "entities").split(separator: 10) {
            let row = try JSON(parsing: line)
            let numbers = (row["identifiers"]?.items ?? []).filter { $0["kind"]?.string == "purchase-order" }
            if numbers.contains(where: { $0["value"]?.string == "300121" }) {
                orders.insert(row["entity"]?.string ?? "")
            }
        }
        #expect(orders.count == 2)
        for line in SampleDropTests.bytes(SampleDropTests.expected, "links").split(separator: 10) {
            let row = try JSON(parsing: line)
            let entity = row["entity"]?.string ?? ""
            if orders.contains(entity) { byDocument[row["document"]?.string ?? "", default: []].insert(entity) }
        }
        #expect(byDocument.count > 10)
        #expect(byDocument.values.allSatisfy { $0.count == 1 })
    }
}
