import Schemas
import Vocabulary

/// Exceptions on invoices: goods against order, receipt and proof; freight against tender and approvals.
enum InvoiceRules {
    static func apply(_ world: World, _ books: Books, _ alarms: inout Alarms) {
        let invoices = world.things.indices.filter { world.things[$0].kind == .invoice }
        for t in invoices {
            let acts = world.acts(of: t, ["invoice.received", "freight-invoice.received"]).filter {
                world.registry.things[t].acts.contains($0)
            }
            guard let n = acts.last else { continue }
            repeated(t, acts, world, &alarms)
            total(t, n, world, &alarms)
            if world.acts[n].type == "freight-invoice.received" {
                FreightRules.apply(t, n, books, world, &alarms)
            } else if !isCredit(n, world) {
                orders(t, n, world, &alarms)
                prices(t, n, books, world, &alarms)
                quantities(t, n, books, world, &alarms)
                delivery(t, n, books, world, &alarms)
            }
        }
        twins(invoices, world, &alarms)
    }

    static func isCredit(_ n: Int, _ world: World) -> Bool { world.acts[n].facts.term("invoice-type") == "credit-note" }

    /// A corrected or replacing invoice takes the earlier one's place.
    private static func replaces(_ n: Int, _ world: World) -> Bool {
        world.acts[n].facts.term("purpose") == "replace"
            || world.acts[n].facts.term("invoice-type") == "corrected-invoice"
    }

    static func figures(_ t: Int, _ n: Int, _ world: World) -> [String: String] {
        ["seller": world.name(world.things[t].seller ?? world.acts[n].seller.partner)]
    }

    static func currency(_ n: Int, _ world: World) -> String? {
        world.acts[n].facts.amount("total")?.currency ?? world.acts[n].facts.term("currency")
    }

    // MARK: Duplicates

    private static func repeated(_ t: Int, _ acts: [Int], _ world: World, _ alarms: inout Alarms) {
        var seen: [String: Int] = [:]
        for n in acts where !replaces(n, world) {
            let paper = world.papers[world.acts[n].paper]
            let total = world.acts[n].facts.amount("total")
            let key = "\(total?.value.description ?? "")|\(world.acts[n].facts.term("invoice-type") ?? "")"
            guard let first = seen[key] else {
                seen[key] = n
                continue
            }
            // The same number in another format is another view of one invoice.
            guard world.papers[world.acts[first].paper].document.format == paper.document.format else { continue }
            raiseDuplicate(t, n, first, "came again under another control number", world, &alarms)
        }
    }

    /// Another number that bills the same order lines, quantities and amounts for the same delivery.
    private static func twins(_ invoices: [Int], _ world: World, _ alarms: inout Alarms) {
        var seen: [String: (thing: Int, act: Int)] = [:]
        let acts = invoices.flatMap { t in
            world.acts(of: t, ["invoice.received"]).filter { world.things[t].acts.contains($0) }.map { (t, $0) }
        }
        for (t, n) in acts.sorted(by: { (world.time($0.1) ?? 0, $0.1) < (world.time($1.1) ?? 0, $1.1) })
        where !isCredit(n, world) && !replaces(n, world) {
            let act = world.acts[n]
            let lines = act.event.lines.map { l in
                "\(Items.parts(l.facts).sorted())|\(l.facts.quantity("invoiced")?.value.description ?? "")|\(Items.price(l.facts)?.value.description ?? "")"
            }
            let orders = world.linker.ties[n].things(.purchaseOrder, world.registry)
            let notes = act.facts.references.filter { ["delivery-note", "asn", "bill-of-lading"].contains($0.kind) }.map
            { NormalForm.strict($0.value) }
            guard !lines.isEmpty, !orders.isEmpty, let total = act.facts.amount("total") else { continue }
            let key = "\(orders)|\(lines.sorted())|\(total.value)|\(notes.sorted())"
            guard let first = seen[key] else {
                seen[key] = (t, n)
                continue
            }
            if first.thing != t {
                raiseDuplicate(
                    t, n, first.act,
                    "bills the same lines, quantities and amounts as invoice \(world.name(thing: first.thing))", world,
                    &alarms)
            }
        }
    }

    private static func raiseDuplicate(
        _ t: Int, _ n: Int, _ first: Int, _ how: String, _ world: World, _ alarms: inout Alarms
    ) {
        var f = figures(t, n, world)
        f["how"] = how
        let total = world.acts[n].facts.amount("total")
        alarms.raise(
            "invoice-duplicate", on: t,
            Alarms.Hit(
                figures: f, money: total.map { ["total": $0.value] } ?? [:], currency: currency(n, world),
                detected: world.time(n),
                evidence: [world.evidence(first, "the first"), world.evidence(n, "the second", total?.at ?? Place())]))
    }

    // MARK: Arithmetic

    /// Lines, charges, allowances and taxes against the total, by more than a tolerance for each line.
    private static func total(_ t: Int, _ n: Int, _ world: World, _ alarms: inout Alarms) {
        let act = world.acts[n]
        // Lines that could not be read are no error of the invoice.
        guard let total = act.facts.amount("total"),
            !world.papers[act.paper].document.findings.contains(where: { $0.code == "lines-incomplete" })
        else { return }
        let freight = act.type == "freight-invoice.received"
        func sum(_ role: String, _ f: Facts) -> Exact {
            f.amounts.filter { $0.role == role }.reduce(.zero) { $0 + $1.value }
        }
        var lines = Exact.zero
        var known = !act.event.lines.isEmpty
        for l in act.event.lines {
            let charges = sum("charge", l.facts) - sum("allowance", l.facts)
            if let a = l.facts.amount("line") {
                lines = lines + a.value
            } else if let q = l.facts.quantity("invoiced"), let p = Items.price(l.facts) {
                lines = lines + (q.value * p.value).rounded(to: 2) + charges
            } else if !charges.isZero {
                lines = lines + charges
            } else {
                known = false
            }
        }
        guard known || (freight && !sum("charge", act.facts).isZero) else { return }
        let sums = lines + sum("charge", act.facts) - sum("allowance", act.facts) + sum("tax", act.facts)
        let tolerance = alarms.policy.figure("invoice-total-wrong.per-line") * Exact(max(1, act.event.lines.count))
        guard (sums.magnitude - total.value.magnitude).magnitude > tolerance else { return }
        var f = figures(t, n, world)
        f["total"] = total.value.fixed(2)
        f["sum"] = sums.rounded(to: 2).fixed(2)
        f["currency"] = currency(n, world) ?? ""
        alarms.raise(
            "invoice-total-wrong", on: t,
            Alarms.Hit(
                figures: f, money: ["totalFigure": total.value, "sumFigure": sums], currency: currency(n, world),
                detected: world.time(n),
                evidence: [world.evidence(n, "total \(total.value)", total.at)]))
    }

    // MARK: Goods

    private static func orders(_ t: Int, _ n: Int, _ world: World, _ alarms: inout Alarms) {
        guard world.linker.ties[n].things(.purchaseOrder, world.registry).isEmpty else { return }
        let named = world.acts[n].facts.references("purchase-order")
        var f = figures(t, n, world)
        f["what"] = named.isEmpty ? "no order" : "order \(named[0].raw), which is not known"
        let total = world.acts[n].facts.amount("total")
        alarms.raise(
            "invoice-without-order", on: t,
            Alarms.Hit(
                figures: f, money: total.map { ["total": $0.value] } ?? [:], currency: currency(n, world),
                detected: world.time(n),
                evidence: [world.evidence(n, f["what"] ?? "", named.first?.at ?? Place())]))
    }

    /// Each line with the order line it bills.
    private static func matched(_ n: Int, _ books: Books, _ world: World) -> [(line: Line, order: Int, item: Item)] {
        world.acts[n].event.lines.compactMap { l in
            books.item(of: l, act: n, world).map { (line: l, order: $0.order, item: $0.item) }
        }
    }

    private static func prices(_ t: Int, _ n: Int, _ books: Books, _ world: World, _ alarms: inout Alarms) {
        for (l, o, item) in matched(n, books, world) {
            guard let billed = Items.price(l.facts), let agreed = books.orders[o]?.agreedPrice(item, world) else {
                continue
            }
            let quantity = l.facts.quantity("invoiced")
            if let a = item.currency, let b = billed.currency ?? currency(n, world), a != b { continue }
            guard world.tables.comparable(quantity?.unit, item.unit) else { continue }
            let percent = alarms.policy.figure("invoice-price-variance.percent")
            guard billed.value > agreed, OrderRules.beyond(billed.value, agreed, percent) else { continue }
            var f = figures(t, n, world)
            f["line"] = item.number
            f["order"] = world.name(thing: o)
            f["billed"] = billed.value.fixed(2)
            f["agreed"] = agreed.fixed(2)
            f["currency"] = item.currency ?? currency(n, world) ?? ""
            var money = ["billedPrice": billed.value, "agreedPrice": agreed]
            money["quantity"] = quantity?.value
            alarms.raise(
                "invoice-price-variance", on: t,
                Alarms.Hit(
                    detail: "\(world.name(thing: o))/\(item.number)", figures: f, money: money,
                    currency: item.currency ?? currency(n, world),
                    detected: world.time(n),
                    evidence: [
                        world.evidence(n, "billed at \(billed.value)", billed.at),
                        world.evidence(item.act, "ordered at \(item.price ?? agreed)", item.at),
                    ]))
        }
    }

    /// Billed against received for the invoice's shipment, else shipped; not raised where neither is known.
    private static func quantities(_ t: Int, _ n: Int, _ books: Books, _ world: World, _ alarms: inout Alarms) {
        let lines = matched(n, books, world)
        let own = world.linker.ties[n].things(.shipment, world.registry)
        var billed: [String: (Exact, Line, Int, Item)] = [:]
        for (l, o, item) in lines {
            guard let q = l.facts.quantity("invoiced") else { continue }
            let key = "\(o)/\(item.number)"
            billed[key] = ((billed[key]?.0 ?? .zero) + q.value, l, o, item)
        }
        for (_, (quantity, l, o, item)) in billed.sorted(by: { $0.key < $1.key }) {
            let shipments = own.isEmpty ? books.shipments(of: o, world) : own
            guard !shipments.isEmpty else { continue }
            var received = Exact.zero
            var isReceived = false
            var shipped = Exact.zero
            var isShipped = false
            var unit: String?
            for s in shipments {
                guard let book = books.shipments[s] else { continue }
                let counted = Received(s, book, books, world)
                if counted.isKnown {
                    isReceived = true
                    if let (q, _, _, u) = counted.quantity(o, item.number) {
                        received = received + q
                        unit = u
                    }
                }
                for line in book.shipped where line.order == o && line.item == item.number {
                    isShipped = true
                    shipped = shipped + line.quantity
                    unit = unit ?? line.unit
                }
            }
            guard isReceived || isShipped, world.tables.comparable(unit, l.facts.quantity("invoiced")?.unit) else {
                continue
            }
            let have = isReceived ? received : shipped
            guard quantity > have else { continue }
            var f = figures(t, n, world)
            f["line"] = item.number
            f["order"] = world.name(thing: o)
            f["billed"] = quantity.description
            f["received"] = have.description
            f["unit"] = l.facts.quantity("invoiced")?.unit ?? "units"
            f["basis"] = isReceived ? "received" : "shipped"
            var money = ["billedQuantity": quantity, "receivedQuantity": have]
            money["price"] = Items.price(l.facts)?.value
            alarms.raise(
                "invoice-quantity-variance", on: t,
                Alarms.Hit(
                    detail: "\(world.name(thing: o))/\(item.number)", figures: f, money: money,
                    currency: currency(n, world), detected: world.time(n),
                    evidence: [world.evidence(n, "bills \(quantity)", l.facts.quantity("invoiced")?.at ?? l.at)]))
        }
    }

    private static func delivery(_ t: Int, _ n: Int, _ books: Books, _ world: World, _ alarms: inout Alarms) {
        let own = world.linker.ties[n].things(.shipment, world.registry)
        let orders = world.linker.ties[n].things(.purchaseOrder, world.registry)
        guard !orders.isEmpty || !own.isEmpty, let billed = world.time(n) else { return }
        let shipments = own.isEmpty ? orders.flatMap { books.shipments(of: $0, world) } : own
        var arrivals = shipments.compactMap { books.shipments[$0]?.arrival(world)?.time }
        for o in orders {
            for r in world.acts(of: o, ["goods.received", "delivery.proved"]) where own.isEmpty {
                if let x = world.acts[r].event.delivery?.deliveredAt?.value.epochSeconds ?? world.time(r) {
                    arrivals.append(x)
                }
            }
        }
        let proved = arrivals.min()
        if let proved, proved <= billed + 86_399 { return }
        guard alarms.passed(billed) else { return }
        var f = figures(t, n, world)
        f["date"] = Moment(epochSeconds: billed).dateOnly.description
        f["proved"] = proved.map { Moment(epochSeconds: $0).dateOnly.description }
        let total = world.acts[n].facts.amount("total")
        let grace = alarms.policy.days("invoice-before-delivery.grace-days")
        alarms.raise(
            "invoice-before-delivery", on: t,
            Alarms.Hit(
                figures: f, money: total.map { ["total": $0.value] } ?? [:], currency: currency(n, world),
                detected: billed,
                evidence: [world.evidence(n, "bills the goods", total?.at ?? Place())],
                severity: due(n, billed, world) > alarms.asOf + grace * 86_400 ? .info : nil,
                resolution: proved != nil ? "proved delivered later" : nil))
    }

    /// When the invoice falls due: as it says, else by its terms, else when it is billed.
    private static func due(_ n: Int, _ billed: Int, _ world: World) -> Int {
        let facts = world.acts[n].facts
        if let d = facts.date("due") { return d.value.epochSeconds }
        return billed + (facts.term("payment-days").flatMap { Int($0) } ?? 0) * 86_400
    }
}
