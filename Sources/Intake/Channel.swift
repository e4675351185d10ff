import Glibc
import Vocabulary

/// Frames over a socket to a worker, with a deadline for each exchange.
struct Channel {
    enum Failure: Error {
        case timeout
        /// The other side is gone.
        case closed
        case garbled
        case tooLarge
    }

    /// Bytes of an answer's header and body. What a worker may hold bounds what it can say, not what it may claim to.
    private static let largest = (header: 64 << 20, body: 256 << 20)

    private let socket: Int32
    private let process: pid_t
    private let deadline: Int

    /// - Parameter process: who is at the other end.
    init(socket: Int32, process: pid_t, seconds: Int) {
        self.socket = socket
        self.process = process
        deadline = Channel.now() + seconds * 1000
    }

    func send(_ bytes: [UInt8]) throws(Failure) {
        var at = 0
        while at < bytes.count {
            // MSG_NOSIGNAL: a worker that is gone gives an error and no SIGPIPE.
            let n = bytes.withUnsafeBytes { raw in
                Glibc.send(
                    socket, raw.baseAddress?.advanced(by: at), raw.count - at,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if n > 0 {
                at += n
            } else if errno == EAGAIN {
                if Channel.hasEnded(process) { throw .closed }
                try wait(Int16(POLLOUT))
            } else if errno != EINTR {
                throw .closed
            }
        }
    }

    func receive() throws(Failure) -> Frame {
        let head = try take(Frame.headLength)
        guard let lengths = Frame.lengths(head) else { throw .garbled }
        guard lengths.header <= Channel.largest.header, lengths.body <= Channel.largest.body else { throw .tooLarge }
        let rest = try take(lengths.header + lengths.body)
        do {
            return try Frame(rest, headerLength: lengths.header)
        } catch {
            throw .garbled
        }
    }

    private func take(_ count: Int) throws(Failure) -> [UInt8] {
        var all: [UInt8] = []
        var hasEnded = false
        while all.count < count {
            let want = min(count - all.count, 1 << 20)
            var n = 0
            var failure: Int32 = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: want) { buffer, filled in
                n = recv(socket, buffer.baseAddress, want, Int32(MSG_DONTWAIT))
                if n < 0 { failure = errno }
                filled = max(0, n)
            }
            if n > 0 {
                all += chunk
            } else if n < 0, failure == EAGAIN {
                // A process that the worker started may hold the socket open when the worker itself is gone.
                if hasEnded { throw .closed }
                try wait(Int16(POLLIN))
                hasEnded = Channel.hasEnded(process)
            } else if n == 0 || failure != EINTR {
                throw .closed
            }
        }
        return all
    }

    private func wait(_ events: Int16) throws(Failure) {
        let left = deadline - Channel.now()
        guard left > 0 else { throw .timeout }
        var p = pollfd(fd: socket, events: events, revents: 0)
        _ = poll(&p, 1, Int32(min(left, 250)))
    }

    /// Whether a child has ended; it is left to be waited for.
    static func hasEnded(_ process: pid_t) -> Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo != 0
    }

    private static func now() -> Int {
        var t = timespec()
        clock_gettime(CLOCK_MONOTONIC, &t)
        return t.tv_sec * 1000 + t.tv_nsec / 1_000_000
    }
}
