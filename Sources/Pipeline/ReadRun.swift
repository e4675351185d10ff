import Glibc
import Intake
import Ledger
import Schemas
import Synchronization
import Vocabulary
import XMLReader

/// Reading by itself: files to `documents.ndjson` and `events.ndjson`, without a look at what belongs together.
package struct ReadRun: Sendable {
    package var paths: [String]
    /// The folder to write to; nil to count only.
    package var out: String?
    /// Threads; 0 for as many as there are processors.
    package var jobs = 0
    /// The user's policy file.
    package var policy: String?
    /// Writes bank accounts, access codes and contacts as they are, not masked.
    package var showSensitive = false
    /// The folder of official XML schemas; goes before the one that the policy names.
    package var xsd: String?
    package var schemas: SchemaFiles

    package init(paths: [String], schemas: SchemaFiles) {
        self.paths = paths
        self.schemas = schemas
    }

    /// - Parameters:
    ///   - progress: files read, files in all; called often, from any thread.
    ///   - schemaFaults: gets what is wrong with the XML schemas that were needed.
    package func callAsFunction(
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }, schemaFaults: ([String]) -> Void = { _ in }
    ) throws(Fault) -> ReadTally {
        var entries: [DropEntry] = []
        do {
            for path in paths {
                switch Disk.kind(of: path) {
                case .nothing: throw Fault.usage("there is no file or folder \(path)")
                case .file: entries.append(Drop.file(path))
                case .folder: entries += try Drop.walk(path)
                }
            }
            let rules = try PolicyFile(policy, schemas)
            var limits = Limits(rules.policy)
            limits.threads = jobs
            let sets = try rules.sets(given: xsd)
            defer { schemaFaults(sets?.faults ?? []) }
            let stage = try ReadStage(schemas, limits: limits, xsd: sets)
            guard let out else {
                return try stage.read(entries, progress: { progress($0.files, $0.of) }, write: nil)
            }
            try Disk.makeFolder(out)
            let documents = try RowFile("\(out)/documents.ndjson")
            let events = try RowFile("\(out)/events.ndjson")
            let tally = try stage.read(
                entries, progress: { progress($0.files, $0.of) }, privacy: showSensitive ? nil : try Privacy(schemas)
            ) { d, e in
                documents.append(d)
                events.append(e)
            }
            try documents.finish()
            try events.finish()
            return tally
        } catch {
            throw Fault(error)
        }
    }
}

/// A file of rows that grows while it is written and appears under its name when it is whole.
private final class RowFile: @unchecked Sendable {
    private let path: String
    private let draft: String
    private let fd: Int32
    private var failure: Int32 = 0

    init(_ path: String) throws(DiskFault) {
        self.path = path
        draft = "\(path).\(getpid()).part"
        fd = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard fd >= 0 else { throw DiskFault("write", path) }
    }

    deinit { close(fd) }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        var at = 0
        while at < bytes.count, failure == 0 {
            let n = Glibc.write(fd, bytes.baseAddress.map { $0 + at }, bytes.count - at)
            if n > 0 { at += n } else if errno != EINTR { failure = errno }
        }
    }

    func finish() throws(DiskFault) {
        guard failure == 0, rename(draft, path) == 0 else {
            let code = failure == 0 ? errno : failure
            unlink(draft)
            throw DiskFault("write", path, code)
        }
    }
}
