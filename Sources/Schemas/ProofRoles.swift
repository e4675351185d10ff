import Vocabulary

/// Which roles a paper's facts take where no label says so (`schemas/proofs/roles.yaml`).
package struct ProofRoles: Sendable {
    /// A remark's code to the role of the quantity that it counts.
    package let remarks: [String: String]
    /// Roles of the party that a paper is for, first come first.
    package let receiver: [String]

    init(_ files: SchemaFiles, _ words: Words) throws(SchemaFault) {
        let root = try files.node("proofs/roles.yaml")
        try root.allow(["remarks", "receiver"])
        func role(_ node: Node, of section: String) throws(SchemaFault) -> String {
            let fact = try words.fact(node)
            guard fact.section == section else { throw node.fault("\(fact.section) stands in place of a \(section)") }
            return fact.word
        }
        var remarks: [String: String] = [:]
        for m in try root.required("remarks").members { remarks[m.key] = try role(m.value, of: "quantity") }
        var receiver: [String] = []
        for n in try root.required("receiver").list { receiver.append(try role(n, of: "party")) }
        self.remarks = remarks
        self.receiver = receiver
    }
}
