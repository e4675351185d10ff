import Vocabulary

/// Source bytes by their SHA-256, a file each: `folder/ab/cdef…`. Written once, never changed.
package struct SourceStore: Sendable {
    package let folder: String

    package init(folder: String) { self.folder = folder }

    private func path(_ digest: String) -> String { "\(folder)/\(digest.prefix(2))/\(digest.dropFirst(2))" }

    /// Keeps bytes under their digest; bytes that are held already cost a look and nothing more.
    package func keep(_ bytes: [UInt8], digest: String) throws(DiskFault) {
        let path = path(digest)
        if Disk.kind(of: path) == .file { return }
        // The folder is there for all but the first few hundred files.
        do { try Disk.replace(path, bytes) } catch {
            try Disk.makeFolder("\(folder)/\(digest.prefix(2))")
            try Disk.replace(path, bytes)
        }
    }

    /// The bytes of a digest, or nil where they are not held or no longer are what was kept.
    package func bytes(_ digest: String) -> [UInt8]? {
        guard digest.utf8.count == 64, let all = try? Disk.read(path(digest)) else { return nil }
        return Digest.hex(Digest.sha256(all)) == digest ? all : nil
    }
}
