extension XMLMapLoader {
    /// The rules of a `facts` or `below` mapping: path and rule, or path and a list of rules.
    func rules(_ node: Node?, depth: Int) throws(SchemaFault) -> XMLMap.RuleList {
        guard let node, !node.isNone else { return XMLMap.RuleList([]) }
        guard depth < 12 else { throw node.fault("blocks use each other in a circle") }
        guard node.isMap else { throw node.fault("paths with their rules belong here") }
        var all: [XMLMap.Rule] = []
        for m in node.members {
            let path = try XMLPath(m.key, at: m.value, names)
            for n in m.value.list { all.append(try rule(path, n, depth: depth)) }
        }
        return XMLMap.RuleList(all)
    }

    private func rule(_ path: XMLPath, _ node: Node, depth: Int) throws(SchemaFault) -> XMLMap.Rule {
        if node.text != nil {
            return XMLMap.Rule(
                path: path, when: [], once: false,
                body: .facts([try fact(node)], try XMLMap.Companions { (_) throws(SchemaFault) in nil }))
        }
        let shape = try node.string("shape").map { name throws(SchemaFault) -> Node in
            guard let s = find(name, in: "shapes") else { throw node.fault("there is no shape \(name)") }
            return s
        }
        try node.allow(XMLMapLoader.ruleKeys)
        try shape?.allow(XMLMapLoader.companionKeys)
        let when = try conditions(node["when"])
        let once = node["once"]?.text == "true"
        func rule(_ body: XMLMap.Body) -> XMLMap.Rule { XMLMap.Rule(path: path, when: when, once: once, body: body) }

        if let below = node["below"] { return rule(.below(try rules(below, depth: depth + 1))) }
        if let use = node["use"] {
            guard let block = find(use.text ?? "", in: "blocks") else {
                throw use.fault("there is no block \(use.text ?? "")")
            }
            return rule(.below(try rules(block, depth: depth + 1)))
        }
        let companions = try companions(node, shape)
        if let by = node["by"] {
            var values: [XMLValue] = []
            for n in by.list { values.append(try value(of: n)) }
            return rule(
                .coded(
                    by: values, codes: try codes(node.required("codes")), other: try facts(node["other"]),
                    companions))
        }
        return rule(.facts(try facts(node.required("fact")), companions))
    }

    private static let companionKeys: Set<String> = [
        "value", "unit", "currency", "time", "line", "name", "id", "scheme", "country", "code", "text", "basis",
        "basis-unit",
    ]
    private static let ruleKeys = companionKeys.union([
        "fact", "by", "codes", "other", "below", "use", "when", "once", "shape",
    ])

    private func companions(_ node: Node, _ shape: Node?) throws(SchemaFault) -> XMLMap.Companions {
        func part(_ key: String) throws(SchemaFault) -> XMLValue? { try value(node[key] ?? shape?[key]) }
        let scheme = try part("scheme")
        var ids: [XMLMap.Companions.ID] = []
        for n in (node["id"] ?? shape?["id"])?.list ?? [] {
            if n.isMap {
                try n.allow(["path", "scheme"])
                ids.append((value: try value(of: n.required("path")), scheme: try value(n["scheme"])))
            } else {
                ids.append((value: try value(of: n), scheme: scheme))
            }
        }
        return try XMLMap.Companions(ids: ids, part)
    }

    /// Codes with the facts they stand for, written here or under `codes` of a file that the map uses.
    private func codes(_ node: Node) throws(SchemaFault) -> CodeTable<[XMLMap.Fact]> {
        var source = node
        if let name = node.text {
            guard let found = find(name, in: "codes") else { throw node.fault("there are no codes named \(name)") }
            source = found
        }
        var rows: [(code: String, meaning: [XMLMap.Fact])] = []
        for m in source.members { rows.append((code: m.key, meaning: try facts(m.value))) }
        return CodeTable(rows)
    }

    private func facts(_ node: Node?) throws(SchemaFault) -> [XMLMap.Fact] {
        var all: [XMLMap.Fact] = []
        for n in node?.list ?? [] { all.append(try fact(n)) }
        return all
    }

    /// `term incoterm`, `term mode from modes`.
    private func fact(_ node: Node) throws(SchemaFault) -> XMLMap.Fact {
        let parts = (node.text ?? "").split(separator: " ").map(String.init)
        guard parts.count == 2 || (parts.count == 4 && parts[2] == "from") else {
            throw node.fault("\"\(node.text ?? "")\" is no fact; write one like \"date issued\"")
        }
        guard let section = Words.singular[parts[0]], let kind = XMLMap.Fact.Section(rawValue: parts[0]) else {
            throw node.fault("\(parts[0]) is no kind of fact")
        }
        guard words.sections[section]?.contains(parts[1]) == true else {
            throw node.fault("\(parts[1]) is no word for a \(parts[0]); words.yaml lists those that are")
        }
        var table: CodeTable<String>?
        if parts.count == 4 {
            guard let t = find(parts[3], in: "tables") else { throw node.fault("there is no table \(parts[3])") }
            table = try CodeTable<String>(t)
        }
        return XMLMap.Fact(section: kind, word: parts[1], table: table)
    }
}
