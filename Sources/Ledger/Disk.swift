#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the operating system refused: the sentence for the user.
package struct DiskFault: Error, Equatable, CustomStringConvertible {
    package var reason: String

    package var description: String { reason }

    package init(_ verb: String, _ path: String, _ code: Int32 = errno) {
        reason = "cannot \(verb) \(path): \(String(cString: strerror(code)))"
    }
}

/// Plain files by the C library: nothing of Foundation, whose files would cost the start more than the work.
package enum Disk {
    package enum Kind: Equatable { case nothing, file, folder }

    /// What lies at a path, links followed.
    package static func kind(of path: String) -> Kind {
        var info = stat()
        guard stat(path, &info) == 0 else { return .nothing }
        return info.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }

    package static func read(_ path: String) throws(DiskFault) -> [UInt8] {
        guard kind(of: path) != .folder else { throw DiskFault("read", path, EISDIR) }
        guard let file = fopen(path, "rb") else { throw DiskFault("read", path) }
        defer { fclose(file) }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let n = fread(&buffer, 1, buffer.count, file)
            all += buffer[..<n]
            if n < buffer.count {
                if ferror(file) != 0 { throw DiskFault("read", path) }
                return all
            }
        }
    }

    /// Writes a file so that it appears whole or not at all: under a name of its own first, then renamed.
    package static func replace(_ path: String, _ bytes: [UInt8]) throws(DiskFault) {
        let draft = "\(path).\(getpid()).part"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw DiskFault("write", path) }
        let written = bytes.withUnsafeBytes { writeAll($0, file) }
        guard close(file) == 0, written, rename(draft, path) == 0 else {
            let fault = DiskFault("write", path)
            unlink(draft)
            throw fault
        }
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, _ file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let n = write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if n < 0 && errno == EINTR { continue }
            guard n > 0 else { return false }
            rest = rest.dropFirst(n)
        }
        return true
    }

    /// Makes a folder and those above it where they are missing.
    package static func makeFolder(_ path: String) throws(DiskFault) {
        var made = path.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            made += made.isEmpty || made == "/" ? String(name) : "/" + name
            if mkdir(made, 0o777) != 0, errno != EEXIST { throw DiskFault("make the folder", made) }
        }
        guard kind(of: path) == .folder else { throw DiskFault("make the folder", path, ENOTDIR) }
    }

    package static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

    /// The names in a folder, sorted; those that begin with a dot left out.
    package static func names(in folder: String) throws(DiskFault) -> [String] {
        guard let open = opendir(folder) else { throw DiskFault("read the folder", folder) }
        defer { closedir(open) }
        var names: [String] = []
        while let entry = readdir(open) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// The path from the root, with `.`, `..` and links followed; the path as given where nothing lies there.
    package static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
