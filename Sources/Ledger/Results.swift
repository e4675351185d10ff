import GRDB
import Vocabulary

/// A row of an output file: its canonical JSON under the key that stays with it from run to run.
package struct ResultRow: Hashable, Sendable {
    /// `documents`, `events`, …
    package var file: String
    package var key: String
    package var content: [UInt8]

    package init(file: String, key: String, content: [UInt8]) {
        self.file = file
        self.key = key
        self.content = content
    }
}

/// What a run did to a row.
package struct Change: Hashable, Sendable {
    package enum Kind: String, Sendable { case added, changed, withdrawn }

    package var kind: Kind
    /// The row as it is now; a withdrawn one as it was last.
    package var row: ResultRow

    package init(_ kind: Kind, _ row: ResultRow) {
        self.kind = kind
        self.row = row
    }
}

extension Ledger {
    /// Puts a run's rows in the place of those before and says what that changed, in the order of file and key.
    ///
    /// `publish` is called before the transaction ends: where it fails or the process dies in it, the ledger still
    /// says what it said, and the next run tells the same changes again. A change is told at least once.
    ///
    /// - Parameter run: what `run.json` says, as the run's entry.
    package func record(
        run: JSON, rows: [ResultRow], publish: ([Change]) throws -> Void
    ) throws(LedgerFault) {
        try write { db in
            let number = (try Int.fetchOne(db, sql: "SELECT count(*) FROM entry WHERE kind = 'run'") ?? 0) + 1
            var before: [RowKey: [UInt8]] = [:]
            let held = try Row.fetchCursor(db, sql: "SELECT file, key, row FROM result WHERE until IS NULL")
            while let row = try held.next() {
                before[RowKey(file: row["file"], key: row["key"])] = [UInt8](blob: row, "row")
            }
            var changes: [Change] = []
            for row in rows {
                let was = before.removeValue(forKey: RowKey(file: row.file, key: row.key))
                if was == row.content { continue }
                changes.append(Change(was == nil ? .added : .changed, row))
            }
            for (key, content) in before {
                changes.append(Change(.withdrawn, ResultRow(file: key.file, key: key.key, content: content)))
            }
            changes.sort { ($0.row.file, $0.row.key) < ($1.row.file, $1.row.key) }
            try Ledger.apply(changes, run: number, db)
            var chain = try Chain(db)
            try chain.append("run", String(number), run.bytes)
            try publish(changes)
        }
    }

    private static func apply(_ changes: [Change], run: Int, _ db: Database) throws {
        let end = try db.cachedStatement(
            sql: "UPDATE result SET until = ? WHERE file = ? AND key = ? AND until IS NULL")
        let begin = try db.cachedStatement(sql: "INSERT INTO result (file, key, since, row) VALUES (?, ?, ?, ?)")
        for change in changes {
            if change.kind != .added { try end.execute(arguments: [run, change.row.file, change.row.key]) }
            if change.kind != .withdrawn {
                try begin.execute(
                    arguments: [change.row.file, change.row.key, run, change.row.content.blob])
            }
        }
    }

    /// The rows of a file that hold, by key.
    package func rows(of file: String) throws(LedgerFault) -> [JSON] {
        try read { db in
            var rows: [JSON] = []
            let sql = "SELECT row FROM result WHERE file = ? AND until IS NULL ORDER BY key"
            let held = try Row.fetchCursor(db, sql: sql, arguments: [file])
            while let row = try held.next() { rows.append(try JSON(parsing: [UInt8](blob: row, "row"))) }
            return rows
        }
    }

    /// What `run.json` said of the last run, or nil before the first.
    package func lastRun() throws(LedgerFault) -> JSON? {
        try read { db in
            let sql = "SELECT content FROM entry WHERE kind = 'run' ORDER BY number DESC LIMIT 1"
            guard let row = try Row.fetchOne(db, sql: sql) else { return nil }
            return try JSON(parsing: [UInt8](blob: row, "content"))
        }
    }
}

private struct RowKey: Hashable {
    let file: String
    let key: String
}
