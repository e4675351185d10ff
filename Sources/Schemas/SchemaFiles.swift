import Vocabulary

/// The files of a schemas folder as bytes, by path below it. Reading them from disk is the caller's business.
package struct SchemaFiles: Sendable {
    /// `maps/x12/850.yaml` → the file's text.
    package private(set) var texts: [String: String]

    package init(_ texts: [String: String]) { self.texts = texts }

    /// These files with another folder's laid over them: a file of the same path takes the other's place.
    package func overlaid(with other: SchemaFiles) -> SchemaFiles {
        SchemaFiles(texts.merging(other.texts) { _, new in new })
    }

    /// The files below a folder (`maps/xml/`), by path, in order.
    package func below(_ folder: String) -> [(path: String, text: String)] {
        texts.filter { $0.key.hasPrefix(folder) }.map { (path: $0.key, text: $0.value) }.sorted { $0.path < $1.path }
    }

    /// Only the files that a room needs, to be sent to a worker.
    package func only(_ folders: [String]) -> SchemaFiles {
        SchemaFiles(texts.filter { f in folders.contains { f.key.hasPrefix($0) } })
    }

    package func has(_ path: String) -> Bool { texts[path] != nil }

    package func node(_ path: String) throws(SchemaFault) -> Node {
        guard let text = texts[path] else { throw SchemaFault(file: path, line: 0, reason: "the file is missing") }
        return try Node(yaml: text, file: path)
    }

    /// The rows of a TSV file behind its header line, as columns; empty lines and lines that begin with # are passed over.
    package func table(_ path: String) throws(SchemaFault) -> [[String]] {
        guard let text = texts[path] else { throw SchemaFault(file: path, line: 0, reason: "the file is missing") }
        return text.split(separator: "\n", omittingEmptySubsequences: true).filter { !$0.hasPrefix("#") }.dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }

    /// A hash over all paths and texts: which knowledge a run was made with.
    package var hash: String {
        Digest.id("schemas", texts.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    }

    package var json: JSON { .object(JSON.Members(texts.mapValues(JSON.string))) }

    package init?(json: JSON) {
        guard case .object(let o) = json else { return nil }
        texts = Dictionary(o.compactMap { m in m.value.string.map { (m.key, $0) } }) { _, last in last }
    }
}
