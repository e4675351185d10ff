/// All schema files of a folder, and what they need of each other.
struct XSDFolder: Sendable {
    let bytes: [String: [UInt8]]
    let files: [String: XSDFile]

    /// - Parameter bytes: the files by their path in the folder, `/` between its parts.
    init(_ bytes: [String: [UInt8]]) {
        self.bytes = bytes
        files = Dictionary(uniqueKeysWithValues: bytes.map { ($0.key, XSDFile($0.key, $0.value)) })
    }

    /// The file that a reference means, by its path in the folder.
    ///
    /// Only files of the folder can be meant: a URL, an absolute path and a path that leaves the folder are faults.
    func target(of reference: XSDFile.Reference, in file: XSDFile) throws(XSDFault) -> String {
        func fault(_ reason: String) -> XSDFault { XSDFault(file: file.path, line: reference.line, reason: reason) }
        let location = reference.location
        let isURL = location.firstIndex(of: ":").map { !location[..<$0].contains("/") } ?? false
        if isURL || location.hasPrefix("/") {
            throw fault("it refers to \(location); only files in the folder are read, by relative paths")
        }
        var parts = file.path.split(separator: "/").dropLast().map(String.init)
        for part in XSDFolder.decoded(location).split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                throw fault("it refers to \(location), which lies outside of the folder")
            }
        }
        let path = parts.joined(separator: "/")
        guard files[path] != nil else { throw fault("it refers to \(location), which is not there") }
        return path
    }

    /// What a schema takes in with all its includes and imports.
    struct Closure: Sendable {
        var paths: Set<String> = []
        var namespaces: Set<String> = []
        var admitsForeign = false
    }

    /// - Throws: the first fault of a file that is needed, in the order of the references.
    func closure(of path: String) throws(XSDFault) -> Closure {
        var closure = Closure()
        var open = [path]
        while let next = open.popLast() {
            guard closure.paths.insert(next).inserted, let file = files[next] else { continue }
            if let fault = file.fault { throw fault }
            closure.namespaces.insert(file.namespace)
            if file.admitsForeign { closure.admitsForeign = true }
            for r in file.references.reversed() { open.append(try target(of: r, in: file)) }
        }
        return closure
    }

    /// `%20` is a blank: locations are URI references (XML Schema 1.0 part 1, section 4.3.2).
    static func decoded(_ location: String) -> String {
        var out: [UInt8] = []
        var rest = Array(location.utf8)[...]
        while let b = rest.popFirst() {
            let digits = rest.prefix(2)
            if b == 0x25, digits.count == 2, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                out.append(code)
                rest = rest.dropFirst(2)
            } else {
                out.append(b)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
