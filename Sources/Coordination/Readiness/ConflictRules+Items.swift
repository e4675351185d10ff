import Schemas
import Vocabulary

/// Commodity codes and origins of the declared items against invoices, packing lists and certificates.
extension ConflictRules {
    mutating func items() {
        var declaredCodes: Set<String> = []
        var origins: Set<String> = []
        for l in declared.lines {
            if let t = l.facts.terms.first(where: { $0.name == "commodity-code" }) {
                let code = NormalForm.strict(t.value)
                if !ConflictRules.isCode(code) {
                    report(
                        "commodity-code-invalid",
                        [world.evidence(declaration, "item \(l.number ?? "?"): \(t.raw)", t.at)])
                } else {
                    declaredCodes.insert(String(code.prefix(6)))
                }
            }
            if let o = origin(l.facts) { origins.insert(o.0) }
        }
        let others = cited + papers(["packing-list.issued", "certificate.issued"])
        for n in others { compare(n) }
        compare(others, declaredCodes, origins)
    }

    /// A paper that has as many lines as the declaration has items: item by item, by equal value where both give one, else in order.
    private func pairs(_ n: Int) -> [(item: Line, line: Line)] {
        let lines = world.acts[n].event.lines
        guard lines.count == declared.lines.count else { return [] }
        var left = lines
        var out: [(item: Line, line: Line)] = []
        for item in declared.lines {
            let price = item.facts.amount("item-price")?.value
            let same = price.flatMap { p in left.firstIndex { $0.facts.amount("line")?.value == p } }
            guard let i = same ?? left.indices.first else { continue }
            out.append((item, left.remove(at: i)))
        }
        return out
    }

    private mutating func compare(_ n: Int) {
        for (item, line) in pairs(n) {
            if let a = item.facts.terms.first(where: { $0.name == "commodity-code" }),
                let b = line.facts.terms.first(where: { $0.name == "commodity-code" })
            {
                let (x, y) = (NormalForm.strict(a.value), NormalForm.strict(b.value))
                if ConflictRules.isCode(x), y.count >= 6, x.prefix(6) != y.prefix(6) {
                    report(
                        "commodity-code-mismatch",
                        [world.evidence(declaration, a.raw, a.at), world.evidence(n, b.raw, b.at)])
                }
            }
            if let (a, from) = origin(item.facts), let (b, at) = origin(line.facts), !agree(a, b) {
                report("origin-mismatch", [world.evidence(declaration, a, from), world.evidence(n, b, at)])
            }
        }
    }

    /// Codes and origins that a paper gives and no declared item has.
    private mutating func compare(_ others: [Int], _ codes: Set<String>, _ origins: Set<String>) {
        for n in others {
            let act = world.acts[n]
            for f in act.event.lines.map(\.facts) + (act.event.lines.isEmpty ? [act.facts] : []) {
                if let t = f.terms.first(where: { $0.name == "commodity-code" }), !codes.isEmpty {
                    let code = NormalForm.strict(t.value)
                    if code.count >= 6, code.allSatisfy(\.isNumber), !codes.contains(String(code.prefix(6))) {
                        report(
                            "commodity-code-mismatch",
                            [
                                world.evidence(declaration, "declared \(codes.sorted().joined(separator: ", "))"),
                                world.evidence(n, t.raw, t.at),
                            ])
                    }
                }
                origin(f, n, origins)
            }
            if !act.event.lines.isEmpty { origin(act.facts, n, origins) }
        }
    }

    private mutating func origin(_ f: Facts, _ n: Int, _ origins: Set<String>) {
        guard let (country, at) = origin(f), !origins.isEmpty, !origins.contains(where: { agree($0, country) }) else {
            return
        }
        report(
            "origin-mismatch",
            [
                world.evidence(declaration, "declared \(origins.sorted().joined(separator: ", "))"),
                world.evidence(n, country, at),
            ])
    }

    private func origin(_ f: Facts) -> (String, Place)? {
        if let t = f.terms.first(where: { $0.name == "origin-country" }), t.value.count == 2 {
            return (t.value.uppercased(), t.at)
        }
        if let l = f.location("origin-country"), let c = l.country ?? l.code, c.count == 2 {
            return (c.uppercased(), l.at)
        }
        return nil
    }

    /// Origin EU agrees with any member state.
    private func agree(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        guard a == "EU" || b == "EU" else { return false }
        return lists.territories[a == "EU" ? b : a] == "eu"
    }

    /// Six to ten digits, even in number, of a chapter the Harmonised System has (01 to 97 but 77; 98 and 99 are national).
    static func isCode(_ s: String) -> Bool {
        guard [6, 8, 10].contains(s.count), s.allSatisfy(\.isNumber), let chapter = Int(s.prefix(2)) else {
            return false
        }
        return (1...97).contains(chapter) && chapter != 77
    }
}
