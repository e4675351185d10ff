import Vocabulary

/// An order line's state: what is wanted, at which price, by when.
struct Item: Sendable {
    var number: String
    var parts: Set<String>
    var quantity: Exact?
    var unit: String?
    /// Per one unit.
    var price: Exact?
    var currency: String?
    var requested: Moment?
    var isCancelled = false
    var act: Int
    var at: Place
}

/// How a line of any document names the order line it is about.
enum Items {
    /// A line number without leading zeros: `00010` is `10`.
    static func number(_ s: String?) -> String? {
        guard let s else { return nil }
        let n = NormalForm.strict(s)
        let cut = n.drop { $0 == "0" }
        return cut.isEmpty ? (n.isEmpty ? nil : n) : String(cut)
    }

    static func parts(_ f: Facts) -> Set<String> {
        var out: Set<String> = []
        for t in f.terms {
            switch t.name {
            case "gtin": out.insert("gtin:" + NormalForm.loose(t.value))
            case "buyer-part", "seller-part": out.insert(t.name + ":" + NormalForm.strict(t.value))
            default: break
            }
        }
        return out
    }

    /// A price per one unit, where the basis is known.
    static func price(_ f: Facts) -> (value: Exact, currency: String?, at: Place)? {
        guard let a = f.amount("unit-price") else { return nil }
        let per = a.basis.flatMap { $0.isPositive ? $0 : nil } ?? Exact(1)
        guard let v = per == Exact(1) ? a.value : a.value.divided(by: per) else { return nil }
        return (v, a.currency, a.at)
    }

    /// The order line number that a line of another document names for this order.
    static func orderLine(_ l: Line, order: String?) -> String? {
        for r in l.facts.references("purchase-order") {
            if let n = number(r.line), order == nil || NormalForm.loose(r.value) == order { return n }
        }
        return number(l.facts.reference("order-line")?.value)
    }

    /// The item a line is about: by order line and part, by part alone, then by line number where no part speaks against it.
    static func find(_ l: Line, in items: [Item], order: String? = nil) -> Int? {
        let parts = parts(l.facts)
        let named = orderLine(l, order: order)
        if let named, let i = items.firstIndex(where: { $0.number == named && agree($0.parts, parts) }) { return i }
        let shared = items.indices.filter { !items[$0].parts.isDisjoint(with: parts) }
        if shared.count == 1 { return shared[0] }
        if let own = number(l.number) {
            if let i = shared.first(where: { items[$0].number == own }) { return i }
            if shared.isEmpty, parts.isEmpty || items.allSatisfy(\.parts.isEmpty) {
                return items.firstIndex { $0.number == own }
            }
        }
        if shared.count > 1 { return shared[0] }
        return nil
    }

    private static func agree(_ a: Set<String>, _ b: Set<String>) -> Bool {
        a.isEmpty || b.isEmpty || !a.isDisjoint(with: b)
            || Set(a.map { $0.prefix { $0 != ":" } }).isDisjoint(with: Set(b.map { $0.prefix { $0 != ":" } }))
    }
}
