import Vocabulary

/// The error codes by which findings are told in acknowledgements (`schemas/acknowledgements.yaml`).
package struct AcknowledgementCodes: Sendable {
    /// What a finding is called at each level; nil where the level has no word for it.
    package struct Row: Sendable {
        package let segment: String?
        package let element: String?
        package let element999: String?
        package let set: String?
        package let group: String?
        package let interchange: String?
        package let edifact: String?

        init(_ node: Node) throws(SchemaFault) {
            try node.allow(["segment", "element", "element-999", "set", "group", "interchange", "edifact"])
            segment = try node.string("segment")
            element = try node.string("element")
            element999 = try node.string("element-999")
            set = try node.string("set")
            group = try node.string("group")
            interchange = try node.string("interchange")
            edifact = try node.string("edifact")
        }

        /// It has a word for a message or for something in it.
        package var isOfMessage: Bool { self.set != nil || segment != nil || element != nil }
        /// It speaks of a group or an interchange, not of a message.
        package var isOfEnvelope: Bool { (group != nil || interchange != nil) && !isOfMessage }
    }

    /// By finding.
    package let rows: [String: Row]
    package let unspecified: Row
    /// Findings that reject a message whatever their severity.
    package let rejecting: Set<String>
    /// Message types that are never acknowledged.
    package let never: Set<String>
    /// Implementation guides of the 999, by how the versions that they answer begin.
    private let guides: [(prefix: String, guide: String)]

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("acknowledgements.yaml")
        try root.allow(["findings", "unspecified", "rejecting", "never", "guides"])
        var rows: [String: Row] = [:]
        for m in try root.required("findings").members { rows[m.key] = try Row(m.value) }
        self.rows = rows
        unspecified = try Row(try root.required("unspecified"))
        rejecting = Set(root["rejecting"]?.texts ?? [])
        never = Set(root["never"]?.texts ?? [])
        guides = (root["guides"]?.members ?? []).compactMap { m in m.value.text.map { (m.key, $0) } }
    }

    /// The implementation guide of the 999 that answers a group of this version (GS08); nil where it follows none.
    package func guide(of version: String) -> String? { guides.first { version.hasPrefix($0.prefix) }?.guide }
}

/// Which acknowledgements a partner gets (`acknowledgements` of the policy).
package struct AcknowledgementPolicy: Sendable {
    package enum Set: String, Sendable, CaseIterable {
        case functional = "997"
        case implementation = "999"
        case none
    }

    package enum When: String, Sendable, CaseIterable {
        case always
        case onError = "on-error"
        case asked
        case none
    }

    package struct Rule: Sendable {
        package var x12 = Set.functional
        package var ta1 = When.onError
        package var contrl = When.always

        fileprivate mutating func apply(_ node: Node) throws(SchemaFault) {
            try node.allow(["x12", "ta1", "contrl"])
            if let n = node["x12"] { x12 = try AcknowledgementPolicy.word(n, Set.allCases) }
            if let n = node["ta1"] { ta1 = try AcknowledgementPolicy.word(n, When.allCases) }
            if let n = node["contrl"] { contrl = try AcknowledgementPolicy.word(n, [.always, .asked, .none]) }
        }
    }

    private var standard = Rule()
    private var partners: [String: Rule] = [:]

    package init(_ root: Node?, overlay: Node?) throws(SchemaFault) {
        for layer in [root, overlay] {
            guard let node = layer?["acknowledgements"] else { continue }
            try node.allow(["default", "partners"])
            if let n = node["default"] { try standard.apply(n) }
            for m in node["partners"]?.members ?? [] {
                var rule = partners[m.key] ?? standard
                try rule.apply(m.value)
                partners[m.key] = rule
            }
        }
    }

    /// - Parameter sender: the sender's id in the envelope.
    package func rule(for sender: String) -> Rule { partners[sender] ?? standard }

    private static func word<T: RawRepresentable>(_ node: Node, _ known: [T]) throws(SchemaFault) -> T
    where T.RawValue == String {
        guard let t = node.text, let w = known.first(where: { $0.rawValue == t }) else {
            let words = known.map(\.rawValue).joined(separator: ", ")
            throw node.fault("\(node.text ?? "this") is none of the values; it is one of \(words)")
        }
        return w
    }
}
