import Vocabulary

/// One order through time: what the buyer asked, as it stood at any moment, and what the supplier answered.
struct OrderBook: Sendable {
    let order: Int
    /// The number in its loose form, by which lines of other documents name it.
    let number: String
    private(set) var versions: [Version] = []
    /// Acknowledgements, mails that acknowledge included, in order of time.
    private(set) var answers: [Int] = []
    private(set) var commitments: [Commitment] = []
    private(set) var cancelledAt: Int?

    /// The order as it stood from a time on.
    struct Version: Sendable {
        let time: Int?
        let act: Int
        var items: [Item]
        var requested: Moment?
        var requestedShip: Moment?
        var currency: String?
        var incoterm: String?
    }

    /// A date the supplier named: later ones take the place of earlier ones.
    struct Commitment: Sendable {
        let act: Int
        let time: Int?
        /// nil where it speaks of the order as a whole.
        let item: String?
        let date: Moment
        let at: Place
        /// Speaks of dispatch rather than delivery: what it moves is the requested ship date.
        var isDispatch = false
    }

    init(_ order: Int, _ world: World) {
        self.order = order
        number = NormalForm.loose(world.name(thing: order))
        for n in world.acts(of: order, ["order.issued", "order.changed", "order.cancelled"])
        where world.acts[n].event.intent == nil {
            apply(n, world)
        }
        for n in world.acts(
            of: order, ["order.acknowledged", "order.rejected", "commitment.changed", "shipment.status"])
        {
            answer(n, world)
        }
    }

    // MARK: The buyer's side

    private mutating func apply(_ n: Int, _ world: World) {
        let act = world.acts[n]
        let time = world.time(n)
        if act.type == "order.cancelled" {
            if cancelledAt == nil { cancelledAt = time ?? 0 }
            return
        }
        var v = versions.last ?? Version(time: time, act: n, items: [])
        let fresh = act.type == "order.issued"
        if fresh { v = Version(time: time, act: n, items: []) }
        v = Version(
            time: time, act: n, items: v.items, requested: v.requested, requestedShip: v.requestedShip,
            currency: v.currency, incoterm: v.incoterm)
        v.currency = act.facts.term("currency") ?? v.currency
        v.incoterm = act.facts.term("incoterm") ?? v.incoterm
        v.requested = act.facts.date("requested-delivery")?.value ?? act.facts.date("not-after")?.value ?? v.requested
        v.requestedShip = act.facts.date("requested-ship")?.value ?? v.requestedShip
        for l in act.event.lines { change(l, n, act, &v, fresh: fresh) }
        versions.append(v)
    }

    private func change(_ l: Line, _ n: Int, _ act: Act, _ v: inout Version, fresh: Bool) {
        let what = l.facts.term("change")
        let price = Items.price(l.facts)
        let quantity = l.facts.quantity("ordered")
        let requested = l.facts.date("requested-delivery")?.value ?? l.facts.date("not-after")?.value
        if !fresh, let i = Items.find(l, in: v.items, order: number) {
            if what == "delete" { v.items[i].isCancelled = true }
            if let q = quantity { v.items[i].quantity = q.value }
            if let p = price { v.items[i].price = p.value }
            if let r = requested { v.items[i].requested = r }
            v.items[i].act = n
            v.items[i].at = l.at
            return
        }
        if what == "delete" { return }
        v.items.append(
            Item(
                number: Items.number(l.number) ?? String(v.items.count + 1), parts: Items.parts(l.facts),
                quantity: quantity?.value, unit: quantity?.unit, price: price?.value,
                currency: price?.currency ?? v.currency, requested: requested ?? v.requested, act: n, at: l.at))
    }

    // MARK: The supplier's side

    private mutating func answer(_ n: Int, _ world: World) {
        let act = world.acts[n]
        let time = world.time(n)
        if ["order.acknowledged", "order.rejected"].contains(act.type) { answers.append(n) }
        if let intent = act.event.intent {
            guard ["supplier-delay", "delay-withdrawn", "order-confirmation"].contains(intent.name),
                let d = intent.newDate
            else { return }
            commitments.append(
                Commitment(
                    act: n, time: time, item: nil, date: d.value, at: d.at,
                    isDispatch: speaksOfDispatch(act, d.value, world)))
            return
        }
        guard act.type == "order.acknowledged" else { return }
        if let d = act.facts.date("promised-delivery") {
            commitments.append(Commitment(act: n, time: time, item: nil, date: d.value, at: d.at))
        }
        let items = version(at: world.until(n))?.items ?? []
        for l in act.event.lines {
            guard let d = l.facts.date("promised-delivery") else { continue }
            let i = Items.find(l, in: items, order: number)
            commitments.append(
                Commitment(
                    act: n, time: time, item: i.map { items[$0].number } ?? Items.number(l.number), date: d.value,
                    at: d.at))
        }
    }

    /// A mail that moves the date on which the order was to ship, and names that date, speaks of dispatch.
    private func speaksOfDispatch(_ act: Act, _ date: Moment, _ world: World) -> Bool {
        guard let v = versions.last, let ship = v.requestedShip else { return false }
        if act.facts.date("promised-ship")?.value.day == date.day { return true }
        return act.facts.dates.contains { $0.value.day == ship.day } && date.day > ship.day
    }

    // MARK: Looking up

    /// The order line that a line of an act is about: in the order it names, else in any of the act's orders.
    static func item(
        of line: Line, act n: Int, _ world: World, _ books: [Int: OrderBook]
    ) -> (order: Int, item: Item)? {
        let orders = world.linker.ties[n].things(.purchaseOrder, world.registry)
        let named = Set(
            line.facts.references("purchase-order").flatMap { world.tables.forms("purchase-order", $0.value) })
        let own = orders.filter { o in
            world.tables.forms("purchase-order", world.name(thing: o)).contains { named.contains($0) }
        }
        for o in own.isEmpty ? orders : own {
            if let b = books[o], let items = b.latest?.items, let i = Items.find(line, in: items, order: b.number) {
                return (o, items[i])
            }
        }
        return nil
    }

    /// The order as it stood at a time; the first version where the time is earlier or unknown.
    func version(at time: Int?) -> Version? {
        guard let time else { return versions.last }
        return versions.last { ($0.time ?? 0) <= time } ?? versions.first
    }

    var latest: Version? { versions.last }

    /// Wholly rejected or cancelled: nothing more is raised on it.
    func isClosed(_ world: World) -> Bool {
        if cancelledAt != nil { return true }
        guard let last = answers.last else { return false }
        return world.acts[last].type == "order.rejected" && isWhole(last, world)
    }

    /// Lines that the supplier refused: nobody waits for them.
    func rejectedItems(_ world: World) -> Set<String> {
        var out: Set<String> = []
        for n in answers {
            guard let v = version(at: world.until(n)) else { continue }
            for l in world.acts[n].event.lines where l.facts.term("response") == "rejected" {
                if let i = Items.find(l, in: v.items, order: number) { out.insert(v.items[i].number) }
            }
        }
        return out
    }

    /// Whether a rejection is about the order as a whole, not about some of its lines.
    func isWhole(_ n: Int, _ world: World) -> Bool {
        let lines = world.acts[n].event.lines
        return lines.isEmpty
            || lines.allSatisfy { l in
                l.facts.term("response").map { $0 == "rejected" } ?? true
            }
    }

    /// The delivery date that stands: what the supplier last committed to, else the requested one; of several lines the latest.
    func promised(before time: Int? = nil) -> Moment? {
        let known = commitments.filter { c in !c.isDispatch && (time == nil || (c.time ?? 0) <= (time ?? 0)) }
        if let whole = known.last(where: { $0.item == nil }) {
            let later = known.filter { $0.item != nil && ($0.time ?? 0) > (whole.time ?? 0) }
            return ([whole.date] + later.map(\.date)).max()
        }
        var byItem: [String: Moment] = [:]
        for c in known { if let i = c.item { byItem[i] = c.date } }
        if let m = byItem.values.max() { return m }
        return latest.flatMap { v in v.requested ?? v.items.compactMap(\.requested).max() }
    }

    /// A line's price as agreed: ordered, or acknowledged where lower.
    func agreedPrice(_ item: Item, _ world: World) -> Exact? {
        var price = item.price
        for n in answers where world.acts[n].type == "order.acknowledged" {
            for l in world.acts[n].event.lines {
                guard let v = version(at: world.until(n)), let i = Items.find(l, in: v.items, order: number),
                    v.items[i].number == item.number, let p = Items.price(l.facts)
                else { continue }
                if let have = price, p.value < have { price = p.value }
            }
        }
        return price
    }

    var value: Exact? {
        guard let v = latest else { return nil }
        var sum = Exact.zero
        for i in v.items where !i.isCancelled {
            guard let q = i.quantity, let p = i.price else { return nil }
            sum = sum + q * p
        }
        return v.items.isEmpty ? nil : sum
    }
}
