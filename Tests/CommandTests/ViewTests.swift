import Foundation
import Testing
import Vocabulary

/// The commands that look at a run.
@Suite struct ViewTests {
    /// One run for all views, with its ledger.
    private static let looked = Result<Scratch, any Error> {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "drop")
        let run = ["run", scratch.path("drop"), "--as-of", "2026-03-01T00:00:00Z", "--quiet"]
        let places = ["--out", scratch.path("out"), "--store", scratch.path("ledger.db")]
        #expect(try Program.run(run + places).status == 0)
        return scratch
    }

    /// Looks at the run both ways.
    private func look(_ body: (Scratch, [String]) throws -> Void) throws {
        let scratch = try Self.looked.get()
        try body(scratch, ["--out", scratch.path("out")])
        try body(scratch, ["--store", scratch.path("ledger.db")])
    }

    private func show(_ arguments: [String]) throws -> String {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 0, "\(outcome.err)")
        return outcome.out
    }

    @Test func ordersAreNamedAsPrinted() throws {
        try look { _, place in
            let text = try show(["orders"] + place)
            #expect(text.contains("order 00045"))
            #expect(text.contains("order PU-77810"))
            #expect(!text.contains("po-"))
        }
    }

    @Test func aPrintedNumberLeadsToTheBytes() throws {
        try look { _, place in
            let text = try show(["explain", "00045"] + place)
            #expect(text.contains("> BEG*00*SA*00045**20260105"))
            #expect(text.contains("north/order.x12"))
        }
    }

    @Test func everyIdThatARunWritesCanBeExplained() throws {
        try look { scratch, place in
            for (file, key) in [
                ("exceptions", "exception"), ("links", "link"), ("events", "id"), ("documents", "document"),
            ] {
                let first = scratch.bytes("out/\(file).ndjson").split(separator: UInt8(ascii: "\n")).first
                let id = try #require(try first.map { try JSON(parsing: $0) }?[key]?.string)
                #expect(try show(["explain", id] + place).contains(id))
            }
            let outcome = try Program.run(["explain", "no-such-thing"] + place)
            #expect(outcome.status == 2)
            #expect(outcome.err.contains("nothing here is called no-such-thing"))
        }
    }

    @Test func exceptionsAsJSONAreRowsOfTheFile() throws {
        try look { scratch, place in
            let file = Set(
                String(decoding: scratch.bytes("out/exceptions.ndjson"), as: UTF8.self).split(separator: "\n"))
            let all = try show(["exceptions", "--all", "--json"] + place).split(separator: "\n")
            #expect(Set(all) == file)
            #expect(all.count == file.count)
            let shown = try show(["exceptions", "--json"] + place).split(separator: "\n")
            for line in shown {
                let row = try JSON(parsing: Array(line.utf8))
                #expect(row["status"]?.string == "open")
                #expect(row["severity"]?.string != "info")
            }
            #expect(shown.count < all.count || !all.isEmpty)
        }
    }

    @Test func csvKeepsEveryFieldInQuotes() throws {
        try look { _, place in
            let lines = try show(["orders", "--csv"] + place).split(separator: "\r\n")
            #expect(lines.count == 3)
            #expect(lines.allSatisfy { $0.hasPrefix("\"") && $0.hasSuffix("\"") })
            #expect(lines.contains { $0.hasPrefix("\"order 00045\",") })
        }
    }

    @Test func inspectShowsFactsWithTheSegmentTheyStandIn() throws {
        let scratch = try Scratch()
        try SmallDrop.write(to: scratch, "drop")
        let text = try show(["inspect", scratch.path("drop/north/order.x12")])
        #expect(text.hasPrefix("ISA  Interchange: from NORTHWINDCO (ZZ)"))
        #expect(text.contains("\norder.x12, message 1: x12 850 004010"))
        #expect(text.contains("event order.issued"))
        #expect(text.contains("reference purchase-order: 00045"))
        #expect(text.contains("> PO1*1*100*EA*4.50**BP*KET-1*VP*S-778"))
        let json = try show(["inspect", "--json", scratch.path("drop/north/order.x12")])
        #expect(try Reading(json: JSON(parsing: Array(json.utf8)))?.document.number == "00045")
    }
}
