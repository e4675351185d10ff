import Glibc
import Vocabulary

/// Frames over a socket to a worker, with a deadline for each exchange.
struct Channel {
    enum Failure: Error {
        case timeout
        /// The other side is gone.
        case closed
        case garbled
    }

    private let socket: Int32
    private let deadline: Int

    init(socket: Int32, seconds: Int) {
        self.socket = socket
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
                try wait(Int16(POLLOUT))
            } else if errno != EINTR {
                throw .closed
            }
        }
    }

    func receive() throws(Failure) -> Frame {
        let head = try take(Frame.headLength)
        guard let lengths = Frame.lengths(head) else { throw .garbled }
        let rest = try take(lengths.header + lengths.body)
        do {
            return try Frame(rest, headerLength: lengths.header)
        } catch {
            throw .garbled
        }
    }

    private func take(_ count: Int) throws(Failure) -> [UInt8] {
        var all: [UInt8] = []
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
                try wait(Int16(POLLIN))
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
        _ = poll(&p, 1, Int32(min(left, 60_000)))
    }

    private static func now() -> Int {
        var t = timespec()
        clock_gettime(CLOCK_MONOTONIC, &t)
        return t.tv_sec * 1000 + t.tv_nsec / 1_000_000
    }
}
