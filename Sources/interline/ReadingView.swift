import Pipeline
import Schemas
import Vocabulary

/// A document as a readable tree: what it is, what it says and where, what is wrong with it.
struct ReadingView {
    let reading: Reading
    let source: [UInt8]?
    /// Masks quoted bytes; nil to show them.
    let privacy: Privacy?

    var lines: [String] { withoutRepeats(head + reading.events.flatMap(event)) }

    /// The document itself, and what is wrong with it.
    var head: [String] {
        let d = reading.document
        var lines = ["\(d.locator): \(d.format.rawValue) \(d.type)" + (d.version.map { " \($0)" } ?? "")]
        let head: [(String, String?)] = [
            ("number", d.number), ("date", d.date?.description), ("sent", d.envelope?.description),
            ("from", d.sender), ("to", d.receiver), ("status", d.status.rawValue), ("document", d.id),
        ]
        for (name, value) in head { if let value { lines.append("  \(name): \(value)") } }
        for f in d.findings {
            lines.append("  ! \(f.severity.rawValue) \(f.code): \(f.message)")
            lines += quote(f.at, indent: "      ", always: true)
        }
        return lines
    }

    /// Facts of one segment stand together: it is shown with the first of them.
    private func withoutRepeats(_ lines: [String]) -> [String] {
        var last: Substring?
        return lines.filter { line in
            let text = line.drop { $0 == " " }
            guard text.hasPrefix("> ") else { return true }
            defer { last = text }
            return text != last
        }
    }

    private func event(_ e: Event) -> [String] {
        var lines = ["  event \(e.type)" + (e.confidence < 1000 ? " (confidence \(e.confidence / 10) %)" : "")]
        if let i = e.intent {
            lines.append("    intent \(i.name)")
            lines += quote(i.at, indent: "        ", always: true)
            if let d = i.newDate { lines += fact("new date", d.value.description, d.raw, d.at, "    ") }
            if let q = i.newQuantity { lines += fact("new quantity", unit(q.value, q.unit), q.raw, q.at, "    ") }
            if let c = i.charge { lines += fact("charge", unit(c.value, c.currency), c.raw, c.at, "    ") }
        }
        lines += facts(e.facts, "    ")
        for l in e.lines {
            lines.append("    line \(l.number ?? "without a number")")
            lines += facts(l.facts, "      ")
        }
        return lines
    }

    private func facts(_ f: Facts, _ indent: String) -> [String] {
        var lines: [String] = []
        for r in f.references {
            lines += fact("reference \(r.kind)", r.value + (r.line.map { ", line \($0)" } ?? ""), r.raw, r.at, indent)
        }
        for p in f.parties {
            let id = p.id.map { "\(p.scheme.map { "\($0) " } ?? "")\($0)" }
            lines += fact(
                "party \(p.role)", [p.name, id, p.country].compactMap { $0 }.joined(separator: ", "), "", p.at, indent)
        }
        for d in f.dates {
            let others =
                d.alternatives.isEmpty ? "" : " or \(d.alternatives.map(\.description).joined(separator: " or "))"
            lines += fact("date \(d.role)", d.value.description + others, d.raw, d.at, indent)
        }
        for a in f.amounts {
            let basis = a.basis.map { " per \(unit($0, a.unit))" } ?? ""
            let what = [a.code, a.text].compactMap { $0 }.joined(separator: " ")
            lines += fact(
                "amount \(a.role)", unit(a.value, a.currency) + basis + (what.isEmpty ? "" : " (\(what))"), a.raw, a.at,
                indent)
        }
        for q in f.quantities { lines += fact("quantity \(q.role)", unit(q.value, q.unit), q.raw, q.at, indent) }
        for l in f.locations {
            lines += fact(
                "location \(l.role)", [l.code, l.name, l.country].compactMap { $0 }.joined(separator: ", "), "", l.at,
                indent)
        }
        for e in f.equipment { lines += fact("equipment \(e.kind)", e.id, "", e.at, indent) }
        for t in f.terms { lines += fact("term \(t.name)", t.value, t.raw, t.at, indent) }
        return lines
    }

    private func unit(_ value: Exact, _ unit: String?) -> String { value.description + (unit.map { " \($0)" } ?? "") }

    private func fact(_ name: String, _ value: String, _ raw: String, _ at: Place, _ indent: String) -> [String] {
        let written = raw.isEmpty || raw == value ? "" : "  \"\(raw)\""
        let place = Quotation(at, in: nil, privacy: nil).place
        let line = "\(indent)\(name): \(value)\(written)" + (place.isEmpty ? "" : "  [\(place)]")
        return [line] + quote(at, indent: indent + "    ", always: false)
    }

    /// The bytes of a place. Facts name their segment, and only findings show it with its neighbours.
    private func quote(_ at: Place, indent: String, always: Bool) -> [String] {
        let q = Quotation(at, in: source, privacy: privacy)
        return q.lines.filter { always || $0.marked }.map { indent + ($0.marked ? "> " : "  ") + $0.text }
    }
}
