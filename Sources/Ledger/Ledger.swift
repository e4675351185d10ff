import GRDB
import Vocabulary

/// Why a ledger cannot be used: what was tried, and what stood in the way.
package struct LedgerFault: Error, Equatable, CustomStringConvertible {
    package var reason: String

    package init(_ reason: String) { self.reason = reason }

    package var description: String { reason }
}

/// What Interline remembers between runs: readings and runs in a chain of entries that only grows, the rows that each
/// run gave, and beside the database the source bytes that every quotation comes from.
///
/// One file of SQLite in WAL mode. Every change is one transaction, so that a run that was killed leaves either all of
/// a step or nothing of it; the next run completes what is missing.
package struct Ledger: Sendable {
    let database: DatabaseQueue
    /// The source bytes of what has been read.
    package let sources: SourceStore

    /// Opens the ledger, or makes it where there is none.
    ///
    /// - Parameter existing: refuses to make a new one, for commands that only look.
    package init(path: String, existing: Bool = false) throws(LedgerFault) {
        var settings = Configuration()
        settings.busyMode = .timeout(30)
        settings.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        if existing, Disk.kind(of: path) != .file {
            throw LedgerFault("there is no ledger at \(path)")
        }
        do {
            database = try DatabaseQueue(path: path, configuration: settings)
            try Ledger.migrator.migrate(database)
        } catch let e as DatabaseError {
            throw LedgerFault("\(path) cannot be used as a ledger: \(e.message ?? "SQLite says \(e.resultCode)")")
        } catch {
            throw LedgerFault("\(path) cannot be used as a ledger: \(error)")
        }
        sources = SourceStore(database, folder: path + ".sources")
    }

    /// The database's shape, step by step. A step that was released is never changed; a new one follows it.
    private static var migrator: DatabaseMigrator {
        var m = DatabaseMigrator()
        m.registerMigration("1 entries and results") { db in
            try db.execute(
                sql: """
                    -- Everything that happened, each entry with the hash of the one before (docs/ledger.md).
                    CREATE TABLE entry (
                        number INTEGER PRIMARY KEY,
                        kind TEXT NOT NULL,
                        subject TEXT NOT NULL,
                        content BLOB NOT NULL,
                        previous TEXT NOT NULL,
                        hash TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX entry_by_subject ON entry (kind, subject);
                    CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
                        BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
                    CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
                        BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
                    -- The rows of the output files; a row holds from one run until another, or still.
                    CREATE TABLE result (
                        file TEXT NOT NULL,
                        key TEXT NOT NULL,
                        since INTEGER NOT NULL,
                        until INTEGER,
                        row BLOB NOT NULL,
                        PRIMARY KEY (file, key, since)
                    ) STRICT;
                    CREATE INDEX result_that_holds ON result (file, key) WHERE until IS NULL;
                    """)
        }
        m.registerMigration("2 sources") { db in
            try db.execute(
                sql: """
                    -- Source bytes by their SHA-256; those of 256 KiB and more are files.
                    CREATE TABLE source (digest TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;
                    """)
        }
        return m
    }

    func write<T>(_ work: (Database) throws -> T) throws(LedgerFault) -> T {
        do { return try database.write(work) } catch { throw Ledger.fault(error) }
    }

    func read<T>(_ work: (Database) throws -> T) throws(LedgerFault) -> T {
        do { return try database.read(work) } catch { throw Ledger.fault(error) }
    }

    private static func fault(_ error: any Error) -> LedgerFault {
        switch error {
        case let e as LedgerFault: e
        case let e as DatabaseError: LedgerFault("the ledger failed: \(e.message ?? "SQLite says \(e.resultCode)")")
        default: LedgerFault("\(error)")
        }
    }
}
