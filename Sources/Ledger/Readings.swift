import GRDB
import Vocabulary

extension Ledger {
    /// Takes in what was read of a drop. A reading that the ledger has, to the letter, adds nothing.
    ///
    /// Where a better reader makes something else of the same bytes under the same path, its reading takes the place
    /// of the one before, and documents that it no longer sees there are superseded. The earlier entries stay.
    ///
    /// - Returns: how many readings were new or different.
    @discardableResult
    package func take(_ readings: [Reading]) throws(LedgerFault) -> Int {
        try write { db in
            var held = try Ledger.heldReadings(db)
            var chain = try Chain(db)
            var added = 0
            var seen: Set<String> = []
            var origins: Set<Origin> = []
            for reading in readings {
                let id = reading.document.id
                let content = reading.json.bytes
                seen.insert(id)
                origins.insert(Origin(reading.document))
                if held[id] == content { continue }
                try chain.append("reading", id, content)
                held[id] = content
                added += 1
            }
            for (id, content) in held.sorted(by: { $0.key < $1.key }) where !seen.contains(id) {
                guard let reading = Reading(json: try JSON(parsing: content)),
                    origins.contains(Origin(reading.document))
                else { continue }
                try chain.append("superseded", id, JSON.object([:]).bytes)
                added += 1
            }
            return added
        }
    }

    /// Every reading that holds, sorted by locator.
    package func readings() throws(LedgerFault) -> [Reading] {
        try read { db in
            var readings: [Reading] = []
            for (id, content) in try Ledger.heldReadings(db) {
                guard let reading = Reading(json: try JSON(parsing: content)) else {
                    throw LedgerFault("the ledger's reading of document \(id) cannot be understood")
                }
                readings.append(reading)
            }
            return readings.sorted {
                ($0.document.locator, $0.document.source) < ($1.document.locator, $1.document.source)
            }
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

    /// The last word on every document, without those that are superseded.
    private static func heldReadings(_ db: Database) throws -> [String: [UInt8]] {
        var held: [String: [UInt8]] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT kind, subject, content FROM entry WHERE number IN (
                    SELECT max(number) FROM entry WHERE kind IN ('reading', 'superseded') GROUP BY subject)
                """)
        while let row = try rows.next() {
            if row["kind"] == "reading" { held[row["subject"]] = [UInt8](blob: row, "content") }
        }
        return held
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
