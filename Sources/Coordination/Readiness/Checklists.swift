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
    }

    func territory(_ country: String?) -> String? {
        guard let c = country?.uppercased(), c.count == 2 else { return nil }
        return territories[c] ?? c.lowercased()
    }
}
