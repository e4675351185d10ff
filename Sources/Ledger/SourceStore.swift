import GRDB
import Synchronization
import Vocabulary

/// Source bytes by their SHA-256, written once, never changed: small ones in the ledger's database, where thousands cost one
/// transaction and no file each, large ones in files of their own, `folder/ab/cdef…`.
package final class SourceStore: Sendable {
    private struct Waiting {
        var sources: [(digest: String, bytes: [UInt8])] = []
        var size = 0
    }

    private let database: DatabaseQueue
    private let folder: String
    private let waiting = Mutex(Waiting())
    /// Bytes of a source from which on it gets a file of its own.
    static let large = 1 << 18
    /// Bytes that are gathered for a transaction.
    private static let batch = 4 << 20

    init(_ database: DatabaseQueue, folder: String) {
        self.database = database
        self.folder = folder
    }

    private func path(_ digest: String) -> String { "\(folder)/\(digest.prefix(2))/\(digest.dropFirst(2))" }

    /// Keeps bytes under their digest. What is small is there for sure only after `flush`.
    package func keep(_ bytes: [UInt8], digest: String) throws(LedgerFault) {
        if bytes.count >= SourceStore.large {
            do { try keepFile(bytes, digest) } catch { throw LedgerFault(error.reason) }
            return
        }
        let isFull = waiting.withLock { w in
            w.sources.append((digest, bytes))
            w.size += bytes.count
            return w.size >= SourceStore.batch
        }
        if isFull { try flush() }
    }

    private func keepFile(_ bytes: [UInt8], _ digest: String) throws(DiskFault) {
        let path = path(digest)
        if Disk.kind(of: path) == .file { return }
        // The folder is there for all but the first few hundred files.
        do { try Disk.replace(path, bytes) } catch {
            try Disk.makeFolder("\(folder)/\(digest.prefix(2))")
            try Disk.replace(path, bytes)
        }
    }

    /// Writes what waits, in one transaction.
    package func flush() throws(LedgerFault) {
        let sources = waiting.withLock { w in
            defer { w = Waiting() }
            return w.sources
        }
        guard !sources.isEmpty else { return }
        do {
            try database.write { db in
                let insert = try db.cachedStatement(
                    sql: "INSERT OR IGNORE INTO source (digest, content) VALUES (?, ?)")
                for s in sources { try insert.execute(arguments: [s.digest, s.bytes.blob]) }
            }
        } catch {
            throw LedgerFault("the ledger cannot keep sources: \(error)")
        }
    }

    /// The bytes of a digest, or nil where they are not held or no longer are what was kept.
    package func bytes(_ digest: String) -> [UInt8]? {
        guard digest.utf8.count == 64, (try? flush()) != nil else { return nil }
        let row = try? database.read { db in
            try Row.fetchOne(db, sql: "SELECT content FROM source WHERE digest = ?", arguments: [digest])
        }
        guard let all = row.map({ [UInt8](blob: $0, "content") }) ?? (try? Disk.read(path(digest))) else { return nil }
        return Digest.hex(Digest.sha256(all)) == digest ? all : nil
    }
}
