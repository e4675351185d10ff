import Glibc

/// Something that lies in a drop folder.
package struct DropEntry: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file
        case link
        /// A pipe, socket or device.
        case special
        /// A folder that could not be listed, and why.
        case folder(reason: String)
    }

    /// Relative to the drop, `/` between folders, as a locator has it.
    package var path: String
    package var kind: Kind
    /// Whether `path` is the name itself; false where bytes that are no UTF-8 had to be written otherwise.
    package var exact: Bool
    /// The name to open it by, as bytes without the closing zero.
    var name: [UInt8]
}

package enum Drop {
    /// Everything below a folder, of any name and depth, in the order of the names' bytes. Symbolic links are listed and
    /// not followed, wherever they lead: what they point to is either listed itself or not in the drop.
    package static func walk(_ folder: String) throws(IntakeFault) -> [DropEntry] {
        var root = Array(folder.utf8)
        while root.count > 1, root.last == slash { root.removeLast() }
        let first = list(root)
        if let reason = first.fault { throw .drop(path: folder, reason: reason) }
        var found: [DropEntry] = []
        var open = [(folder: root, prefix: [UInt8](), entries: first.entries)]
        while let (folder, prefix, entries) = open.popLast() {
            for e in entries {
                let name = folder + [slash] + e.name
                let path = prefix + e.name
                guard case .folder = e.kind else {
                    let text = Path.text(path)
                    found.append(DropEntry(path: text.text, kind: e.kind, exact: text.exact, name: name))
                    continue
                }
                let inner = list(name)
                if let reason = inner.fault {
                    let text = Path.text(path)
                    found.append(
                        DropEntry(path: text.text, kind: .folder(reason: reason), exact: text.exact, name: name))
                } else {
                    open.append((name, path + [slash], inner.entries))
                }
            }
        }
        return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// One file by itself; its locator is its name.
    package static func file(_ path: String) -> DropEntry {
        DropEntry(path: Path.last(path), kind: .file, exact: true, name: Array(path.utf8))
    }

    private static let slash = UInt8(ascii: "/")

    private static func list(_ folder: [UInt8]) -> (entries: [(name: [UInt8], kind: DropEntry.Kind)], fault: String?) {
        guard let handle = folder.withCString({ opendir($0) }) else { return ([], errorText(errno)) }
        defer { closedir(handle) }
        var entries: [(name: [UInt8], kind: DropEntry.Kind)] = []
        while let e = readdir(handle) {
            let name = withUnsafePointer(to: &e.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { text in
                    (0..<strlen(text)).map { UInt8(bitPattern: text[$0]) }
                }
            }
            if name == [UInt8(ascii: ".")] || name == Array("..".utf8) { continue }
            var info = stat()
            let known = (folder + [slash] + name).withCString { lstat($0, &info) } == 0
            let kind: DropEntry.Kind =
                switch known ? info.st_mode & S_IFMT : S_IFREG {
                case S_IFDIR: .folder(reason: "")
                case S_IFLNK: .link
                case S_IFREG: .file
                default: .special
                }
            entries.append((name, kind))
        }
        return (entries, nil)
    }
}

extension DropEntry {
    /// Why the bytes of a file could not be had, as finding code and words.
    struct Refusal: Error {
        var code: String
        var reason: String
    }

    /// The file's bytes, by plain reads: a map of a file that someone still writes can kill the program.
    func bytes(limit: Int) throws(Refusal) -> [UInt8] {
        let fd = name.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) }
        guard fd >= 0 else { throw Refusal(code: "unreadable-file", reason: errorText(errno)) }
        defer { close(fd) }
        var info = stat()
        guard fstat(fd, &info) == 0 else { throw Refusal(code: "unreadable-file", reason: errorText(errno)) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw Refusal(code: "special-file", reason: "it is a folder, pipe, socket or device")
        }
        guard info.st_size <= limit else {
            throw Refusal(code: "file-too-large", reason: "it has \(info.st_size) bytes; read are at most \(limit)")
        }
        var all: [UInt8] = []
        var failure: Int32 = 0
        // One byte more than the size says tells a file that grew while it was read.
        var room = Int(info.st_size) + 1
        while failure == 0 {
            let before = all.count
            let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                var n = 0
                repeat { n = Glibc.read(fd, buffer.baseAddress, room) } while n < 0 && errno == EINTR
                if n < 0 { failure = errno }
                count = max(0, n)
            }
            all = before == 0 ? chunk : all + chunk
            if chunk.isEmpty { break }
            if all.count > limit {
                throw Refusal(
                    code: "file-too-large", reason: "it grows while it is read; read are at most \(limit) bytes")
            }
            room = max(4096, Int(info.st_size) + 1 - all.count)
        }
        guard failure == 0 else { throw Refusal(code: "unreadable-file", reason: errorText(failure)) }
        return all
    }
}

extension [UInt8] {
    /// The bytes as a C string.
    func withCString<T>(_ body: (UnsafePointer<CChar>) -> T) -> T {
        (map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map(body) ?? "".withCString(body)
        }
    }
}

/// The system's words for an error number, independent of the locale (the C locale is never left).
func errorText(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
}
