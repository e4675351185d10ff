import EDI
import Schemas
import Vocabulary

extension SheetReader {
    /// Puts events and their lines together from what was read into the occurrences.
    func composeEvents() {
        var lines: [Int] = []
        var own: [Int] = []
        for n in 0..<nodes.count where nodes[n].group >= 0 {
            switch view.groups[Int(nodes[n].group)].gives {
            case .line: lines.append(n)
            case .event: own.append(n)
            default: break
            }
        }
        for n in own {
            guard let type = choose(plan.groupEvents[Int(nodes[n].group)], in: n) else { continue }
            var from = [n]
            eachContext(of: n) { from.append($0) }
            from.append(0)
            compose(type, from, from, lines.filter { owns(n, $0) })
        }
        if own.isEmpty, let type = choose(plan.events, in: -1) {
            let (all, references) = header(lines)
            compose(type, all, references, lines)
        }
    }

    private func choose(_ choices: [PlanChoice], in node: Int) -> String? {
        for c in choices where holds(c.when, at: node < 0 ? -1 : Int(nodes[node].start), among: node) { return c.type }
        return nil
    }

    private func gives(_ node: Int) -> EDIMap.Group.Gives? {
        nodes[node].group < 0 ? nil : view.groups[Int(nodes[node].group)].gives
    }

    /// The contexts that a node stands in, innermost first, up to the next line or event.
    @inline(__always)
    private func eachContext(of node: Int, _ body: (Int) -> Void) {
        var n = node
        while n != 0 {
            n = Int(nodes[n].parent)
            switch gives(n) {
            case .line, .event: return
            case .context: body(n)
            default: break
            }
        }
    }

    /// A line belongs to the event it stands in; one that stands in none to all events that share its outermost occurrence, or,
    /// where it stands in the message itself, to all.
    private func owns(_ event: Int, _ line: Int) -> Bool {
        var n = line
        var outermost = line
        while true {
            if gives(n) == .event { return n == event }
            if n == 0 { break }
            outermost = n
            n = Int(nodes[n].parent)
        }
        if outermost == line { return true }
        n = event
        while n != 0 {
            if n == outermost { return true }
            n = Int(nodes[n].parent)
        }
        return false
    }

    /// The header's occurrences: with all they have, where no line stands below them, and with their references.
    private func header(_ lines: [Int]) -> (all: [Int], references: [Int]) {
        guard plan.hasContexts else { return ([0], [0]) }
        var above = [Bool](repeating: false, count: nodes.count)
        for l in lines {
            var n = l
            while !above[n] {
                above[n] = true
                n = Int(nodes[n].parent)
            }
        }
        var all = [0]
        var references = [0]
        for n in 0..<nodes.count where gives(n) == .context {
            references.append(n)
            if !above[n] { all.append(n) }
        }
        return (all, references)
    }

    // MARK: Blocks

    @inline(__always)
    private func eachFact(_ node: Int, _ section: Section, _ body: (UInt32) -> Void) {
        var i = heads[node * Section.count + Int(section.rawValue)]
        while i != .max {
            body(i)
            i = facts[Int(i)].next
        }
    }

    private func appendAll(_ section: Section, of node: Int) {
        var i = heads[node * Section.count + Int(section.rawValue)]
        while i != .max {
            sheet.order.append(i)
            i = facts[Int(i)].next
        }
    }

    private func compose(_ type: String, _ all: [Int], _ references: [Int], _ lines: [Int]) {
        let firstLine = sheet.lines.count
        for l in lines { composeLine(l) }
        var block = FactBlock(start: UInt32(sheet.order.count))
        for section in 0..<Section.count {
            let isReferences = section == Int(Section.references.rawValue)
            if isReferences {
                composeReferences(references, firstLine)
            } else {
                for n in all { appendAll(Section(rawValue: UInt8(section)) ?? .ignore, of: n) }
            }
            block.setEnd(section, sheet.order.count)
        }
        let currency = currency(of: block)
        block.currency = currency
        for i in firstLine..<sheet.lines.count where sheet.lines[i].facts.currency.isEmpty {
            sheet.lines.at(i).pointee.facts.currency = currency
        }
        sheet.events.append(SheetEvent(type: type, facts: block, lines: firstLine..<sheet.lines.count))
    }

    /// The first currency that the block's terms name.
    private func currency(of block: FactBlock) -> Text {
        for i in block[Int(Section.terms.rawValue)] {
            let f = facts[Int(sheet.order[i])]
            if f.word == plan.currency { return f.value }
        }
        return .empty
    }

    /// The header's references, each once, and those of lines behind them.
    private func composeReferences(_ from: [Int], _ firstLine: Int) {
        known.clear()
        for n in from {
            var i = heads[n * Section.count + Int(Section.references.rawValue)]
            while i != .max {
                if known.insert(key(Int(i), withLine: true)) { sheet.order.append(i) }
                i = facts[Int(i)].next
            }
        }
        known.clear()
        for n in from {
            eachFact(n, .references) { known.insert(key(Int($0), withLine: false)) }
        }
        for l in firstLine..<sheet.lines.count {
            for at in sheet.lines[l].facts[Int(Section.references.rawValue)] {
                let i = sheet.order[at]
                if facts[Int(i)].word == plan.orderLine { continue }
                if known.insert(key(Int(i), withLine: false)) { sheet.order.append(i) }
            }
        }
    }

    /// What makes two references the same, as a hash.
    private func key(_ i: Int, withLine: Bool) -> UInt64 {
        let f = facts[i]
        // A word is a constant of the plan: the same word is the same text.
        var h = bytes(f.value).hash(UInt64(f.word.offset) &* 0x9E37_79B9_7F4A_7C15)
        if withLine, !f.a.isEmpty { h = bytes(f.a).hash(h &+ 1) }
        return h
    }

    // MARK: Lines

    private func composeLine(_ node: Int) {
        var contexts: [Int] = []
        if plan.hasContexts { eachContext(of: node) { contexts.append($0) } }
        var block = FactBlock(start: UInt32(sheet.order.count))
        for raw in 0..<Section.count {
            let section = Section(rawValue: UInt8(raw)) ?? .ignore
            let from = sheet.order.count
            appendAll(section, of: node)
            switch section {
            case .references, .dates, .terms: for c in contexts { appendNew(section, of: c, from) }
            case .equipment: for c in contexts { appendAll(section, of: c) }
            default: break
            }
            if section == .references, nodes[node].orderLine != .max { setOrderLine(Int(nodes[node].orderLine), from) }
            block.setEnd(raw, sheet.order.count)
        }
        block.currency = currency(of: block)
        sheet.lines.append(SheetLine(number: nodes[node].number, segment: Int(nodes[node].start), facts: block))
    }

    /// A context's facts of words that the line does not have yet.
    private func appendNew(_ section: Section, of context: Int, _ from: Int) {
        let until = sheet.order.count
        var i = heads[context * Section.count + Int(section.rawValue)]
        while i != .max {
            let word = facts[Int(i)].word
            var isNew = true
            for at in from..<until where facts[Int(sheet.order[at])].word == word { isNew = false }
            if isNew { sheet.order.append(i) }
            i = facts[Int(i)].next
        }
    }

    private func isOrder(_ i: UInt32) -> Bool { facts[Int(i)].word == plan.purchaseOrder }

    /// The order's line goes to the line's last purchase order, else to the only one of the header; else it stands apart.
    private func setOrderLine(_ i: Int, _ from: Int) {
        let line = facts[i]
        for at in stride(from: sheet.order.count - 1, through: from, by: -1) where isOrder(sheet.order[at]) {
            var f = facts[Int(sheet.order[at])]
            if f.a.isEmpty {
                f.a = line.value
                f.next = .max
                facts.append(f)
                sheet.order[at] = UInt32(facts.count - 1)
            }
            return
        }
        var only = -1
        var hasSeveral = false
        eachFact(0, .references) { r in
            guard isOrder(r) else { return }
            if only < 0 {
                only = Int(r)
            } else if !bytes(facts[only].value).elementsEqual(bytes(facts[Int(r)].value)) {
                hasSeveral = true
            }
        }
        if only >= 0, !hasSeveral {
            var f = facts[only]
            f.a = line.value
            f.next = .max
            facts.append(f)
        } else {
            facts.append(
                Fact(word: plan.orderLine, value: uppercased(line.value), raw: line.raw, place: line.place))
        }
        sheet.order.append(UInt32(facts.count - 1))
    }
}

/// A set of hashes that is emptied without being gone through.
final class HashSet64 {
    private let slots = Stack<(key: UInt64, round: UInt32)>(capacity: 64)
    private var round: UInt32 = 1
    private var count = 0

    init() { slots.append((0, 0), times: 64) }

    deinit { slots.free() }

    func clear() {
        round &+= 1
        count = 0
    }

    /// Whether the hash is new.
    @discardableResult
    func insert(_ key: UInt64) -> Bool {
        if count &* 2 >= slots.count { grow() }
        let mask = slots.count &- 1
        var at = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
        while slots[at].round == round {
            if slots[at].key == key { return false }
            at = (at &+ 1) & mask
        }
        slots[at] = (key, round)
        count &+= 1
        return true
    }

    private func grow() {
        let old = (0..<slots.count).map { slots[$0] }.filter { $0.round == round }.map(\.key)
        let wider = slots.count * 4
        slots.clear()
        slots.append((0, 0), times: wider)
        round = 1
        count = 0
        for k in old { insert(k) }
    }
}
