import Vocabulary

/// What each exception means, costs and asks for (`schemas/catalogue.yaml`).
package struct Catalogue: Sendable {
    package struct Entry: Sendable {
        package let code: String
        /// The kind of entity it hangs on; nil for a document.
        package let on: EntityKind?
        package let owner: String
        package let severity: Severity
        /// Sentence with `{names}` of figures; a part in `[brackets]` is left out where one of its figures is unknown.
        package let summary: String
        package let action: String
        package let money: Formula?
        /// Hours from detection to when it should be settled.
        package let dueHours: Int?
        /// Codes that this one may follow from, nearest first.
        package let causes: [String]
    }

    package let entries: [String: Entry]

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("catalogue.yaml")
        var entries: [String: Entry] = [:]
        for m in try root.required("exceptions").members {
            entries[m.key] = try Catalogue.entry(m.key, m.value)
        }
        for e in entries.values.sorted(by: { $0.code < $1.code }) {
            for c in e.causes where entries[c] == nil {
                throw SchemaFault(
                    file: "catalogue.yaml", line: 0, reason: "\(e.code) names the cause \(c), which is no code")
            }
        }
        self.entries = entries
    }

    private static func entry(_ code: String, _ node: Node) throws(SchemaFault) -> Entry {
        try node.allow(["on", "owner", "severity", "summary", "action", "money", "due", "causes", "means"])
        let on = try node.string("on") ?? ""
        let kind = EntityKind(rawValue: on)
        guard kind != nil || on == "document" else { throw node.fault("on has to be a kind of entity or document") }
        guard let severity = Severity(rawValue: try node.string("severity") ?? "") else {
            throw node.fault("severity has to be info, warning or critical")
        }
        guard let owner = try node.string("owner"), let summary = try node.string("summary"),
            let action = try node.string("action")
        else { throw node.fault("owner, summary and action are needed") }
        var money: Formula?
        if let m = node["money"] { money = try Formula(m) }
        return Entry(
            code: code, on: kind, owner: owner, severity: severity, summary: summary, action: action, money: money,
            dueHours: try node.int("due"), causes: node["causes"]?.texts ?? [])
    }

    /// Puts figures into a sentence of the catalogue. Unknown ones read `?`, unless they stand in brackets.
    package static func render(_ template: String, _ figures: [String: String]) -> String {
        var out = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "[" }) {
            out += rest[..<open]
            let optional = rest[open] == "["
            guard let close = rest[open...].firstIndex(of: optional ? "]" : "}") else { break }
            let inner = rest[rest.index(after: open)..<close]
            if optional {
                let part = render(String(inner), figures)
                if !part.contains("?") { out += part }
            } else {
                out += figures[String(inner)] ?? "?"
            }
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }
}
