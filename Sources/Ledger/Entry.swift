import GRDB
import Vocabulary

/// A link of the ledger's chain.
///
/// `hash` is SHA-256 over the hash of the entry before, kind, subject and content, each preceded by its length: whoever
/// changes, drops or inserts an entry has to change every later one.
struct Entry: Equatable {
    /// From 1, without gaps.
    var number: Int
    /// `reading` (subject: a document's id), `superseded` (the same), `run` (subject: the run's number),
    /// `acknowledgement` (subject: what tells the interchange from others).
    var kind: String
    var subject: String
    /// Canonical JSON.
    var content: [UInt8]
    var previous: String
    var hash: String

    /// What the first entry names as the one before.
    static let root = String(repeating: "0", count: 64)

    static func hash(after previous: String, kind: String, subject: String, content: [UInt8]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 256)
        for text in [previous, kind, subject] { bytes += "\(text.utf8.count):\(text)".utf8 }
        bytes += "\(content.count):".utf8
        bytes += content
        return Digest.hex(Digest.sha256(bytes))
    }
}

/// An entry without its content.
struct Link {
    let number: Int
    let previous: String
    let hash: String

    /// Whether the entry says this and nothing else. Its hash tells, so that the content need not be held.
    func holds(_ kind: String, _ subject: String, _ content: [UInt8]) -> Bool {
        hash == Entry.hash(after: previous, kind: kind, subject: subject, content: content)
    }
}

/// Puts entries behind the last one, inside one transaction.
struct Chain {
    private let insert: Statement
    private(set) var number: Int
    private var last: String

    init(_ db: Database) throws {
        let end = try Row.fetchOne(db, sql: "SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1")
        number = end?["number"] ?? 0
        last = end?["hash"] ?? Entry.root
        insert = try db.cachedStatement(
            sql: "INSERT INTO entry (number, kind, subject, content, previous, hash) VALUES (?, ?, ?, ?, ?, ?)")
    }

    @discardableResult
    mutating func append(_ kind: String, _ subject: String, _ content: [UInt8]) throws -> Link {
        let previous = last
        let hash = Entry.hash(after: last, kind: kind, subject: subject, content: content)
        number += 1
        try insert.execute(arguments: [number, kind, subject, content.blob, last, hash])
        last = hash
        return Link(number: number, previous: previous, hash: hash)
    }
}

extension Ledger {
    /// The number of the first entry that does not fit the one before, or nil where the chain is whole.
    package func firstBrokenEntry() throws(LedgerFault) -> Int? {
        try read { db in
            var expected = 1
            var last = Entry.root
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM entry ORDER BY number")
            while let row = try rows.next() {
                let content = [UInt8](blob: row, "content")
                let number: Int = row["number"]
                let fits =
                    number == expected && row["previous"] == last
                    && row["hash"]
                        == Entry.hash(after: last, kind: row["kind"], subject: row["subject"], content: content)
                guard fits else { return number }
                expected += 1
                last = row["hash"]
            }
            return nil
        }
    }
}
