import EDIReader
import Schemas
import Synchronization
import Vocabulary
import XMLReader

/// Turns what was dropped into readings: walks folders, opens archives and attachments, tells formats apart by content,
/// and has each file read, EDI and XML in this process, PDFs and mails in workers.
package struct Intake: Sendable {
    private let readers: Readers
    private let limits: Limits

    /// - Parameter reader: the worker's executable; where none is named, `INTERLINE_READER` or the one beside ours, looked for
    ///   when the first PDF or mail needs it.
    /// - Parameter xsd: the schemas that XML documents are validated by.
    package init(
        _ schemas: SchemaFiles, limits: Limits = Limits(), reader: String? = nil, xsd: XSDSets? = nil
    ) throws(SchemaFault) {
        self.limits = limits
        readers = try Readers(schemas, limits, worker: reader, xsd: xsd)
    }

    /// Everything below a folder, sorted by locator: each file gives at least one reading, if only one of type `unknown` that
    /// says why. Neither the order of files nor that of threads shows in the result.
    /// - Parameters:
    ///   - progress: called after each file, by one thread at a time.
    ///   - source: called once for each content that holds a document, with its SHA-256 (hexadecimal) and bytes, by any
    ///     thread, several at a time.
    package func read(
        drop: String, progress: @escaping @Sendable (Progress) -> Void = { _ in },
        source: @escaping @Sendable (String, [UInt8]) -> Void = { _, _ in }
    ) throws(IntakeFault) -> [Reading] {
        try read(try Drop.walk(drop), progress: progress, source: source)
    }

    /// One file by itself.
    package func read(
        file: String, source: @escaping @Sendable (String, [UInt8]) -> Void = { _, _ in }
    ) throws(IntakeFault) -> [Reading] {
        try read([Drop.file(file)], progress: { _ in }, source: source)
    }

    /// What a file is by its first bytes.
    package func identify(_ bytes: [UInt8]) -> FormatGuess { readers.formats.identify(bytes) }

    /// A file's bytes; nil where it is none, is too large, or cannot be read.
    package func bytes(of entry: DropEntry) -> [UInt8]? {
        guard case .file = entry.kind else { return nil }
        return try? entry.bytes(limit: limits.fileBytes)
    }

    /// A page of a PDF or of a picture with marks over it, painted by a worker.
    package func draw(_ drawing: PageDrawing, on bytes: [UInt8]) throws(IntakeFault) -> DrawnPage {
        let worker = Worker(executable: readers.worker, schemas: readers.schemas, limits: limits)
        return switch try worker.draw(drawing, on: bytes) {
        case .done(let page): page
        case .death(let death): .refused(death.words)
        }
    }

    /// Some entries of a drop, as `Drop.walk` gives them.
    package func read(
        _ entries: [DropEntry], progress: @escaping @Sendable (Progress) -> Void,
        source: @escaping @Sendable (String, [UInt8]) -> Void
    ) throws(IntakeFault) -> [Reading] {
        let shared = Shared(files: entries.count, report: progress, source: source)
        let run = Run(count: entries.count)
        let wanted = limits.threads > 0 ? limits.threads : Threads.wanted
        let (readers, limits) = (readers, limits)
        Threads.run(min(wanted, max(1, entries.count))) {
            let bench = Bench(readers, limits: limits, shared: shared)
            do throws(IntakeFault) {
                while let i = run.next() {
                    let readings = try bench.read(entries[i])
                    run.set(i, readings)
                    shared.done(documents: readings.count)
                }
            } catch {
                run.fail(error)
            }
        }
        return try run.result().sorted {
            ($0.document.locator, $0.document.source) < ($1.document.locator, $1.document.source)
        }
    }
}

/// What reads: made ready once, copied for each thread.
struct Readers: Sendable {
    let formats: Formats
    let edi: EDIReader
    let xml: XMLReader
    /// What the workers need of the schemas.
    let schemas: SchemaFiles
    /// The worker's executable, where the caller names one.
    let worker: String?

    init(_ schemas: SchemaFiles, _ limits: Limits, worker: String?, xsd: XSDSets?) throws(SchemaFault) {
        formats = try Formats(schemas)
        edi = try EDIReader(schemas, limits: limits.messages)
        var xml = try XMLReader(schemas)
        xml.xsd = xsd
        self.xml = xml
        // Maps and structures of structured formats are the larger part, and of no use to a worker.
        self.schemas = SchemaFiles(
            schemas.texts.filter { !$0.key.hasPrefix("maps/") && !$0.key.hasPrefix("structures/") })
        self.worker = worker
    }
}

/// The files of a run as they are taken and done.
private final class Run: Sendable {
    private struct State {
        var next = 0
        var readings: [[Reading]]
        var fault: IntakeFault?
    }

    private let state: Mutex<State>

    init(count: Int) { state = Mutex(State(readings: Array(repeating: [], count: count))) }

    func next() -> Int? {
        state.withLock { s in
            guard s.fault == nil, s.next < s.readings.count else { return nil }
            s.next += 1
            return s.next - 1
        }
    }

    func set(_ i: Int, _ readings: [Reading]) { state.withLock { $0.readings[i] = readings } }
    func fail(_ fault: IntakeFault) { state.withLock { if $0.fault == nil { $0.fault = fault } } }

    func result() throws(IntakeFault) -> [Reading] {
        let (fault, readings) = state.withLock { ($0.fault, $0.readings) }
        if let fault { throw fault }
        return readings.flatMap { $0 }
    }
}
