import Vocabulary

/// Labels and titles put together from words whose sense is known (`schemas/proofs/grammar.yaml`): "date goods received" and
/// "Zustelldatum" are the same two senses.
package struct LabelGrammar: Sendable {
    /// A set of classes, a bit each.
    private typealias Senses = UInt64

    private struct Stem: Sendable {
        var tokens: [String]
        var senses: [Senses]
    }

    private struct Rule: Sendable {
        var meaning: [String]
        var weak: Bool
    }

    /// Stems by the first three letters of their first token, longest first.
    private var stems: [Substring: [Stem]] = [:]
    private var labels: [Senses: Rule] = [:]
    private var columns: [Senses: Rule] = [:]
    private var titles: [Senses: Rule] = [:]
    private var fillers: Set<String> = []
    private var classes: [String: Senses] = [:]
    /// Words between two parts that may be left out where no rule asks for them.
    private var light: Senses = 0

    /// More words than this are no label.
    private static let longest = 9
    /// Letters that stand between the parts of a compound.
    private let links: [String]

    package init(_ files: SchemaFiles, _ words: Words) throws(SchemaFault) {
        let root = try files.node("proofs/grammar.yaml")
        try root.allow(["fillers", "links", "light", "stems", "labels", "weak", "columns", "titles"])
        links = [""] + (root["links"]?.texts ?? [])
        var bits: [String: Senses] = [:]
        var all: [[String]: [Senses]] = [:]
        for m in root["stems"]?.members ?? [] {
            guard bits.count < Senses.bitWidth else { throw m.value.fault("more classes than \(Senses.bitWidth)") }
            let bit: Senses = 1 << Senses(bits.count)
            bits[m.key] = bit
            for t in m.value.texts {
                let tokens = Fold.tokens(t)
                if !tokens.isEmpty, all[tokens]?.contains(bit) != true { all[tokens, default: []].append(bit) }
            }
        }
        for t in root["fillers"]?.texts ?? [] { fillers.formUnion(Fold.tokens(t)) }
        for (tokens, senses) in all {
            stems[tokens[0].prefix(3), default: []].append(Stem(tokens: tokens, senses: senses))
        }
        for key in stems.keys {
            stems[key]?.sort {
                ($0.tokens.count, $0.tokens[0].count, $0.tokens[0]) > (
                    $1.tokens.count, $1.tokens[0].count, $1.tokens[0]
                )
            }
        }
        classes = bits
        func senses(_ text: String, _ node: Node) throws(SchemaFault) -> Senses {
            var out: Senses = 0
            for name in text.split(separator: " ") {
                guard let b = bits[String(name)] else { throw node.fault("\"\(name)\" is no class of stems") }
                out |= b
            }
            return out
        }
        for t in root["light"]?.list ?? [] { light |= try senses(t.text ?? "", t) }
        func rules(_ section: String, weak: Bool, meaning: (Node, String) throws(SchemaFault) -> [String])
            throws(SchemaFault) -> [Senses: Rule]
        {
            var out: [Senses: Rule] = [:]
            for m in root[section]?.members ?? [] {
                let rule = Rule(meaning: try meaning(m.value, m.key), weak: weak)
                for t in m.value.list {
                    let s = try senses(t.text ?? "", t)
                    if out[s] == nil { out[s] = rule }
                }
            }
            return out
        }
        let facts: (Node, String) throws(SchemaFault) -> [String] = { (node, key) throws(SchemaFault) in
            try ProofWords.meanings(key, node, words)
        }
        labels = try rules("labels", weak: false, meaning: facts)
        labels.merge(try rules("weak", weak: true, meaning: facts)) { first, _ in first }
        columns = try rules("columns", weak: false, meaning: facts)
        titles = try rules("titles", weak: false) { (_, key) throws(SchemaFault) in [key] }
    }

    /// Whether a token has the sense of a class: "delivered", "zugestellt" and "entregado" are all `receive`.
    package func says(_ name: String, _ token: String) -> Bool {
        guard let bit = classes[name] else { return false }
        return senses([token], 0)?.0.contains { $0 & bit != 0 } == true
    }

    /// Whether each token is a stem or a filler.
    package func knows(_ tokens: [String]) -> Bool {
        !tokens.isEmpty && tokens.indices.allSatisfy { senses(tokens[...], $0) != nil }
    }

    /// Whether all tokens together have the sense of one class and no other.
    package func saysOnly(_ name: String, _ tokens: [String]) -> Bool {
        guard let bit = classes[name], !tokens.isEmpty else { return false }
        var found = false
        for t in tokens {
            guard let s = senses([t], 0)?.0 else { return false }
            guard s.contains(where: { $0 | light | bit == light | bit }) else { return false }
            if s.contains(bit) { found = true }
        }
        return found
    }

    /// What a listed phrase and a composed label at one place have in common: the longer one is meant.
    package func label(_ tokens: ArraySlice<String>, at index: Int, listed: ProofWords.Phrase?) -> ProofWords.Phrase? {
        longer(labels, tokens, index, listed)
    }

    package func column(_ tokens: ArraySlice<String>, at index: Int, listed: ProofWords.Phrase?) -> ProofWords.Phrase? {
        longer(columns, tokens, index, listed)
    }

    package func title(_ tokens: ArraySlice<String>, at index: Int, listed: ProofWords.Phrase?) -> ProofWords.Phrase? {
        longer(titles, tokens, index, listed)
    }

    /// Complexity: O(n · s) for n tokens and the s stems that begin like them, twice.
    private func longer(
        _ rules: [Senses: Rule], _ tokens: ArraySlice<String>, _ index: Int, _ listed: ProofWords.Phrase?
    ) -> ProofWords.Phrase? {
        var found = listed
        var masks: Set<Senses> = [0]
        var i = index
        while i < tokens.endIndex, i - index < LabelGrammar.longest {
            guard let (choices, next) = senses(tokens, i) else { break }
            var grown: Set<Senses> = []
            for m in masks { for c in choices { grown.insert(m | c) } }
            guard grown.count <= 64 else { break }
            masks = grown
            i = next
            // A label ends with a word that carries sense; "on" and "at" do so only where a rule asks for them.
            if choices == [0] { continue }
            let isLight = choices.allSatisfy { $0 & ~light == 0 }
            if let rule = rule(rules, masks, exactly: isLight), i - index > found?.tokens.count ?? 0 {
                found = ProofWords.Phrase(
                    tokens: Array(tokens[index..<i]), meaning: rule.meaning, weight: 10, weak: rule.weak)
            }
        }
        // "Name of the person receiving goods": fillers that end the label are its own where nothing else follows.
        guard var out = found else { return nil }
        let rest = tokens[(index + out.tokens.count)...]
        if rest.count < 4, rest.allSatisfy({ $0.count > 1 && fillers.contains(LabelGrammar.bare($0)) }) {
            out.tokens += rest
        }
        return out
    }

    private func rule(_ rules: [Senses: Rule], _ masks: Set<Senses>, exactly: Bool) -> Rule? {
        let ordered = masks.sorted()
        for m in ordered where !exactly || m & light != 0 { if let r = rules[m] { return r } }
        if exactly { return nil }
        for m in ordered { if m & ~light != 0, let r = rules[m & ~light] { return r } }
        return nil
    }

    /// The senses that a token, or several in a row, may have, and the index behind them; nil for a word without one.
    private func senses(_ tokens: ArraySlice<String>, _ i: Int) -> ([Senses], Int)? {
        let token = LabelGrammar.bare(tokens[i])
        var out: [Senses] = fillers.contains(token) ? [0] : []
        if let list = stems[token.prefix(3)] {
            for s in list where s.tokens[0] == token {
                if s.tokens.count > 1 {
                    guard i + s.tokens.count <= tokens.endIndex,
                        tokens[i..<i + s.tokens.count].elementsEqual(s.tokens)
                    else { continue }
                    return (s.senses, i + s.tokens.count)
                }
                out += s.senses
            }
            if out.isEmpty, let c = compound(token[...], parts: 0) { out = [c] }
        }
        return out.isEmpty ? nil : (out, i + 1)
    }

    /// A word made of stems: `zustell` + `datum`, `empfanger` + `unterschrift`.
    private func compound(_ token: Substring, parts: Int) -> Senses? {
        guard parts < 4, token.count >= 2, let list = stems[token.prefix(3)] else { return nil }
        for s in list where s.tokens.count == 1 && token.hasPrefix(s.tokens[0]) {
            let rest = token.dropFirst(s.tokens[0].count)
            if rest.isEmpty { return s.senses[0] }
            guard s.tokens[0].count >= 3 else { continue }
            for link in links where rest.hasPrefix(link) {
                if let tail = compound(rest.dropFirst(link.count), parts: parts + 1) { return s.senses[0] | tail }
            }
        }
        return nil
    }

    /// Without the article of `l'envoi` and the ending of `consignee's`.
    private static func bare(_ token: String) -> String {
        guard let mark = token.firstIndex(of: "'") else { return token }
        let head = token[..<mark]
        let tail = token[token.index(after: mark)...]
        return String(head.count <= 2 && tail.count > 2 ? tail : head)
    }
}
