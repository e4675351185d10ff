import Vocabulary

/// What is known of papers people read: titles, labels, columns, remarks, units (`schemas/proofs/`, `docs/proofs.md`).
package struct ProofWords: Sendable {
    /// A phrase as folded tokens, and what it stands for.
    package struct Phrase: Sendable {
        package var tokens: [String]
        /// Facts of `words.yaml` (`reference pro`), or a word of the reader's own (`delivery received-by`).
        package var meaning: [String]
        package var weight: Int
        /// Counts only where a colon follows or nothing else stands in its cell.
        package var weak: Bool
    }

    package struct Kind: Sendable {
        package var type: String
        package var event: String
        /// The contract's document type, where it differs from the kind's own name.
        package var document: String
        /// Where the document's own number stands, best first.
        package var number: [String]
        package var date: [String]
        /// What a bare "No." beside the title is a reference to.
        package var own: String?
        /// Role of the party of the letterhead.
        package var letterhead: String?
        /// Points for a label of that meaning that has a value.
        package var evidence: [String: Int]
        /// Becomes a proof of delivery where the consignee receipted it.
        package var receipted: Bool
    }

    package struct Remarks: Sendable {
        package var code: String
        package var phrases: [[String]]
    }

    /// In the order of `titles.yaml`: the first of two equals wins.
    package let kinds: [Kind]
    package let titles: PhraseBook
    package let labels: PhraseBook
    package let columns: PhraseBook
    /// Words that may end a label: No., number, #.
    package let suffixes: Set<String>
    package let remarks: [Remarks]
    /// Phrases that say nothing is wrong (no damage, none), longest first.
    package let negations: [[String]]
    package let yes: Set<[String]>
    package let no: Set<[String]>
    package let signedWords: Set<[String]>
    package let unsignedWords: Set<[String]>
    /// Words that end what a negation covers (but).
    package let contrast: Set<String>
    /// Words before the count in "received 30 of 32".
    package let received: Set<String>
    /// Package words to a unit code: cartons is `CT` (UN/ECE Rec 21).
    package let packages: [String: String]
    package let pallets: Set<String>
    /// Mass words to a Rec 20 code.
    package let masses: [String: String]
    package let units: [String: String]
    package let currencies: [String: String]
    package let incoterms: Set<String>
    package let countries: [[String]: String]
    package let countryCodes: Set<String>
    /// Tokens of legal forms (Inc, GmbH), which belong to the name before the comma.
    package let legalForms: Set<String>
    /// Tokens that speak for the order month, day, year.
    package let monthFirst: Set<[String]>
    /// Words between the two numbers of `page 1 of 3`.
    package let pageWords: Set<String>
    package let pageLabels: Set<String>
    /// Words between two numbers of a list (and).
    package let listWords: Set<String>
    /// Phrases that give a term of their own: a corrected invoice, a credit note. Meaning is the term and its value.
    package let stamps: PhraseBook
    /// Phrases of pages that stand in a paper's place. Meaning is the finding's code.
    package let notices: PhraseBook
    package let dates: DateWords
    /// Labels, column heads and titles composed of known words.
    package let grammar: LabelGrammar
    package let prose: ProseWords
    /// By the names of their files.
    package let templates: [ProofTemplate]
    /// Words for degrees to `CEL` or `FAH`.
    package let temperatures: [String: String]
    /// Between the count that came and the count that was sent ("9 of 12"), as tokens.
    package let outOf: [[String]]
    package let barcodes: BarcodeWords
    package let roles: ProofRoles

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let words = try Words(files)
        dates = try DateWords(files)
        grammar = try LabelGrammar(files, words)
        prose = try ProseWords(files)
        var templates: [ProofTemplate] = []
        for (path, _) in files.below("proofs/templates/") {
            templates.append(try ProofTemplate(files.node(path), words))
        }
        self.templates = templates
        barcodes = try BarcodeWords(files, words)
        roles = try ProofRoles(files, words)
        var kinds: [Kind] = []
        var titles = PhraseBook()
        for m in try files.node("proofs/titles.yaml").members {
            try m.value.allow([
                "event", "type", "receipted", "titles", "number", "date", "own", "letterhead", "evidence",
            ])
            var evidence: [String: Int] = [:]
            for e in m.value["evidence"]?.members ?? [] {
                guard let n = e.value.text.flatMap({ Int($0) }) else {
                    throw e.value.fault("points are a whole number")
                }
                evidence[try ProofWords.meaning(e.key, e.value, words)] = n
            }
            kinds.append(
                Kind(
                    type: m.key, event: try m.value.string("event") ?? "",
                    document: try m.value.string("type") ?? m.key,
                    number: try (m.value["number"]?.list ?? []).meanings(words),
                    date: try (m.value["date"]?.list ?? []).meanings(words), own: try m.value.string("own"),
                    letterhead: try m.value.string("letterhead"), evidence: evidence,
                    receipted: try m.value.string("receipted") == "true"))
            for t in m.value["titles"]?.members ?? [] {
                guard let weight = Int(t.key) else { throw t.value.fault("a title's weight is a whole number") }
                for n in t.value.list { titles.add(n.text ?? "", [m.key], weight: weight, weak: false) }
            }
        }
        self.kinds = kinds
        self.titles = titles

        var labels = PhraseBook()
        var columns = PhraseBook()
        var suffixes: Set<String> = []
        var packages: [String: String] = [:]
        var pallets: Set<String> = []
        for (path, _) in files.below("proofs/labels.") {
            let root = try files.node(path)
            try root.allow(["language", "suffixes", "labels", "weak", "columns", "packages", "pallets"])
            for s in root["suffixes"]?.texts ?? [] { suffixes.formUnion(Fold.tokens(s)) }
            for (section, weak) in [("labels", false), ("weak", true)] {
                for m in root[section]?.members ?? [] {
                    let meaning = try ProofWords.meanings(m.key, m.value, words)
                    for t in m.value.texts { labels.add(t, meaning, weight: 0, weak: weak) }
                }
            }
            for m in root["columns"]?.members ?? [] {
                let meaning = try ProofWords.meanings(m.key, m.value, words)
                for t in m.value.texts { columns.add(t, meaning, weight: 0, weak: false) }
            }
            for m in root["packages"]?.members ?? [] { for t in m.value.texts { packages[Fold.plain(t)] = m.key } }
            pallets.formUnion((root["pallets"]?.texts ?? []).map { Fold.plain($0) })
        }
        self.labels = labels
        self.columns = columns
        self.suffixes = suffixes
        self.packages = packages
        self.pallets = pallets

        var remarks: [String: [[String]]] = [:]
        var order: [String] = []
        var negations: [[String]] = []
        var answers: [String: Set<[String]>] = [:]
        for (path, _) in files.below("proofs/remarks.") {
            let root = try files.node(path)
            try root.allow([
                "language", "codes", "negations", "yes", "no", "signed", "unsigned", "contrast", "received", "out-of",
            ])
            for m in root["codes"]?.members ?? [] {
                if remarks[m.key] == nil { order.append(m.key) }
                remarks[m.key, default: []] += m.value.texts.map { ProofWords.wild($0) }.filter { !$0.isEmpty }
            }
            negations += (root["negations"]?.texts ?? []).map { Fold.tokens($0) }
            for key in ["yes", "no", "signed", "unsigned", "contrast", "received", "out-of"] {
                answers[key, default: []].formUnion((root[key]?.texts ?? []).map { Fold.tokens($0) })
            }
        }
        self.remarks = order.map { c in
            Remarks(code: c, phrases: (remarks[c] ?? []).sorted { $0.count > $1.count })
        }
        self.negations = negations.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        yes = answers["yes"] ?? []
        no = answers["no"] ?? []
        signedWords = answers["signed"] ?? []
        unsignedWords = answers["unsigned"] ?? []
        contrast = Set((answers["contrast"] ?? []).flatMap { $0 })
        outOf = (answers["out-of"] ?? []).sorted { $0.count > $1.count }
        received = Set((answers["received"] ?? []).flatMap { $0 })

        var stamps = PhraseBook()
        for m in try files.node("proofs/stamps.yaml").members {
            let term = try ProofWords.meaning(m.key, m.value, words)
            for v in m.value.members {
                for t in v.value.texts { stamps.extend(t, [term, v.key]) }
            }
        }
        self.stamps = stamps

        var notices = PhraseBook()
        for m in try files.node("proofs/notices.yaml").members {
            for t in m.value.texts { notices.add(t, [m.key], weight: 0, weak: false) }
        }
        self.notices = notices

        let units = try files.node("proofs/units.yaml")
        legalForms = Set((units["legal-forms"]?.texts ?? []).flatMap { Fold.tokens($0) })
        try units.allow([
            "legal-forms", "masses", "temperatures", "units", "currencies", "incoterms", "month-first", "page",
            "page-label", "and",
        ])
        masses = ProofWords.inverted(units["masses"])
        temperatures = ProofWords.inverted(units["temperatures"])
        self.units = ProofWords.inverted(units["units"])
        var currencies = ProofWords.inverted(units["currencies"])
        for m in units["currencies"]?.members ?? [] { currencies[m.key.lowercased()] = m.key }
        self.currencies = currencies
        incoterms = Set(units["incoterms"]?.texts ?? [])
        monthFirst = Set((units["month-first"]?.texts ?? []).map { Fold.tokens($0) })
        pageLabels = Set((units["page-label"]?.texts ?? []).map { Fold.plain($0) })
        listWords = Set((units["and"]?.texts ?? []).map { Fold.plain($0) })
        pageWords = Set((units["page"]?.texts ?? []).map { Fold.plain($0) })
        var countries: [[String]: String] = [:]
        for m in try files.node("proofs/countries.yaml").members {
            for t in m.value.texts { countries[Fold.tokens(t)] = m.key }
        }
        self.countries = countries
        countryCodes = Set(countries.values)
    }

    /// A phrase whose words may end in * for any ending.
    private static func wild(_ text: String) -> [String] {
        text.split(separator: " ").flatMap { w in
            var t = Fold.tokens(w)
            if w.hasSuffix("*"), let last = t.popLast() { t.append(last + "*") }
            return t
        }
    }

    private static func inverted(_ node: Node?) -> [String: String] {
        var out: [String: String] = [:]
        for m in node?.members ?? [] { for t in m.value.texts { out[Fold.plain(t)] = m.key } }
        return out
    }

    /// The reader's own words, beside the facts of `words.yaml`.
    package static let own: Set<String> = [
        "own number", "own date", "delivery name", "delivery received-by", "delivery date",
        "delivery time", "delivery pieces", "delivery signature", "delivery signed", "delivery remarks",
        "delivery damaged", "delivery short", "delivery refused", "delivery clean", "delivery arrived",
        "delivery departed", "section receipt", "section carrier", "section shipper", "line number", "ignore it",
    ]

    /// The label that begins at `index`, listed or composed, whichever is longer.
    package func label(_ tokens: ArraySlice<String>, at index: Int) -> Phrase? {
        grammar.label(tokens, at: index, listed: labels.match(tokens, at: index))
    }

    package func column(_ tokens: ArraySlice<String>, at index: Int) -> Phrase? {
        grammar.column(tokens, at: index, listed: columns.match(tokens, at: index))
    }

    package func title(_ tokens: ArraySlice<String>, at index: Int) -> Phrase? {
        grammar.title(tokens, at: index, listed: titles.match(tokens, at: index))
    }

    /// Labels that may have a box to tick beside them.
    package static let checks: Set<String> = [
        "delivery damaged", "delivery short", "delivery refused", "delivery clean",
    ]

    static func meaning(_ text: String, _ node: Node, _ words: Words) throws(SchemaFault) -> String {
        if own.contains(text) { return text }
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2, let section = Words.singular[parts[0]],
            words.sections[section]?.contains(parts[1]) == true
        else { throw node.fault("\"\(text)\" is neither a fact of words.yaml nor a word of docs/proofs.md") }
        return text
    }

    /// Several facts of one label stand with + between them.
    static func meanings(_ text: String, _ node: Node, _ words: Words) throws(SchemaFault) -> [String] {
        var out: [String] = []
        for p in text.split(separator: "+") {
            var t = p[...]
            while t.first == " " { t.removeFirst() }
            while t.last == " " { t.removeLast() }
            out.append(try meaning(String(t), node, words))
        }
        return out
    }
}

extension [Node] {
    fileprivate func meanings(_ words: Words) throws(SchemaFault) -> [String] {
        var out: [String] = []
        for n in self { out.append(try ProofWords.meaning(n.text ?? "", n, words)) }
        return out
    }
}
