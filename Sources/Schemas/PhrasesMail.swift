import Vocabulary

/// What mails look like in any language (`schemas/phrases/mail.yaml`): intents, labels of numbers, units, currencies,
/// and where quoted history and signatures begin.
package struct MailWords: Sendable {
    package struct IntentRule: Sendable {
        package let name: String
        /// The contract's event type.
        package let event: String
        /// Roles of dates out of which the new date is taken, best first.
        package let dates: [String]
        package let hasQuantity: Bool
        package let hasCharge: Bool
        /// Which word of `dates` the new date stands under among the facts.
        package let dateFact: String
        /// Its phrases count in questions, requests and suppositions too.
        package let isMoodless: Bool
    }

    /// An intent that phrases leave open, and what settles it.
    package struct Open: Sendable {
        package struct Choice: Sendable {
            package let intent: String
            /// Kinds of references and contexts of the language files that speak for it.
            package let references: Set<String>
            package let context: String
        }
        package let name: String
        package let choices: [Choice]
    }

    package let intents: [IntentRule]
    /// The intents of a mail that no phrase fits: one that asks something, one that has attachments, any other.
    package let asking: String
    package let covering: String
    package let fallback: String
    package let open: [Open]
    package let languages: [Phrases]
    package let references: ReferenceWords
    package let quoting: QuotingWords
    /// Unit by the words it is written with, and currency likewise.
    package let units: [String: String]
    package let currencies: [String: String]
    package let abbreviations: Set<String>
    /// How the roles of dates found by phrases are called among the facts.
    package let roles: [String: String]
    package let days: DayWords

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("phrases/mail.yaml")
        try root.allow([
            "intents", "open", "units", "currencies", "abbreviations", "roles", "quoting", "days", "otherwise",
        ])
        let words = try Words(files)
        var intents: [IntentRule] = []
        for m in try root.required("intents").members {
            try m.value.allow(["event", "dates", "quantity", "charge", "fact", "moods"])
            let fact = try m.value.string("fact") ?? "other"
            guard words.sections["dates"]?.contains(fact) == true else {
                throw m.value.fault("\(fact) is no word for a date")
            }
            intents.append(
                IntentRule(
                    name: m.key, event: try m.value.string("event") ?? "correspondence.received",
                    dates: m.value["dates"]?.texts ?? [], hasQuantity: try m.value.string("quantity") == "true",
                    hasCharge: try m.value.string("charge") == "true", dateFact: fact,
                    isMoodless: try m.value.string("moods") == "any"))
        }
        self.intents = intents
        let otherwise = try root.required("otherwise")
        func standIn(_ key: String) throws(SchemaFault) -> String {
            let n = try otherwise.required(key)
            guard let name = n.text, intents.contains(where: { $0.name == name }) else {
                throw n.fault("this is no intent")
            }
            return name
        }
        asking = try standIn("asking")
        covering = try standIn("covering")
        fallback = try standIn("fallback")
        var open: [Open] = []
        for m in root["open"]?.members ?? [] {
            var choices: [Open.Choice] = []
            for c in m.value.members {
                guard intents.contains(where: { $0.name == c.key }) else {
                    throw c.value.fault("\(c.key) is no intent")
                }
                choices.append(
                    Open.Choice(
                        intent: c.key, references: Set(c.value["references"]?.texts ?? []),
                        context: try c.value.string("context") ?? ""))
            }
            open.append(Open(name: m.key, choices: choices))
        }
        self.open = open
        let names = Set(intents.map(\.name) + open.map(\.name))
        var languages: [Phrases] = []
        for (path, _) in files.below("phrases/") where path.hasSuffix(".yaml") {
            guard path != "phrases/mail.yaml", path != "phrases/references.yaml" else { continue }
            languages.append(try Phrases(path, files, intents: names))
        }
        self.languages = languages
        references = try ReferenceWords(files, words)
        quoting = try QuotingWords(root.required("quoting"))
        units = MailWords.inverted(root["units"])
        currencies = MailWords.inverted(root["currencies"])
        abbreviations = Set((root["abbreviations"]?.texts ?? []).map { Fold.plain($0) })
        var roles: [String: String] = [:]
        for m in root["roles"]?.members ?? [] {
            guard let w = m.value.text, words.sections["dates"]?.contains(w) == true else {
                throw m.value.fault("\(m.value.text ?? "") is no word for a date")
            }
            roles[m.key] = w
        }
        self.roles = roles
        days = try DayWords(root.required("days"), files)
    }

    /// `KGM: [kg, kilo]` as a table from word to code.
    static func inverted(_ node: Node?) -> [String: String] {
        var out: [String: String] = [:]
        for m in node?.members ?? [] { for t in m.value.texts { out[Fold.plain(t)] = m.key } }
        return out
    }
}

/// How numbers are labelled (`schemas/phrases/references.yaml`).
package struct ReferenceWords: Sendable {
    package struct Label: Sendable {
        package let words: [String]
        /// A word of `references`; nil where the number behind it is none (telephone, VAT, tariff code).
        package let kind: String?
        /// The number names an article (a word of `terms`).
        package let term: String?
        /// A common word too: what stands behind it has to look like a number of business.
        package let isWeak: Bool
    }

    /// By first word, longest first.
    package let labels: [String: [Label]]
    package let fillers: Set<String>
    package let joiners: Set<String>
    package let lines: Set<String>
    /// Letters at the beginning of a number that say its kind.
    package let prefixes: [(letters: String, kind: String)]

    init(_ files: SchemaFiles, _ words: Words) throws(SchemaFault) {
        let root = try files.node("phrases/references.yaml")
        try root.allow(["labels", "weak", "parts", "none", "fillers", "joiners", "lines", "prefixes"])
        var all: [Label] = []
        for (section, weak) in [("labels", false), ("weak", true)] {
            for m in root[section]?.members ?? [] {
                guard words.sections["references"]?.contains(m.key) == true else {
                    throw m.value.fault("\(m.key) is no word for a reference")
                }
                for t in m.value.texts {
                    all.append(Label(words: PhraseText.words(t), kind: m.key, term: nil, isWeak: weak))
                }
            }
        }
        for m in root["parts"]?.members ?? [] {
            guard words.sections["terms"]?.contains(m.key) == true else { throw m.value.fault("\(m.key) is no term") }
            for t in m.value.texts {
                all.append(Label(words: PhraseText.words(t), kind: nil, term: m.key, isWeak: true))
            }
        }
        for t in root["none"]?.texts ?? [] {
            all.append(Label(words: PhraseText.words(t), kind: nil, term: nil, isWeak: false))
        }
        var labels: [String: [Label]] = [:]
        for l in all where !l.words.isEmpty { labels[l.words[0], default: []].append(l) }
        self.labels = labels.mapValues { $0.sorted { $0.words.count > $1.words.count } }
        fillers = Set((root["fillers"]?.texts ?? []).map { Fold.plain($0) })
        joiners = Set((root["joiners"]?.texts ?? []).map { Fold.plain($0) })
        lines = Set((root["lines"]?.texts ?? []).map { Fold.plain($0) })
        var prefixes: [(letters: String, kind: String)] = []
        for m in root["prefixes"]?.members ?? [] { for t in m.value.texts { prefixes.append((t.uppercased(), m.key)) } }
        self.prefixes = prefixes.sorted { ($1.letters.count, $0.letters) < ($0.letters.count, $1.letters) }
    }
}

/// Where history, signatures and legal notices begin.
package struct QuotingWords: Sendable {
    /// Labels of header blocks, by what they mean (`from`, `date`, `to`, `subject`).
    package let headers: [String: String]
    /// Lines between dashes: Original Message.
    package let separators: [[String]]
    package let forwards: [[String]]
    /// Words by which the line before a quote ends or begins ("wrote"), with those that begin it ("On").
    package let attributions: [(begin: [String], end: [String])]
    package let closings: [[String]]
    /// Closing words that also begin ordinary sentences.
    package let thanks: [[String]]
    package let notices: [[String]]
    package let devices: [[String]]
    package let contacts: Set<String>
    package let greetings: Set<String>
    package let replyPrefixes: Set<String>
    package let forwardPrefixes: Set<String>
    package let forwardNotes: [[String]]

    init(_ node: Node) throws(SchemaFault) {
        try node.allow([
            "headers", "separators", "forwards", "attributions", "closings", "thanks", "notices", "devices", "contacts",
            "greetings", "reply-prefixes", "forward-prefixes", "forward-notes",
        ])
        func phrases(_ key: String) -> [[String]] {
            (node[key]?.texts ?? []).map { PhraseText.words($0) }.filter { !$0.isEmpty }
        }
        func set(_ key: String) -> Set<String> { Set((node[key]?.texts ?? []).map { Fold.plain($0) }) }
        headers = MailWords.inverted(node["headers"])
        separators = phrases("separators")
        forwards = phrases("forwards")
        var attributions: [(begin: [String], end: [String])] = []
        for n in node["attributions"]?.list ?? [] {
            let parts = (n.text ?? "").split(separator: "…", omittingEmptySubsequences: false).map {
                PhraseText.words($0)
            }
            guard parts.count == 2 else { throw n.fault("write an attribution as \"On … wrote\"") }
            attributions.append((parts[0], parts[1]))
        }
        self.attributions = attributions
        closings = phrases("closings")
        thanks = phrases("thanks")
        notices = phrases("notices")
        devices = phrases("devices")
        contacts = set("contacts")
        greetings = set("greetings")
        replyPrefixes = set("reply-prefixes")
        forwardPrefixes = set("forward-prefixes")
        forwardNotes = phrases("forward-notes")
    }
}

/// Words of dates that only prose uses, beside the names of `schemas/dates.yaml`.
package struct DayWords: Sendable {
    package let names: DateWords
    package let weeks: Set<String>
    /// Parts of a month or week: beginning, middle, end.
    package let parts: [String: String]
    /// Days from the mail's own day.
    package let relative: [String: Int]
    package let next: Set<String>
    /// Words for units of time in days, and for later and earlier.
    package let units: [String: String]
    package let numbers: [String: String]

    init(_ node: Node, _ files: SchemaFiles) throws(SchemaFault) {
        try node.allow(["weeks", "parts", "relative", "next", "units", "numbers"])
        names = try DateWords(files)
        weeks = Set((node["weeks"]?.texts ?? []).map { Fold.plain($0) })
        parts = MailWords.inverted(node["parts"])
        var relative: [String: Int] = [:]
        for m in node["relative"]?.members ?? [] {
            guard let n = Int(m.key) else { throw m.value.fault("days are a whole number") }
            for t in m.value.texts { relative[Fold.plain(t)] = n }
        }
        self.relative = relative
        next = Set((node["next"]?.texts ?? []).map { Fold.plain($0) })
        units = MailWords.inverted(node["units"])
        numbers = MailWords.inverted(node["numbers"])
    }
}
