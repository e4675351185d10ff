import Schemas
import Vocabulary

/// Counts and masses.
extension Remarks {
    mutating func quantities() {
        shipped()
        received()
        invoiced()
        units()
        if let d = at.declaration { declared(d) }
    }

    private mutating func shipped() {
        for s in at.book.shipped {
            guard let item = at.books.orders[s.order]?.latest?.items.first(where: { $0.number == s.item }),
                let ordered = item.quantity, world.tables.comparable(s.unit, item.unit), s.quantity > ordered,
                part(s.quantity, ordered, percent: figure("qty-po-over", "percent"), absolute: .zero)
            else { continue }
            tell(
                "qty-po-over",
                [
                    evidence(s.act, "ships \(s.quantity)", s.at),
                    evidence(item.act, "\(ordered) ordered (\(world.name(thing: s.order)) line \(s.item))", item.at),
                ])
        }
    }

    private mutating func received() {
        let counted = Received(at.shipment, at.book, at.books, world)
        guard counted.isKnown else { return }
        var seen: Set<String> = []
        for s in at.book.shipped where seen.insert("\(s.order)/\(s.item)").inserted {
            guard let (got, n, place, unit) = counted.quantity(s.order, s.item),
                world.tables.comparable(unit, s.unit)
            else { continue }
            let sent = at.book.shipped.filter { $0.order == s.order && $0.item == s.item }.reduce(Exact.zero) {
                $0 + $1.quantity
            }
            if got != sent {
                tell(
                    "qty-packing-receipt",
                    [evidence(s.act, "shipped \(sent)", s.at), evidence(n, "received \(got)", place)])
            }
        }
    }

    /// By item, where one invoice and one paper about the packing speak of the shipment.
    private mutating func invoiced() {
        let notices = at.papers(["shipment.notified", "packing-list.issued"])
        guard at.file.invoices.count == 1, let n = at.file.invoices.first, notices.count == 1, let p = notices.first
        else {
            return
        }
        for (a, b) in pairs(n, "invoiced", p, "shipped") where a.value != b.value {
            tell("qty-invoice-packing", [evidence(n, "bills \(a.value)", a.at), evidence(p, "packs \(b.value)", b.at)])
        }
    }

    /// Quantities of the same item in two papers, in units that can be compared; each item once in both.
    private func pairs(_ a: Int, _ roleA: String, _ b: Int, _ roleB: String) -> [(Quantity, Quantity)] {
        func byPart(_ n: Int, _ role: String) -> [String: [Quantity]] {
            var out: [String: [Quantity]] = [:]
            for l in world.acts[n].event.lines {
                guard let q = l.facts.quantity(role) else { continue }
                for part in Items.parts(l.facts) { out[part, default: []].append(q) }
            }
            return out
        }
        let (x, y) = (byPart(a, roleA), byPart(b, roleB))
        var out: [(Quantity, Quantity)] = []
        for part in x.keys.sorted() {
            guard let p = x[part], let q = y[part], p.count == 1, q.count == 1,
                world.tables.comparable(p[0].unit, q[0].unit)
            else { continue }
            out.append((p[0], q[0]))
        }
        return out
    }

    /// The same item in units that nothing converts; masses in other units than kilograms, or in none.
    private mutating func units() {
        let notices = at.papers(["shipment.notified", "packing-list.issued"])
        for n in at.file.invoices {
            for l in world.acts[n].event.lines {
                guard let q = l.facts.quantity("invoiced"), let unit = q.unit else { continue }
                let parts = Items.parts(l.facts)
                for p in notices {
                    for o in world.acts[p].event.lines where !parts.isDisjoint(with: Items.parts(o.facts)) {
                        guard let s = o.facts.quantity("shipped"), let other = s.unit,
                            !world.tables.comparable(unit, other)
                        else { continue }
                        tell(
                            "qty-unit",
                            [evidence(n, "\(q.value) \(unit)", q.at), evidence(p, "\(s.value) \(other)", s.at)])
                    }
                }
            }
        }
        for n in at.papers(["transport-document.issued", "packing-list.issued", "shipment.notified"]) {
            guard let q = world.acts[n].facts.quantity("gross-mass") else { continue }
            if q.unit == nil || !world.tables.comparable(q.unit, "KGM") {
                tell("mass-unit", [evidence(n, "gross mass \(q.value) \(q.unit ?? "without a unit")", q.at)])
            }
        }
    }

    private mutating func declared(_ d: Int) {
        let event = world.acts[d].event
        let lines = event.lines
        if let said = event.facts.quantity("items"), !lines.isEmpty, said.value != Exact(lines.count) {
            tell(
                "item-count",
                [evidence(d, "says \(said.value) items", said.at), evidence(d, "holds \(lines.count)", lines[0].at)])
        }
        func sum(_ role: String) -> (value: Exact, at: Place)? {
            let all = lines.compactMap { l -> (Exact, Place)? in
                let own = l.facts.quantities.filter { $0.role == role }
                return own.first.map { first in (own.reduce(Exact.zero) { $0 + $1.value }, first.at) }
            }
            guard all.count == lines.count, let first = all.first else { return nil }
            return (all.reduce(Exact.zero) { $0 + $1.0 }, first.1)
        }
        if let said = event.facts.quantity("gross-mass"), let items = sum("gross-mass"),
            part(
                said.value, items.value, percent: figure("mass-total", "percent"),
                absolute: figure("mass-total", "absolute"))
        {
            tell(
                "mass-total",
                [evidence(d, "\(said.value) in all", said.at), evidence(d, "items come to \(items.value)", items.at)])
        }
        if let said = event.facts.quantity("packages"), let items = sum("packages"), said.value != items.value {
            tell(
                "pkg-sum",
                [
                    evidence(d, "\(said.value) packages in all", said.at),
                    evidence(d, "items come to \(items.value)", items.at),
                ])
        }
        for f in at.blocks(d) {
            for q in f.quantities where ["gross-mass", "net-mass"].contains(q.role) && !q.value.isPositive {
                tell("val-zero", [evidence(d, "\(q.role) \(q.value)", q.at)])
            }
            for t in f.terms where t.name == "package-type" && !codes.packages.contains(t.value.uppercased()) {
                tell("pkg-type", [evidence(d, t.raw, t.at)])
            }
        }
    }
}
