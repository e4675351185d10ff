import Schemas
import Vocabulary

/// `schemas/checklists.yaml`: what readiness asks for.
struct Checklists: Sendable {
    /// Country → the territory whose customs it belongs to (`uk`, `eu`, `us`, else the country in small letters).
    let territories: [String: String]
    let required: [String]
    let sea: [String: [String]]
    let preference: Set<String>
    let serves: [String: Set<String>]
    /// Findings of reading that mean that something was put up with.
    let lenient: Set<String>
    /// What is to be done about a conflict, by its rule.
    let conflicts: [String: Lanes.Paper]
    private let eori: [String: [Shape]]

    /// So many digits, or letters and digits, behind the country.
    private struct Shape: Sendable {
        let digits: Bool
        let counts: ClosedRange<Int>

        init(_ node: Node) throws(SchemaFault) {
            let text = node.text ?? ""
            let parts = text.dropFirst().split(separator: "-").compactMap { Int($0) }
            guard text.hasPrefix("d") || text.hasPrefix("a"), (1...2).contains(parts.count),
                parts[0] <= parts[parts.count - 1]
            else { throw node.fault("a shape is d or a and how many: d12, a9, d7-15") }
            digits = text.hasPrefix("d")
            counts = parts[0]...parts[parts.count - 1]
        }
    }

    init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("checklists.yaml")
        var territories: [String: String] = [:]
        for m in try root.required("territories").members { for c in m.value.texts { territories[c] = m.key } }
        self.territories = territories
        required = try root.required("required").texts
        var sea: [String: [String]] = [:]
        for m in try root.required("also").members { sea[m.key] = m.value["sea"]?.texts ?? [] }
        self.sea = sea
        preference = Set(try root.required("preference-first-digits").texts)
        var serves: [String: Set<String>] = [:]
        for m in try root.required("serves").members { serves[m.key] = Set(m.value.texts) }
        self.serves = serves
        lenient = Set(try root.required("lenient").texts)
        var conflicts: [String: Lanes.Paper] = [:]
        for m in try root.required("conflicts").members { conflicts[m.key] = try Lanes.Paper(m.value) }
        self.conflicts = conflicts
        var eori: [String: [Shape]] = [:]
        for m in try root.required("eori").members {
            for n in m.value.list { eori[m.key, default: []].append(try Shape(n)) }
        }
        self.eori = eori
    }

    /// Whether a text has the form of an EORI: the general one, and its country's where that is known.
    func isEORI(_ s: String) -> Bool {
        guard Vocabulary.Shape.eori(s) else { return false }
        guard let shapes = eori[String(s.prefix(2))] else { return true }
        let tail = s.dropFirst(2)
        return shapes.contains { $0.counts.contains(tail.count) && (!$0.digits || tail.allSatisfy(\.isNumber)) }
    }

    func territory(_ country: String?) -> String? {
        guard let c = country?.uppercased(), c.count == 2 else { return nil }
        return territories[c] ?? c.lowercased()
    }
}
