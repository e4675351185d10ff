import Intake
import Ledger
import Schemas
import Synchronization
import Vocabulary
import XMLReader

/// One file, read by itself.
package struct Inspection: Sendable {
    package let readings: [Reading]
    /// The bytes that the readings were made of, by SHA-256: the file, and what came in it.
    package let sources: [String: [UInt8]]

    /// What is wrong with the XML schemas that were needed.
    package let schemaFaults: [String]

    private let limits: Limits
    private let intake: Intake

    /// - Parameters:
    ///   - policy: the user's policy file.
    ///   - xsd: the folder of official XML schemas; goes before the one that the policy names.
    package init(file: String, policy: String? = nil, xsd: String? = nil, schemas: SchemaFiles) throws(Fault) {
        switch Disk.kind(of: file) {
        case .nothing: throw Fault.usage("there is no file \(file)")
        case .folder: throw Fault.usage("\(file) is a folder; name a file, or use run")
        case .file: break
        }
        let rules = try PolicyFile(policy, schemas)
        limits = Limits(rules.policy)
        let sets = try rules.sets(given: xsd)
        let sources = Mutex<[String: [UInt8]]>([:])
        do {
            intake = try Intake(schemas, limits: limits, xsd: sets)
            readings = try intake.read(file: file) { digest, bytes in
                sources.withLock { $0[digest] = bytes }
            }
        } catch {
            throw Fault(error)
        }
        self.sources = sources.withLock { $0 }
        schemaFaults = sets?.faults ?? []
    }

    /// Each EDI source segment by segment, in the order of the readings.
    ///
    /// - Parameter privacy: masks sensitive values; nil to show them.
    package func outlines(_ schemas: SchemaFiles, privacy: Privacy?) throws(Fault) -> [EDIOutline] {
        var out: [EDIOutline] = []
        var seen: Set<String> = []
        for r in readings where r.document.format == .x12 || r.document.format == .edifact {
            guard seen.insert(r.document.source).inserted, let bytes = sources[r.document.source] else { continue }
            let own = readings.filter { $0.document.source == r.document.source }
            out.append(
                try EDIOutline(bytes, readings: own, limits: limits.messages, schemas: schemas, privacy: privacy))
        }
        return out
    }

    /// The readings of the first source that has pages to look at: a PDF, or a picture; empty where none has.
    package var paged: [Reading] {
        let first = readings.first { r in sources[r.document.source].map { intake.identify($0).hasPages } ?? false }
        return first.map { f in readings.filter { $0.document.source == f.document.source } } ?? []
    }

    /// A page with marks over it, as PNG.
    ///
    /// - Parameter source: whose page, by SHA-256.
    package func picture(_ drawing: PageDrawing, of source: String) throws(Fault) -> [UInt8] {
        guard let bytes = sources[source] else { throw Fault.usage("the bytes of the document are not at hand") }
        let drawn: DrawnPage
        do { drawn = try intake.draw(drawing, on: bytes) } catch { throw Fault(error) }
        switch drawn {
        case .png(let png): return png
        case .refused(let words):
            let own = readings.lazy.filter { $0.document.source == source }
            let code = own.compactMap(\.document.refusal).first.map { "\($0.code): " } ?? ""
            throw Fault.usage("no page was painted: \(code)\(words)")
        }
    }

    /// The bytes of the document that has this part, and these members of containers behind its path.
    func source(part: String?, members: Substring) -> [UInt8]? {
        let found = readings.first { r in
            r.document.locator.part == part && r.document.locator.path.drop { $0 != "!" } == members
        }
        return found.flatMap { sources[$0.document.source] }
    }
}

extension Document {
    /// Why it was rejected.
    package var refusal: Finding? { findings.first { $0.severity == .critical } }
}
