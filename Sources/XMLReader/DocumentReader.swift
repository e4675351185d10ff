import Schemas
import Vocabulary

/// Reads a recognised document by its map: header, events, lines, and what is wrong with it.
struct DocumentReader {
    private let tree: Tree
    private let root: Int
    private let map: XMLMap
    private let query: Query
    private let locator: Locator
    private let source: String
    private var findings: [Finding]
    private let partial: Bool

    /// - Parameter partial: the document was read up to a fault only, so that nothing can be said of what it lacks.
    init(
        tree: Tree, match: Recognition.Match, locator: Locator, source: String, findings: [Finding], partial: Bool
    ) {
        self.partial = partial
        self.tree = tree
        root = match.root
        map = match.map
        query = Query(tree: tree, root: match.root)
        self.locator = locator
        self.source = source
        self.findings = findings
    }

    mutating func read() -> Reading {
        checkNamespace()
        if !partial { checkRequired() }
        let header = map.header
        func text(_ v: XMLValue?) -> String? { query.first(v, from: root)?.text }
        if !header.test.isEmpty, query.holds(header.test, at: root) {
            findings.append(
                Finding("test-indicator", .info, "The document says that it is a test.", at: tree.place(root)))
        }
        var reader = FactReader(query: query, map: map)
        var facts = Facts()
        reader.read(map.rules, at: root, into: &facts)
        let lines = map.lines.isEmpty ? [] : readLines(with: &reader)
        repeatReferences(of: lines, in: &facts)
        // A text that stands for two facts is at fault once.
        for f in reader.findings where !findings.contains(f) { findings.append(f) }

        let document = Document(
            locator: locator, format: .xml, type: query.choice(header.types, at: root) ?? "unknown",
            version: text(header.version), sender: text(header.sender), receiver: text(header.receiver),
            number: text(header.number), date: text(header.date).flatMap { Values.date($0)?.value.dateOnly },
            envelope: text(header.sent).flatMap { Values.date($0, time: text(header.sentTime)) }.flatMap {
                $0.value.second == nil ? nil : $0.value
            },
            status: Document.status(for: findings), findings: findings, source: source, body: body())
        guard document.status != .rejected, let type = query.choice(map.events, at: root) else {
            return Reading(document)
        }
        return Reading(document, [Event(type: type, facts: facts, lines: lines)])
    }

    private mutating func checkNamespace() {
        let namespace = tree.namespace(root)
        guard !map.recognise.namespaces.isEmpty, !map.recognise.namespaces.contains(where: { namespace.hasPrefix($0) })
        else { return }
        let words =
            namespace.isEmpty
            ? "The document names no namespace" : "The document is in the namespace \(namespace)"
        findings.append(
            Finding(
                "namespace-unexpected", .info,
                "\(words), where \(map.recognise.namespaces[0]) is expected; it was recognised by its shape.",
                at: tree.place(root)))
    }

    private mutating func checkRequired() {
        for r in map.required where query.holds(r.when, at: root) {
            if r.paths.contains(where: { query.gives($0, from: root) }) { continue }
            findings.append(
                Finding(
                    "mandatory-missing", .critical, "\(r.words) is missing, without which the document cannot be used.",
                    at: tree.place(root)))
        }
    }

    private func readLines(with reader: inout FactReader) -> [Line] {
        var lines: [Line] = []
        for rule in map.lines {
            for e in query.elements(rule.path, from: root) where query.holds(rule.when, at: e) {
                var facts = Facts()
                reader.read(rule.rules, at: e, into: &facts)
                lines.append(Line(number: query.first(rule.number, from: e)?.text, facts: facts, at: tree.place(e)))
            }
        }
        return lines
    }

    /// References of lines are the event's too, each once.
    private func repeatReferences(of lines: [Line], in facts: inout Facts) {
        struct Key: Hashable {
            var kind: String
            var value: String
        }
        var seen: Set<Key> = []
        facts.references = facts.references.filter { seen.insert(Key(kind: $0.kind, value: $0.value)).inserted }
        for line in lines {
            for r in line.facts.references where seen.insert(Key(kind: r.kind, value: r.value)).inserted {
                var copy = r
                copy.line = nil
                facts.references.append(copy)
            }
        }
        var equipment: Set<Key> = []
        facts.equipment += lines.flatMap(\.facts.equipment)
        facts.equipment = facts.equipment.filter { equipment.insert(Key(kind: $0.kind, value: $0.id)).inserted }
    }

    /// What the document says apart from prefixes, white space and what changes with each sending.
    private func body() -> String {
        var bytes: [UInt8] = []
        var i = root
        let end = tree.elements[root].end
        while i < end {
            let e = tree.elements[i]
            if map.header.volatile.contains(tree.names[e.name]) {
                i = e.end
                continue
            }
            bytes += tree.names[e.name].utf8
            for a in tree.attributes[e.attributes].map({ "@\(tree.names[$0.name])=\($0.value)" }).sorted() {
                bytes += a.utf8
            }
            bytes.append(0x1F)
            bytes += tree.text[e.text]
            bytes.append(0x1E)
            i += 1
        }
        return Digest.hex(Digest.sha256(bytes))
    }
}
