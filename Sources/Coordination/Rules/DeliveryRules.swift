import Schemas
import Vocabulary

/// Exceptions on what arrived: late, short, damaged, refused, unproved.
enum DeliveryRules {
    static func apply(_ world: World, _ books: Books, _ alarms: inout Alarms) {
        for (t, book) in books.shipments.sorted(by: { $0.key < $1.key }) {
            late(t, book, books, world, &alarms)
            receipts(t, book, books, world, &alarms)
            for n in book.proofs { proof(t, n, book, world, &alarms) }
            missing(t, book, world, &alarms)
        }
    }

    private static func late(_ t: Int, _ book: ShipmentBook, _ books: Books, _ world: World, _ alarms: inout Alarms) {
        guard let (delivered, n) = book.delivered(world),
            let promised = books.promised(t, world, before: delivered.lastSecond),
            delivered.day > promised.day, !book.proofs.isEmpty
        else { return }
        let days = delivered.day - promised.day
        alarms.raise(
            "delivery-late", on: t,
            Alarms.Hit(
                figures: [
                    "delivered": delivered.dateOnly.description, "promised": promised.dateOnly.description,
                    "days": days == 1 ? "1 day" : "\(days) days",
                ],
                detected: delivered.epochSeconds,
                evidence: [
                    world.evidence(
                        n, "delivered \(delivered.dateOnly)", world.acts[n].event.delivery?.deliveredAt?.at ?? Place())
                ]))
    }

    private static func proof(_ t: Int, _ n: Int, _ book: ShipmentBook, _ world: World, _ alarms: inout Alarms) {
        guard let d = world.acts[n].event.delivery else { return }
        let at = d.deliveredAt?.value.epochSeconds ?? world.time(n)
        for r in d.remarks {
            let code = r.code == "short" ? nil : r.code == "refused" ? "delivery-refused" : "delivery-damaged"
            guard let code else { continue }
            alarms.raise(
                code, on: t,
                Alarms.Hit(figures: ["remark": r.text], detected: at, evidence: [world.evidence(n, r.text, r.at)]))
        }
        if !d.signed, d.receivedBy.isEmpty {
            alarms.raise(
                "proof-unsigned", on: t,
                Alarms.Hit(detected: at, evidence: [world.evidence(n, "no signature, no name")]))
        }
        // A receipt that counts units by line says it better.
        if alarms.isOpen("delivery-short", t) { return }
        let sent = book.packages(world)
        let count = d.pieces
        let remark = d.remarks.first { $0.code == "short" }
        if let got = count, let sent, got.value < sent.quantity.value {
            alarms.raise(
                "delivery-short", on: t,
                Alarms.Hit(
                    figures: [
                        "received": got.value.description, "shipped": sent.quantity.value.description,
                        "unit": got.unit ?? "packages",
                    ],
                    detected: at,
                    evidence: [
                        world.evidence(n, "received \(got.value)", got.at),
                        world.evidence(sent.act, "shipped \(sent.quantity.value)", sent.quantity.at),
                    ]))
        } else if let remark {
            alarms.raise(
                "delivery-short", on: t,
                Alarms.Hit(
                    figures: [
                        "received": count?.value.description ?? "fewer",
                        "shipped": sent?.quantity.value.description ?? "the packages",
                        "unit": "packages",
                    ],
                    detected: at, evidence: [world.evidence(n, remark.text, remark.at)]))
        }
    }

    /// Receipts count units by order line.
    private static func receipts(_ t: Int, _ book: ShipmentBook, _ books: Books, _ world: World, _ alarms: inout Alarms)
    {
        for n in book.receipts {
            for l in world.acts[n].event.lines {
                if let q = l.facts.quantity("damaged") ?? l.facts.quantity("rejected"), q.value.isPositive {
                    alarms.raise(
                        "delivery-damaged", on: t,
                        Alarms.Hit(
                            detail: l.number ?? "", figures: ["remark": "\(q.value) \(q.unit ?? "units") damaged"],
                            money: ["damagedQuantity": q.value], detected: world.time(n),
                            evidence: [world.evidence(n, "\(q.value) damaged", q.at)]))
                }
            }
        }
        let counted = Received(t, book, books, world)
        for s in book.shipped where counted.isKnown {
            guard let items = books.orders[s.order]?.latest?.items,
                let item = items.first(where: { $0.number == s.item })
            else { continue }
            let got = counted.quantity(s.order, s.item)
            let sent = book.shipped.filter { $0.order == s.order && $0.item == s.item }.reduce(Exact.zero) {
                $0 + $1.quantity
            }
            guard let (quantity, n, at, unit) = got, quantity < sent, world.tables.comparable(unit, s.unit) else {
                continue
            }
            var money = ["shippedQuantity": sent, "receivedQuantity": quantity]
            money["price"] = item.price
            alarms.raise(
                "delivery-short", on: t,
                Alarms.Hit(
                    detail: world.name(thing: s.order) + "/" + s.item,
                    figures: [
                        "order": world.name(thing: s.order), "line": s.item, "received": quantity.description,
                        "shipped": sent.description,
                        "unit": unit ?? s.unit ?? "units",
                    ],
                    money: money, currency: item.currency, detected: world.time(n),
                    evidence: [
                        world.evidence(n, "received \(quantity)", at), world.evidence(s.act, "shipped \(sent)", s.at),
                    ]))
        }
    }

    private static func missing(_ t: Int, _ book: ShipmentBook, _ world: World, _ alarms: inout Alarms) {
        guard let (delivered, n) = book.reportedDelivery else { return }
        let hours = alarms.policy.hours("proof-missing.hours")
        let deadline = delivered.epochSeconds + hours * 3600
        let came = book.proofs.compactMap { world.time($0) }.min()
        if !book.proofs.isEmpty, came.map({ $0 <= deadline }) ?? true { return }
        guard alarms.passed(deadline) else { return }
        alarms.raise(
            "proof-missing", on: t,
            Alarms.Hit(
                figures: [
                    "delivered": delivered.dateOnly.description, "hours": String(hours),
                    "came": came.map { Moment(epochSeconds: $0).dateOnly.description } ?? "?",
                ],
                detected: deadline, evidence: [world.evidence(n, "reported delivered")],
                resolution: came != nil ? "the proof came later" : nil))
    }
}

/// Quantities received by order line over all receipts of a shipment.
struct Received {
    private(set) var isKnown = false
    private var lines: [String: (Exact, Int, Place, String?)] = [:]

    init(_ shipment: Int, _ book: ShipmentBook, _ books: Books, _ world: World) {
        for n in book.receipts {
            for l in world.acts[n].event.lines {
                guard let q = l.facts.quantity("received") else { continue }
                isKnown = true
                guard let (order, item) = books.item(of: l, act: n, world) else { continue }
                let key = "\(order)/\(item.number)"
                let before = lines[key]?.0 ?? .zero
                lines[key] = (before + q.value, n, q.at, q.unit)
            }
        }
    }

    func quantity(_ order: Int, _ item: String) -> (Exact, Int, Place, String?)? { lines["\(order)/\(item)"] }
}
