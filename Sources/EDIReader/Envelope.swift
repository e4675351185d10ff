import EDI
import Schemas
import Vocabulary

/// What `maps/envelope.yaml` says: kinds of sender ids, and segments that build trees.
struct EnvelopeTables: Sendable {
    /// By standard, qualifier to scheme.
    let schemes: [String: [String: String]]
    /// By tag, the elements that name a node and its parent.
    let hierarchies: [String: (id: Int, parent: Int)]

    init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("maps/envelope.yaml")
        try root.allow(["schemes", "hierarchies"])
        var schemes: [String: [String: String]] = [:]
        for m in try root.required("schemes").members {
            var table: [String: String] = [:]
            for row in m.value.members { table[row.key] = row.value.text ?? "" }
            schemes[m.key] = table
        }
        self.schemes = schemes
        var hierarchies: [String: (id: Int, parent: Int)] = [:]
        for m in try root.required("hierarchies").members {
            guard let id = try m.value.int("id"), let parent = try m.value.int("parent") else {
                throw m.value.fault("a hierarchy names the elements id and parent")
            }
            hierarchies[m.key] = (id, parent)
        }
        self.hierarchies = hierarchies
    }

    func party(_ role: String, _ address: Address, _ standard: Standard, at: Place) -> Party? {
        guard !address.id.isEmpty else { return nil }
        let code = address.qualifier ?? ""
        var scheme = schemes[standard.rawValue]?[code] ?? code
        let isGLN = address.id.utf8.count == 13 && address.id.utf8.allSatisfy { (48...57).contains($0) }
        if scheme == "gln", !isGLN { scheme = code }
        return Party(role, id: address.id.uppercased(), scheme: scheme.isEmpty ? nil : scheme, at: at)
    }
}

extension Interchange {
    /// ISA09/10 or S004; the zone is not said.
    func moment(_ group: Group?) -> Moment? {
        let own = DateText.moment(date, time: time)
        return own ?? group.flatMap { DateText.moment($0.date, time: $0.time) }
    }
}
