import Glibc
import Schemas
import Vocabulary

/// A worker process, one at a time, started when a document first needs it: it reads PDFs and mails, whose parsers may crash,
/// hang or eat memory on hostile input.
///
/// Parent and worker speak frames over one socket, which is the worker's standard input and output.
final class Worker {
    /// How a document ended a worker.
    enum Death: Hashable {
        /// Killed by a signal, or ended by itself.
        case died(String)
        case timeout(String)
        case memory(String)

        var code: String {
            switch self {
            case .died: "worker-died"
            case .timeout: "worker-timeout"
            case .memory: "worker-memory"
            }
        }

        var words: String {
            switch self {
            case .died(let s): "The reader broke down on this document: \(s)."
            case .timeout(let s): "The reader did not come to an end with this document: \(s)."
            case .memory(let s): "The reader needed too much memory for this document: \(s)."
            }
        }
    }

    enum Answer<T> {
        case done(T)
        case death(Death)
    }

    private var executable = ""
    private let named: String?
    private let hello: [UInt8]
    private let limits: Limits
    private var process: pid_t = 0
    private var socket: Int32 = -1
    private var documents = 0
    /// Peak memory of our own when the worker was started: Linux counts it as the worker's too (what exec leaves behind).
    private var inherited = 0

    /// - Parameter executable: nil to look for it when it is first needed.
    init(executable: String?, schemas: SchemaFiles, limits: Limits) {
        named = executable
        self.limits = limits
        hello = Frame(.object(["schemas": schemas.json])).bytes
    }

    deinit { stop() }

    /// Reads one document. A document that ends its worker is tried once more in a new one, unless it used up
    /// its processor time, which a second try would only do again.
    func read(
        _ bytes: [UInt8], format: Format, at locator: Locator, source: String
    ) throws(IntakeFault) -> Answer<Extracted> {
        let header = JSON.object(
            dropping: locator.members + [("format", .string(format.rawValue)), ("source", .string(source))])
        return try ask(Frame(header, bytes).bytes, Extracted.init(frame:))
    }

    /// Paints a page, under the same rules.
    func draw(_ drawing: PageDrawing, on bytes: [UInt8]) throws(IntakeFault) -> Answer<DrawnPage> {
        try ask(Frame(.object(["draw": drawing.json]), bytes).bytes, DrawnPage.init(frame:))
    }

    private func ask<T>(_ request: [UInt8], _ answer: (Frame) -> T?) throws(IntakeFault) -> Answer<T> {
        let first = try attempt(request, answer)
        guard case .death(let death) = first, death != .timeout(Worker.processorTime) else { return first }
        return try attempt(request, answer)
    }

    private static let processorTime = "it used up its processor time"

    private func attempt<T>(_ request: [UInt8], _ answer: (Frame) -> T?) throws(IntakeFault) -> Answer<T> {
        if documents >= limits.workerDocuments { stop() }
        if process == 0 { try start() }
        documents += 1
        let channel = Channel(socket: socket, seconds: limits.workerWall)
        let frame: Frame
        do throws(Channel.Failure) {
            try channel.send(request)
            frame = try channel.receive()
        } catch {
            switch error {
            case .timeout:
                kill(process, SIGKILL)
                _ = reap()
                return .death(.timeout("\(limits.workerWall) s went by"))
            case .closed: return .death(reap())
            case .garbled:
                stop()
                throw .reader(path: executable, reason: "its answer is no frame")
            }
        }
        if let done = answer(frame) { return .done(done) }
        stop()
        throw .reader(
            path: executable, reason: frame.header["fault"]?.string ?? "its answer is none that we know")
    }

    private func start() throws(IntakeFault) {
        if executable.isEmpty {
            if let named { executable = named } else { executable = try Spawn.reader() }
        }
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
            throw .reader(path: executable, reason: "no socket: \(errorText(errno))")
        }
        let result = Spawn.run(
            executable, arguments: [String(limits.workerMemory), String(limits.workerCPU)], socket: pair[1])
        // Only the worker holds its end now: when it dies, what we send it fails at once.
        close(pair[1])
        guard result.error == 0 else {
            close(pair[0])
            throw .reader(path: executable, reason: "it cannot be started: \(errorText(result.error))")
        }
        var own = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
        inherited = own.ru_maxrss
        process = result.process
        socket = pair[0]
        documents = 0
        do throws(Channel.Failure) {
            try Channel(socket: socket, seconds: limits.workerWall).send(hello)
        } catch {
            // It ended before it read its schemas; the first document finds that out and says how.
            return
        }
    }

    /// Ends the worker: a closed socket tells it to go; one that does not go within a second is killed.
    private func stop() {
        guard process > 0 else { return }
        close(socket)
        socket = -1
        for _ in 0..<100 {
            if waitpid(process, nil, WNOHANG) != 0 {
                process = 0
                return
            }
            usleep(10_000)
        }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        process = 0
    }

    /// Waits for a worker whose end of the socket is closed, and says what ended it.
    private func reap() -> Death {
        close(socket)
        socket = -1
        var status: Int32 = 0
        var usage = rusage()
        // A worker that closed its socket and lives on is ended here.
        var waited = 0
        while wait4(process, &status, WNOHANG, &usage) == 0 {
            waited += 1
            if waited == 100 { kill(process, SIGKILL) }
            usleep(10_000)
        }
        process = 0
        let signal = status & 0x7F
        let megabytes = usage.ru_maxrss / 1024
        if signal == SIGXCPU { return .timeout(Worker.processorTime) }
        // Where memory runs out, allocators abort, trap or step on a null pointer: how much was held tells more.
        if usage.ru_maxrss > inherited, megabytes >= limits.workerMemory >> 21 {
            return .memory("it held \(megabytes) MiB when it ended")
        }
        return .died(signal == 0 ? "it ended with status \((status >> 8) & 0xFF)" : "signal \(signal)")
    }
}
