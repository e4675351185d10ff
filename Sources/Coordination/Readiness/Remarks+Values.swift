import Schemas
import Vocabulary

/// Money: sums, currencies, prices.
extension Remarks {
    mutating func values() {
        for n in at.file.invoices {
            lineSum(n)
            currencies(n)
            orderPrices(n)
        }
        guard let d = at.declaration else { return }
        currencies(d)
        let prices = world.acts[d].event.lines.compactMap { $0.facts.amount("item-price") }
        let used = Set(prices.compactMap(\.currency))
        if used.count > 1, let first = prices.first,
            let other = prices.first(where: { $0.currency != first.currency })
        {
            tell(
                "val-currency",
                [
                    evidence(d, "\(first.value) \(first.currency ?? "?")", first.at),
                    evidence(d, "\(other.value) \(other.currency ?? "?")", other.at),
                ])
        }
        itemPrices(d, prices)
    }

    private mutating func lineSum(_ n: Int) {
        let event = world.acts[n].event
        let lines = event.lines.compactMap { $0.facts.amount("line") }
        guard let said = event.facts.amount("lines"), !lines.isEmpty, lines.count == event.lines.count else { return }
        let sum = lines.reduce(Exact.zero) { $0 + $1.value }
        let tolerance = figure("val-line-sum", "absolute") * Exact(lines.count)
        if (sum - said.value).magnitude > tolerance {
            tell(
                "val-line-sum",
                [
                    evidence(n, "says \(said.value) for its lines", said.at),
                    evidence(n, "they come to \(sum)", lines[0].at),
                ])
        }
    }

    private mutating func currencies(_ n: Int) {
        for f in at.blocks(n) {
            for a in f.amounts {
                guard let c = a.currency?.uppercased() else { continue }
                guard let digits = codes.currencies[c] else {
                    tell("val-currency-code", [evidence(n, "\(a.role) \(a.raw) \(c)", a.at)])
                    continue
                }
                // Unit prices are often finer than the coin.
                if a.role != "unit-price", a.value.rounded(to: digits) != a.value {
                    tell("val-minor-units", [evidence(n, "\(a.role) \(a.value) \(c)", a.at)])
                }
                if ["item-price", "line", "total", "customs-value"].contains(a.role), !a.value.isPositive,
                    world.acts[n].facts.term("invoice-type") != "credit-note"
                {
                    tell("val-zero", [evidence(n, "\(a.role) \(a.value) \(c)", a.at)])
                }
            }
        }
    }

    /// Each item's value is that of a line: told where the totals agree and the division does not.
    private mutating func itemPrices(_ d: Int, _ prices: [Amount]) {
        let cited = at.file.cited(by: d, world)
        guard cited.count == 1, let n = cited.first else { return }
        let lines = world.acts[n].event.lines.compactMap { $0.facts.amount("line") }
        guard lines.count == prices.count, prices.count > 1, lines.count == world.acts[n].event.lines.count else {
            return
        }
        let tolerance = figure("val-item-price", "absolute")
        let a = prices.sorted { ($0.value, $0.at.offset ?? 0) < ($1.value, $1.at.offset ?? 0) }
        let b = lines.sorted { ($0.value, $0.at.offset ?? 0) < ($1.value, $1.at.offset ?? 0) }
        let gap = (a.reduce(Exact.zero) { $0 + $1.value } - b.reduce(Exact.zero) { $0 + $1.value }).magnitude
        guard gap <= tolerance * Exact(a.count),
            let i = a.indices.first(where: { (a[$0].value - b[$0].value).magnitude > tolerance })
        else { return }
        tell(
            "val-item-price",
            [
                evidence(d, "item of \(a[i].value)", a[i].at),
                evidence(n, "no line of that value, but \(b[i].value)", b[i].at),
            ])
    }

    private mutating func orderPrices(_ n: Int) {
        for l in world.acts[n].event.lines {
            guard let billed = Items.price(l.facts), let (order, item) = at.books.item(of: l, act: n, world),
                let ordered = item.price,
                billed.currency == nil || item.currency == nil || billed.currency == item.currency,
                billed.value > ordered,
                part(billed.value, ordered, percent: figure("val-po-price", "percent"), absolute: .zero)
            else { continue }
            tell(
                "val-po-price",
                [
                    evidence(n, "billed at \(billed.value)", billed.at),
                    evidence(
                        item.act, "ordered at \(ordered) (\(world.name(thing: order)) line \(item.number))", item.at),
                ])
        }
    }
}
