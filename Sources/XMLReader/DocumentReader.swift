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
        let (query, tree) = (query, tree)
        for rule in map.lines {
            query.visit(rule.path, from: root) { e in
                guard query.holds(rule.when, at: e) else { return true }
                var facts = Facts()
                reader.read(rule.rules, at: e, into: &facts)
                lines.append(Line(number: query.first(rule.number, from: e)?.text, facts: facts, at: tree.place(e)))
                return true
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

    /// What the document says apart from prefixes, white space and what changes with each sending: each element's name,
    /// its attributes in order of their names, 0x1F, its text, 0x1E.
    private func body() -> String {
        let bytes = tree.scratch
        bytes.cut(to: 0)
        let names = tree.names
        var i = root
        let end = tree.end(root)
        while i < end {
            let name = tree.name(i)
            if !map.header.volatile.isEmpty, map.header.volatile.contains(name) {
                i = tree.end(i)
                continue
            }
            names.withText(name) { bytes.append($0) }
            let attributes = tree.attributes(i)
            if attributes.count == 1, let a = attributes.first {
                append(a, to: bytes)
            } else if attributes.count > 1 {
                for a in attributes.sorted(by: { text(of: $0) < text(of: $1) }) { append(a, to: bytes) }
            }
            bytes.append(0x1F)
            bytes.append(tree.textBytes(i))
            bytes.append(0x1E)
            i += 1
        }
        return Digest.hex(Digest.sha256(bytes.bytes))
    }

    private func text(of a: Tree.Attribute) -> String {
        "@\(tree.names.texts[Int(a.name)])=\(String(decoding: tree.value(a), as: UTF8.self))"
    }

    private func append(_ a: Tree.Attribute, to bytes: ByteBuffer) {
        bytes.append(UInt8(ascii: "@"))
        tree.names.withText(Int(a.name)) { bytes.append($0) }
        bytes.append(UInt8(ascii: "="))
        bytes.append(tree.value(a))
    }
}
