import Vocabulary

/// What sentences say of a delivery (`schemas/proofs/prose.yaml`).
package struct ProseWords: Sendable {
    /// One word of a pattern.
    package enum Part: Hashable, Sendable {
        case word(String)
        case name
        /// Up to six words of any kind.
        case gap
    }

    /// Ways to say who took the goods.
    package let receivers: [[Part]]
    /// Words that belong to a name though they begin small.
    package let particles: Set<String>
    /// Words of sentences about what is to come, or about rules.
    package let notYet: Set<String>

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("proofs/prose.yaml")
        try root.allow(["receivers", "particles", "not-yet"])
        var receivers: [[Part]] = []
        for n in root["receivers"]?.list ?? [] {
            let parts = (n.text ?? "").split(separator: " ").map { w -> Part in
                w == "_" ? .name : w == "*" ? .gap : .word(Fold.plain(w))
            }
            guard parts.filter({ $0 == .name }).count == 1, parts.first != .name, parts.first != .gap else {
                throw n.fault("a pattern begins with a word and holds one _")
            }
            receivers.append(parts)
        }
        self.receivers = receivers
        particles = Set((root["particles"]?.texts ?? []).map { Fold.plain($0) })
        notYet = Set((root["not-yet"]?.texts ?? []).flatMap { Fold.tokens($0) })
    }
}
