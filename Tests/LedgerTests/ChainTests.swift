import GRDB
import Testing
import Vocabulary

@testable import Ledger

@Suite struct ChainTests {
    private func filled(_ scratch: Scratch) throws -> Ledger {
        let ledger = try Ledger(path: scratch.path("ledger.db"))
        try ledger.take((1...9).map { Samples.reading("in/\($0).x12", number: "\($0)") })
        try ledger.record(run: .object(["asOf": .string("2026-01-01T00:00:00Z")]), rows: []) { _ in }
        return ledger
    }

    @Test func aLedgerThatNobodyTouchedIsWhole() throws {
        let scratch = try Scratch()
        #expect(try filled(scratch).firstBrokenEntry() == nil)
    }

    @Test func entriesCanNeitherBeChangedNorDeleted() throws {
        let scratch = try Scratch()
        let ledger = try filled(scratch)
        for sql in ["UPDATE entry SET content = x'00' WHERE number = 3", "DELETE FROM entry WHERE number = 3"] {
            #expect(throws: DatabaseError.self) { try ledger.database.write { try $0.execute(sql: sql) } }
        }
    }

    @Test(arguments: [
        "UPDATE entry SET content = x'7b7d' WHERE number = 4",
        "DELETE FROM entry WHERE number = 4",
        "UPDATE entry SET subject = 'doc-another' WHERE number = 4",
    ])
    func whoeverGoesRoundTheTriggersIsFound(sql: String) throws {
        let scratch = try Scratch()
        let ledger = try filled(scratch)
        try ledger.database.write { db in
            try db.execute(sql: "DROP TRIGGER entry_is_never_changed")
            try db.execute(sql: "DROP TRIGGER entry_is_never_deleted")
            try db.execute(sql: sql)
        }
        let broken = try #require(try ledger.firstBrokenEntry())
        #expect([4, 5].contains(broken))
    }
}
