import Schemas
import Vocabulary

/// Freight invoices against what was tendered and what was approved since.
enum FreightRules {
    /// The tender's total and what was approved may be billed, nothing above it.
    static func apply(_ t: Int, _ n: Int, _ books: Books, _ world: World, _ alarms: inout Alarms) {
        let act = world.acts[n]
        guard let total = act.facts.amount("total") else { return }
        let tax = act.facts.amounts.filter { $0.role == "tax" }.reduce(Exact.zero) { $0 + $1.value }
        let shipments = world.linker.ties[n].things(.shipment, world.registry)
        guard shipments.count == 1, let book = books.shipments[shipments[0]] else { return }
        let offers = book.tenders.compactMap { world.acts[$0].facts.amount("freight") }
        guard let offer = offers.last else { return }
        let net = total.value - tax
        let approved = book.approvals.compactMap { world.acts[$0].event.intent?.charge }.filter {
            $0.currency == nil || InvoiceRules.currency(n, world) == nil
                || $0.currency == InvoiceRules.currency(n, world)
        }
        let allowed = approved.reduce(offer.value) { $0 + $1.value }
        guard net - allowed > alarms.policy.figure("freight-charge-unapproved.absolute") else { return }
        if let a = offer.currency, let b = InvoiceRules.currency(n, world), a != b { return }
        var f = InvoiceRules.figures(t, n, world)
        f["billed"] = net.fixed(2)
        f["allowed"] = allowed.fixed(2)
        f["currency"] = InvoiceRules.currency(n, world) ?? offer.currency ?? ""
        let charges = ([act.facts] + act.event.lines.map(\.facts)).flatMap(\.amounts).filter {
            $0.role == "charge" && $0.value != offer.value
        }
        f["charge"] = charges.first { c in !approved.contains { $0.value == c.value } }.map {
            "\($0.text ?? $0.code ?? "charge") \($0.value.fixed(2))"
        }
        alarms.raise(
            "freight-charge-unapproved", on: t,
            Alarms.Hit(
                figures: f, money: ["billedFigure": net, "allowedFigure": allowed],
                currency: InvoiceRules.currency(n, world) ?? offer.currency,
                detected: world.time(n),
                evidence: [world.evidence(n, "bills \(net)", total.at)]
                    + book.tenders.suffix(1).map { world.evidence($0, "offered \(offer.value)", offer.at) }))
    }
}
