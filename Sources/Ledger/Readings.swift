import GRDB
import Vocabulary

/// What a drop brought the ledger, and what it holds since.
package struct Taken: Sendable {
    /// How many readings were new or different.
    package let added: Int
    /// Every reading that holds, sorted by locator.
    package let held: [Reading]
}

extension Ledger {
    /// Takes in what was read of a drop. A reading that the ledger has, to the letter, adds nothing.
    ///
    /// Where a better reader makes something else of the same bytes under the same path, its reading takes the place
    /// of the one before, and documents that it no longer sees there are superseded. The earlier entries stay.
    ///
    /// One transaction. What was read just now is not read back: only what other runs brought is parsed.
    @discardableResult
    package func take(_ readings: [Reading]) throws(LedgerFault) -> Taken {
        // A reading is never there without the bytes it was made of.
        try sources.flush()
        return try write { db in
            var links = try Ledger.held(db)
            var chain = try Chain(db)
            var added = 0
            var held: [String: Reading] = [:]
            var origins: Set<Origin> = []
            // Some at a time, so that not all are held written out.
            for start in stride(from: 0, to: readings.count, by: 4096) {
                let some = Array(readings[start..<min(start + 4096, readings.count)])
                for (reading, (id, content)) in zip(some, Threads.map(some) { ($0.document.id, $0.json.bytes) }) {
                    held[id] = reading
                    origins.insert(Origin(reading.document))
                    if links[id]?.holds("reading", id, content) == true { continue }
                    links[id] = try chain.append("reading", id, content)
                    added += 1
                }
            }
            for (id, link) in links.sorted(by: { $0.key < $1.key }) where held[id] == nil {
                let reading = try Ledger.reading(link.number, db)
                if origins.contains(Origin(reading.document)) {
                    try chain.append("superseded", id, JSON.object([:]).bytes)
                    added += 1
                } else {
                    held[id] = reading
                }
            }
            let sorted = held.values.sorted {
                ($0.document.locator, $0.document.source) < ($1.document.locator, $1.document.source)
            }
            return Taken(added: added, held: sorted)
        }
    }

    /// The reading of one document, or nil where the ledger has none.
    package func reading(of document: String) throws(LedgerFault) -> Reading? {
        try read { db in
            let sql = "SELECT kind, content FROM entry WHERE kind IN ('reading', 'superseded') AND subject = ?"
            guard let row = try Row.fetchOne(db, sql: sql + " ORDER BY number DESC LIMIT 1", arguments: [document]),
                row["kind"] == "reading"
            else { return nil }
            return Reading(json: try JSON(parsing: [UInt8](blob: row, "content")))
        }
    }

    /// The place in the chain of the last word on every document, without those that are superseded.
    private static func held(_ db: Database) throws -> [String: Link] {
        var held: [String: Link] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT number, kind, subject, previous, hash FROM entry WHERE number IN (
                    SELECT max(number) FROM entry WHERE kind IN ('reading', 'superseded') GROUP BY subject)
                """)
        while let row = try rows.next() {
            guard row["kind"] == "reading" else { continue }
            held[row["subject"]] = Link(number: row["number"], previous: row["previous"], hash: row["hash"])
        }
        return held
    }

    private static func reading(_ number: Int, _ db: Database) throws -> Reading {
        let select = try db.cachedStatement(sql: "SELECT content FROM entry WHERE number = ?")
        guard let row = try Row.fetchOne(select, arguments: [number]),
            let reading = Reading(json: try JSON(parsing: [UInt8](blob: row, "content")))
        else { throw LedgerFault("the ledger's reading in entry \(number) cannot be understood") }
        return reading
    }
}

/// The bytes that a reading was made of and the place they lay: two readings of one origin are rivals, not neighbours.
private struct Origin: Hashable {
    let path: String
    let part: String?
    let source: String

    init(_ document: Document) {
        path = document.locator.path
        part = document.locator.part
        source = document.source
    }
}
