import Vocabulary

/// What is masked where text leaves the program (`schemas/privacy.yaml`): bank accounts, access codes, deferment accounts,
/// telephone numbers and mail addresses of contacts.
///
/// A pure function of text: matching, ids and the ledger work on the real values, and equal values have equal masks. A
/// mask is never masked again.
package struct Privacy: Sendable {
    /// How much of a value stays readable.
    struct Kind: Hashable, Sendable {
        let name: String
        /// Characters at the beginning and at the end.
        let first: Int
        let last: Int
    }

    /// What stands in the place of what is not shown.
    package static let mark = "•••"

    let kinds: [String: Kind]
    /// By the section of facts (`references`): the words whose values are sensitive.
    let facts: [String: [String: Kind]]
    /// By section: the words whose values may look like mail addresses and stay.
    let addresses: [String: Set<String>]
    /// Length of an IBAN by its country.
    let ibanLengths: [String: Int]
    /// Words that a telephone number follows, folded, by their first byte; the longer ones first.
    let phoneLabels: [[[UInt8]]]
    /// Words that a password or token follows, likewise.
    let credentialLabels: [[[UInt8]]]
    /// The words of sensitive facts, as they stand in rows.
    let factWords: [[UInt8]]
    let beginnings: Beginnings
    let elements: [ElementRule]
    /// By standard and tag.
    let segments: [Syntax: [String: [SegmentRule]]]
    let iban: Kind
    let phone: Kind
    let email: Kind
    let credential: Kind

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("privacy.yaml")
        try root.allow(["kinds", "facts", "addresses", "iban", "phone", "credentials", "xml", "x12", "edifact"])
        var kinds: [String: Kind] = [:]
        for m in try root.required("kinds").members {
            try m.value.allow(["first", "last"])
            kinds[m.key] = Kind(
                name: m.key, first: try m.value.int("first") ?? 0, last: try m.value.int("last") ?? 0)
        }
        self.kinds = kinds
        func kind(_ name: String, _ node: Node) throws(SchemaFault) -> Kind {
            guard let kind = kinds[name] else { throw node.fault("\(name) is none of the kinds") }
            return kind
        }
        iban = try kind("iban", root)
        phone = try kind("phone", root)
        email = try kind("email", root)
        credential = try kind("access-code", root)

        let words = try Words(files)
        var facts: [String: [String: Kind]] = [:]
        for m in root["facts"]?.members ?? [] {
            let fact = try words.fact(m.key, at: m.value)
            facts[Words.singular[fact.section] ?? "", default: [:]][fact.word] = try kind(m.value.text ?? "", m.value)
        }
        self.facts = facts
        var addresses: [String: Set<String>] = [:]
        for n in root["addresses"]?.list ?? [] {
            let fact = try words.fact(n)
            addresses[Words.singular[fact.section] ?? "", default: []].insert(fact.word)
        }
        self.addresses = addresses

        var lengths: [String: Int] = [:]
        for m in root["iban"]?.members ?? [] {
            guard let length = Int(m.key) else { throw m.value.fault("\(m.key) is no length") }
            for country in m.value.texts { lengths[country] = length }
        }
        ibanLengths = lengths
        phoneLabels = Privacy.labels(root["phone"])
        credentialLabels = Privacy.labels(root["credentials"])
        factWords = facts.values.flatMap { $0.keys.map { Array($0.utf8) } }
        beginnings = Beginnings(Array(phoneLabels.joined()) + Array(credentialLabels.joined()) + factWords)

        var elements: [ElementRule] = []
        for m in root["xml"]?.members ?? [] { elements.append(try ElementRule(m.key, m.value, kinds)) }
        self.elements = elements
        var segments: [Syntax: [String: [SegmentRule]]] = [:]
        for syntax in Syntax.allCases {
            for m in root[syntax.rawValue]?.members ?? [] {
                let rule = try SegmentRule(m.key, m.value, kinds)
                segments[syntax, default: [:]][rule.at.tag, default: []].append(rule)
            }
        }
        self.segments = segments
    }

    /// Words of the file, folded, by their first byte; the longer ones first.
    private static func labels(_ node: Node?) -> [[[UInt8]]] {
        var labels: [[[UInt8]]] = Array(repeating: [], count: 256)
        for label in (node?.texts ?? []).sorted(by: { ($1.utf8.count, $0) < ($0.utf8.count, $1) }) {
            let folded = label.utf8.map(Bytes.folded)
            if let first = folded.first { labels[Int(first)].append(folded) }
        }
        return labels
    }

    /// A sensitive value's mask: what a clerk needs of it, the rest as a mark.
    func mask(_ value: String, _ kind: Kind) -> String {
        if value.isEmpty || value.contains(Privacy.mark) { return value }
        // An IBAN is printed in groups.
        let bare = value.filter { !$0.isWhitespace }
        let kind = kind.name == "account" && isIBAN(Array(bare.utf8)) ? iban : kind
        // What is left of a short value would give most of it away.
        guard bare.count >= 2 * (kind.first + kind.last) else { return Privacy.mark }
        return bare.prefix(kind.first) + Privacy.mark + bare.suffix(kind.last)
    }
}
