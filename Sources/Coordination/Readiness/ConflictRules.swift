import Schemas
import Vocabulary

/// Where two papers of a shipment disagree on a declared fact, or one contradicts itself (contract: conflict rules).
struct ConflictRules {
    let file: CustomsFile
    let world: World
    let policy: Policy
    let lists: Checklists
    let declaration: Int
    private var found: [Readiness.Conflict] = []

    static func find(
        _ file: CustomsFile, _ world: World, _ policy: Policy, _ lists: Checklists
    ) -> [Readiness.Conflict] {
        guard let d = file.valid(world) ?? file.declarations.last else { return [] }
        var rules = ConflictRules(file: file, world: world, policy: policy, lists: lists, declaration: d)
        rules.values()
        rules.masses()
        rules.packages()
        rules.items()
        rules.parties()
        rules.containers()
        rules.numbers()
        rules.terms()
        return rules.found.sorted { $0.rule < $1.rule }
    }

    private init(file: CustomsFile, world: World, policy: Policy, lists: Checklists, declaration: Int) {
        self.file = file
        self.world = world
        self.policy = policy
        self.lists = lists
        self.declaration = declaration
    }

    var declared: Event { world.acts[declaration].event }
    var isTransit: Bool { world.papers[world.acts[declaration].paper].document.type == "transit-declaration" }

    mutating func report(_ rule: String, _ facts: [Evidence]) {
        if !found.contains(where: { $0.rule == rule }) { found.append(Readiness.Conflict(rule: rule, facts: facts)) }
    }

    func papers(_ types: [String]) -> [Int] { file.papers.filter { types.contains(world.acts[$0].type) } }

    var cited: [Int] { file.cited(by: declaration, world) }

    // MARK: Value and currency

    private mutating func values() {
        let prices = declared.lines.compactMap { $0.facts.amount("item-price") }
        let currency =
            prices.first?.currency ?? declared.facts.amount("total")?.currency ?? declared.facts.term("currency")
        // One invoice may be held in several copies and formats: count each number once.
        var invoices: [String: Int] = [:]
        for n in cited {
            invoices[world.acts[n].facts.reference("invoice").map { NormalForm.strict($0.value) } ?? ""] = n
        }
        let list = invoices.values.sorted()
        guard !list.isEmpty else { return }
        let currencies = list.compactMap { InvoiceRules.currency($0, world) }
        if let currency, let other = currencies.first(where: { $0 != currency }), !isTransit {
            report(
                "currency-mismatch",
                [
                    world.evidence(declaration, "declared in \(currency)", prices.first?.at ?? Place()),
                    world.evidence(list[0], "invoiced in \(other)"),
                ])
            return
        }
        guard !prices.isEmpty, prices.count == declared.lines.count else { return }
        let sum = prices.reduce(Exact.zero) { $0 + $1.value }
        var billed = Exact.zero
        var lines = 0
        for n in list {
            guard let goods = goods(n) else { return }
            billed = billed + goods
            lines += world.acts[n].event.lines.count
        }
        let tolerance = policy.figure("readiness.value-per-line") * Exact(max(lines, prices.count, 1))
        // The declared total may be that of the goods or of the invoices with what else they bill.
        let totals = list.compactMap { world.acts[$0].facts.amount("total")?.value }.reduce(Exact.zero) { $0 + $1 }
        if let own = declared.facts.amount("total"), own.currency == nil || own.currency == currency, !isTransit,
            ![billed, totals, sum].contains(where: { ($0 - own.value).magnitude <= tolerance })
        {
            report(
                "value-mismatch",
                [
                    world.evidence(declaration, "declared \(own.value.fixed(2)) in all", own.at),
                    world.evidence(list[0], "invoiced \(billed.fixed(2))"),
                ])
        }
        if (sum - billed).magnitude > tolerance {
            report(
                "value-mismatch",
                [
                    world.evidence(declaration, "declared \(sum.fixed(2))", prices[0].at),
                    world.evidence(list[0], "invoiced \(billed.fixed(2))"),
                ])
        }
    }

    /// What an invoice bills for goods: the sum of its lines.
    private func goods(_ n: Int) -> Exact? {
        let act = world.acts[n]
        var sum = Exact.zero
        for l in act.event.lines {
            if let a = l.facts.amount("line") {
                sum = sum + a.value
            } else if let q = l.facts.quantity("invoiced"), let p = Items.price(l.facts) {
                sum = sum + (q.value * p.value).rounded(to: 2)
            } else {
                return act.facts.amount("lines")?.value
            }
        }
        return act.event.lines.isEmpty ? act.facts.amount("lines")?.value ?? act.facts.amount("total")?.value : sum
    }

    // MARK: Masses and packages

    private mutating func masses() {
        for l in declared.lines {
            if let net = l.facts.quantity("net-mass"), let gross = l.facts.quantity("gross-mass"),
                net.value > gross.value
            {
                report(
                    "net-exceeds-gross",
                    [
                        world.evidence(declaration, "item \(l.number ?? "?"): net \(net.value)", net.at),
                        world.evidence(declaration, "gross \(gross.value)", gross.at),
                    ])
            }
        }
        let own = declared.facts.quantity("gross-mass") ?? sum("gross-mass")
        guard let own else { return }
        for n in papers(["transport-document.issued", "packing-list.issued", "shipment.notified"]) {
            guard let other = world.acts[n].facts.quantity("gross-mass"), world.tables.comparable(own.unit, other.unit)
            else { continue }
            if (own.value - other.value).magnitude * Exact(100) > max(own.value, other.value)
                * policy.figure("readiness.mass-percent")
            {
                report(
                    "gross-mass-mismatch",
                    [
                        world.evidence(declaration, "declared \(own.value) kg", own.at),
                        world.evidence(n, "\(other.value) kg", other.at),
                    ])
                return
            }
        }
    }

    private func sum(_ role: String) -> Quantity? {
        let all = declared.lines.compactMap { $0.facts.quantity(role) }
        guard let first = all.first, all.count == declared.lines.count else { return nil }
        return Quantity(role, all.reduce(Exact.zero) { $0 + $1.value }, unit: first.unit, at: first.at)
    }

    private mutating func packages() {
        guard let own = declared.facts.quantity("packages") ?? sum("packages") else { return }
        for n in papers(["transport-document.issued", "packing-list.issued", "shipment.notified"]) {
            guard let other = world.acts[n].facts.quantity("packages"), other.value.isPositive else { continue }
            if own.value != other.value {
                report(
                    "package-count-mismatch",
                    [
                        world.evidence(declaration, "declared \(own.value)", own.at),
                        world.evidence(n, "\(other.value)", other.at),
                    ])
                return
            }
        }
    }
}
