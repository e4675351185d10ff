import EDI
import Schemas

/// The structure tables of `schemas/structures`, read when a message first asks for them.
package struct Structures: Sendable {
    private let files: SchemaFiles
    private var tables: [Standard: StructureTables] = [:]
    private var checks: [Key: StructureCheck?] = [:]
    private var tags: [Key: Set<UInt32>?] = [:]

    private struct Key: Hashable {
        let standard: Standard
        let type: String
        let version: String
    }

    package init(_ schemas: SchemaFiles) { files = schemas.only(["structures/"]) }

    /// A standard's tables; nil where there are none.
    ///
    /// - Throws: `StructureFault` for tables that cannot be read.
    package mutating func tables(of standard: Standard) throws(StructureFault) -> StructureTables? {
        if let known = tables[standard] { return known }
        let folder = "structures/\(standard.rawValue)/"
        func text(_ name: String) -> [UInt8] { Array((files.texts[folder + name] ?? "").utf8) }
        guard files.has(folder + "messages.txt") else { return nil }
        let made = try StructureTables(
            standard, messages: text("messages.txt"), segments: text("segments.txt"),
            composites: text("composites.txt"), elements: text("elements.txt"), codes: text("codes.txt"))
        tables[standard] = made
        return made
    }

    /// The check of a message type in a version; nil where the tables do not have the type.
    package mutating func check(
        _ type: String, _ standard: Standard, version: String
    ) throws(StructureFault) -> StructureCheck? {
        let key = Key(standard: standard, type: type, version: version)
        if let known = checks[key] { return known }
        let made = try tables(of: standard)?.structure(of: type, version: version).map { StructureCheck($0) }
        checks[key] = .some(made)
        return made
    }

    /// Tags of the segments that a message may have, in the form of `SegmentRecord.tag`; nil where that is not known.
    mutating func tags(of type: String, _ standard: Standard, version: String) -> Set<UInt32>? {
        let key = Key(standard: standard, type: type, version: version)
        if let known = tags[key] { return known }
        // Faulty tables are told by `schemas check`; reading goes on without them.
        let structure = try? check(type, standard, version: version)?.structure
        let made = structure.map { s in
            Set(
                s.items.filter { !$0.isGroup }.map { item in
                    item.tag.utf8.prefix(4).enumerated().reduce(UInt32(0)) {
                        $0 | UInt32($1.element) << (8 * UInt32($1.offset))
                    }
                })
        }
        tags[key] = .some(made)
        return made
    }

    /// What the tables find in the messages of a transmission.
    package mutating func findings(_ t: Transmission) throws(StructureFault) -> [SyntaxFinding] {
        var out: [SyntaxFinding] = []
        for (n, m) in t.messages.enumerated() where m.isComplete {
            let standard = t.interchanges[m.interchange].standard
            if let check = try check(m.type.uppercased(), standard, version: m.version) {
                out += check.check(n, in: t).findings
            }
        }
        return out
    }
}
