import Testing
import Vocabulary

@testable import Ledger

@Suite struct ResultsTests {
    private func row(_ key: String, _ text: String, file: String = "links") -> ResultRow {
        ResultRow(file: file, key: key, content: JSON.object(["link": .string(key), "text": .string(text)]).bytes)
    }

    private func run(_ ledger: Ledger, _ rows: [ResultRow]) throws -> [Change] {
        var told: [Change] = []
        try ledger.record(run: .object([:]), rows: rows) { told = $0 }
        return told
    }

    @Test func aRunTellsWhatItAddedChangedAndWithdrew() throws {
        let scratch = try Scratch()
        let ledger = try Ledger(path: scratch.path("ledger.db"))
        #expect(try run(ledger, [row("a", "1"), row("b", "1")]).map(\.kind) == [.added, .added])
        #expect(try run(ledger, [row("b", "1"), row("a", "1")]).isEmpty)
        let changes = try run(ledger, [row("b", "2"), row("c", "1")])
        #expect(
            changes == [
                Change(.withdrawn, row("a", "1")), Change(.changed, row("b", "2")), Change(.added, row("c", "1")),
            ])
        #expect(try ledger.rows(of: "links").map { $0["text"]?.string } == ["2", "1"])
        #expect(try run(ledger, [row("a", "1"), row("b", "2"), row("c", "1")]) == [Change(.added, row("a", "1"))])
    }

    @Test func rowsOfTwoFilesWithOneKeyAreTwoRows() throws {
        let scratch = try Scratch()
        let ledger = try Ledger(path: scratch.path("ledger.db"))
        _ = try run(ledger, [row("a", "1"), row("a", "2", file: "entities")])
        let changes = try run(ledger, [row("a", "1")])
        #expect(changes == [Change(.withdrawn, row("a", "2", file: "entities"))])
    }

    @Test func whatCouldNotBePublishedIsToldAgain() throws {
        struct DiskIsFull: Error {}
        let scratch = try Scratch()
        let ledger = try Ledger(path: scratch.path("ledger.db"))
        _ = try run(ledger, [row("a", "1")])
        #expect(throws: LedgerFault.self) {
            try ledger.record(run: .object([:]), rows: [row("a", "2")]) { _ in throw DiskIsFull() }
        }
        #expect(try ledger.rows(of: "links").map { $0["text"]?.string } == ["1"])
        #expect(try run(ledger, [row("a", "2")]) == [Change(.changed, row("a", "2"))])
        #expect(try ledger.firstBrokenEntry() == nil)
    }

    @Test func theLastRunIsRemembered() throws {
        let scratch = try Scratch()
        let ledger = try Ledger(path: scratch.path("ledger.db"))
        #expect(try ledger.lastRun() == nil)
        try ledger.record(run: .object(["version": .string("1")]), rows: []) { _ in }
        try ledger.record(run: .object(["version": .string("2")]), rows: []) { _ in }
        #expect(try ledger.lastRun()?["version"]?.string == "2")
    }
}
