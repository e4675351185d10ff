import Schemas
import Vocabulary

extension Composer {
    /// The figures of money beside a label, each with its place.
    func figures(_ role: String, _ f: Field, _ s: Sheet) -> [Amount] {
        var found = normal.money(f.row)
        let isRow = !found.isEmpty
        if !isRow { found = normal.money(f.text) }
        return found.map {
            let box = isRow ? f.rowWords.box(of: $0.range) : nil
            return Amount(
                role, $0.value, currency: $0.currency, raw: f.row, at: s.page.place(box ?? f.box, f.row))
        }
    }

    /// A line's amount, or its quantity at its price.
    private func worth(_ line: Facts) -> Exact? {
        if let a = line.amount("line") { return a.value }
        guard let p = line.amount("unit-price") else { return nil }
        return line.quantity("invoiced").map { ($0.value * p.value).rounded(to: 2) }
    }

    /// Adds what the paper comes to, and says where lines are missing from what its own subtotal counts.
    func settle(_ sums: InvoiceSums, _ out: inout Composition) {
        let amounts = out.lines.compactMap { worth($0.facts) }
        let read: Exact? = amounts.isEmpty ? nil : amounts.reduce(.zero, +)
        func sum(_ role: String) -> Exact {
            out.facts.amounts.filter { $0.role == role }.reduce(.zero) { $0 + $1.value }
        }
        let extra = sum("charge") - sum("allowance")
        let settled = sums.outcome(lines: read, extra: extra)
        out.arithmetic = settled.arithmetic
        out.facts.amounts += settled.amounts
        let currency = out.facts.amounts.lazy.compactMap(\.currency).first
        for i in out.lines.indices {
            for k in out.lines[i].facts.amounts.indices where out.lines[i].facts.amounts[k].currency == nil {
                out.lines[i].facts.amounts[k].currency = currency
            }
        }
        guard kind.document == "invoice" else { return }
        out.findings += settled.findings
        guard let net = out.facts.amount("lines") else { return }
        // Prices may include the taxes, and a subtotal charges or a discount of its own.
        let total = out.facts.amount("total")?.value
        let wanted = [net.value, total, total.map { $0 - sum("tax") }].compactMap { $0 }
            .flatMap { [$0, $0 - extra] }.map(\.magnitude)
        let tolerance = Exact(mantissa: Int128(max(1, out.lines.count)), scale: 2)
        if let read, wanted.contains(where: { ($0 - read.magnitude).magnitude <= tolerance }) { return }
        guard read != nil || sheets.contains(where: { !$0.tableLines.isEmpty }) else { return }
        out.findings.append(
            Finding(
                "lines-incomplete", .warning,
                "The paper's subtotal is \(net.value.fixed(2)); the \(out.lines.count) lines that could be read come to "
                    + "\((read ?? .zero).fixed(2)).", at: net.at))
    }
}
