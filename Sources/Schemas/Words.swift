import Vocabulary

/// The words that name facts (`schemas/words.yaml`): maps, readers and rules use no others.
package struct Words: Sendable {
    /// By section (`references`, `dates`, …) the words in it.
    package let sections: [String: Set<String>]

    /// How a map names the sections: `reference purchase-order`, `date issued`.
    package static let singular = [
        "reference": "references", "party": "parties", "date": "dates", "amount": "amounts",
        "quantity": "quantities", "location": "locations", "equipment": "equipment", "term": "terms",
    ]

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("words.yaml")
        var sections: [String: Set<String>] = [:]
        for m in root.members { sections[m.key] = Set(m.value.members.map(\.key)) }
        for s in Words.singular.values where sections[s] == nil { throw root.fault("the section \(s) is missing") }
        self.sections = sections
    }

    /// A map's fact, `date requested-delivery`, as its section's singular and its word; anything else is a fault.
    package func fact(_ node: Node) throws(SchemaFault) -> (section: String, word: String) {
        try fact(node.text ?? "", at: node)
    }

    /// - Parameter node: where the fact stands, for a fault's line.
    func fact(_ text: String, at node: Node) throws(SchemaFault) -> (section: String, word: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2, let section = Words.singular[parts[0]] else {
            throw node.fault("\"\(text)\" is no fact; write one like \"date issued\"")
        }
        guard sections[section]?.contains(parts[1]) == true else {
            throw node.fault("\(parts[1]) is no word for a \(parts[0]); words.yaml lists those that are")
        }
        return (parts[0], parts[1])
    }
}
