/// Phrases found by their first token, longest first.
package struct PhraseBook: Sendable {
    private var byFirst: [String: [ProofWords.Phrase]] = [:]

    package init() {}

    package mutating func add(_ text: String, _ meaning: [String], weight: Int, weak: Bool) {
        let tokens = Fold.tokens(text)
        guard let first = tokens.first else { return }
        var list = byFirst[first] ?? []
        // The same words in two languages' files, or first in one list and then in another: the first one stands.
        guard !list.contains(where: { $0.tokens == tokens }) else { return }
        list.append(ProofWords.Phrase(tokens: tokens, meaning: meaning, weight: weight, weak: weak))
        byFirst[first] = list.sorted { $0.tokens.count > $1.tokens.count }
    }

    /// Adds a phrase, or its meaning to a phrase that is there.
    mutating func extend(_ text: String, _ meaning: [String]) {
        let tokens = Fold.tokens(text)
        guard let first = tokens.first else { return }
        if let i = byFirst[first]?.firstIndex(where: { $0.tokens == tokens }) {
            byFirst[first]?[i].meaning += meaning
        } else {
            add(text, meaning, weight: 0, weak: false)
        }
    }

    /// All its phrases, as tokens.
    package var phrases: [[String]] { byFirst.values.flatMap { $0.map(\.tokens) } }

    /// The longest phrase that begins at `index` of the tokens.
    package func match(_ tokens: ArraySlice<String>, at index: Int) -> ProofWords.Phrase? {
        guard let list = byFirst[tokens[index]] else { return nil }
        return list.first { p in
            index + p.tokens.count <= tokens.endIndex
                && tokens[index..<index + p.tokens.count].elementsEqual(p.tokens)
        }
    }
}

/// How dates are written (`schemas/dates.yaml`), in folded words.
package struct DateWords: Sendable {
    package let months: [String: Int]
    package let weekdays: [String: Int]
    package let fillers: Set<String>
    package let beforeTime: Set<String>
    package let beforeMinutes: Set<String>
    package let afterHour: Set<String>
    package let afterFigures: Set<String>
    package let am: Set<String>
    package let pm: Set<String>
    /// What makes `12.50` before it an amount and no time.
    package let amounts: Set<String>
    /// Minutes east of UTC.
    package let zones: [String: Int]

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("dates.yaml")
        try root.allow([
            "months", "weekdays", "fillers", "before-time", "before-minutes", "after-hour", "after-figures", "am", "pm",
            "amounts", "zones",
        ])
        func numbered(_ key: String, _ range: ClosedRange<Int>) throws(SchemaFault) -> [String: Int] {
            var out: [String: Int] = [:]
            for m in try root.required(key).members {
                guard let n = Int(m.key), range.contains(n) else {
                    throw m.value.fault("\(m.key) is no number of \(key)")
                }
                for t in m.value.texts where out[Fold.plain(t)] == nil { out[Fold.plain(t)] = n }
            }
            return out
        }
        months = try numbered("months", 1...12)
        weekdays = try numbered("weekdays", 1...7)
        func set(_ key: String) -> Set<String> { Set((root[key]?.texts ?? []).map { Fold.plain($0) }) }
        fillers = set("fillers")
        beforeTime = set("before-time")
        beforeMinutes = set("before-minutes")
        afterHour = set("after-hour")
        afterFigures = set("after-figures")
        am = set("am")
        pm = set("pm")
        amounts = set("amounts")
        var zones: [String: Int] = [:]
        for m in root["zones"]?.members ?? [] {
            guard let n = m.value.text.flatMap({ Int($0) }) else { throw m.value.fault("a zone is minutes from UTC") }
            zones[m.key.lowercased()] = n
        }
        self.zones = zones
    }
}
