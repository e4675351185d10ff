import Ledger
import Schemas
import Vocabulary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Finds the folder with Interline's knowledge and reads it.
///
/// The order of places: the given folder, `INTERLINE_SCHEMAS`, `share/interline/schemas` beside the executable's
/// folder, then upwards from the executable to the first `schemas/interline.yaml`. A folder without `interline.yaml`,
/// given by hand, is a user's own files: they are laid over those found at the places that follow.
package struct SchemaFolder: Sendable {
    /// What a given folder is read from, first the standard one, then what is laid over it.
    package let folders: [String]
    package let files: SchemaFiles

    package init(given: String?, environment: String?, executable: String) throws(Fault) {
        var overlays: [String] = []
        var tried: [String] = []
        var root: String?
        for (name, folder) in [("--schemas", given), ("INTERLINE_SCHEMAS", environment)] {
            guard let folder, !folder.isEmpty, root == nil else { continue }
            guard Disk.kind(of: folder) == .folder else {
                throw Fault.usage("\(name): \(folder) is not a folder")
            }
            if SchemaFolder.isRoot(folder) { root = folder } else { overlays.append(folder) }
            tried.append(folder)
        }
        for place in SchemaFolder.places(around: executable) where root == nil {
            tried.append(place)
            if SchemaFolder.isRoot(place) { root = place }
        }
        guard let root else {
            throw Fault.usage(
                "no schemas folder (one with interline.yaml) found; tried \(tried.joined(separator: ", ")); "
                    + "name it with --schemas or INTERLINE_SCHEMAS")
        }
        folders = [root] + overlays.reversed()
        var files = SchemaFiles([:])
        for folder in folders { files = files.overlaid(with: try SchemaFolder.read(folder)) }
        self.files = files
    }

    private static func isRoot(_ folder: String) -> Bool { Disk.kind(of: "\(folder)/interline.yaml") == .file }

    /// `share` beside the executable's folder, then each folder above the executable.
    static func places(around executable: String) -> [String] {
        var folder = parent(of: executable)
        var places = ["\(parent(of: folder))/share/interline/schemas".replacingDoubleSlash]
        while true {
            places.append("\(folder)/schemas".replacingDoubleSlash)
            if folder == "/" || folder.isEmpty { return places }
            folder = parent(of: folder)
        }
    }

    private static func parent(of path: String) -> String {
        guard let cut = path.lastIndex(of: "/") else { return "" }
        return cut == path.startIndex ? "/" : String(path[..<cut])
    }

    /// The YAML and TSV files below a folder. What describes the output (`output/`) is no knowledge that a run uses.
    private static func read(_ root: String) throws(Fault) -> SchemaFiles {
        var texts: [String: String] = [:]
        var folders = [""]
        do {
            while let folder = folders.popLast() {
                for name in try Disk.names(in: folder.isEmpty ? root : "\(root)/\(folder)") {
                    let path = folder.isEmpty ? name : "\(folder)/\(name)"
                    if Disk.kind(of: "\(root)/\(path)") == .folder {
                        if path != "output" { folders.append(path) }
                    } else if [".yaml", ".tsv", ".txt"].contains(where: name.hasSuffix) {
                        let bytes = try Disk.read("\(root)/\(path)")
                        guard let text = String(validating: bytes, as: UTF8.self) else {
                            throw Fault.usage("\(root)/\(path) is not UTF-8 text")
                        }
                        texts[path] = text
                    }
                }
            }
        } catch {
            throw Fault(error)
        }
        return SchemaFiles(texts)
    }

    /// Where the running program lies, links followed.
    package static var executable: String { Disk.absolute("/proc/self/exe") }
}

extension String {
    fileprivate var replacingDoubleSlash: String { hasPrefix("//") ? String(dropFirst()) : self }
}
