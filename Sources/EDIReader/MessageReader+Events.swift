import EDI
import Schemas
import Vocabulary

extension MessageReader {
    /// Events and their lines, from what was read into the occurrences.
    func events() -> [Event] {
        let lines = tree.nodes.indices.filter { tree.group($0)?.gives == .line }
        let own = tree.nodes.indices.filter { tree.group($0)?.gives == .event }
        var out: [Event] = []
        for n in own {
            guard let type = choose(tree.group(n)?.events ?? [], in: n) else { continue }
            var facts = facts[n]
            for c in contexts(of: n) { facts.add(self.facts[c]) }
            facts.add(self.facts[0])
            out.append(Event(type: type, facts: facts, lines: lines.filter { owns(n, $0) }.map(line)))
        }
        if own.isEmpty, let type = choose(map.events, in: nil) {
            out.append(Event(type: type, facts: header(lines), lines: lines.map(line)))
        }
        for i in out.indices {
            out[i].ordinal = i
            finish(&out[i])
        }
        return out
    }

    func choose(_ choices: [EDIMap.Choice], in node: Int?) -> String? {
        choices.first { c in
            c.when.allSatisfy { view.holds($0, at: node.map { tree.nodes[$0].start }, among: node.map(asked)) }
        }?.type
    }

    /// The contexts that a node stands in, innermost first, up to the next line or event.
    private func contexts(of node: Int) -> [Int] {
        tree.path(from: node).dropFirst().prefix { n in
            let gives = tree.group(n)?.gives
            return gives != .line && gives != .event
        }.filter { tree.group($0)?.gives == .context }
    }

    /// A line belongs to the event it stands in; one that stands in none to all events that share its outermost
    /// occurrence, or, where it stands in the message itself, to all.
    private func owns(_ event: Int, _ line: Int) -> Bool {
        let outward = tree.path(from: line)
        if let e = outward.first(where: { tree.group($0)?.gives == .event }) { return e == event }
        guard outward.count > 2 else { return true }
        return tree.path(from: event).contains(outward[outward.count - 2])
    }

    /// The header's facts with the references of contexts, and all of a context that has no line below it.
    private func header(_ lines: [Int]) -> Facts {
        var out = facts[0]
        var above: Set<Int> = []
        for l in lines { above.formUnion(tree.path(from: l)) }
        for n in tree.nodes.indices where tree.group(n)?.gives == .context {
            if above.contains(n) { out.references += facts[n].references } else { out.add(facts[n]) }
        }
        return out
    }

    private func line(_ node: Int) -> Line {
        var f = facts[node]
        for c in contexts(of: node) {
            let above = facts[c]
            let kinds = Set(f.references.map(\.kind))
            f.references += above.references.filter { !kinds.contains($0.kind) }
            let roles = Set(f.dates.map(\.role))
            f.dates += above.dates.filter { !roles.contains($0.role) }
            f.equipment += above.equipment
            let names = Set(f.terms.map(\.name))
            f.terms += above.terms.filter { !names.contains($0.name) }
        }
        if let v = orderLines[node] { setOrderLine(v, &f) }
        let start = tree.nodes[node].start
        return Line(
            number: numbers[node], facts: f, at: view.place(EDIPath(element: 0), start))
    }

    /// The order's line goes to the line's last purchase order, else to the only one of the header; else it stands apart.
    private func setOrderLine(_ value: EDIValue, _ f: inout Facts) {
        if let i = f.references.lastIndex(where: { $0.kind == "purchase-order" }) {
            if f.references[i].line == nil { f.references[i].line = value.text }
            return
        }
        let orders = facts[0].references("purchase-order")
        if var one = orders.first, Set(orders.map(\.value)).count == 1 {
            one.line = value.text
            f.references.append(one)
        } else {
            f.references.append(Reference("order-line", value.text.uppercased(), raw: value.raw, at: value.at))
        }
    }

    /// References of lines are the event's too; amounts without a currency take the header's.
    private func finish(_ event: inout Event) {
        var seen: Set<[String]> = []
        event.facts.references.removeAll { !seen.insert([$0.kind, $0.value, $0.line ?? ""]).inserted }
        var known = Set(event.facts.references.map { [$0.kind, $0.value] })
        for l in event.lines {
            for r in l.facts.references where r.kind != "order-line" {
                guard known.insert([r.kind, r.value]).inserted else { continue }
                event.facts.references.append(r)
            }
        }
        let currency = event.facts.term("currency")
        for i in event.facts.amounts.indices where event.facts.amounts[i].currency == nil {
            event.facts.amounts[i].currency = currency
        }
        for l in event.lines.indices {
            let own = event.lines[l].facts.term("currency") ?? currency
            for i in event.lines[l].facts.amounts.indices where event.lines[l].facts.amounts[i].currency == nil {
                event.lines[l].facts.amounts[i].currency = own
            }
        }
    }
}
