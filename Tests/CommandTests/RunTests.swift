import Foundation
import Testing
import Vocabulary

/// The program over a small drop: what it writes, and what it says.
@Suite struct RunTests {
    static let names = ["documents", "events", "entities", "links", "exceptions", "readiness"]

    private func run(_ scratch: Scratch, _ drop: String, _ out: String, _ more: [String] = []) throws -> Program.Outcome
    {
        let outcome = try Program.run(
            ["run", scratch.path(drop), "--out", scratch.path(out), "--as-of", "2026-03-01T00:00:00Z"] + more)
        #expect(outcome.status == 0, "\(outcome.err)")
        return outcome
    }

    private func rows(_ scratch: Scratch, _ file: String) throws -> [JSON] {
        try scratch.bytes(file).split(separator: UInt8(ascii: "\n")).map { try JSON(parsing: $0) }
    }

    /// The bytes of the six files.
    private func feed(_ scratch: Scratch, _ out: String) -> [[UInt8]] {
        Self.names.map { scratch.bytes("\(out)/\($0).ndjson") }
    }

    @Test func everyRowKeepsToItsSchema() throws {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "drop")
        _ = try run(scratch, "drop", "out")
        let schemas = try JSONSchema(folder: Program.package + "/schemas/output")
        for name in Self.names {
            for row in try rows(scratch, "out/\(name).ndjson") {
                #expect(schemas.faults(row, against: "\(name).schema.json") == [], "\(row.text)")
            }
        }
        let told = try JSON(parsing: scratch.bytes("out/run.json"))
        #expect(schemas.faults(told, against: "run.schema.json") == [])
    }

    @Test func everyFileIsAccountedFor() throws {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "drop")
        let outcome = try run(scratch, "drop", "out")
        let documents = try rows(scratch, "out/documents.ndjson")
        #expect(Set(documents.compactMap { $0["path"]?.string }) == Set(SmallDrop.files.map(\.name)))
        let counts = try JSON(parsing: scratch.bytes("out/run.json"))["counts"]
        #expect(counts?["files"]?.int == SmallDrop.files.count)
        #expect(counts?["documents"]?["total"]?.int == documents.count)
        guard case .object(let fates) = counts?["documents"]?["fate"] else { throw Missing() }
        #expect(fates.reduce(0) { $0 + ($1.value.int ?? 0) } == documents.count)
        #expect(fates["unknown"]?.int == 2)
        #expect(outcome.out.hasPrefix("\(documents.count) documents in \(SmallDrop.files.count) files"))
        // Nobody sits at a terminal: no bar, no colours.
        #expect(outcome.err.isEmpty)
        #expect(!outcome.out.contains("\u{1B}"))
    }

    @Test func twoRunsAndAnotherOrderOfFilesGiveTheSameBytes() throws {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "a")
        try FileManager.default.createDirectory(atPath: scratch.path("b"), withIntermediateDirectories: true)
        for f in SmallDrop.files.reversed() { try scratch.write("b/\(f.name)", f.text) }
        _ = try run(scratch, "a", "one")
        _ = try run(scratch, "a", "two")
        _ = try run(scratch, "b", "three")
        #expect(feed(scratch, "one") == feed(scratch, "two"))
        #expect(feed(scratch, "one") == feed(scratch, "three"))
        #expect(scratch.bytes("one/run.json") == scratch.bytes("two/run.json"))
        let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path("one"))
        #expect(Set(left) == Set(Self.names.map { $0 + ".ndjson" } + ["run.json"]))
    }

    @Test func aDropCutInTwoRunsGivesTheBytesOfOne() throws {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "whole")
        try SmallDrop.write(to: scratch, "first") { $0.hasPrefix("solder") || $0.hasPrefix("odd") }
        try SmallDrop.write(to: scratch, "second") { !$0.hasPrefix("solder") && !$0.hasPrefix("odd") }
        _ = try run(scratch, "whole", "one")
        let store = ["--store", scratch.path("ledger.db")]
        _ = try run(scratch, "first", "two", store)
        #expect(feed(scratch, "one") != feed(scratch, "two"))
        _ = try run(scratch, "second", "two", store)
        #expect(feed(scratch, "one") == feed(scratch, "two"))
    }

    @Test func onlyChangesAreToldWhereOneAsksForThem() throws {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "first") { $0.hasPrefix("north") }
        try SmallDrop.write(to: scratch, "whole")
        let store = ["--store", scratch.path("ledger.db"), "--changes"]
        _ = try run(scratch, "first", "out", store)
        #expect(try rows(scratch, "out/documents.ndjson").map { $0["change"]?.string } == ["added"])
        _ = try run(scratch, "first", "out", store)
        for name in Self.names { #expect(scratch.bytes("out/\(name).ndjson").isEmpty) }
        _ = try run(scratch, "whole", "out", store)
        let documents = try rows(scratch, "out/documents.ndjson")
        #expect(!documents.contains { $0["path"]?.string == "north/order.x12" && $0["change"]?.string == "added" })
        #expect(documents.count { $0["change"]?.string == "added" } == SmallDrop.files.count - 1)
        let schemas = try JSONSchema(folder: Program.package + "/schemas/output")
        for name in Self.names {
            for row in try rows(scratch, "out/\(name).ndjson") {
                #expect(schemas.faults(row, against: "\(name).schema.json") == [])
            }
        }
    }

    @Test func aRunThatWasKilledIsCompletedByTheNext() throws {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "drop")
        _ = try run(scratch, "drop", "one")
        for delay in [5, 20, 60, 120] {
            let process = Process()
            process.executableURL = URL(filePath: Program.path)
            process.arguments = [
                "run", scratch.path("drop"), "--out", scratch.path("two"), "--as-of", "2026-03-01T00:00:00Z", "--store",
                scratch.path("ledger.db"), "--quiet",
            ]
            try process.run()
            Thread.sleep(forTimeInterval: Double(delay) / 1000)
            process.terminate()
            process.waitUntilExit()
        }
        _ = try run(scratch, "drop", "two", ["--store", scratch.path("ledger.db")])
        #expect(feed(scratch, "one") == feed(scratch, "two"))
    }

    @Test func jsonPrintsWhatRunJsonHolds() throws {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "drop")
        let outcome = try run(scratch, "drop", "out", ["--json"])
        #expect(Array(outcome.out.utf8) == scratch.bytes("out/run.json"))
        #expect(try run(scratch, "drop", "out", ["--quiet"]).out.isEmpty)
    }
}

struct Missing: Error {}
