import Glibc
import Schemas
import Vocabulary

/// A worker process, one at a time, started when a document first needs it: it reads PDFs and mails, whose parsers may crash,
/// hang or eat memory on hostile input.
///
/// Parent and worker speak frames over one socket, which is the worker's standard input and output. The worker says `ready`
/// to our first words; whatever goes wrong before that is a fault of the program, whatever goes wrong later one of the document.
final class Worker {
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
    /// Each document has a number, which its answer has to bear.
    private var requests = 0

    /// - Parameter executable: nil to look for it when it is first needed.
    init(executable: String?, schemas: SchemaFiles, limits: Limits) {
        named = executable
        self.limits = limits
        hello = Frame(.object(["schemas": schemas.json, "proofs": limits.proofs.json])).bytes
    }

    deinit { stop() }

    /// Reads one document. A document that ends its worker is tried once more, alone in a new one; not where it used up
    /// its processor time, which a second try would only do again.
    func read(
        _ bytes: [UInt8], format: Format, at locator: Locator, source: String
    ) throws(IntakeFault) -> Answer<Extracted> {
        let header = locator.members + [("format", .string(format.rawValue)), ("source", .string(source))]
        return try ask(header, bytes) { frame in
            Extracted(frame: frame).flatMap { $0.isOf(locator) ? $0 : nil }
        }
    }

    /// Paints a page, under the same rules.
    func draw(_ drawing: PageDrawing, on bytes: [UInt8]) throws(IntakeFault) -> Answer<DrawnPage> {
        try ask([("draw", drawing.json)], bytes, DrawnPage.init(frame:))
    }

    /// - Parameter answer: what the answer says; nil where it is none to this question.
    private func ask<T>(
        _ header: [(String, JSON?)], _ bytes: [UInt8], _ answer: (Frame) -> T?
    ) throws(IntakeFault) -> Answer<T> {
        requests += 1
        let request = Frame(.object(dropping: header + [("request", .int(requests))]), bytes).bytes
        let first = try attempt(request, answer)
        guard case .death(let death) = first, death != .processorTime else { return first }
        return try attempt(request, answer)
    }

    private func attempt<T>(_ request: [UInt8], _ answer: (Frame) -> T?) throws(IntakeFault) -> Answer<T> {
        if documents >= limits.workerDocuments || resident > limits.workerResident { stop() }
        if process == 0 { try start() }
        documents += 1
        let channel = Channel(socket: socket, process: process, seconds: limits.workerWall)
        let frame: Frame
        do throws(Channel.Failure) {
            try channel.send(request)
            frame = try channel.receive()
        } catch {
            return .death(end(error))
        }
        if frame.header["request"]?.int == requests, let done = answer(frame) { return .done(done) }
        guard let fault = frame.header["fault"]?.string else { return .death(end(.garbled)) }
        stop()
        throw .reader(path: executable, reason: fault)
    }

    /// Bytes that the worker holds in memory; 0 where the system does not say.
    private var resident: Int {
        guard process > 0, let file = fopen("/proc/\(process)/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [UInt8](repeating: 0, count: 128)
        line.removeLast(line.count - fread(&line, 1, line.count, file))
        let figures = String(decoding: line, as: UTF8.self).split(separator: " ")
        let pages = figures.count > 1 ? Int(figures[1]) ?? 0 : 0
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Starts a worker and waits until it is ready. One that is not gets a second chance: the machine may be short of memory.
    private func start() throws(IntakeFault) {
        if executable.isEmpty {
            if let named { executable = named } else { executable = try Spawn.reader() }
        }
        var words = ""
        for _ in 0..<2 {
            try spawn()
            let channel = Channel(socket: socket, process: process, seconds: limits.workerWall)
            do throws(Channel.Failure) {
                try channel.send(hello)
                if try channel.receive().header["ready"] != nil { return }
                words = end(.garbled).words
            } catch {
                words = end(error).words
            }
        }
        throw .reader(path: executable, reason: "it does not get ready: \(words)")
    }

    private func spawn() throws(IntakeFault) {
        var pair: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
            throw .reader(path: executable, reason: "no socket: \(errorText(errno))")
        }
        let result = Spawn.run(
            executable,
            arguments: [limits.workerMemory, limits.workerCPU, limits.workerMostCPU].map(String.init), socket: pair[1])
        // Only the worker holds its end now: when it dies, what we send it fails at once.
        close(pair[1])
        guard result.error == 0 else {
            close(pair[0])
            throw .reader(path: executable, reason: "it cannot be started: \(errorText(result.error))")
        }
        process = result.process
        socket = pair[0]
        documents = 0
    }

    /// Ends the worker: a closed socket tells it to go; one that does not go within a second is killed.
    private func stop() {
        guard process > 0 else { return }
        _ = reap(patience: 100)
    }

    /// Ends a worker that does not answer as it should, and says what became of it.
    private func end(_ failure: Channel.Failure) -> Death {
        switch failure {
        case .closed: return reap(patience: 100)
        case .timeout:
            _ = reap(patience: 0)
            return .wallTime(seconds: limits.workerWall)
        case .garbled:
            _ = reap(patience: 0)
            return .garbled
        case .tooLarge:
            _ = reap(patience: 0)
            return .tooLarge
        }
    }

    /// Closes the socket, waits for the worker so many hundredths of a second, kills what is left of it and of all it started.
    private func reap(patience: Int) -> Death {
        close(socket)
        socket = -1
        var waited = 0
        while waited < patience, !Channel.hasEnded(process) {
            waited += 1
            usleep(10_000)
        }
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        process = 0
        return Death(status: status, memory: limits.workerMemory)
    }
}

extension Extracted {
    /// Whether all of it comes out of this document, and none claims to be of another.
    fileprivate func isOf(_ locator: Locator) -> Bool {
        readings.allSatisfy { $0.document.locator.path == locator.path }
            && attachments.allSatisfy {
                $0.locator.path == locator.path || $0.locator.path.hasPrefix(locator.path + "!")
            }
    }
}
