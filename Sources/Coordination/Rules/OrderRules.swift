import Schemas
import Vocabulary

/// Exceptions on purchase orders, up to the point where goods move.
enum OrderRules {
    static func apply(_ world: World, _ books: Books, _ alarms: inout Alarms) {
        let quotes = quotes(world)
        for (t, book) in books.orders.sorted(by: { $0.key < $1.key }) {
            award(t, book, quotes, world, &alarms)
            unacknowledged(t, book, world, &alarms)
            answers(t, book, world, &alarms)
            guard !book.isClosed(world) else { continue }
            delay(t, book, world, &alarms)
            booking(t, book, books, world, &alarms)
            notice(t, book, books, world, &alarms)
        }
    }

    // MARK: Award

    private static func quotes(_ world: World) -> [String: [Int]] {
        var out: [String: [Int]] = [:]
        for (n, act) in world.acts.enumerated() where act.type == "quote.received" && world.papers[act.paper].counts {
            for r in act.facts.references where r.kind == "quote" || r.kind == "request-for-quote" {
                out[NormalForm.strict(r.value), default: []].append(n)
            }
        }
        return out
    }

    private static func award(
        _ t: Int, _ book: OrderBook, _ quotes: [String: [Int]], _ world: World, _ alarms: inout Alarms
    ) {
        // What was awarded is compared with what was ordered, not with what the buyer changed afterwards.
        guard let v = book.versions.last(where: { world.acts[$0.act].type == "order.issued" }) else { return }
        let cited = book.versions.flatMap { v in
            world.acts[v.act].facts.references.filter { ["quote", "request-for-quote", "contract"].contains($0.kind) }
        }
        guard let ref = cited.first(where: { quotes[NormalForm.strict($0.value)] != nil }),
            let quote = quotes[NormalForm.strict(ref.value)]?.first(where: {
                world.acts[$0].seller.partner == nil || world.things[t].seller == nil
                    || world.acts[$0].seller.partner == world.things[t].seller
            })
        else { return }
        let currency = world.acts[quote].facts.term("currency")
        for l in world.acts[quote].event.lines {
            guard let i = Items.find(l, in: v.items) else { continue }
            let item = v.items[i]
            if let p = Items.price(l.facts), let mine = item.price, p.value != mine,
                currency == nil || v.currency == nil || currency == v.currency
            {
                hit(t, item, "the price", p.value, mine, ref, quote, world, &alarms, p.at)
            }
            if let q = l.facts.quantity("ordered") ?? l.facts.quantity("acknowledged") ?? l.facts.quantities.first,
                let mine = item.quantity, q.value != mine, world.tables.comparable(q.unit, item.unit)
            {
                hit(t, item, "a quantity of", q.value, mine, ref, quote, world, &alarms, q.at)
            }
        }
    }

    private static func hit(
        _ t: Int, _ item: Item, _ what: String, _ old: Exact, _ new: Exact, _ ref: Reference, _ quote: Int,
        _ world: World, _ alarms: inout Alarms, _ at: Place
    ) {
        alarms.raise(
            "order-differs-from-award", on: t,
            Alarms.Hit(
                detail: item.number,
                figures: [
                    "line": item.number, "what": what, "new": new.description, "old": old.description, "quote": ref.raw,
                ],
                money: what == "the price"
                    ? ["oldPrice": old, "newPrice": new, "quantity": item.quantity ?? .zero] : [:],
                currency: item.currency, detected: world.time(item.act),
                evidence: [
                    world.evidence(item.act, "ordered \(new)", item.at), world.evidence(quote, "quoted \(old)", at),
                ]))
    }

    // MARK: Acknowledgement

    private static func unacknowledged(_ t: Int, _ book: OrderBook, _ world: World, _ alarms: inout Alarms) {
        let issues = book.versions.filter { world.acts[$0.act].type == "order.issued" }
        guard let last = issues.last, let start = last.time else { return }
        let hours = alarms.policy.hours("order-unacknowledged.hours")
        let deadline = start + hours * 3600
        if let c = book.cancelledAt, c <= deadline { return }
        let answered = book.answers.filter { (world.until($0) ?? 0) >= issues[0].time ?? 0 }.compactMap {
            world.time($0)
        }.min()
        if let answered, answered <= deadline { return }
        guard alarms.passed(deadline) else { return }
        alarms.raise(
            "order-unacknowledged", on: t,
            Alarms.Hit(
                figures: [
                    "ordered": Moment(epochSeconds: start).dateOnly.description, "hours": String(hours),
                    "answered": answered.map { Moment(epochSeconds: $0).dateOnly.description } ?? "?",
                ],
                money: book.value.map { ["value": $0] } ?? [:], currency: last.currency, detected: deadline,
                evidence: [world.evidence(last.act, "the order")],
                resolution: answered != nil ? "acknowledged later" : book.cancelledAt != nil ? "cancelled" : nil))
    }

    private static func answers(_ t: Int, _ book: OrderBook, _ world: World, _ alarms: inout Alarms) {
        for n in book.answers where book.cancelledAt.map({ (world.time(n) ?? 0) < $0 }) ?? true {
            let act = world.acts[n]
            if act.type == "order.rejected" {
                let money = book.value.map { ["value": $0] } ?? [:]
                alarms.raise(
                    "order-rejected", on: t,
                    Alarms.Hit(
                        money: money, currency: book.latest?.currency, detected: world.time(n),
                        evidence: [world.evidence(n, "rejected", act.event.intent?.at ?? Place())]))
                continue
            }
            guard act.event.intent == nil, let v = book.version(at: world.until(n)) else { continue }
            lines(t, n, v, book, world, &alarms)
        }
        for n in world.acts(of: t, ["commitment.changed"]) {
            guard let intent = world.acts[n].event.intent, intent.name == "quantity-shortfall",
                let q = intent.newQuantity
            else { continue }
            let items = book.version(at: world.until(n))?.items ?? []
            let old = items.count == 1 ? items[0].quantity : nil
            guard old != q.value else { continue }
            alarms.raise(
                "order-quantity-changed", on: t,
                Alarms.Hit(
                    figures: [
                        "new": q.value.description, "old": old?.description ?? "all",
                        "unit": q.unit ?? items.first?.unit ?? "units",
                        "line": items.count == 1 ? items[0].number : "one",
                    ],
                    detected: world.time(n), evidence: [world.evidence(n, "a mail says so", intent.at)]))
        }
    }

    /// Prices and quantities of an acknowledgement against the order as it stood when it was sent.
    private static func lines(
        _ t: Int, _ n: Int, _ v: OrderBook.Version, _ book: OrderBook, _ world: World, _ alarms: inout Alarms
    ) {
        var quantity: [Int: (Exact, Place, String?)] = [:]
        for l in world.acts[n].event.lines {
            guard let i = Items.find(l, in: v.items, order: book.number) else { continue }
            let item = v.items[i]
            if l.facts.term("response") == "rejected" {
                let money = item.quantity.flatMap { q in item.price.map { ["value": q * $0] } } ?? [:]
                alarms.raise(
                    "order-rejected", on: t,
                    Alarms.Hit(
                        detail: item.number, figures: ["line": item.number], money: money, currency: v.currency,
                        detected: world.time(n), evidence: [world.evidence(n, "line \(item.number) rejected", l.at)]))
                continue
            }
            price(t, n, l, item, v, world, &alarms)
            if let q = l.facts.quantity("acknowledged") ?? l.facts.quantity("ordered"),
                world.tables.comparable(q.unit, item.unit)
            {
                let before = quantity[i]?.0 ?? .zero
                quantity[i] = (before + q.value, q.at, q.unit)
            }
        }
        for (i, (q, at, unit)) in quantity.sorted(by: { $0.key < $1.key }) {
            let item = v.items[i]
            guard let wanted = item.quantity, beyond(q, wanted, alarms.policy.figure("order-quantity-changed.percent"))
            else { continue }
            var money = ["oldQuantity": wanted, "newQuantity": q]
            money["price"] = item.price
            alarms.raise(
                "order-quantity-changed", on: t,
                Alarms.Hit(
                    detail: item.number,
                    figures: [
                        "line": item.number, "new": q.description, "old": wanted.description,
                        "unit": unit ?? item.unit ?? "units",
                    ],
                    money: money, currency: v.currency, detected: world.time(n),
                    evidence: [
                        world.evidence(n, "acknowledged \(q)", at),
                        world.evidence(item.act, "ordered \(wanted)", item.at),
                    ]))
        }
    }

    private static func price(
        _ t: Int, _ n: Int, _ l: Line, _ item: Item, _ v: OrderBook.Version, _ world: World, _ alarms: inout Alarms
    ) {
        guard let p = Items.price(l.facts), let old = item.price,
            beyond(p.value, old, alarms.policy.figure("order-price-changed.percent"))
        else { return }
        if let c = p.currency ?? world.acts[n].facts.term("currency"), let o = item.currency, c != o { return }
        alarms.raise(
            "order-price-changed", on: t,
            Alarms.Hit(
                detail: item.number,
                figures: [
                    "line": item.number, "new": p.value.fixed(2), "old": old.fixed(2),
                    "currency": item.currency ?? "",
                ],
                money: ["newPrice": p.value, "oldPrice": old, "quantity": item.quantity ?? .zero],
                currency: item.currency,
                detected: world.time(n),
                evidence: [
                    world.evidence(n, "acknowledged at \(p.value)", p.at),
                    world.evidence(item.act, "ordered at \(old)", item.at),
                ],
                severity: p.value < old ? .info : nil))
    }

    /// Whether two figures differ by more than so many per cent of the second.
    static func beyond(_ a: Exact, _ b: Exact, _ percent: Exact) -> Bool {
        (a - b).magnitude * Exact(100) > b.magnitude * percent
    }

    // MARK: Dates

    /// Commitments later than what was asked for; the last word on a line decides whether it still stands.
    private static func delay(_ t: Int, _ book: OrderBook, _ world: World, _ alarms: inout Alarms) {
        var last: [String: OrderBook.Commitment] = [:]
        var late: [(OrderBook.Commitment, Moment)] = []
        for c in book.commitments {
            guard let v = book.version(at: world.until(c.act)) else { continue }
            let requested =
                c.isDispatch
                ? v.requestedShip
                : c.item.flatMap { i in v.items.first { $0.number == i }?.requested } ?? v.requested
                    ?? v.items.compactMap(\.requested).max()
            guard let requested else { continue }
            last[c.item ?? ""] = c
            if c.item == nil { for k in last.keys { last[k] = c } }
            if c.date.day > requested.day { late.append((c, requested)) }
        }
        for (c, requested) in late {
            let standing = last[c.item ?? ""]
            let settled = standing.map { $0.date.day <= requested.day } ?? false
            let days = c.date.day - requested.day
            alarms.raise(
                "supplier-delay", on: t,
                Alarms.Hit(
                    detail: c.item ?? "",
                    figures: [
                        "line": c.item ?? "?", "promised": c.date.dateOnly.description,
                        "requested": requested.dateOnly.description,
                        "days": days == 1 ? "1 day" : "\(days) days",
                    ],
                    money: book.value.map { ["value": $0] } ?? [:], currency: book.latest?.currency, detected: c.time,
                    evidence: [world.evidence(c.act, "promises \(c.date.dateOnly)", c.at)],
                    resolution: settled ? "the earlier date stands again" : nil))
        }
    }

    private static func booking(_ t: Int, _ book: OrderBook, _ books: Books, _ world: World, _ alarms: inout Alarms) {
        guard let v = book.latest, let incoterm = v.incoterm,
            alarms.policy.list("booking-missing.incoterms").contains(incoterm),
            let ship = v.requestedShip
        else { return }
        let deadline = ship.dateOnly.adding(days: -alarms.policy.days("booking-missing.days")).epochSeconds
        let shipments = books.shipments(of: t, world).compactMap { books.shipments[$0] }
        var moving: [Int] = []
        for s in shipments { moving += s.tenders + s.answers + s.notices + s.proofs + s.statuses.map(\.act) }
        let moves = moving.compactMap { world.time($0) }
        let first = moves.min()
        if let first, first <= deadline { return }
        guard alarms.passed(deadline) else { return }
        alarms.raise(
            "booking-missing", on: t,
            Alarms.Hit(
                figures: [
                    "incoterm": incoterm, "ship": ship.dateOnly.description,
                    "deadline": Moment(epochSeconds: deadline).dateOnly.description,
                    "booked": first.map { Moment(epochSeconds: $0).dateOnly.description } ?? "?",
                ],
                detected: deadline, evidence: [world.evidence(v.act, "requested ship date")],
                resolution: first != nil ? "booked later" : nil))
    }

    private static func notice(_ t: Int, _ book: OrderBook, _ books: Books, _ world: World, _ alarms: inout Alarms) {
        let shipments = books.shipments(of: t, world).compactMap { books.shipments[$0] }
        var arrivals = shipments.compactMap { $0.arrival(world) }
        for n in world.acts(of: t, ["goods.received", "delivery.proved"]) {
            if let time = world.acts[n].event.delivery?.deliveredAt?.value.epochSeconds ?? world.acts[n].facts.date(
                "received")?.value.epochSeconds ?? world.time(n)
            {
                arrivals.append((time, n))
            }
        }
        guard let arrived = arrivals.min(by: { ($0.time, $0.act) < ($1.time, $1.act) }) else { return }
        let notices =
            world.acts(of: t, ["shipment.notified", "packing-list.issued"]) + shipments.flatMap { $0.notices }
        let came = notices.compactMap { world.time($0) }.min()
        if notices.contains(where: { world.time($0) == nil }) { return }
        if let came, came <= arrived.time + 86_399 { return }
        alarms.raise(
            "asn-missing", on: t,
            Alarms.Hit(
                figures: [
                    "arrived": Moment(epochSeconds: arrived.time).dateOnly.description,
                    "came": came.map { Moment(epochSeconds: $0).dateOnly.description } ?? "?",
                ],
                detected: arrived.time, evidence: [world.evidence(arrived.act, "goods arrived")],
                resolution: came != nil ? "the notice came later" : nil))
    }
}
