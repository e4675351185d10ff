import Schemas
import Vocabulary

/// Exceptions on shipments while they are arranged and under way.
enum TransportRules {
    static func apply(_ world: World, _ books: Books, _ alarms: inout Alarms) {
        for (t, book) in books.shipments.sorted(by: { $0.key < $1.key }) {
            tender(t, book, world, &alarms)
            delayed(t, book, books, world, &alarms)
            damaged(t, book, world, &alarms)
        }
        for (o, book) in books.orders.sorted(by: { $0.key < $1.key }) where !book.isClosed(world) {
            quantities(o, book, books, world, &alarms)
        }
    }

    private static func tender(_ t: Int, _ book: ShipmentBook, _ world: World, _ alarms: inout Alarms) {
        let declined = book.answers.filter { world.acts[$0].type == "tender.declined" }
        let accepted = book.answers.filter { world.acts[$0].type != "tender.declined" }
        for n in declined {
            let later = accepted.first { (world.time($0) ?? 0) > (world.time(n) ?? 0) }
            var money: [String: Exact] = [:]
            let offer = book.tenders.lazy.compactMap { world.acts[$0].facts.amount("freight") }.first
            money["freight"] = offer?.value
            alarms.raise(
                "tender-declined", on: t,
                Alarms.Hit(
                    figures: [
                        "carrier": world.name(world.acts[n].carrier.partner ?? world.things[t].carrier),
                        "accepted": later.flatMap { world.time($0) }.map {
                            Moment(epochSeconds: $0).dateOnly.description
                        } ?? "?",
                    ],
                    money: money, currency: offer?.currency, detected: world.time(n),
                    evidence: [world.evidence(n, "declined", world.acts[n].event.intent?.at ?? Place())],
                    resolution: later != nil ? "accepted later" : nil))
        }
        for n in book.tenders {
            guard let start = world.time(n) else { continue }
            let hours = alarms.policy.hours("tender-unanswered.hours")
            let deadline = start + hours * 3600
            let answer = book.answers.compactMap { world.time($0) }.filter { $0 >= start }.min()
            if let answer, answer <= deadline { continue }
            guard alarms.passed(deadline) else { continue }
            alarms.raise(
                "tender-unanswered", on: t,
                Alarms.Hit(
                    figures: [
                        "carrier": world.name(world.acts[n].carrier.partner ?? world.things[t].carrier),
                        "hours": String(hours),
                        "tendered": Moment(epochSeconds: start).dateOnly.description,
                        "answered": answer.map { Moment(epochSeconds: $0).dateOnly.description } ?? "?",
                    ],
                    detected: deadline, evidence: [world.evidence(n, "the tender")],
                    resolution: answer != nil ? "answered later" : nil))
        }
    }

    /// Ship notices against what is open on the order's lines: the quantity as last changed, less what other notices shipped.
    private static func quantities(_ o: Int, _ book: OrderBook, _ books: Books, _ world: World, _ alarms: inout Alarms)
    {
        guard let order = book.latest else { return }
        let all = books.shipments(of: o, world).flatMap { s in
            (books.shipments[s]?.shipped ?? []).filter { $0.order == o }.map { (shipment: s, line: $0) }
        }
        .sorted { (world.time($0.line.act) ?? 0, $0.line.act) < (world.time($1.line.act) ?? 0, $1.line.act) }
        let rejected = book.rejectedItems(world)
        for item in order.items where !item.isCancelled && !rejected.contains(item.number) {
            guard let wanted = item.quantity else { continue }
            let lines = all.filter { $0.line.item == item.number && world.tables.comparable($0.line.unit, item.unit) }
            guard let last = lines.last else {
                missing(o, item, wanted, all.map { ($0.shipment, $0.line.act) }, world, &alarms)
                continue
            }
            let total = lines.reduce(Exact.zero) { $0 + $1.line.quantity }
            if total == wanted { continue }
            let before = total - last.line.quantity
            let open = wanted - before
            let over = total > wanted
            let percent = alarms.policy.figure(over ? "shipment-over.percent" : "shipment-short.percent")
            guard OrderRules.beyond(total, wanted, percent) else { continue }
            var money = ["shippedQuantity": last.line.quantity, "openQuantity": open]
            money["price"] = item.price
            alarms.raise(
                over ? "shipment-over" : "shipment-short", on: last.shipment,
                Alarms.Hit(
                    detail: world.name(thing: o) + "/" + item.number,
                    figures: [
                        "order": world.name(thing: o), "line": item.number, "shipped": last.line.quantity.description,
                        "open": open.description, "unit": last.line.unit ?? item.unit ?? "units",
                    ],
                    money: money, currency: item.currency, detected: world.time(last.line.act),
                    evidence: [
                        world.evidence(last.line.act, "ships \(last.line.quantity)", last.line.at),
                        world.evidence(item.act, "ordered \(wanted)", item.at),
                    ]))
        }
    }

    /// A line that no notice ships although the order's only notices are there.
    private static func missing(
        _ o: Int, _ item: Item, _ wanted: Exact, _ notices: [(Int, Int)], _ world: World, _ alarms: inout Alarms
    ) {
        guard let last = notices.last else { return }
        var money = ["shippedQuantity": Exact.zero, "openQuantity": wanted]
        money["price"] = item.price
        alarms.raise(
            "shipment-short", on: last.0,
            Alarms.Hit(
                detail: world.name(thing: o) + "/" + item.number,
                figures: [
                    "order": world.name(thing: o), "line": item.number, "shipped": "0", "open": wanted.description,
                    "unit": item.unit ?? "units",
                ],
                money: money, currency: item.currency, detected: world.time(last.1),
                evidence: [
                    world.evidence(last.1, "does not ship the line"),
                    world.evidence(item.act, "ordered \(wanted)", item.at),
                ]))
    }

    private static func delayed(_ t: Int, _ book: ShipmentBook, _ books: Books, _ world: World, _ alarms: inout Alarms)
    {
        for s in book.statuses
        where ["estimated-delivery", "delayed", "shipment-delay", "delivery-exception"].contains(s.word) {
            guard let expected = s.moment, s.role != "status",
                let promised = books.promised(t, world, before: world.time(s.act)),
                expected.day > promised.day
            else { continue }
            let later = book.statuses.last {
                (world.time($0.act) ?? 0) > (world.time(s.act) ?? 0)
                    && ["estimated-delivery", "delayed", "shipment-delay"].contains($0.word) && $0.moment != nil
            }
            let settled = later.flatMap(\.moment).map { $0.day <= promised.day } ?? false
            let days = expected.day - promised.day
            alarms.raise(
                "shipment-delayed", on: t,
                Alarms.Hit(
                    figures: [
                        "expected": expected.dateOnly.description, "promised": promised.dateOnly.description,
                        "days": days == 1 ? "1 day" : "\(days) days",
                    ],
                    detected: world.time(s.act),
                    evidence: [world.evidence(s.act, "announces \(expected.dateOnly)", s.at)],
                    resolution: settled ? "the promised date stands again" : nil))
        }
    }

    private static func damaged(_ t: Int, _ book: ShipmentBook, _ world: World, _ alarms: inout Alarms) {
        for s in book.statuses where ["damaged", "lost", "refused"].contains(s.word) {
            alarms.raise(
                "shipment-damaged", on: t,
                Alarms.Hit(
                    figures: [
                        "status": s.word,
                        "when": (s.moment ?? world.papers[world.acts[s.act].paper].document.time)?.dateOnly.description
                            ?? "an unknown day",
                    ],
                    detected: s.moment?.epochSeconds ?? world.time(s.act),
                    evidence: [world.evidence(s.act, "reports \(s.word)", s.at)]))
        }
    }
}
