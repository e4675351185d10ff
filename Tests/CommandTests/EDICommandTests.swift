import Foundation
import Testing
import Vocabulary

/// The commands about EDI files.
@Suite struct EDICommandTests {
    private static let drop = SampleDropTests.drop

    private static func expected(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Expected")
        return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test(arguments: ["outbound/piedmont/850_300118.x12", "inbound/songlam/DESADV_SLD-2207.edi"])
    func inspectShowsEverySegmentInWords(file: String) throws {
        let outcome = try Program.run(["inspect", "\(Self.drop)/\(file)"])
        #expect(outcome.status == 0)
        let name = (file as NSString).lastPathComponent.prefix { $0 != "." }
        let shown = outcome.out.components(separatedBy: "\n\n")[0] + "\n"
        #expect(try shown == Self.expected("inspect-\(name).txt"))
        // Behind it stand the events, as for every format.
        #expect(outcome.out.contains("  event "))
    }

    @Test func inspectShowsWhatIsWrongBelowItsSegment() throws {
        let scratch = try Scratch()
        let good = try text("\(Self.drop)/outbound/piedmont/850_300118.x12")
        try scratch.write(
            "bad.x12", good.replacing("REF*PR*PQ-5512~", with: "ZZZ*1~").replacing("*EA*6.40*", with: "*EA*x*"))
        let lines = try Program.run(["inspect", scratch.path("bad.x12")]).out.components(separatedBy: "\n")
        let foreign = try #require(lines.firstIndex { $0.contains("ZZZ") })
        #expect(lines[foreign + 1].contains("! warning segment-unknown"))
        let price = try #require(lines.firstIndex { $0.contains("PO1  ") })
        #expect(lines[price + 1].contains("! warning element-type"))
    }

    @Test func readCountsAndWritesTheSameWithAnyNumberOfThreads() throws {
        let scratch = try Scratch()
        let counted = try Program.run(["read", Self.drop, "--json"])
        let total = try JSON(parsing: Array(counted.out.utf8))["total"]
        for jobs in ["1", "3"] {
            let outcome = try Program.run(["read", Self.drop, "--out", scratch.path(jobs), "--jobs", jobs, "--json"])
            #expect(outcome.out == counted.out)
        }
        for name in ["documents.ndjson", "events.ndjson"] {
            let one = try text(scratch.path("1/\(name)"))
            #expect(try one == text(scratch.path("3/\(name)")))
            #expect(one.split(separator: "\n").count == total?[name.hasPrefix("d") ? "documents" : "events"]?.int)
        }
    }

    /// A file so long that it is read in stretches, told by what is known of its parts.
    @Test func longFilesAreReadInStretches() throws {
        let scratch = try Scratch()
        let one = try text("\(Self.drop)/outbound/piedmont/850_20260224.x12")
        let messages =
            one.components(separatedBy: "~ST*").count - 1
            + (one.contains("~\nST*") ? one.components(separatedBy: "~\nST*").count - 1 : 0)
        let times = 5_000_000 / one.utf8.count
        try scratch.write("long.x12", String(repeating: one, count: times))
        let outcome = try Program.run(["read", scratch.path("long.x12"), "--out", scratch.path("out"), "--json"])
        let total = try JSON(parsing: Array(outcome.out.utf8))["total"]
        #expect(total?["documents"]?.int == messages * times)
        let last = try #require(try text(scratch.path("out/documents.ndjson")).split(separator: "\n").last)
        let document = try JSON(parsing: Array(last.utf8))
        #expect(document["message"]?.int == messages * times)
        let span = document["span"]?.items.compactMap(\.int) ?? []
        #expect(span.count == 2 && span[0] > one.utf8.count * (times - 1))
    }

    @Test(arguments: ["read", "inspect", "run", "ack"])
    func aMessageBeyondThePolicysLimitIsCutOff(command: String) throws {
        let scratch = try Scratch()
        let order = try text("\(Self.drop)/outbound/piedmont/850_300118.x12")
        let note = "NTE*GEN*" + String(repeating: "as ordered ", count: 7) + "~"
        let notes = (1 << 20) / note.utf8.count
        let trailer = try #require(try order.firstMatch(of: Regex("SE\\*([0-9]+)\\*", as: (Substring, Substring).self)))
        let count = try #require(Int(trailer.output.1))
        let long = order.replacing("CTT*", with: String(repeating: note, count: notes) + "CTT*")
            .replacing(trailer.output.0, with: "SE*\(count + notes)*")
        try scratch.write("drop/long.x12", long)
        try scratch.write("policy.yaml", "edi: {message-mib: 1}\n")
        func cuts(_ policy: [String]) throws -> Bool {
            let file = scratch.path(command == "run" ? "drop" : "drop/long.x12")
            let out = command == "inspect" ? [] : ["--out", scratch.path("out")]
            let clock = ["run", "ack"].contains(command) ? ["--as-of", "2026-03-31T00:00:00Z"] : []
            let outcome = try Program.run([command, file, "--json"] + out + clock + policy)
            #expect(outcome.status == 0, "\(outcome.err)")
            // An acknowledgement says it by rejecting the transaction set.
            if command == "ack" { return outcome.out.contains(#""rejected":1"#) }
            let written = command == "inspect" ? outcome.out : try text(scratch.path("out/documents.ndjson"))
            return written.contains("message-too-large")
        }
        #expect(try cuts(["--policy", scratch.path("policy.yaml")]))
        #expect(try !cuts([]))
    }

    @Test func ackAnswersOnceAndCountsOn() throws {
        let scratch = try Scratch()
        let run = ["ack", "\(Self.drop)/inbound", "--out", scratch.path("out"), "--as-of", "2026-03-31T00:00:00Z"]
        let store = ["--store", scratch.path("ledger.db"), "--json"]
        func rows(_ outcome: Program.Outcome) throws -> [JSON] {
            #expect(outcome.status == 0, "\(outcome.err)")
            return try outcome.out.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        }
        let first = try rows(try Program.run(run + store))
        let files = first.compactMap { $0["acknowledgement"]?.string }
        #expect(!files.isEmpty)
        #expect(files.allSatisfy { FileManager.default.fileExists(atPath: scratch.path("out/\($0)")) })
        #expect(first.allSatisfy { $0["verdict"] == nil || $0["verdict"]?.string == "accepted" })
        // The copy of a ship notice is no second interchange.
        #expect(first.contains { $0["acknowledgedBefore"] != nil })
        let second = try rows(try Program.run(run + store))
        #expect(second.allSatisfy { $0["acknowledgement"] == nil })
        let piedmont = try files.filter { $0.contains("PIEDMONT") }.map { try text(scratch.path("out/\($0)")) }
        let numbers = piedmont.compactMap { $0.components(separatedBy: "*")[13] }
        #expect(Set(numbers).count == numbers.count)
    }

    @Test func ackNamesFilesItCannotRead() throws {
        let scratch = try Scratch()
        let drop = scratch.path("drop")
        try FileManager.default.createDirectory(atPath: drop, withIntermediateDirectories: true)
        #expect(mkfifo("\(drop)/pipe.edi", 0o600) == 0)
        let outcome = try Program.run([
            "ack", drop, "--out", scratch.path("out"), "--as-of", "2026-03-31T00:00:00Z", "--json",
        ])
        #expect(outcome.status == 0)
        #expect(outcome.out.contains("pipe.edi"))
        #expect(outcome.out.contains("the file cannot be read whole"))
    }

    @Test func unusablePathsAreToldWithStatusTwo() throws {
        for arguments in [
            ["read", "/nowhere"], ["ack", "/nowhere", "--out", "x"], ["read", Self.drop, "--jobs", "0"],
        ] {
            let outcome = try Program.run(arguments)
            #expect(outcome.status == 2)
            #expect(!outcome.err.isEmpty)
        }
    }
}
