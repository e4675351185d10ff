import EDI
import Schemas
import Vocabulary

/// Makes a plan of a map.
struct PlanCompiler {
    let map: EDIMap
    private(set) var tags: [UInt32] = []
    private var tagNumbers: [String: Int] = [:]
    private(set) var rules: [PlanRule] = []
    private(set) var header: [Span] = []
    private(set) var groups: [PlanGroup] = []
    private(set) var grouped: [Span] = []
    private(set) var starts: [Span] = []
    private(set) var starting: [UInt16] = []
    private(set) var ends: [UInt64] = []
    private(set) var isAsked: [Bool] = []
    private(set) var hierarchies: [(id: UInt8, parent: UInt8)] = []
    private(set) var conditions: [PlanCondition] = []
    private(set) var paths: [PlanPath] = []
    private(set) var operands: [PlanOperand] = []
    private(set) var meanings: [PlanMeaning] = []
    private(set) var codes = CodeTables.Parts()
    private(set) var text: [UInt8] = []
    private var constants: [String: Text] = [:]
    private(set) var patterns: [DatePattern] = []
    private(set) var bases: [PriceBasis] = []
    private(set) var formats: CodeTable?
    private(set) var basisCodes: CodeTable?
    private(set) var schemes: CodeTable?
    private(set) var phrases: [[String]] = []
    private(set) var events: [PlanChoice] = []
    private(set) var groupEvents: [[PlanChoice]] = []
    private(set) var needs: [[PlanPath]] = []
    private(set) var currency = Text.empty
    private(set) var orderLine = Text.empty
    private(set) var purchaseOrder = Text.empty
    private var asked: Set<Int> = []
    private var tables: [String: (table: CodeTable, other: Text?, pairs: Bool)] = [:]

    /// Nothing at all.
    init() { map = EDIMap() }

    /// - Throws: where a map has more groups or tags than the machine counts.
    init(_ map: EDIMap, _ trees: [String: (id: Int, parent: Int)]) throws(SchemaFault) {
        self.map = map
        currency = constant("currency")
        orderLine = constant("order-line")
        purchaseOrder = constant("purchase-order")
        let named = Set(map.segments.keys).union(map.starts.keys).union(map.groups.flatMap { $0.end })
            .union(map.groups.flatMap { $0.segments.keys }).union(map.checks.flatMap { $0.count }).union(trees.keys)
        for t in named.sorted() { _ = tag(t) }
        patternTables()
        events = map.events.map { choice($0) }
        needs = map.needs.map { $0.map { path($0) } }
        for c in map.checks {
            for t in c.count { asked.insert(tag(t)) }
            for p in [c.value] + c.sum + c.when.map(\.path) { _ = path(p) }
        }
        for s in map.number + map.date { if case .path(let p) = s { _ = path(p) } }
        for g in map.groups {
            groups.append(
                PlanGroup(
                    gives: g.gives, underMessage: g.underMessage, when: self.conditions(g.when), under: bits(g.under),
                    outer: 0))
            groupEvents.append(g.events.map { choice($0) })
        }
        for g in groups.indices { groups[g].outer = outer(g) }
        let own = map.segments.mapValues { compiled($0) }
        let byGroup = map.groups.map { $0.segments.mapValues { compiled($0) } }
        // Conditions may have named more tags: what goes by tag comes last.
        let names = tagNumbers.sorted { $0.value < $1.value }.map(\.key)
        guard names.count < TagTable.unknown, map.groups.count <= 64, rules.count < Int(UInt16.max) else {
            throw SchemaFault(
                file: "maps/\(map.message)", line: 0,
                reason: "a map has at most 254 segment tags, 64 groups and 65,000 rules")
        }
        header = names.map { own[$0] ?? .empty }
        for rules in byGroup { grouped += names.map { rules[$0] ?? .none } }
        for name in names {
            let all = map.starts[name] ?? []
            starts.append(Span(from: UInt16(starting.count), count: UInt16(all.count)))
            starting += all.map(UInt16.init)
            ends.append(bits(map.groups.indices.filter { map.groups[$0].end.contains(name) }))
            let tree = map.starts[name] == nil ? nil : trees[name]
            hierarchies.append((UInt8(tree?.id ?? 0), UInt8(tree?.parent ?? 0)))
        }
        isAsked = names.indices.map { asked.contains($0) }
    }

    private func bits(_ groups: [Int]) -> UInt64 { groups.reduce(0) { $0 | 1 << UInt64($1 & 63) } }

    /// All groups that a group may stand in, over any number of levels, but not itself.
    private func outer(_ group: Int) -> UInt64 {
        var out: UInt64 = 0
        var next = map.groups[group].under
        while let g = next.popLast() {
            guard g != group, out & (1 << UInt64(g & 63)) == 0 else { continue }
            out |= 1 << UInt64(g & 63)
            next += map.groups[g].under
        }
        return out
    }

    // MARK: Parts

    private mutating func tag(_ name: String) -> Int {
        if let known = tagNumbers[name] { return known }
        var t: UInt32 = 0
        for (i, b) in name.utf8.enumerated() where i < 4 { t |= UInt32(b) << (8 * UInt32(i)) }
        tags.append(t)
        tagNumbers[name] = tags.count - 1
        return tags.count - 1
    }

    private mutating func constant(_ s: String) -> Text {
        if let known = constants[s] { return known }
        let t = Text(.plan, text.count, s.utf8.count)
        text += s.utf8
        constants[s] = t
        return t
    }

    private mutating func path(_ p: EDIPath) -> PlanPath {
        var number = -1
        if let t = p.tag {
            number = tag(t)
            asked.insert(number)
        }
        let part: Int16 =
            switch p.part {
            case .plain: PlanPath.plain
            case .all: PlanPath.all
            case .component(let c): Int16(truncatingIfNeeded: c)
            }
        return PlanPath(tag: Int16(truncatingIfNeeded: number), element: UInt16(p.element), part: part)
    }

    private mutating func span(_ all: [EDIPath]) -> Span {
        let compiled = all.map { path($0) }
        let s = Span(from: UInt16(paths.count), count: UInt16(all.count))
        paths += compiled
        return s
    }

    private mutating func conditions(_ all: [EDICondition]) -> Span {
        let compiled = all.map { condition($0) }
        let s = Span(from: UInt16(conditions.count), count: UInt16(all.count))
        conditions += compiled
        return s
    }

    private mutating func condition(_ c: EDICondition) -> PlanCondition {
        var set: Set<String> = []
        let test: PlanCondition.Test
        switch c.test {
        case .among(let s): (test, set) = (.among, s)
        case .notAmong(let s): (test, set) = (.notAmong, s)
        case .present: test = .present
        case .absent: test = .absent
        case .shape("mrn", let wanted): test = wanted ? .mrn : .notMRN
        case .shape(_, let wanted): test = wanted ? .container : .notContainer
        }
        return PlanCondition(
            path: path(c.path), test: test, codes: codes.add(Dictionary(uniqueKeysWithValues: set.map { ($0, 0) })))
    }

    private mutating func choice(_ c: EDIMap.Choice) -> PlanChoice {
        PlanChoice(when: conditions(c.when), type: c.type)
    }

    // MARK: Tables

    private mutating func patternTables() {
        if let table = map.tables["formats"] {
            var numbers: [String: UInt16] = [:]
            for (code, pattern) in table.sorted(by: { $0.key < $1.key }) {
                numbers[code] = UInt16(patterns.count)
                patterns.append(DatePattern(pattern))
            }
            formats = codes.add(numbers)
        }
        if let table = map.tables["bases"] {
            var numbers: [String: UInt16] = [:]
            for (code, text) in table.sorted(by: { $0.key < $1.key }) {
                let parts = text.split(separator: " ").map(String.init)
                numbers[code] = UInt16(bases.count)
                bases.append(
                    PriceBasis(
                        figure: parts.first.flatMap { UInt16($0) } ?? 0,
                        unit: parts.count > 1 ? constant(parts[1]) : .empty)
                )
            }
            basisCodes = codes.add(numbers)
        }
        if let table = map.tables["schemes"] {
            var numbers: [String: UInt16] = [:]
            for (code, name) in table { numbers[code] = word(name) }
            schemes = codes.add(numbers)
        }
    }

    /// The number of a meaning that is nothing but a word.
    private mutating func word(_ s: String) -> UInt16 {
        meanings.append(
            PlanMeaning(section: .ignore, word: constant(s), table: nil, other: nil, hasPairs: false))
        return UInt16(meanings.count - 1)
    }

    private mutating func table(_ name: String) -> (table: CodeTable, other: Text?, pairs: Bool) {
        if let known = tables[name] { return known }
        let rows = map.tables[name] ?? [:]
        var numbers: [String: UInt16] = [:]
        for (code, text) in rows { numbers[code] = word(text) }
        let t = (codes.add(numbers), rows["other"].map { constant($0) }, rows.keys.contains { $0.contains("/") })
        tables[name] = t
        return t
    }

    // MARK: Rules

    private mutating func meaning(_ m: EDIMeaning) -> UInt16 {
        let section: Section =
            switch m.fact {
            case .reference: .references
            case .party: .parties
            case .date: .dates
            case .amount: .amounts
            case .quantity: .quantities
            case .location: .locations
            case .equipment: .equipment
            case .term: .terms
            case .partyCountry: .partyCountry
            case .partyName: .partyName
            case .lineNumber: .lineNumber
            case .orderLine: .orderLine
            case .ignore: .ignore
            }
        let t = m.table.map { table($0) }
        meanings.append(
            PlanMeaning(
                section: section, word: constant(m.fact.word ?? ""), table: t?.table, other: t?.other,
                hasPairs: t?.pairs ?? false))
        return UInt16(meanings.count - 1)
    }

    private mutating func codeTable(_ all: [String: EDIMeaning]) -> CodeTable {
        var numbers: [String: UInt16] = [:]
        for (code, m) in all.sorted(by: { $0.key < $1.key }) { numbers[code] = meaning(m) }
        return codes.add(numbers)
    }

    private mutating func compiled(_ all: [EDIRule]) -> Span {
        let made = all.map { rule($0) }
        let s = Span(from: UInt16(truncatingIfNeeded: rules.count), count: UInt16(all.count))
        rules += made
        return s
    }

    private mutating func rule(_ r: EDIRule) -> PlanRule {
        var out = PlanRule(
            target: .fixed, every: r.every, when: conditions(r.when), by: .empty, first: 0,
            codes: CodeTable(from: 0, mask: 0, long: 0), meaning: .max, value: span(r.value),
            companions: companions(r.companions), decimals: Int8(r.decimals ?? -1), absolute: r.absolute, behind: 0)
        switch r.target {
        case .fixed(let m): out.meaning = meaning(m)
        case .by(let p, let c, let other):
            out.target = .by
            out.by = span(p)
            out.codes = codeTable(c)
            if let other { out.meaning = meaning(other) }
        case .pairs(let first, let c, let other):
            out.target = .pairs
            out.first = UInt16(first)
            out.codes = codeTable(c)
            if let other { out.meaning = meaning(other) }
        }
        if !r.behind.isEmpty {
            phrases.append(r.behind)
            out.behind = UInt16(phrases.count)
        }
        return out
    }

    private mutating func companions(_ all: [EDIRule.Companion: EDIOperand]) -> UInt16 {
        guard !all.isEmpty else { return .max }
        let made = EDIRule.Companion.allCases.map { c -> PlanOperand in
            switch all[c] {
            case nil: PlanOperand(paths: .empty, constant: .empty)
            case .constant(let s): PlanOperand(paths: .empty, constant: constant(s))
            case .paths(let p): PlanOperand(paths: span(p), constant: .empty)
            }
        }
        operands += made
        return UInt16(operands.count - made.count)
    }
}

extension EDIRule.Companion {
    /// Its place among a rule's operands.
    var index: Int {
        switch self {
        case .unit: 0
        case .currency: 1
        case .time: 2
        case .zone: 3
        case .format: 4
        case .line: 5
        case .name: 6
        case .id: 7
        case .scheme: 8
        case .country: 9
        case .code: 10
        case .text: 11
        case .basis: 12
        case .with: 13
        case .join: 14
        case .basisCode: 15
        }
    }
}
