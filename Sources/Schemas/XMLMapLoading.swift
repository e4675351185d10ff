/// Reads the maps of `schemas/maps/xml/`. Files without `recognise` or `named` hold what others use.
package struct XMLMaps: Sendable {
    package private(set) var maps: [XMLMap] = []
    /// The names that the maps' paths hold the numbers of, by number.
    package let names: [String]

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let words = try Words(files)
        let names = XMLNames()
        var nodes: [String: Node] = [:]
        let paths = files.below("maps/xml/").map(\.path).filter { $0.hasSuffix(".yaml") }
        for path in paths { nodes[path] = try files.node(path) }
        for path in paths {
            guard let node = nodes[path] else { continue }
            if let named = node["named"] {
                try node.allow(["named"])
                for n in named.list { maps.append(try XMLMapLoader(words: words, names: names, uses: [n]).named(n)) }
                continue
            }
            guard node["recognise"] != nil else { continue }
            var used: [Node] = []
            for name in node["uses"]?.list ?? [] {
                guard let n = nodes["maps/xml/\(name.text ?? "").yaml"] else {
                    throw name.fault("there is no maps/xml/\(name.text ?? "").yaml")
                }
                try n.allow(["tables", "codes", "shapes", "blocks", "texts"])
                used.append(n)
            }
            maps.append(try XMLMapLoader(words: words, names: names, uses: used + [node]).map(node))
        }
        self.names = names.texts
    }
}

/// Turns one map's nodes into rules. `uses` are the files whose tables, codes, shapes, blocks and texts it may name, the map
/// itself last; a later one takes the place of an earlier one of the same name.
struct XMLMapLoader {
    let words: Words
    let names: XMLNames
    let uses: [Node]

    func map(_ node: Node) throws(SchemaFault) -> XMLMap {
        try node.allow([
            "title", "uses", "recognise", "document", "required", "event", "facts", "lines", "defaults", "tables",
            "codes", "shapes", "blocks", "texts",
        ])
        let defaults = node["defaults"]
        try defaults?.allow(["currency", "unit"])
        var lines: [XMLMap.LineRule] = []
        for m in node["lines"]?.members ?? [] { lines.append(try line(m.key, m.value)) }
        return XMLMap(
            file: node.file, title: try node.required("title").text ?? "",
            recognise: try recognise(node.required("recognise")), header: try header(node.required("document")),
            required: try required(node["required"]), events: try choices(node["event"]),
            rules: try rules(node["facts"], depth: 0), lines: lines,
            currency: try value(defaults?["currency"]), unit: try value(defaults?["unit"]),
            schemes: try find("schemes", in: "tables").map { n throws(SchemaFault) in try CodeTable<String>(n) })
    }

    /// A family that is told by its root and given a type, and no more.
    func named(_ node: Node) throws(SchemaFault) -> XMLMap {
        try node.allow(["root", "has", "namespace", "type", "number", "date"])
        let type = try node.required("type")
        return XMLMap(
            file: node.file, title: type.text ?? "", recognise: try recognise(node, more: true),
            header: XMLMap.Header(
                types: try choices(type), version: nil, number: try value(node["number"]),
                date: try value(node["date"]), sent: nil, sentTime: nil, sender: nil, receiver: nil, test: [],
                volatile: []),
            required: [], events: [], rules: XMLMap.RuleList([]), lines: [], currency: nil, unit: nil, schemes: nil)
    }

    private func recognise(_ node: Node, more: Bool = false) throws(SchemaFault) -> XMLMap.Recognise {
        if !more { try node.allow(["root", "has", "namespace"]) }
        var has: [[XMLPath]] = []
        for n in node["has"]?.list ?? [] { has.append(try alternatives(n)) }
        return XMLMap.Recognise(
            roots: try node.required("root").texts.map(names.id), has: has, namespaces: node["namespace"]?.texts ?? [])
    }

    private func alternatives(_ node: Node) throws(SchemaFault) -> [XMLPath] {
        var paths: [XMLPath] = []
        for t in (node.text ?? "").split(separator: " ") where t != "or" {
            paths.append(try XMLPath(String(t), at: node, names))
        }
        guard !paths.isEmpty else { throw node.fault("a path belongs here") }
        return paths
    }

    private func header(_ node: Node) throws(SchemaFault) -> XMLMap.Header {
        try node.allow([
            "type", "version", "number", "date", "sent", "sent-time", "sender", "receiver", "test", "volatile",
        ])
        return XMLMap.Header(
            types: try choices(node.required("type")), version: try value(node["version"]),
            number: try value(node["number"]), date: try value(node["date"]), sent: try value(node["sent"]),
            sentTime: try value(node["sent-time"]), sender: try value(node["sender"]),
            receiver: try value(node["receiver"]), test: try conditions(node["test"]),
            volatile: Set((node["volatile"]?.texts ?? []).map(names.id)))
    }

    private func required(_ node: Node?) throws(SchemaFault) -> [XMLMap.Required] {
        var all: [XMLMap.Required] = []
        for n in node?.list ?? [] {
            let path = n.isMap ? try n.required("path") : n
            if n.isMap { try n.allow(["path", "when"]) }
            all.append(
                XMLMap.Required(paths: try alternatives(path), when: try conditions(n["when"]), words: path.text ?? ""))
        }
        return all
    }

    private func choices(_ node: Node?) throws(SchemaFault) -> [XMLMap.Choice] {
        var all: [XMLMap.Choice] = []
        for n in node?.list ?? [] {
            if let word = n.text {
                all.append(XMLMap.Choice(when: [], word: word))
                continue
            }
            try n.allow(["when", "type"])
            all.append(XMLMap.Choice(when: try conditions(n["when"]), word: try n.required("type").text ?? ""))
        }
        return all
    }

    func conditions(_ node: Node?) throws(SchemaFault) -> [XMLMap.Condition] {
        var all: [XMLMap.Condition] = []
        for m in node?.members ?? [] {
            let path = try XMLPath(m.key, at: m.value, names)
            switch m.value.text {
            case "present": all.append(XMLMap.Condition(path: path, wanted: .present))
            case "absent": all.append(XMLMap.Condition(path: path, wanted: .absent))
            default: all.append(XMLMap.Condition(path: path, wanted: .anyOf(m.value.texts)))
            }
        }
        return all
    }

    /// What a section of the map or of the files it uses holds under a name.
    func find(_ name: String, in section: String) -> Node? {
        for n in uses.reversed() { if let found = n[section]?[name] { return found } }
        return nil
    }

    private func line(_ path: String, _ node: Node) throws(SchemaFault) -> XMLMap.LineRule {
        try node.allow(["number", "when", "facts"])
        return XMLMap.LineRule(
            path: try XMLPath(path, at: node, names), when: try conditions(node["when"]),
            number: try value(node["number"]),
            rules: try rules(node["facts"], depth: 0))
    }
}
