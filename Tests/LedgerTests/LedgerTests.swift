import Testing
import Vocabulary

@testable import Ledger

@Suite struct LedgerTests {
    @Test func takingTheSameReadingsAgainAddsNothing() throws {
        let scratch = try Scratch()
        let ledger = try Ledger(path: scratch.path("ledger.db"))
        let readings = (1...20).map { Samples.reading("in/\($0).x12", number: "4500\($0)") }
        #expect(try ledger.take(readings).added == 20)
        #expect(try ledger.take(readings).added == 0)
        #expect(try ledger.take(Array(readings.reversed())).added == 0)
        #expect(try ledger.take([]).held == Samples.sorted(readings))
    }

    @Test func aDropCutInTwoGivesWhatTheWholeGives() throws {
        let scratch = try Scratch()
        let readings = (1...30).map { Samples.reading("in/\($0 % 7)/\($0).x12", number: "PO-\($0)") }
        let whole = try Ledger(path: scratch.path("whole.db"))
        try whole.take(readings)
        for cut in [0, 1, 13, 30] {
            let ledger = try Ledger(path: scratch.path("cut\(cut).db"))
            try ledger.take(Array(readings[cut...]))
            try ledger.take(Array(readings[..<cut]))
            #expect(try ledger.take([]).held == whole.take([]).held)
        }
    }

    @Test func aReadingSurvivesTheWayThroughTheLedger() throws {
        let scratch = try Scratch()
        let path = scratch.path("ledger.db")
        let reading = Samples.reading("mail/a.eml", part: "2", number: "Ünïcode 'quoted' \"number\"")
        try Ledger(path: path).take([reading])
        let again = try Ledger(path: path, existing: true)
        #expect(try again.reading(of: reading.document.id) == reading)
        #expect(try again.reading(of: "doc-unknown") == nil)
    }

    @Test func otherContentUnderTheSamePathIsAnotherDocument() throws {
        let scratch = try Scratch()
        let ledger = try Ledger(path: scratch.path("ledger.db"))
        try ledger.take([Samples.reading("in/a.x12", number: "1", source: "a")])
        try ledger.take([Samples.reading("in/a.x12", number: "2", source: "b")])
        #expect(try Set(ledger.take([]).held.map(\.document.number)) == ["1", "2"])
    }

    @Test func aBetterReadingOfTheSameBytesTakesThePlaceOfTheOneBefore() throws {
        let scratch = try Scratch()
        let ledger = try Ledger(path: scratch.path("ledger.db"))
        let whole = Samples.reading("in/a.x12", number: "unread", source: "a")
        let parts = [1, 2].map { (n: Int) in Samples.reading("in/a.x12", message: n, number: "read \(n)", source: "a") }
        try ledger.take([whole])
        try ledger.take(parts)
        #expect(try ledger.take([]).held == parts)
        #expect(try ledger.reading(of: whole.document.id) == nil)
        #expect(try ledger.firstBrokenEntry() == nil)
        // The older program once more: its reading holds again, nothing is there twice.
        try ledger.take([whole])
        #expect(try ledger.take([]).held == [whole])
    }

    @Test func aLedgerThatIsNotThereIsNotMadeByLooking() throws {
        let scratch = try Scratch()
        #expect(throws: LedgerFault.self) { try Ledger(path: scratch.path("none.db"), existing: true) }
        #expect(Disk.kind(of: scratch.path("none.db")) == .nothing)
    }

    @Test func aFileThatIsNoLedgerIsRefusedInWords() throws {
        let scratch = try Scratch()
        try Disk.replace(scratch.path("note.txt"), Array("not a database, but long enough to look like one ".utf8))
        let fault = #expect(throws: LedgerFault.self) { try Ledger(path: scratch.path("note.txt")) }
        #expect(fault?.reason.contains("note.txt cannot be used as a ledger") == true)
    }
}
