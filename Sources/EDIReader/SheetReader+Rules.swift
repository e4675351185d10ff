import EDI
import Schemas
import Vocabulary

/// A value, and its place.
struct SheetValue {
    let raw: Text
    let text: Text
    let at: SheetPlace
}

extension SheetReader {
    /// Goes through the segments and follows the rules of the innermost open group that has some for the tag, else the map's.
    func applyRules() {
        let tags = view.tags
        let rules = view.rules
        for s in 0..<count {
            let t = Int(tagOf[s])
            if t == TagTable.unknown { continue }
            var span = view.header[t]
            var origin = 0
            var n = Int(owner[s])
            while n != 0 {
                let g = Int(nodes[n].group)
                if g >= 0 {
                    let own = view.grouped[g * tags + t]
                    if !own.isNone {
                        span = own
                        origin = n
                        break
                    }
                }
                n = Int(nodes[n].parent)
            }
            if span.count == 0 { continue }
            lookAt(s)
            for r in span.range { apply(rules + r, s, origin) }
        }
    }

    // MARK: Conditions

    /// Whether all conditions of a span hold.
    ///
    /// - Parameters:
    ///   - segment: -1 where none is at hand (events, checks).
    ///   - node: from where segments of other tags are looked for; -1 for all of the message.
    func holds(_ span: Span, at segment: Int, among node: Int) -> Bool {
        for i in span.range where !holds(view.conditions[i], at: segment, among: node) { return false }
        return true
    }

    func holds(_ c: PlanCondition, at segment: Int, among node: Int) -> Bool {
        if c.path.tag < 0 { return segment >= 0 && passes(c, segment) }
        // One that fails settles a condition for all, one that passes a condition for any.
        let isForAll = c.test == .absent || c.test == .notAmong
        var result = isForAll
        eachVisible(Int(c.path.tag), from: node) {
            if passes(c, $0) == isForAll { return true }
            result = !isForAll
            return false
        }
        return result
    }

    @inline(__always)
    private func passes(_ c: PlanCondition, _ s: Int) -> Bool {
        let t = text(c.path, s)
        switch c.test {
        case .among: return codes.find(bytes(t), in: c.codes) != nil
        case .notAmong: return codes.find(bytes(t), in: c.codes) == nil
        case .present: return !t.isEmpty
        case .absent: return t.isEmpty
        case .mrn: return Shape.mrn(string(t).uppercased())
        case .notMRN: return !Shape.mrn(string(t).uppercased())
        case .container: return Shape.container(string(t).uppercased())
        case .notContainer: return !Shape.container(string(t).uppercased())
        }
    }

    // MARK: One rule

    @inline(__always)
    private func apply(_ rule: UnsafePointer<PlanRule>, _ s: Int, _ origin: Int) {
        if rule.pointee.when.count > 0, !holds(rule.pointee.when, at: s, among: Int(owner[s])) { return }
        switch rule.pointee.target {
        case .fixed: each(rule, Int(rule.pointee.meaning), s, origin)
        case .by:
            var code = Text.empty
            for i in rule.pointee.by.range {
                code = text(view.paths[i], s)
                if !code.isEmpty { break }
            }
            if let m = codes.find(bytes(code), in: rule.pointee.codes) {
                each(rule, m, s, origin)
            } else if rule.pointee.meaning != .max, !(code.isEmpty && rule.pointee.value.count == 0) {
                each(rule, Int(rule.pointee.meaning), s, origin)
            } else if isOfParties(rule.pointee.codes) {
                lastParty = -1
            }
        case .pairs: pairs(rule, s, origin)
        }
    }

    /// Whether codes name parties: one that is not listed is another party, which nothing later completes.
    private func isOfParties(_ table: CodeTable) -> Bool {
        codes.first(in: table).map { view.meanings[$0].section == .parties } ?? false
    }

    /// Elements, repetitions or components of one segment that a rule goes through: no standard has as many, and going
    /// through them takes time that grows with their square.
    private static let most = 4096

    private func pairs(_ rule: UnsafePointer<PlanRule>, _ s: Int, _ origin: Int) {
        var e = Int(rule.pointee.first)
        let n = min(elements(s), SheetReader.most)
        while e < n {
            let code = text(PlanPath(tag: -1, element: UInt16(e), part: PlanPath.plain), s)
            let path = PlanPath(tag: -1, element: UInt16(e + 1), part: PlanPath.plain)
            e += 2
            if code.isEmpty { continue }
            if let m = codes.find(bytes(code), in: rule.pointee.codes) {
                add(rule, m, value(path, s, s), s, origin)
            } else if rule.pointee.meaning != .max {
                add(rule, Int(rule.pointee.meaning), value(path, s, s), s, origin)
            }
        }
    }

    @inline(__always)
    private func value(_ p: PlanPath, _ s: Int, _ at: Int, repetition: Int = 0) -> SheetValue {
        let raw = raw(p, at, repetition: repetition)
        return SheetValue(raw: raw, text: trimmed(raw), at: place(p, at, repetition: repetition))
    }

    @inline(__always)
    private func each(_ rule: UnsafePointer<PlanRule>, _ m: Int, _ s: Int, _ origin: Int) {
        for i in rule.pointee.value.range {
            let path = view.paths[i]
            guard let at = located(path, s) else { continue }
            let raw = raw(path, at)
            let text = trimmed(raw)
            if text.isEmpty { continue }
            if at != s || rule.pointee.every == .first {
                add(rule, m, SheetValue(raw: raw, text: text, at: place(path, at)), s, origin)
            } else if rule.pointee.every == .repetition {
                for r in 0..<min(SheetReader.most, pieces(s, Int(path.element), delimiters.repetition)) {
                    add(rule, m, value(path, s, s, repetition: r), s, origin)
                }
            } else {
                for c in 0..<min(SheetReader.most, pieces(s, Int(path.element), delimiters.component)) {
                    let p = PlanPath(tag: -1, element: path.element, part: Int16(truncatingIfNeeded: c + 1))
                    add(rule, m, value(p, s, s), s, origin)
                }
            }
            return
        }
        add(rule, m, SheetValue(raw: .empty, text: .empty, at: placeOfSegment(s)), s, origin)
    }

    /// The segment that a path means: this one, or the last one of its tag before it that is in sight.
    @inline(__always)
    func located(_ path: PlanPath, _ s: Int) -> Int? {
        path.tag < 0 ? s : lastVisible(Int(path.tag), from: Int(owner[s]), before: s)
    }

    // MARK: Companions

    @inline(__always)
    func operand(_ c: EDIRule.Companion, _ rule: UnsafePointer<PlanRule>) -> PlanOperand? {
        rule.pointee.companions == .max ? nil : view.operands[Int(rule.pointee.companions) + c.index]
    }

    /// A companion's text; of one with a tag, from the last such segment before that is in sight.
    @inline(__always)
    func companion(_ c: EDIRule.Companion, _ rule: UnsafePointer<PlanRule>, _ s: Int) -> Text {
        guard let o = operand(c, rule) else { return .empty }
        if o.paths.count == 0 { return o.constant }
        for i in o.paths.range {
            let path = view.paths[i]
            guard let at = located(path, s) else { continue }
            let t = text(path, at)
            if !t.isEmpty { return t }
        }
        return .empty
    }

    /// Where a fact of a section goes: the occurrence that keeps it, nil where a scope keeps it out.
    @inline(__always)
    func sink(_ section: Section, from node: Int, origin: Int) -> Int? {
        var n = node
        while n != 0 {
            let g = Int(nodes[n].group)
            if g >= 0 {
                switch view.groups[g].gives {
                case .line, .event: return n
                case .context:
                    switch section {
                    case .references, .dates, .equipment, .terms, .orderLine, .lineNumber: return n
                    default: break
                    }
                case .scope: if n != origin { return nil }
                case .nothing: break
                }
            }
            n = Int(nodes[n].parent)
        }
        return 0
    }
}
