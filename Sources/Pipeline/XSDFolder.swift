import Ledger
import Vocabulary
import XMLReader

/// Reads a user's folder of official XML schemas.
enum XSDFolder {
    /// Bytes of all schemas together: the largest families have some megabytes.
    private static let limit = 256 << 20

    /// The schemas below a folder: every file whose name ends in `.xsd`, links followed.
    /// - Parameter rejects: a document that breaks its schema is rejected, not only told.
    static func sets(_ root: String, rejects: Bool) throws(Fault) -> XSDSets {
        guard Disk.kind(of: root) == .folder else { throw Fault.usage("--xsd: \(root) is not a folder") }
        var files: [String: [UInt8]] = [:]
        var size = 0
        do {
            var folders: [(path: String, depth: Int)] = [("", 0)]
            while let (folder, depth) = folders.popLast() {
                for name in try Disk.names(in: folder.isEmpty ? root : "\(root)/\(folder)") {
                    let path = folder.isEmpty ? name : "\(folder)/\(name)"
                    if Disk.kind(of: "\(root)/\(path)") == .folder {
                        // A link may lead back to where it stands.
                        if depth < 16 { folders.append((path, depth + 1)) }
                    } else if name.lowercased().hasSuffix(".xsd") {
                        let bytes = try Disk.read("\(root)/\(path)")
                        size += bytes.count
                        guard size <= limit else {
                            throw Fault.usage("--xsd: \(root) holds more than \(limit >> 20) MiB of schemas")
                        }
                        files[path] = bytes
                    }
                }
            }
        } catch {
            throw Fault(error)
        }
        guard !files.isEmpty else { throw Fault.usage("--xsd: there is no .xsd file below \(root)") }
        let name = Disk.absolute(root).split(separator: "/").last.map(String.init) ?? root
        return XSDSets(files, name: name, rejects: rejects)
    }
}
