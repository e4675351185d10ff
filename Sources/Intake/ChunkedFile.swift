import Glibc
import Vocabulary

/// A file that is read in chunks, however long it is.
final class ChunkedFile {
    private let fd: Int32
    /// Bytes of the file when it was opened.
    let size: Int
    /// Why the file could not be read to its end.
    private(set) var failure: String?
    /// The same, for the document that stands for what was not read.
    var unread: Finding? {
        failure.map {
            Finding(
                "unreadable-file", .critical, "The file cannot be read to its end: \($0).",
                at: Place(offset: at, length: 0))
        }
    }
    /// Bytes read so far.
    private(set) var at = 0
    static let chunk = 1 << 18

    init(_ entry: DropEntry) throws(DropEntry.Refusal) {
        let fd = entry.name.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) }
        guard fd >= 0 else { throw DropEntry.Refusal(code: "unreadable-file", reason: errorText(errno)) }
        var info = stat()
        guard fstat(fd, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            close(fd)
            throw DropEntry.Refusal(code: "special-file", reason: "it is a folder, pipe, socket or device")
        }
        self.fd = fd
        size = Int(info.st_size)
    }

    deinit { close(fd) }

    /// The next bytes; none at the end, or where the file cannot be read on, with `failure`.
    func next() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: ChunkedFile.chunk) { buffer, count in
            var n = 0
            repeat { n = Glibc.read(fd, buffer.baseAddress, ChunkedFile.chunk) } while n < 0 && errno == EINTR
            if n < 0 {
                failure = errorText(errno)
            } else if n == 0, at < size {
                failure = "it became shorter while it was read"
            }
            at += max(0, n)
            count = max(0, n)
        }
    }

    func rewind() {
        lseek(fd, 0, SEEK_SET)
        at = 0
        failure = nil
    }

    /// SHA-256 of the whole file, hexadecimal; afterwards it is at its end.
    func digest() -> String {
        let sum = Digest.Sum()
        rewind()
        while true {
            let bytes = next()
            if bytes.isEmpty { break }
            sum.add(bytes)
        }
        return Digest.hex(sum.value)
    }
}
