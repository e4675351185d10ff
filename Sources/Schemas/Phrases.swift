import Vocabulary

/// What the phrases of one language say (`schemas/phrases/<language>.yaml`).
package struct Phrases: Sendable {
    /// How sure a pattern is of its intent.
    package enum Weight: String, Sendable, CaseIterable {
        case decisive, strong, plain, asking, weak

        /// Points of one sentence; `asking` patterns count in questions and requests too.
        package var points: Int {
            switch self {
            case .decisive: 14
            case .strong: 10
            case .asking: 8
            case .plain: 7
            case .weak: 3
            }
        }
    }

    package struct Claim: Sendable {
        package let intent: String
        package let weight: Weight
        package let pattern: PhrasePattern
    }

    /// A pattern whose marked slot takes a role: an old date, a new quantity.
    package struct Role: Sendable {
        package let role: String
        package let pattern: PhrasePattern
    }

    /// A list of phrases with what each is for.
    package struct List<Element: Sendable>: Sendable {
        package let all: [Element]
        private let index: PhraseIndex
        private let pattern: @Sendable (Element) -> PhrasePattern

        init(_ all: [Element], _ pattern: @escaping @Sendable (Element) -> PhrasePattern) {
            self.all = all
            self.pattern = pattern
            index = PhraseIndex(all.map(pattern))
        }

        /// Every place where one of them fits, in the order of the list and then of the sentence.
        package func hits(in tokens: [PhraseToken]) -> [(element: Element, hit: PhrasePattern.Hit)] {
            var out: [(element: Element, hit: PhrasePattern.Hit)] = []
            for i in index.candidates(tokens) {
                var from = 0
                while let h = pattern(all[i]).first(in: tokens, from: from) {
                    out.append((all[i], h))
                    from = h.range.lowerBound + 1
                }
            }
            return out
        }
    }

    package let language: String
    package let claims: List<Claim>
    package let dates: List<Role>
    package let numbers: List<Role>
    package let amounts: List<Role>
    /// What denies, supposes or asks the claim that stands behind it.
    package let denials: List<PhrasePattern>
    package let suppositions: List<PhrasePattern>
    package let requests: List<PhrasePattern>
    /// Words that begin a new clause.
    package let clauses: Set<String>
    /// Words of other rules by name (contexts that settle between two intents).
    package let contexts: [String: List<PhrasePattern>]

    package init(_ path: String, _ files: SchemaFiles, intents: Set<String>) throws(SchemaFault) {
        let root = try files.node(path)
        try root.allow([
            "language", "words", "intents", "dates", "numbers", "amounts", "denials", "suppositions", "requests",
            "clauses", "contexts",
        ])
        language = try root.string("language") ?? ""
        var classes: [String: PhraseChoice] = [:]
        // A class may use those above it.
        for m in root["words"]?.members ?? [] {
            var all: [[PhrasePattern.Piece]] = []
            for n in m.value.list {
                var parser = PhraseParser(node: n, rest: Substring(n.text ?? ""), classes: classes)
                all += try parser.alternatives()
                guard parser.rest.isEmpty else { throw n.fault("the phrase does not end at \"\(parser.rest)\"") }
            }
            classes[m.key] = PhraseChoice(all)
        }
        func patterns(_ node: Node?) throws(SchemaFault) -> [PhrasePattern] {
            var out: [PhrasePattern] = []
            for n in node?.list ?? [] { out.append(try PhrasePattern(n, classes: classes)) }
            return out
        }
        func roles(_ node: Node?) throws(SchemaFault) -> [Role] {
            var out: [Role] = []
            for m in node?.members ?? [] {
                for p in try patterns(m.value) { out.append(Role(role: m.key, pattern: p)) }
            }
            return out
        }
        var claims: [Claim] = []
        for m in root["intents"]?.members ?? [] {
            guard intents.contains(m.key) else { throw m.value.fault("\(m.key) is no intent of mail.yaml") }
            try m.value.allow(Set(Weight.allCases.map(\.rawValue)))
            for w in Weight.allCases {
                for p in try patterns(m.value[w.rawValue]) {
                    claims.append(Claim(intent: m.key, weight: w, pattern: p))
                }
            }
        }
        self.claims = List(claims) { $0.pattern }
        dates = List(try roles(root["dates"])) { $0.pattern }
        numbers = List(try roles(root["numbers"])) { $0.pattern }
        amounts = List(try roles(root["amounts"])) { $0.pattern }
        denials = List(try patterns(root["denials"])) { $0 }
        suppositions = List(try patterns(root["suppositions"])) { $0 }
        requests = List(try patterns(root["requests"])) { $0 }
        clauses = Set((root["clauses"]?.texts ?? []).map { Fold.plain($0) })
        var contexts: [String: List<PhrasePattern>] = [:]
        for m in root["contexts"]?.members ?? [] { contexts[m.key] = List(try patterns(m.value)) { $0 } }
        self.contexts = contexts
    }
}
