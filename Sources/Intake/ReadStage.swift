import EDI
import EDIReader
import Glibc
import Schemas
import Synchronization
import Vocabulary
import XMLReader

/// Reading by itself, as a stage of its own: files to rows of documents and events, in the order of the files, whatever their
/// size and however many threads share the work. Long EDI files are read in stretches, by several threads; long XML files
/// document by document, by one; all others by `Bench`, whole.
package struct ReadStage: Sendable {
    private let readers: Readers
    private let jobs: Int
    private let limits: Limits

    /// - Parameters:
    ///   - limits: with 0 threads there are as many as processors.
    ///   - xsd: the schemas that XML documents are validated by.
    package init(_ schemas: SchemaFiles, limits: Limits = Limits(), xsd: XSDSets? = nil) throws(SchemaFault) {
        readers = try Readers(schemas, limits, worker: nil, xsd: xsd)
        jobs = limits.threads > 0 ? limits.threads : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        self.limits = limits
    }

    /// Reads files.
    ///
    /// - Parameters:
    ///   - progress: called after each file, by one thread at a time.
    ///   - privacy: masks what is sensitive in the rows; nil to write it.
    ///   - write: gets rows of documents and of events, by one thread at a time, in order; nil where they are only counted.
    /// - Returns: how much was read.
    package func read(
        _ entries: [DropEntry], progress: @escaping @Sendable (Progress) -> Void, privacy: Privacy? = nil,
        write: (@Sendable (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Void)?
    ) throws(IntakeFault) -> ReadTally {
        let shared = Shared(files: entries.count, report: progress, source: { _, _ in })
        let feeder = Feeder(entries, readers.formats, limits.messages, isWriting: write != nil)
        let order = RowOrder(write)
        let result = Mutex<(tally: ReadTally, fault: IntakeFault?)>((ReadTally(), nil))
        let (readers, limits) = (readers, limits)
        Threads.run(min(jobs, max(1, max(entries.count, feeder.isLong ? jobs : 1)))) {
            let bench = Bench(readers, limits: limits, shared: shared)
            var rows = ReadRows()
            var tally = ReadTally()
            var spare: Transmission?
            while let job = feeder.next(reusing: spare.take()) {
                rows.clear()
                do throws(IntakeFault) {
                    switch job.work {
                    case .file(let entry):
                        try bench.read(entry, into: &rows, writing: write != nil) { full in
                            tally.add(full.tally)
                            order.put(job.number, full, isLast: false, privacy)
                            full.clear()
                        }
                    case .stretch(let part):
                        let t = part.take()
                        bench.read(
                            t, at: part.locator, source: part.source, part.carried, into: &rows, writing: write != nil)
                        spare = t
                    case .nothing(let reading): rows.add(reading, writing: write != nil)
                    }
                } catch {
                    result.withLock { $0.fault = $0.fault ?? error }
                    feeder.stop()
                }
                tally.add(rows.tally)
                order.put(job.number, rows, isLast: true, privacy)
                if job.isLast { shared.done(documents: 0) }
            }
            result.withLock { $0.tally.add(tally) }
        }
        let (tally, fault) = result.withLock { $0 }
        if let fault { throw fault }
        return tally
    }
}

/// One piece of work, numbered in the order in which its rows are to stand.
private struct Job: Sendable {
    enum Work: Sendable {
        case file(DropEntry)
        case stretch(Part)
        case nothing(Reading)
    }

    let number: Int
    let work: Work
    /// The last of its file.
    let isLast: Bool
}

/// A stretch of a long file. It is taken out once, by the thread that reads it, so that its memory can be used again.
private final class Part: @unchecked Sendable {
    private var transmission: Transmission?
    let locator: Locator
    let source: String
    /// Findings about what stands before it that belong to no message.
    let carried: [Finding]

    init(_ t: Transmission, _ locator: Locator, _ source: String, _ carried: [Finding]) {
        transmission = t
        self.locator = locator
        self.source = source
        self.carried = carried
    }

    func take() -> Transmission { transmission.take() ?? Transmission([]) }
}

/// Gives out work: small files whole, long EDI files stretch by stretch.
private final class Feeder: @unchecked Sendable {
    /// A file that is being given out in stretches.
    private struct Long {
        let file: ChunkedFile
        var reader: TransmissionReader
        var next: Transmission?
        let locator: Locator
        let source: String
        var carried: [Finding] = []
        var messages = 0
    }

    private let entries: [DropEntry]
    private let formats: Formats
    private let limits: EDI.Limits
    private let isWriting: Bool
    private let lock = Mutex(())
    private var at = 0
    private var number = 0
    private var long: Long?
    private var spare: Transmission?
    private var isStopped = false
    /// A single entry may still be work for several threads.
    let isLong: Bool

    init(_ entries: [DropEntry], _ formats: Formats, _ limits: EDI.Limits, isWriting: Bool) {
        self.entries = entries
        self.formats = formats
        self.limits = limits
        self.isWriting = isWriting
        isLong = entries.contains { e in
            guard case .file = e.kind else { return false }
            var info = stat()
            return entries.count < 64 && e.name.withCString { stat($0, &info) } == 0 && info.st_size > Limits.whole
        }
    }

    func stop() { lock.withLock { _ in isStopped = true } }

    /// - Parameter old: a stretch that has been read.
    func next(reusing old: Transmission?) -> Job? {
        lock.withLock { _ in
            if old != nil { spare = old }
            while !isStopped {
                if long != nil {
                    if let job = nextStretch() { return job }
                    continue
                }
                guard at < entries.count else { return nil }
                at += 1
                if isLong, begin(entries[at - 1]) { continue }
                number += 1
                return Job(number: number - 1, work: .file(entries[at - 1]), isLast: true)
            }
            return nil
        }
    }

    private func begin(_ entry: DropEntry) -> Bool {
        guard case .file = entry.kind, let file = try? ChunkedFile(entry), file.size > Limits.whole else {
            return false
        }
        let guess = formats.identify(file.next())
        guard guess.route == .edi, !guess.wide else { return false }
        // It takes a pass of its own over the file and is only seen in rows.
        let source = isWriting ? file.digest() : ""
        file.rewind()
        var reader = TransmissionReader(limits: limits) { file.next() }
        let first = reader.next()
        long = Long(file: file, reader: reader, next: first, locator: Locator(path: entry.path), source: source)
        return true
    }

    /// The next stretch that has messages; what is said between them goes with the one that follows.
    private func nextStretch() -> Job? {
        guard var l = long.take() else { return nil }
        guard let t = l.next.take() else { return unreadRest(of: l) }
        l.next = l.reader.next(reusing: spare.take())
        defer { long = l }
        l.messages += t.messages.count
        if t.messages.isEmpty { l.carried += t.findings.map(Finding.init) }
        if t.messages.isEmpty, l.next != nil { return nil }
        if t.messages.isEmpty, l.carried.isEmpty, l.messages > 0 {
            l.next = nil
            return nil
        }
        number += 1
        if t.messages.isEmpty {
            let nothing = Finding(
                "no-message", .critical,
                l.messages == 0
                    ? "No transaction set or message could be found in the file."
                    : "What stands behind the last message belongs to none.", at: Place(offset: 0, length: 0))
            return Job(
                number: number - 1,
                work: .nothing(.unknown(at: l.locator, l.carried + [nothing], source: l.source)), isLast: true)
        }
        let carried = l.carried
        l.carried = []
        return Job(
            number: number - 1, work: .stretch(Part(t, l.locator, l.source, carried)),
            isLast: l.next == nil && l.file.failure == nil)
    }

    /// The document that stands for what could not be read.
    private func unreadRest(of file: Long) -> Job? {
        guard let f = file.file.unread else { return nil }
        number += 1
        return Job(
            number: number - 1, work: .nothing(.unknown(at: file.locator, [f], source: file.source)), isLast: true)
    }
}

/// Brings rows into the order of their work, and holds a thread back that runs too far ahead.
private final class RowOrder: @unchecked Sendable {
    private let write: (@Sendable (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Void)?
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let moved = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var next = 0

    init(_ write: (@Sendable (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Void)?) {
        self.write = write
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(moved, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(moved)
        mutex.deallocate()
        moved.deallocate()
    }

    /// Writes rows when those of all work before have been.
    ///
    /// - Parameter isLast: no more rows come of this work.
    func put(_ number: Int, _ rows: ReadRows, isLast: Bool, _ privacy: Privacy?) {
        guard let write else { return }
        let documents = privacy?.rows(rows.documents.bytes)
        let events = privacy?.rows(rows.events.bytes)
        pthread_mutex_lock(mutex)
        while next != number { pthread_cond_wait(moved, mutex) }
        pthread_mutex_unlock(mutex)
        RowOrder.hand(documents, or: rows.documents.bytes) { d in
            RowOrder.hand(events, or: rows.events.bytes) { e in write(d, e) }
        }
        guard isLast else { return }
        pthread_mutex_lock(mutex)
        next += 1
        pthread_cond_broadcast(moved)
        pthread_mutex_unlock(mutex)
    }

    private static func hand(
        _ masked: [UInt8]?, or rows: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        if let masked { masked.withUnsafeBufferPointer(body) } else { body(rows) }
    }
}
