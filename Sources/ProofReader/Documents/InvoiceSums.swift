import Schemas
import Vocabulary

/// What an invoice says it comes to: every figure beside its labels for sums, and those whose arithmetic holds.
///
/// A label's row may hold several figures (net, tax and total of a table), and several labels may call a figure the total.
/// Lines and taxes decide which is meant, not the place or the size.
struct InvoiceSums {
    /// The figures beside one label.
    private var rows: [String: [[Amount]]] = [:]

    static let roles: Set<String> = ["total", "lines", "tax", "due"]

    enum Arithmetic {
        /// Lines and taxes come to the total.
        case holds
        /// No figure contradicts, none confirms.
        case open
        /// Figures are there, and they do not come to the total.
        case fails
    }

    struct Outcome {
        var amounts: [Amount] = []
        var arithmetic = Arithmetic.open
        var findings: [Finding] = []
    }

    mutating func add(_ figures: [Amount]) {
        // Of a page full of labels the first ones are enough.
        guard let role = figures.first?.role, rows[role, default: []].count < 50 else { return }
        rows[role, default: []].append(Array(figures.prefix(8)))
    }

    /// - Parameters:
    ///   - lines: the sum of the lines' amounts, nil where there are none.
    ///   - extra: charges less allowances.
    /// - Complexity: O(t · n) for t figures that may be the total and n that may be the net.
    func outcome(lines: Exact?, extra: Exact) -> Outcome {
        var out = Outcome()
        let totals = rows["total"] ?? []
        let dues = rows["due"] ?? []
        let best = best(lines: lines, extra: extra)
        if let best {
            out.arithmetic = .holds
            var total = best.total
            total.role = "total"
            out.amounts.append(total)
            out.amounts += best.taxes
        } else if let taken = largest(totals) ?? largest(dues) {
            let others = Set((totals.isEmpty ? dues : totals).joined().map(\.value))
            if others.count > 1 {
                out.findings.append(
                    Finding(
                        "total-open", .warning,
                        "\(others.count) figures may be the total, and none of them is the sum of lines and taxes: "
                            + "\(taken.value.fixed(2)) is taken.", at: taken.at))
            }
            out.arithmetic = lines == nil && rows["lines"] == nil ? .open : .fails
            var total = taken
            total.role = "total"
            out.amounts.append(total)
        }
        if best == nil, let tax = rows["tax"]?.first?.last { out.amounts.append(tax) }
        if let net = best?.net ?? rows["lines"]?.first?.last { out.amounts.append(net) }
        if let due = dues.first?.last, !totals.isEmpty { out.amounts.append(due) }
        return out
    }

    /// The last figure of each row; of several rows the largest.
    private func largest(_ rows: [[Amount]]) -> Amount? {
        rows.compactMap(\.last).max { $0.value.magnitude < $1.value.magnitude }
    }

    private struct Candidate {
        var total: Amount
        var net: Amount?
        var taxes: [Amount]
        var score: Int
    }

    /// The total that the printed net and taxes, the lines, or the other figures of its own row come to.
    private func best(lines: Exact?, extra: Exact) -> Candidate? {
        var best: Candidate?
        let nets =
            rows["lines", default: []].joined().map { ($0.value, Optional($0)) } + (lines.map { [($0, nil)] } ?? [])
        let taxes = taxes()
        for (role, weight) in [("total", 1), ("due", 0)] {
            for row in rows[role] ?? [] {
                for total in row.reversed() where !total.value.isZero {
                    // Net, taxes and total of a table's last row.
                    let others = row.filter { $0 != total }
                    if others.count > 1, others.reduce(.zero, { $0 + $1.value }) == total.value {
                        let known = taxes[others.map(\.value).min { $0.magnitude < $1.magnitude } ?? .zero] ?? []
                        take(Candidate(total: total, taxes: known, score: 8 + weight), &best)
                    }
                    for (net, printed) in nets {
                        for e in extra.isZero ? [.zero] : [.zero, extra] {
                            let rest = total.value - net - e
                            // A cent for rounding.
                            for cent in [Exact.zero, Exact(mantissa: 1, scale: 2), Exact(mantissa: -1, scale: 2)] {
                                guard let tax = taxes[rest + cent] else { continue }
                                var score = tax.isEmpty ? 0 : 8
                                score += printed == nil ? 0 : 2
                                score += net == lines ? 4 : 0
                                take(
                                    Candidate(total: total, net: printed, taxes: tax, score: score + weight), &best)
                            }
                        }
                    }
                }
            }
        }
        return best
    }

    private func take(_ c: Candidate, _ best: inout Candidate?) {
        if c.score > best?.score ?? -1 { best = c }
    }

    /// What the taxes may come to: each figure, all rows together (one for each rate), and none.
    private func taxes() -> [Exact: [Amount]] {
        let rows = rows["tax"] ?? []
        var out: [Exact: [Amount]] = [.zero: []]
        for f in rows.joined() where !f.value.isZero && out[f.value] == nil { out[f.value] = [f] }
        let each = rows.compactMap(\.last)
        if each.count > 1 {
            let sum = each.reduce(.zero) { $0 + $1.value }
            if out[sum] == nil { out[sum] = each }
        }
        return out
    }
}
