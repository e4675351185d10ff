import EDI
import Schemas
import Vocabulary

/// Applies a map to one message: facts into the occurrences they belong to, then occurrences into events and lines.
struct MessageReader {
    let view: MessageView
    let map: EDIMap
    let tree: GroupTree
    /// Facts by group occurrence; the message's own at 0.
    var facts: [Facts]
    var numbers: [Int: String] = [:]
    var orderLines: [Int: EDIValue] = [:]
    var findings: [Finding]
    /// Where the party read last is, for what completes it.
    var lastParty: (node: Int, index: Int)?

    init(_ view: MessageView, _ map: EDIMap, _ hierarchies: [String: (id: Int, parent: Int)]) {
        self.view = view
        self.map = map
        tree = GroupTree(view, map, hierarchies)
        findings = tree.findings
        facts = Array(repeating: Facts(), count: tree.nodes.count)
    }

    mutating func read() {
        for s in view.tags.indices {
            let (rules, origin) = rules(for: view.tags[s], tree.owner[s])
            for r in rules { apply(r, s, origin) }
        }
    }

    /// The rules of the innermost open group that has some for the tag, else the map's; and the node they come from.
    private func rules(for tag: String, _ node: Int) -> ([EDIRule], origin: Int) {
        for n in tree.path(from: node) {
            if let r = tree.group(n)?.segments[tag] { return (r, n) }
        }
        return (map.segments[tag] ?? [], 0)
    }

    /// Of a tag's segments those that a rule in an occurrence looks at.
    func asked(_ node: Int) -> ([Int]) -> ArraySlice<Int> {
        { tree.visible($0, from: node) }
    }

    // MARK: One rule

    private mutating func apply(_ rule: EDIRule, _ s: Int, _ origin: Int) {
        let node = tree.owner[s]
        if !rule.when.isEmpty {
            let asked = asked(node)
            guard rule.when.allSatisfy({ view.holds($0, at: s, among: asked) }) else { return }
        }
        switch rule.target {
        case .fixed(let m): each(rule, m, s, origin)
        case .by(let paths, let codes, let other):
            let code = paths.first { !view.text($0, s).isEmpty }.map { view.text($0, s) } ?? ""
            guard let m = codes[code] ?? (code.isEmpty && rule.value.isEmpty ? nil : other) else {
                if case .party = codes.first?.value.fact { lastParty = nil }
                return
            }
            each(rule, m, s, origin)
        case .pairs(let first, let codes, let other):
            var e = first
            let n = view.elements(s)
            while e < n {
                let code = view.text(EDIPath(element: e), s)
                let path = EDIPath(element: e + 1)
                if !code.isEmpty, let m = codes[code] ?? other {
                    add(rule, m, EDIValue(view.raw(path, s), view.place(path, s)), s, origin)
                }
                e += 2
            }
        }
    }

    private mutating func each(_ rule: EDIRule, _ m: EDIMeaning, _ s: Int, _ origin: Int) {
        let filled = rule.value.compactMap { located($0, s) }.first { !view.text($0, $1).isEmpty }
        guard let (path, at) = filled else {
            add(rule, m, EDIValue("", view.place(EDIPath(element: 0), s)), s, origin)
            return
        }
        guard at == s else {
            add(rule, m, EDIValue(view.raw(path, at), view.place(path, at)), s, origin)
            return
        }
        switch rule.every {
        case .first: add(rule, m, EDIValue(view.raw(path, s), view.place(path, s)), s, origin)
        case .repetition:
            for r in 0..<view.repetitions(path, s) {
                add(
                    rule, m, EDIValue(view.raw(path, s, repetition: r), view.place(path, s, repetition: r)), s, origin)
            }
        case .component:
            for c in 0..<view.components(path, s) {
                let p = EDIPath(element: path.element, part: .component(c + 1))
                add(rule, m, EDIValue(view.raw(p, s), view.place(p, s)), s, origin)
            }
        }
    }

    /// A companion's text; of one with a tag, from the last such segment before that is in sight.
    func companion(_ c: EDIRule.Companion, _ rule: EDIRule, _ s: Int) -> String {
        switch rule.companions[c] {
        case nil: return ""
        case .constant(let text): return text
        case .paths(let paths): return paths.lazy.map { operand($0, s) }.first { !$0.isEmpty } ?? ""
        }
    }

    private func operand(_ path: EDIPath, _ s: Int) -> String {
        located(path, s).map { view.text($0, $1) } ?? ""
    }

    /// The segment that a path means: this one, or the last one of its tag before it that is in sight.
    private func located(_ path: EDIPath, _ s: Int) -> (EDIPath, Int)? {
        guard let tag = path.tag else { return (path, s) }
        let seen = tree.visible(view.byTag[tag] ?? [], from: tree.owner[s], before: s)
        return seen.last.map { (path, $0) }
    }

    /// Where a fact of a section goes: the occurrence that keeps it, nil where a scope keeps it out.
    func sink(_ section: EDIFact, from node: Int, origin: Int) -> Int? {
        for n in tree.path(from: node) {
            switch tree.group(n)?.gives {
            case .line, .event: return n
            case .context:
                switch section {
                case .reference, .date, .equipment, .term, .orderLine, .lineNumber: return n
                default: break
                }
            case .scope where n != origin: return nil
            case .scope, .nothing, nil: break
            }
        }
        return 0
    }
}

/// A value as sent, and its place.
struct EDIValue {
    let raw: String
    let text: String
    let at: Place

    init(_ raw: String, _ at: Place) {
        self.raw = raw
        text = MessageView.trim(raw)
        self.at = at
    }
}
