import Glibc
import ProofReader
import Schemas
import Synchronization
import Vocabulary

/// The project's own `schemas/`, as far as this room needs them.
enum Knowledge {
    static let files: SchemaFiles = {
        let root = String(#filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 }) + "/schemas"
        var texts: [String: String] = [:]
        for p in ["words.yaml", "dates.yaml"] { texts[p] = text(root + "/" + p) }
        if let folder = opendir(root + "/proofs") {
            while let e = readdir(folder) {
                let name = withUnsafePointer(to: &e.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name.hasSuffix(".yaml") { texts["proofs/" + name] = text(root + "/proofs/" + name) }
            }
            closedir(folder)
        }
        return SchemaFiles(texts)
    }()

    /// One for all tests, and one test at a time: a recogniser serves one page at once.
    private static let reader = Mutex(try? ProofReader(files))

    /// A file beside these tests.
    static func sample(_ path: String) -> String {
        text(#filePath.split(separator: "/").dropLast().reduce(into: "") { $0 += "/" + $1 } + "/" + path)
    }

    private static func text(_ path: String) -> String { String(decoding: bytes(path) ?? [], as: UTF8.self) }

    /// A file's bytes, nil where it cannot be opened.
    static func bytes(_ path: String) -> [UInt8]? {
        guard let f = fopen(path, "rb") else { return nil }
        defer { fclose(f) }
        var out: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let n = fread(&buffer, 1, buffer.count, f)
            if n <= 0 { break }
            out += buffer[0..<n]
        }
        return out
    }

    static func read(_ bytes: [UInt8], part: String? = nil) throws -> Extracted {
        try reader.withLock {
            if $0 == nil { $0 = try ProofReader(files) }
            return $0?.read(
                bytes, at: Locator(path: "in/paper.pdf", part: part), source: Digest.hex(Digest.sha256(bytes)))
                ?? Extracted()
        }
    }

    static func read(_ paper: PaperMaker) throws -> Extracted { try read(paper.bytes) }

    /// At most so many pages of it.
    static func read(_ paper: PaperMaker, pages: Int) throws -> Extracted {
        var policy = ProofPolicy()
        policy.pages = pages
        let reader = try ProofReader(files, policy: policy)
        return reader.read(paper.bytes, at: Locator(path: "in/paper.pdf"), source: "")
    }
}

extension Extracted {
    var event: Event? { readings.first?.events.first }
    var delivery: Delivery? { event?.delivery }
    var type: String? { readings.first?.document.type }
    func values(_ kind: String) -> [String] { event?.facts.references(kind).map(\.value) ?? [] }
    var codes: [String] { delivery?.remarks.map(\.code) ?? [] }
}
