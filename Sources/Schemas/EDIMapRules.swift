import Vocabulary

/// Compiles the rules of a map: names, lists of codes and words are checked here, once.
struct EDIMapRules {
    let words: Words
    let tables: [String: [String: String]]
    let codes: [String: Node]

    // MARK: Paths

    /// `02`, `01.3`, `04.*`; with a tag `BEG03`, `BGM02.1`, `B403`.
    static func path(_ text: String) -> EDIPath? {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let head = halves[0]
        guard head.utf8.count >= 2, let element = Int(head.suffix(2)), head.suffix(2).allSatisfy(\.isNumber),
            element > 0
        else { return nil }
        let tag = String(head.dropLast(2))
        guard tag.isEmpty || ((2...3).contains(tag.utf8.count) && tag.allSatisfy { $0.isUppercase || $0.isNumber })
        else {
            return nil
        }
        var part = EDIPath.Part.plain
        if halves.count == 2 {
            if halves[1] == "*" {
                part = .all
            } else {
                guard let c = Int(halves[1]), c > 0 else { return nil }
                part = .component(c)
            }
        }
        return EDIPath(tag: tag.isEmpty ? nil : tag, element: element, part: part)
    }

    static func path(_ node: Node) throws(SchemaFault) -> EDIPath {
        guard let t = node.text, let p = path(t) else {
            throw node.fault("\"\(node.text ?? "")\" is no element; write one like 02, 01.3 or BEG03")
        }
        return p
    }

    static func paths(_ node: Node) throws(SchemaFault) -> [EDIPath] {
        var out: [EDIPath] = []
        for n in node.list { out.append(try path(n)) }
        return out
    }

    private func operand(_ node: Node) throws(SchemaFault) -> EDIOperand {
        if let t = node.text, t.hasPrefix("=") { return .constant(String(t.dropFirst())) }
        return .paths(try EDIMapRules.paths(node))
    }

    // MARK: Facts

    func meaning(_ node: Node) throws(SchemaFault) -> EDIMeaning {
        let parts = (node.text ?? "").split(separator: " ").map(String.init)
        if parts.count == 4, parts[2] == "from" {
            guard tables[parts[3]] != nil else { throw node.fault("there is no table \(parts[3])") }
            return EDIMeaning(fact: try fact(parts[0] + " " + parts[1], node), table: parts[3])
        }
        return EDIMeaning(fact: try fact(parts.joined(separator: " "), node), table: nil)
    }

    func fact(_ text: String, _ node: Node) throws(SchemaFault) -> EDIFact {
        switch text {
        case "ignore": return .ignore
        case "line number": return .lineNumber
        case "line order-line": return .orderLine
        case "party country": return .partyCountry
        case "party name": return .partyName
        default: break
        }
        let (section, word) = try words.fact(text, node)
        switch section {
        case "reference": return .reference(word)
        case "party": return .party(word)
        case "date": return .date(word)
        case "amount": return .amount(word)
        case "quantity": return .quantity(word)
        case "location": return .location(word)
        case "equipment": return .equipment(word)
        default: return .term(word)
        }
    }

    /// A list of codes: a name, a mapping, or several of both, where what stands further right goes first.
    func codes(_ node: Node) throws(SchemaFault) -> [String: EDIMeaning] {
        var out: [String: EDIMeaning] = [:]
        for part in node.list {
            var list = part
            if let name = part.text {
                guard let named = codes[name] else { throw part.fault("there is no list of codes \(name)") }
                list = named
            }
            guard list.isMap || list.isNone else {
                throw part.fault("codes are a mapping of code to fact, or its name")
            }
            for m in list.members { out[m.key] = try meaning(m.value) }
        }
        return out
    }

    // MARK: Conditions

    static func conditions(_ node: Node?) throws(SchemaFault) -> [EDICondition] {
        guard let node else { return [] }
        guard node.isMap else { throw node.fault("when is a mapping of element to values") }
        var out: [EDICondition] = []
        for m in node.members {
            guard let p = path(m.key) else { throw m.value.fault("\(m.key) is no element") }
            out.append(EDICondition(path: p, test: try test(m.value)))
        }
        return out
    }

    private static func test(_ node: Node) throws(SchemaFault) -> EDICondition.Test {
        if node.isMap {
            try node.allow(["not", "shape"])
            if let shape = try node.string("shape") {
                let negated = shape.hasPrefix("not ")
                let name = negated ? String(shape.dropFirst(4)) : shape
                guard ["mrn", "container"].contains(name) else { throw node.fault("the shapes are mrn and container") }
                return .shape(name, !negated)
            }
            return .notAmong(Set(try node.required("not").texts))
        }
        switch node.text {
        case "present": return .present
        case "absent": return .absent
        default: return .among(Set(node.texts))
        }
    }

    // MARK: Rules

    func segments(_ node: Node?) throws(SchemaFault) -> [String: [EDIRule]] {
        var out: [String: [EDIRule]] = [:]
        for m in node?.members ?? [] {
            guard (2...3).contains(m.key.utf8.count), m.key.allSatisfy({ $0.isUppercase || $0.isNumber }) else {
                throw m.value.fault("\(m.key) is no segment")
            }
            var rules: [EDIRule] = []
            if m.value.text != "ignore" { for n in m.value.list { rules += try self.rules(n) } }
            out[m.key] = rules
        }
        return out
    }

    private static let known: Set<String> = Set(EDIRule.Companion.allCases.map(\.rawValue)).union([
        "by", "value", "codes", "other", "pairs", "fact", "when", "every", "decimals", "absolute", "behind",
    ])

    /// The rules of one mapping: `{01: FACT, 02: FACT}` are two.
    private func rules(_ node: Node) throws(SchemaFault) -> [EDIRule] {
        guard node.isMap else { throw node.fault("a rule is a mapping like {02: date issued}, or the word ignore") }
        let elements = node.members.filter { EDIMapRules.path($0.key) != nil }
        let others = node.members.filter { EDIMapRules.path($0.key) == nil }
        for m in others where !EDIMapRules.known.contains(m.key) {
            throw m.value.fault(
                "\(m.key) is not known here; known: elements, \(EDIMapRules.known.sorted().joined(separator: ", "))")
        }
        if elements.isEmpty { return [try rule(node, try target(node), try value(node))] }
        if elements.count > 1, others.contains(where: { $0.key != "when" }) {
            throw node.fault("several elements cannot share companions; give each a rule of its own")
        }
        var out: [EDIRule] = []
        for m in elements {
            guard let p = EDIMapRules.path(m.key), p.tag == nil else {
                throw m.value.fault("the element is this segment's")
            }
            out.append(try rule(node, .fixed(try meaning(m.value)), [p]))
        }
        return out
    }

    private func value(_ node: Node) throws(SchemaFault) -> [EDIPath] {
        guard let v = node["value"] else { return [] }
        return try EDIMapRules.paths(v)
    }

    private func target(_ node: Node) throws(SchemaFault) -> EDIRule.Target {
        let other: EDIMeaning?
        if let o = node["other"] { other = try meaning(o) } else { other = nil }
        if let by = node["by"] {
            guard let codes = node["codes"] else { throw node.fault("a rule with by needs codes") }
            return .by(try EDIMapRules.paths(by), try self.codes(codes), other: other)
        }
        if let pairs = node["pairs"] {
            guard let codes = node["codes"] else { throw node.fault("a rule with pairs needs codes") }
            return .pairs(try EDIMapRules.path(pairs).element, try self.codes(codes), other: other)
        }
        guard let f = node["fact"] else { throw node.fault("a rule needs an element, by, pairs or fact") }
        return .fixed(try meaning(f))
    }

    private func rule(_ node: Node, _ target: EDIRule.Target, _ value: [EDIPath]) throws(SchemaFault) -> EDIRule {
        var companions: [EDIRule.Companion: EDIOperand] = [:]
        for c in EDIRule.Companion.allCases {
            if let n = node[c.rawValue] { companions[c] = try operand(n) }
        }
        var every = EDIRule.Every.first
        if let e = node["every"] {
            guard ["repeat", "component"].contains(e.text) else { throw e.fault("every is repeat or component") }
            every = e.text == "repeat" ? .repetition : .component
        }
        return EDIRule(
            target: target, value: value, companions: companions, when: try EDIMapRules.conditions(node["when"]),
            every: every, decimals: try node.int("decimals"), absolute: try node.string("absolute") == "true",
            behind: (node["behind"]?.texts ?? []).map { $0.uppercased() })
    }
}

extension Words {
    /// A fact written as text; faults name the node's place.
    func fact(_ text: String, _ node: Node) throws(SchemaFault) -> (section: String, word: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 2, let section = Words.singular[parts[0]] else {
            throw node.fault("\"\(node.text ?? "")\" is no fact; write one like \"date issued\"")
        }
        guard sections[section]?.contains(parts[1]) == true else {
            throw node.fault("\(parts[1]) is no word for a \(parts[0]); words.yaml lists those that are")
        }
        return (parts[0], parts[1])
    }
}
