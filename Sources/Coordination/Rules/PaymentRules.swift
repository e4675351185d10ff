import Schemas
import Vocabulary

/// Exceptions on payments: short ones, and those for invoices that nobody knows.
enum PaymentRules {
    static func apply(_ world: World, _ books: Books, _ alarms: inout Alarms) {
        for (n, act) in world.acts.enumerated() where act.type == "payment.advised" && world.papers[act.paper].counts {
            let payment = act.facts.reference("payment")?.raw ?? "?"
            for l in act.event.lines {
                guard let ref = l.facts.reference("invoice") else { continue }
                let paid = l.facts.amount("paid")
                guard case .one(let hit) = world.registry.resolve(ref, act, kinds: ["invoice"]) else {
                    var money: [String: Exact] = [:]
                    money["paidFigure"] = paid?.value
                    alarms.raise(
                        "payment-unmatched", document: act.paper,
                        Alarms.Hit(
                            detail: ref.value, figures: ["payment": payment, "invoice": ref.raw], money: money,
                            currency: paid?.currency ?? act.facts.term("currency"), detected: world.time(n),
                            evidence: [world.evidence(n, "invoice \(ref.raw)", ref.at)]))
                    continue
                }
                short(hit.thing, n, l, paid, payment, world, &alarms)
            }
        }
    }

    private static func short(
        _ t: Int, _ n: Int, _ l: Line, _ paid: Amount?, _ payment: String, _ world: World, _ alarms: inout Alarms
    ) {
        guard let paid else { return }
        let invoices = world.acts(of: t, ["invoice.received", "freight-invoice.received"]).filter {
            world.things[t].acts.contains($0)
        }
        let billed = invoices.last.flatMap { world.acts[$0].facts.amount("total") }
        let due = l.facts.amount("due")?.value ?? billed?.value
        let explained = l.facts.amounts.filter { $0.role == "adjustment" || $0.role == "discount" }.reduce(Exact.zero) {
            $0 + $1.value.magnitude
        }
        guard let due, due - paid.value - explained > alarms.policy.figure("payment-short.absolute") else { return }
        let currency = paid.currency ?? world.acts[n].facts.term("currency") ?? billed?.currency
        alarms.raise(
            "payment-short", on: t,
            Alarms.Hit(
                figures: [
                    "payment": payment, "paid": paid.value.fixed(2), "dueAmount": due.fixed(2),
                    "currency": currency ?? "",
                    "seller": world.name(world.things[t].seller),
                ],
                money: ["dueFigure": due, "paidFigure": paid.value], currency: currency, detected: world.time(n),
                evidence: [world.evidence(n, "pays \(paid.value)", paid.at)]))
    }
}
