import Schemas
import Vocabulary

/// Applies a map's rules to a document's elements.
struct FactReader {
    let query: Query
    let map: XMLMap
    /// What could not be read as what the map says it is.
    private(set) var findings: [Finding] = []

    init(query: Query, map: XMLMap) {
        self.query = query
        self.map = map
    }

    mutating func read(_ list: XMLMap.RuleList, at element: Int, into facts: inout Facts) {
        let query = query
        for i in list.firsts.indices {
            let first = list.firsts[i]
            if first >= 0, !query.tree.mayHold(first, element) { continue }
            let rule = list.rules[i]
            query.visit(rule.path, from: element) { e in
                guard query.holds(rule.when, at: e) else { return true }
                apply(rule, at: e, into: &facts)
                return !rule.once
            }
        }
    }

    private mutating func apply(_ rule: XMLMap.Rule, at e: Int, into facts: inout Facts) {
        switch rule.body {
        case .below(let inner): read(inner, at: e, into: &facts)
        case .facts(let list, let companions):
            for f in list { add(f, companions, rule.path.target, at: e, into: &facts) }
        case .coded(let by, let codes, let other, let companions):
            var isThere = false
            var listed: [XMLMap.Fact]?
            for value in by where listed == nil {
                guard let sent = query.first(value, from: e)?.text else { continue }
                isThere = true
                listed = codes.listed(sent)
            }
            guard isThere else { return }
            for f in listed ?? other { add(f, companions, rule.path.target, at: e, into: &facts) }
        }
    }

    private mutating func add(
        _ fact: XMLMap.Fact, _ c: XMLMap.Companions, _ target: XMLPath.Target, at element: Int,
        into facts: inout Facts
    ) {
        if fact.section == .party {
            party(fact.word, c, at: element, into: &facts)
            return
        }
        guard let found = c.value.map({ query.first($0, from: element) }) ?? query.value(target, of: element) else {
            if fact.section == .location { location(fact, c, nil, at: element, into: &facts) }
            return
        }
        let raw = found.text
        let place = query.place(found)
        var value = raw
        if let table = fact.table {
            guard let word = table.word(for: raw) else { return }
            value = word
        }
        func text(_ v: XMLValue?) -> String? { companion(v, of: found, at: element) }

        switch fact.section {
        case .reference:
            let line = text(c.line)
            facts.references.append(Reference(fact.word, value.uppercased(), raw: raw, at: place, line: line))
        case .date:
            guard let (moment, others) = Values.date(raw, time: text(c.time)) else {
                findings.append(
                    Finding("date-unreadable", .warning, "\"\(short(raw))\" is no date that can be read.", at: place))
                return
            }
            facts.dates.append(DateFact(fact.word, moment, alternatives: others, raw: raw, at: place))
        case .amount:
            guard let n = number(raw, place) else { return }
            facts.amounts.append(
                Amount(
                    fact.word, n, currency: text(c.currency ?? map.currency),
                    basis: text(c.basis).flatMap { Exact($0) },
                    unit: text(c.basisUnit), code: text(c.code), text: text(c.text), raw: raw, at: place))
        case .quantity:
            guard let n = number(raw, place) else { return }
            facts.quantities.append(
                Quantity(fact.word, n, unit: text(c.unit ?? map.unit), raw: raw, at: place))
        case .location: location(fact, c, (value, place), at: element, into: &facts)
        case .equipment: facts.equipment.append(Equipment(fact.word, value.uppercased(), at: place))
        case .term: facts.terms.append(Term(fact.word, value, raw: raw, at: place))
        case .party: break
        }
    }

    /// A companion's value: `@unitCode` of the element that gave the fact, else what its path gives from the rule's own.
    private func companion(_ value: XMLValue?, of found: Query.Found, at element: Int) -> String? {
        guard let value else { return nil }
        if case .first(let list) = value {
            for v in list { if let t = companion(v, of: found, at: element) { return t } }
            return nil
        }
        if case .path(let path) = value, path.steps.isEmpty, !path.absolute, case .attribute = path.target {
            return query.first(value, from: found.element)?.text ?? query.first(value, from: element)?.text
        }
        return query.first(value, from: element)?.text
    }

    private mutating func number(_ raw: String, _ place: Place) -> Exact? {
        switch Values.number(raw) {
        case .exact(let n): return n
        case .comma(let n):
            findings.append(
                Finding(
                    "number-format", .warning, "\"\(short(raw))\" is not written as XML writes numbers; read as \(n).",
                    at: place))
            return n
        case .none:
            findings.append(
                Finding("number-unreadable", .warning, "\"\(short(raw))\" is no number that can be read.", at: place))
            return nil
        }
    }

    private func location(
        _ fact: XMLMap.Fact, _ c: XMLMap.Companions, _ code: (value: String, place: Place)?, at element: Int,
        into facts: inout Facts
    ) {
        let name = query.first(c.name, from: element)
        let country = query.first(c.country, from: element)
        guard let place = code?.place ?? (name ?? country).map({ query.place($0) }) else { return }
        facts.locations.append(
            Location(fact.word, code: code?.value, name: name?.text, country: country?.text, at: place))
    }

    /// One party for the first id, and one more for each further id of it.
    private func party(_ role: String, _ c: XMLMap.Companions, at element: Int, into facts: inout Facts) {
        let name = query.first(c.name, from: element)?.text
        let country = query.first(c.country, from: element)?.text
        var seen: [String] = []
        for id in c.ids {
            let all: [Query.Found]
            if case .path(let path) = id.value {
                all = query.all(path, from: element)
            } else {
                all = query.first(id.value, from: element).map { [$0] } ?? []
            }
            for found in all where !seen.contains(found.text) {
                seen.append(found.text)
                let sent = companion(id.scheme, of: found, at: element)
                facts.parties.append(
                    Party(
                        role, name: name, id: found.text, scheme: sent.map { map.schemes?.word(for: $0) ?? $0 },
                        country: country, at: query.place(found)))
            }
        }
        if seen.isEmpty, name != nil || country != nil {
            facts.parties.append(Party(role, name: name, country: country, at: query.tree.place(element)))
        }
    }

    private func short(_ text: String) -> String { String(text.prefix(40)) }
}
