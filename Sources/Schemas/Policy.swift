import Vocabulary

/// The house rules a user may change (`schemas/policy.yaml`, and the `--policy` file laid over it).
package struct Policy: Sendable {
    /// Flat names of figures: `order-unacknowledged.hours` → 48.
    package let figures: [String: Exact]
    /// Flat names of lists and words: `booking-missing.incoterms` → [EXW, …].
    package let words: [String: [String]]
    /// Licences are required for these commodity codes (prefixes).
    package var licensed: [String] { words["readiness.licence"] ?? [] }
    package let silences: [Silence]
    package let acknowledgements: AcknowledgementPolicy
    /// Bytes of an EDI message that are read.
    package let messageBytes: Int
    package let proofs: ProofPolicy
    /// The folder of official XML schemas, as the policy names it.
    package let xsd: String?
    /// An XML document that is valid under none of them is rejected.
    package let rejectsInvalidXML: Bool

    /// No alarms of a code for a partner, for a reason, until a day.
    package struct Silence: Sendable {
        package let code: String
        /// The partner's name as printed; nil for all.
        package let partner: String?
        package let reason: String
        package let until: Moment?
        /// Where the policy says so.
        package let at: Node
    }

    /// - Parameter overlay: the user's policy; a name in it that the defaults do not have is a fault.
    package init(_ files: SchemaFiles, overlay: Node? = nil) throws(SchemaFault) {
        let root = try files.node("policy.yaml")
        var figures: [String: Exact] = [:]
        var words: [String: [String]] = [:]
        try Policy.flatten(root, "", &figures, &words, known: nil)
        if let overlay {
            try Policy.flatten(overlay, "", &figures, &words, known: Set(figures.keys).union(words.keys))
        }
        acknowledgements = try AcknowledgementPolicy(root, overlay: overlay)
        messageBytes = try Policy.mebibytes(overlay?["edi"]?["message-mib"] ?? root["edi"]?["message-mib"]) << 20
        proofs = try ProofPolicy(root, overlay: overlay)
        xsd = try (overlay ?? root).string("xsd")
        rejectsInvalidXML = try Policy.rejects(overlay?["xsd-invalid"] ?? root["xsd-invalid"])
        self.figures = figures
        self.words = words
        var silences: [Silence] = []
        for s in (overlay?["silence"] ?? root["silence"])?.list ?? [] {
            try s.allow(["code", "partner", "reason", "until"])
            guard let code = try s.string("code"), let reason = try s.string("reason") else {
                throw s.fault("a silence needs code and reason")
            }
            silences.append(
                Silence(
                    code: code, partner: try s.string("partner"), reason: reason, until: try Policy.day(s), at: s))
        }
        self.silences = silences
    }

    private static func mebibytes(_ node: Node?) throws(SchemaFault) -> Int {
        let range = 1...1024
        guard let node else { throw SchemaFault(file: "policy.yaml", line: 0, reason: "edi.message-mib is missing") }
        guard let n = node.text.flatMap({ Int($0) }), range.contains(n) else {
            throw node.fault(
                "edi.message-mib has to be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return n
    }

    private static func rejects(_ node: Node?) throws(SchemaFault) -> Bool {
        switch node?.text {
        case "reject": return true
        case "report": return false
        default:
            let fault = SchemaFault(file: "policy.yaml", line: 0, reason: "xsd-invalid is missing")
            throw node?.fault("xsd-invalid has to be report or reject") ?? fault
        }
    }

    private static func day(_ silence: Node) throws(SchemaFault) -> Moment? {
        guard let text = try silence.string("until") else { return nil }
        guard let day = Moment(iso: text) else { throw silence.fault("until has to be a date like 2026-12-31") }
        return day
    }

    private static func flatten(
        _ node: Node, _ prefix: String, _ figures: inout [String: Exact], _ words: inout [String: [String]],
        known: Set<String>?
    ) throws(SchemaFault) {
        for m in node.members {
            let name = prefix.isEmpty ? m.key : "\(prefix).\(m.key)"
            if name == "silence" || name == "acknowledgements" { continue }
            if m.value.isMap {
                try flatten(m.value, name, &figures, &words, known: known)
                continue
            }
            if let known, !known.contains(name) {
                throw m.value.fault("\(name) is no policy value; docs/policy.md lists those there are")
            }
            if let text = m.value.text, let n = Exact(text) {
                figures[name] = n
            } else {
                if known != nil, figures[name] != nil { throw m.value.fault("\(name) has to be a number") }
                words[name] = m.value.texts
            }
        }
    }

    package func figure(_ name: String) -> Exact { figures[name] ?? .zero }
    package func hours(_ name: String) -> Int { Int(figure(name).scaled(to: 0)) }
    package func days(_ name: String) -> Int { Int(figure(name).scaled(to: 0)) }
    package func list(_ name: String) -> [String] { words[name] ?? [] }
}
