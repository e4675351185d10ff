import EDI
import Schemas
import Vocabulary

extension MessageReader {
    /// The document's own number, upper-cased.
    func number() -> EDIValue? {
        for source in map.number {
            switch source {
            case .path(let p):
                for s in view.byTag[p.tag ?? ""] ?? [] {
                    let v = EDIValue(view.raw(p, s), view.place(p, s))
                    if !v.text.isEmpty { return v }
                    break
                }
            case .fact(.reference(let kind)):
                if let r = everywhere({ $0.reference(kind) }) { return EDIValue(r.raw, r.at) }
            case .fact: break
            }
        }
        return nil
    }

    func date() -> Moment? {
        for source in map.date {
            switch source {
            case .path(let p):
                if let s = view.byTag[p.tag ?? ""]?.first, let m = DateText.moment(view.text(p, s)) { return m }
            case .fact(.date(let role)):
                if let d = everywhere({ $0.date(role) }) { return d.value }
            case .fact: break
            }
        }
        return nil
    }

    /// The header's first, else that of the first occurrence that has one.
    private func everywhere<T>(_ get: (Facts) -> T?) -> T? { facts.lazy.compactMap(get).first }

    // MARK: Checks

    mutating func check() {
        for any in map.needs where !any.contains(where: isThere) {
            let names = any.map {
                $0.element == 0 ? $0.tag ?? "" : "\($0.tag ?? "")\($0.element < 10 ? "0" : "")\($0.element)"
            }
            findings.append(
                Finding(
                    "mandatory-missing", .critical, "The message has no \(names.joined(separator: " or ")).",
                    at: view.place(EDIPath(element: 0), 0)))
        }
        for c in map.checks {
            for s in view.byTag[c.value.tag ?? ""] ?? [] { check(c, s) }
        }
    }

    private func isThere(_ p: EDIPath) -> Bool {
        guard let all = view.byTag[p.tag ?? ""], !all.isEmpty else { return false }
        return p.element == 0 || all.contains { !view.text(p, $0).isEmpty }
    }

    /// A control total that agrees with nothing it can mean.
    private mutating func check(_ c: EDIMap.Check, _ s: Int) {
        let holds = c.when.allSatisfy { w in
            w.path.tag == c.value.tag
                ? view.holds(w.here, at: s, among: nil)
                : view.holds(w, at: s, among: nil)
        }
        let text = view.text(c.value, s)
        guard holds, !text.isEmpty, let said = Exact(text, mark: UInt8(ascii: ",")) else { return }
        var real: [Exact] = c.count.compactMap { tag in (view.byTag[tag]?.count).map { Exact($0) } }
        for p in c.sum {
            let values = (view.byTag[p.tag ?? ""] ?? []).map { view.text(p, $0) }.filter { !$0.isEmpty }
            let numbers = values.compactMap { Exact($0, mark: UInt8(ascii: ",")) }
            if !numbers.isEmpty, numbers.count == values.count { real.append(numbers.reduce(.zero, +)) }
        }
        guard let first = real.first, !real.contains(said) else { return }
        findings.append(
            Finding(
                "control-total-wrong", .warning, "\(view.tags[s]) says \(text), but it comes to \(first).",
                at: view.place(c.value, s)))
    }
}
