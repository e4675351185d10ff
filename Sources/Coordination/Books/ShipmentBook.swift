import Vocabulary

/// One shipment: what was sent, what its carrier reported, what arrived.
struct ShipmentBook: Sendable {
    let shipment: Int
    /// Ship notices, the packing lists apart.
    private(set) var notices: [Int] = []
    private(set) var tenders: [Int] = []
    private(set) var answers: [Int] = []
    private(set) var statuses: [Status] = []
    private(set) var proofs: [Int] = []
    private(set) var receipts: [Int] = []
    private(set) var shipped: [Shipped] = []
    private(set) var approvals: [Int] = []
    private(set) var papers: [Int] = []

    struct Status: Sendable {
        let act: Int
        let word: String
        /// When it happened or is expected.
        let moment: Moment?
        let role: String?
        let at: Place
    }

    /// What a ship notice says of one order line, package by package summed.
    struct Shipped: Sendable {
        let act: Int
        let order: Int
        let item: String
        var quantity: Exact
        let unit: String?
        let at: Place
    }

    init(_ shipment: Int, _ world: World, _ orders: [Int: OrderBook]) {
        self.shipment = shipment
        let acts = world.inTime(
            (world.actsByThing[shipment] ?? []).filter { world.papers[world.acts[$0].paper].counts })
        for n in acts { file(n, world) }
        for n in notices { ship(n, world, orders) }
    }

    private mutating func file(_ n: Int, _ world: World) {
        let act = world.acts[n]
        papers.append(n)
        switch act.type {
        case "shipment.notified": notices.append(n)
        case "tender.offered", "booking.requested": tenders.append(n)
        case "tender.accepted", "tender.declined", "booking.confirmed": answers.append(n)
        case "delivery.proved": proofs.append(n)
        case "goods.received": receipts.append(n)
        case "charge.approved": approvals.append(n)
        case "shipment.status": report(n, act)
        default: break
        }
    }

    private mutating func report(_ n: Int, _ act: Act) {
        if let intent = act.event.intent {
            statuses.append(
                Status(act: n, word: intent.name, moment: intent.newDate?.value, role: "announced", at: intent.at))
            return
        }
        let word = act.facts.term("status") ?? "other"
        let order = ["delivered", "estimated-delivery", "estimated-arrival", "status", "arrived", "departed"]
        let date = order.lazy.compactMap { act.facts.date($0) }.first
        statuses.append(
            Status(
                act: n, word: word, moment: date?.value, role: date?.role,
                at: act.facts.terms.first { $0.name == "status" }?.at ?? Place()))
    }

    private mutating func ship(_ n: Int, _ world: World, _ books: [Int: OrderBook]) {
        let act = world.acts[n]
        for l in act.event.lines {
            guard let q = l.facts.quantity("shipped"), let (order, found) = OrderBook.item(of: l, act: n, world, books)
            else { continue }
            let item = found.number
            if let s = shipped.firstIndex(where: { $0.act == n && $0.order == order && $0.item == item }) {
                shipped[s].quantity = shipped[s].quantity + q.value
            } else {
                shipped.append(Shipped(act: n, order: order, item: item, quantity: q.value, unit: q.unit, at: q.at))
            }
        }
    }

    // MARK: Looking up

    /// First report or proof of delivery.
    func delivered(_ world: World) -> (moment: Moment, act: Int)? {
        if let p = proofs.lazy.compactMap({ n in world.acts[n].event.delivery?.deliveredAt.map { ($0.value, n) } })
            .first
        {
            return p
        }
        return reportedDelivery
    }

    var reportedDelivery: (moment: Moment, act: Int)? {
        for s in statuses where s.word == "delivered" { if let m = s.moment { return (m, s.act) } }
        return nil
    }

    /// When goods were first seen at the consignee's: by proof or receipt.
    func arrival(_ world: World) -> (time: Int, act: Int)? {
        let times = (proofs + receipts).compactMap { n -> (time: Int, act: Int)? in
            let act = world.acts[n]
            let m = act.event.delivery?.deliveredAt?.value ?? act.facts.date("received")?.value
            return (m?.epochSeconds ?? world.time(n)).map { ($0, n) }
        }
        return times.min { ($0.time, $0.act) < ($1.time, $1.act) }
    }

    /// Packages as the notice, the transport document or the tender counts them, in this order.
    func packages(_ world: World) -> (quantity: Quantity, act: Int)? {
        for types in [
            ["shipment.notified", "packing-list.issued"], ["transport-document.issued"],
            ["tender.offered", "booking.requested", "booking.confirmed"],
        ] {
            for n in papers where types.contains(world.acts[n].type) {
                if let q = world.acts[n].facts.quantity("packages"), q.value.isPositive { return (q, n) }
            }
        }
        return nil
    }
}
