import EDI
import Schemas
import Vocabulary

extension SheetReader {
    /// A segment's or element's text by the map's own path; of the first segment of its tag.
    private func first(_ p: EDIPath) -> (text: Text, at: SheetPlace)? {
        guard let tag = number(of: p.tag), tagged(tag).count > 0 else { return nil }
        let s = Int(tagged(tag)[0])
        let path = planPath(p)
        return (text(path, s), place(path, s))
    }

    private func planPath(_ p: EDIPath) -> PlanPath {
        let part: Int16 =
            switch p.part {
            case .plain: PlanPath.plain
            case .all: PlanPath.all
            case .component(let c): Int16(truncatingIfNeeded: c)
            }
        return PlanPath(tag: -1, element: UInt16(p.element), part: part)
    }

    private func number(of tag: String?) -> Int? {
        guard let tag else { return nil }
        var t: UInt32 = 0
        for (i, b) in tag.utf8.enumerated() where i < 4 { t |= UInt32(b) << (8 * UInt32(i)) }
        let n = plan.tags[t]
        return n == TagTable.unknown ? nil : n
    }

    /// The document's own number, upper-cased.
    func number() -> String? {
        for source in plan.map.number {
            switch source {
            case .path(let p):
                if let t = first(p)?.text, !t.isEmpty { return string(t).uppercased() }
            case .fact(.reference(let kind)):
                if let f = everywhere(.references, kind) { return string(trimmed(f.raw)).uppercased() }
            case .fact: break
            }
        }
        return nil
    }

    func date() -> Moment? {
        for source in plan.map.date {
            switch source {
            case .path(let p):
                if let t = first(p)?.text, let m = DateText.moment(bytes(t)) { return m }
            case .fact(.date(let role)):
                if let f = everywhere(.dates, role) { return sheet.moments[Int(f.figure)].value }
            case .fact: break
            }
        }
        return nil
    }

    /// The header's first, else that of the first occurrence that has one.
    private func everywhere(_ section: Section, _ word: String) -> Fact? {
        for n in 0..<nodes.count {
            var i = heads[n * Section.count + Int(section.rawValue)]
            while i != .max {
                let f = facts[Int(i)]
                if bytes(f.word).elementsEqual(word.utf8) { return f }
                i = f.next
            }
        }
        return nil
    }

    // MARK: Checks

    /// What has to be there, and control totals.
    func check() {
        for (n, any) in plan.needs.enumerated() {
            var isThere = false
            for p in any where isFilled(p) { isThere = true }
            if isThere { continue }
            let names = plan.map.needs[n].map {
                $0.element == 0 ? $0.tag ?? "" : "\($0.tag ?? "")\($0.element < 10 ? "0" : "")\($0.element)"
            }
            findings.append(
                Finding(
                    "mandatory-missing", .critical, "The message has no \(names.joined(separator: " or ")).",
                    at: place(placeOfSegment(0))))
        }
        for c in plan.map.checks {
            guard let tag = number(of: c.value.tag) else { continue }
            for i in 0..<tagged(tag).count { check(c, Int(tagged(tag)[i])) }
        }
    }

    private func isFilled(_ p: PlanPath) -> Bool {
        let all = tagged(Int(p.tag))
        if p.element == 0 { return all.count > 0 }
        let own = PlanPath(tag: -1, element: p.element, part: p.part)
        for i in 0..<all.count where !text(own, Int(all[i])).isEmpty { return true }
        return false
    }

    /// A control total that agrees with nothing it can mean.
    private func check(_ c: EDIMap.Check, _ s: Int) {
        let path = planPath(c.value)
        let t = text(path, s)
        guard !t.isEmpty, let said = Exact(bytes: bytes(t), mark: UInt8(ascii: ",")) else { return }
        for w in c.when where !holds(w, c.value.tag, s) { return }
        var real: [Exact] = []
        for tag in c.count {
            if let n = number(of: tag), tagged(n).count > 0 { real.append(Exact(tagged(n).count)) }
        }
        for p in c.sum {
            if let sum = sum(p) { real.append(sum) }
        }
        guard let first = real.first, !real.contains(said) else { return }
        findings.append(
            Finding(
                "control-total-wrong", .warning, "\(tag(s)) says \(string(t)), but it comes to \(first).",
                at: place(place(path, s))))
    }

    private func holds(_ w: EDICondition, _ tag: String?, _ s: Int) -> Bool {
        func passes(_ t: String) -> Bool {
            switch w.test {
            case .among(let set): set.contains(t)
            case .notAmong(let set): !set.contains(t)
            case .present: !t.isEmpty
            case .absent: t.isEmpty
            case .shape(let name, let wanted):
                (name == "mrn" ? Shape.mrn(t.uppercased()) : Shape.container(t.uppercased())) == wanted
            }
        }
        let path = planPath(w.path)
        if w.path.tag == tag || w.path.tag == nil { return passes(string(text(path, s))) }
        guard let n = number(of: w.path.tag) else { return false }
        for i in 0..<tagged(n).count where passes(string(text(path, Int(tagged(n)[i])))) { return true }
        return false
    }

    /// The sum of an element over all segments of its tag; nil where there is none, or one is no number.
    private func sum(_ p: EDIPath) -> Exact? {
        guard let n = number(of: p.tag) else { return nil }
        let path = planPath(p)
        var sum: Exact?
        for i in 0..<tagged(n).count {
            let t = text(path, Int(tagged(n)[i]))
            if t.isEmpty { continue }
            guard let v = Exact(bytes: bytes(t), mark: UInt8(ascii: ",")) else { return nil }
            sum = (sum ?? .zero) + v
        }
        return sum
    }
}
