import Vocabulary

extension EDIMap {
    /// - Parameters:
    ///   - common: the folder's files named by `uses`.
    ///   - dialect: a partner's file, whose segments and groups take the place of the map's.
    init(_ root: Node, common: [Node], dialect: Node?, words: Words) throws(SchemaFault) {
        for n in [root, dialect].compactMap({ $0 }) {
            try n.allow([
                "message", "title", "uses", "event", "document", "tables", "codes", "segments", "groups", "needs",
                "checks",
            ])
        }
        for n in common { try n.allow(["tables", "codes", "segments", "checks", "title"]) }
        let layers = common + [root] + (dialect.map { [$0] } ?? [])
        var tables: [String: [String: String]] = [:]
        var codes: [String: Node] = [:]
        for layer in layers {
            for m in layer["tables"]?.members ?? [] {
                var table: [String: String] = [:]
                for row in m.value.members { table[row.key] = row.value.text ?? "" }
                tables[m.key] = table
            }
            for m in layer["codes"]?.members ?? [] { codes[m.key] = m.value }
        }
        let rules = EDIMapRules(words: words, tables: tables, codes: codes)
        var segments: [String: [EDIRule]] = [:]
        for layer in layers {
            segments.merge(try rules.segments(layer["segments"])) { _, new in new }
        }
        let groupNodes = EDIMap.groupNodes(root, dialect)
        let groups = try EDIMap.groups(groupNodes, rules)
        guard let message = try root.string("message") else { throw root.fault("message is missing") }
        let document = dialect?["document"] ?? root["document"]
        try document?.allow(["number", "date"])
        self.message = message
        title = try root.string("title") ?? message
        events = try EDIMap.choices(dialect?["event"] ?? root["event"])
        number = try EDIMap.sources(document?["number"], rules)
        date = try EDIMap.sources(document?["date"], rules)
        needs = try EDIMap.needs(dialect?["needs"] ?? root["needs"], number)
        var checks: [Check] = []
        if let c = dialect?["checks"] ?? root["checks"] {
            checks = try EDIMap.checks(c)
        } else {
            for c in common { if let n = c["checks"] { checks += try EDIMap.checks(n) } }
        }
        self.checks = checks
        self.segments = segments
        self.groups = groups
        self.tables = tables
        var starts: [String: [Int]] = [:]
        for (i, g) in groups.enumerated() { starts[g.start, default: []].append(i) }
        self.starts = starts
    }

    /// A map's groups in the order of its file, a dialect's in the place of those they name, new ones behind.
    private static func groupNodes(_ root: Node, _ dialect: Node?) -> [(key: String, value: Node)] {
        var out = root["groups"]?.members ?? []
        for m in dialect?["groups"]?.members ?? [] {
            if let i = out.firstIndex(where: { $0.key == m.key }) { out[i] = m } else { out.append(m) }
        }
        return out
    }

    private static func groups(
        _ nodes: [(key: String, value: Node)], _ rules: EDIMapRules
    ) throws(SchemaFault) -> [Group] {
        var out: [Group] = []
        for (name, node) in nodes {
            try node.allow(["start", "when", "under", "end", "line", "event", "context", "scope", "segments", "title"])
            var under: [Int] = []
            var underMessage = false
            for u in node["under"]?.list ?? [] {
                if u.text == "message" {
                    underMessage = true
                } else if let i = nodes.firstIndex(where: { $0.key == u.text }) {
                    under.append(i)
                } else {
                    throw u.fault("there is no group \(u.text ?? "")")
                }
            }
            var gives = Group.Gives.nothing
            if try node.string("line") == "true" { gives = .line }
            if try node.string("context") == "true" { gives = .context }
            if node["scope"] != nil { gives = .scope }
            let events = try choices(node["event"])
            if !events.isEmpty { gives = .event }
            guard let start = try node.string("start") else { throw node.fault("start is missing") }
            out.append(
                Group(
                    name: name, start: start, when: try EDIMapRules.conditions(node["when"]), under: under,
                    underMessage: underMessage || (under.isEmpty), end: Set(node["end"]?.texts ?? []), gives: gives,
                    events: events, segments: try rules.segments(node["segments"])))
        }
        return out
    }

    private static func choices(_ node: Node?) throws(SchemaFault) -> [Choice] {
        guard let node, !node.isNone else { return [] }
        var out: [Choice] = []
        for n in node.list {
            var type = n.text
            if n.isMap {
                try n.allow(["when", "type"])
                type = try n.string("type")
            }
            guard let type, type.contains(".") else { throw n.fault("an event has a type like order.issued") }
            out.append(Choice(when: try EDIMapRules.conditions(n["when"]), type: type))
        }
        return out
    }

    private static func sources(_ node: Node?, _ rules: EDIMapRules) throws(SchemaFault) -> [Source] {
        var out: [Source] = []
        for n in node?.list ?? [] {
            if let t = n.text, let p = EDIMapRules.path(t) {
                guard p.tag != nil else { throw n.fault("\(t) needs its segment's tag") }
                out.append(.path(p))
            } else {
                out.append(.fact(try rules.meaning(n).fact))
            }
        }
        return out
    }

    /// Without `needs`, the segment of the document's number has to be there.
    private static func needs(_ node: Node?, _ number: [Source]) throws(SchemaFault) -> [[EDIPath]] {
        guard let node else {
            let tags = number.compactMap { s -> EDIPath? in
                if case .path(let p) = s { EDIPath(tag: p.tag, element: 0) } else { nil }
            }
            return tags.count == number.count && !tags.isEmpty ? [tags] : []
        }
        var out: [[EDIPath]] = []
        for n in node.list {
            var any: [EDIPath] = []
            for t in n.list {
                if let s = t.text, let p = EDIMapRules.path(s), p.tag != nil {
                    any.append(p)
                } else if let s = t.text, (2...3).contains(s.utf8.count) {
                    any.append(EDIPath(tag: s, element: 0))
                } else {
                    throw t.fault("needs names segments or elements, like BEG or BEG03")
                }
            }
            out.append(any)
        }
        return out
    }

    private static func checks(_ node: Node) throws(SchemaFault) -> [Check] {
        var out: [Check] = []
        for n in node.list {
            try n.allow(["value", "when", "count", "sum"])
            let value = try EDIMapRules.path(try n.required("value"))
            guard value.tag != nil else { throw n.fault("value needs its segment's tag") }
            var sum: [EDIPath] = []
            if let s = n["sum"] { sum = try EDIMapRules.paths(s) }
            out.append(
                Check(
                    value: value, when: try EDIMapRules.conditions(n["when"]), count: n["count"]?.texts ?? [], sum: sum)
            )
        }
        return out
    }
}

/// The maps of a schemas folder. A map is read when its message first occurs: start-up stays short however many there are.
package struct EDIMaps: Sendable {
    private let files: SchemaFiles
    private let words: Words
    private var commons: [String: Node] = [:]
    private var maps: [String: EDIMap?] = [:]

    /// Some sender has a dialect of its own.
    package let hasDialects: Bool

    /// - Throws: a fault of `words.yaml`; faults of maps come when they are asked for, or with `checkAll`.
    package init(_ files: SchemaFiles) throws(SchemaFault) {
        self.files = files.only(["maps/x12/", "maps/edifact/"])
        hasDialects = self.files.texts.keys.contains { $0.contains("@") }
        words = try Words(files)
    }

    /// The map of a message, with its sender's dialect where there is one; nil where the message has no map.
    ///
    /// - Parameter standard: `x12` or `edifact`.
    package mutating func map(standard: String, type: String, sender: String) throws(SchemaFault) -> EDIMap? {
        let base = "maps/\(standard)/\(type)"
        let hasDialect = !sender.isEmpty && files.has("\(base)@\(sender).yaml")
        let key = hasDialect ? "\(base)@\(sender)" : base
        if let known = maps[key] { return known }
        // The name comes from the file that is read: it must not lead elsewhere.
        guard type.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }), files.has(base + ".yaml") else {
            maps[key] = .some(nil)
            return nil
        }
        let root = try files.node(base + ".yaml")
        var dialect: Node?
        if hasDialect { dialect = try files.node(key + ".yaml") }
        var common: [Node] = []
        for name in root["uses"]?.texts ?? [] { common.append(try self.common("maps/\(standard)/\(name).yaml", root)) }
        let map = try EDIMap(root, common: common, dialect: dialect, words: words)
        guard map.message == type else { throw root.fault("message is \(map.message), but the file is named \(type)") }
        maps[key] = map
        return map
    }

    private mutating func common(_ path: String, _ root: Node) throws(SchemaFault) -> Node {
        if let known = commons[path] { return known }
        guard files.has(path) else { throw root.fault("uses names \(path), which is missing") }
        let n = try files.node(path)
        commons[path] = n
        return n
    }

    /// Reads every map; what is wrong with each, by path.
    package func checkAll() -> [SchemaFault] {
        var faults: [SchemaFault] = []
        var all = self
        for standard in ["x12", "edifact"] {
            let folder = "maps/\(standard)/"
            let names = files.below(folder).compactMap { f in
                f.path.hasSuffix(".yaml") ? String(f.path.dropFirst(folder.count).dropLast(5)) : nil
            }
            for name in names where name.first?.isLowercase != true {
                let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
                do {
                    _ = try all.map(standard: standard, type: parts[0], sender: parts.count > 1 ? parts[1] : "")
                } catch {
                    faults.append(error)
                }
            }
        }
        return faults
    }
}
