import Schemas
import Vocabulary

/// Where two papers of a shipment disagree on a declared fact, or one contradicts itself (contract: conflict rules).
struct ConflictRules {
    let file: CustomsFile
    let thing: Thing
    let world: World
    let policy: Policy
    let declaration: Int
    private var found: [Readiness.Conflict] = []

    static func find(_ file: CustomsFile, _ t: Int, _ world: World, _ books: Books, _ policy: Policy) -> [Readiness
        .Conflict]
    {
        guard let d = file.valid(world) ?? file.declarations.last else { return [] }
        var rules = ConflictRules(file: file, thing: world.things[t], world: world, policy: policy, declaration: d)
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

    private init(file: CustomsFile, thing: Thing, world: World, policy: Policy, declaration: Int) {
        self.file = file
        self.thing = thing
        self.world = world
        self.policy = policy
        self.declaration = declaration
    }

    private var declared: Event { world.acts[declaration].event }
    private var isTransit: Bool { world.papers[world.acts[declaration].paper].document.type == "transit-declaration" }

    private mutating func report(_ rule: String, _ facts: [Evidence]) {
        if !found.contains(where: { $0.rule == rule }) { found.append(Readiness.Conflict(rule: rule, facts: facts)) }
    }

    private func papers(_ types: [String]) -> [Int] { file.papers.filter { types.contains(world.acts[$0].type) } }

    /// Invoices that the declaration cites, else all of the shipment.
    private var cited: [Int] {
        let things = Set(world.linker.ties[declaration].things(.invoice, world.registry))
        let own = file.invoices.filter { n in things.contains { world.things[$0].acts.contains(n) } }
        return own.isEmpty ? file.invoices : own
    }

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

    // MARK: Items

    private mutating func items() {
        var declaredCodes: Set<String> = []
        var origins: Set<String> = []
        for l in declared.lines {
            if let t = l.facts.terms.first(where: { $0.name == "commodity-code" }) {
                let code = NormalForm.strict(t.value)
                if !ConflictRules.isCode(code) {
                    report(
                        "commodity-code-invalid",
                        [world.evidence(declaration, "item \(l.number ?? "?"): \(t.raw)", t.at)])
                } else {
                    declaredCodes.insert(String(code.prefix(6)))
                }
            }
            if let o = origin(l.facts) { origins.insert(o.0) }
        }
        compare(cited + papers(["packing-list.issued", "certificate.issued"]), declaredCodes, origins)
    }

    /// Codes and origins that a paper gives and no declared item has.
    private mutating func compare(_ others: [Int], _ codes: Set<String>, _ origins: Set<String>) {
        for n in others {
            let act = world.acts[n]
            for f in act.event.lines.map(\.facts) + (act.event.lines.isEmpty ? [act.facts] : []) {
                if let t = f.terms.first(where: { $0.name == "commodity-code" }), !codes.isEmpty {
                    let code = NormalForm.strict(t.value)
                    if code.count >= 6, code.allSatisfy(\.isNumber), !codes.contains(String(code.prefix(6))) {
                        report(
                            "commodity-code-mismatch",
                            [
                                world.evidence(declaration, "declared \(codes.sorted().joined(separator: ", "))"),
                                world.evidence(n, t.raw, t.at),
                            ])
                    }
                }
                origin(f, n, origins)
            }
            if !act.event.lines.isEmpty { origin(act.facts, n, origins) }
        }
    }

    private mutating func origin(_ f: Facts, _ n: Int, _ origins: Set<String>) {
        guard let (country, at) = origin(f), !origins.isEmpty, !origins.contains(where: { agree($0, country) }) else {
            return
        }
        report(
            "origin-mismatch",
            [
                world.evidence(declaration, "declared \(origins.sorted().joined(separator: ", "))"),
                world.evidence(n, country, at),
            ])
    }

    private func origin(_ f: Facts) -> (String, Place)? {
        if let t = f.terms.first(where: { $0.name == "origin-country" }), t.value.count == 2 {
            return (t.value.uppercased(), t.at)
        }
        if let l = f.location("origin-country"), let c = l.country ?? l.code, c.count == 2 {
            return (c.uppercased(), l.at)
        }
        return nil
    }

    /// Origin EU agrees with any member state.
    private func agree(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        if a == "EU" || b == "EU" {
            let other = a == "EU" ? b : a
            return ConflictRules.eu.contains(other)
        }
        return false
    }

    private static let eu: Set<String> = [
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
        "MT", "NL", "PL",
        "PT", "RO", "SK", "SI", "ES", "SE",
    ]

    /// Six to ten digits, even in number, of a chapter the Harmonised System has (01 to 97 but 77; 98 and 99 are national).
    static func isCode(_ s: String) -> Bool {
        guard [6, 8, 10].contains(s.count), s.allSatisfy(\.isNumber), let chapter = Int(s.prefix(2)) else {
            return false
        }
        return (1...97).contains(chapter) && chapter != 77
    }

    // MARK: Parties, containers, numbers, terms

    private mutating func parties() {
        for p in declared.facts.parties where p.scheme == "eori" {
            if let id = p.id, !Shape.eori(NormalForm.strict(id)) {
                report("eori-invalid", [world.evidence(declaration, "\(p.role) \(id)", p.at)])
            }
        }
        let direction = declared.facts.term("direction")
        guard
            let own = declared.facts.party("consignee")
                ?? (direction == "export" ? nil : declared.facts.party("importer"))
        else { return }
        for n in papers(["transport-document.issued"]) + cited {
            let act = world.acts[n]
            let role = act.type == "invoice.received" ? "buyer" : "consignee"
            guard let other = act.facts.party(role), let name = other.name, let mine = own.name, !isBearer(name) else {
                continue
            }
            let (a, b) = (world.survey.partners.partner(own), world.survey.partners.partner(other))
            if a == nil || b == nil || a != b, PartnerDirectory.key(name: name) != PartnerDirectory.key(name: mine) {
                report(
                    "consignee-mismatch",
                    [world.evidence(declaration, mine, own.at), world.evidence(n, name, other.at)])
                return
            }
        }
    }

    /// "To order" and banks are no consignees.
    private func isBearer(_ name: String) -> Bool {
        let n = name.uppercased()
        return world.tables.bearers.contains { n.contains($0) }
    }

    private mutating func containers() {
        func boxes(_ n: Int) -> [(String, Place)] {
            world.acts[n].facts.equipment.filter { $0.kind == "container" }.map { (NormalForm.strict($0.id), $0.at) }
        }
        let own = boxes(declaration)
        for (id, at) in own where !CheckDigit.container(id) {
            report("container-check-digit", [world.evidence(declaration, id, at)])
        }
        guard !own.isEmpty else { return }
        for n in papers(["transport-document.issued", "shipment.notified", "booking.confirmed", "shipment.status"]) {
            let other = boxes(n)
            for (id, at) in other where !CheckDigit.container(id) && Shape.container(id) {
                report("container-check-digit", [world.evidence(n, id, at)])
            }
            if !other.isEmpty, Set(other.map(\.0)).isDisjoint(with: Set(own.map(\.0))) {
                report(
                    "container-mismatch",
                    [
                        world.evidence(declaration, own[0].0, own[0].1), world.evidence(n, other[0].0, other[0].1),
                    ])
            }
        }
    }

    private mutating func numbers() {
        for n in [declaration] + file.answers where world.acts[n].event.intent == nil {
            for r in world.acts[n].facts.references where r.kind == "mrn" || r.kind == "entry-summary" {
                let id = NormalForm.strict(r.value)
                if id.count >= 16, !CheckDigit.mrn(id) { report("mrn-invalid", [world.evidence(n, r.raw, r.at)]) }
            }
        }
        let cited = declared.facts.references.filter { $0.kind == "bill-of-lading" || $0.kind == "house-bill" }
        let held = papers([
            "transport-document.issued", "shipment.notified", "booking.confirmed", "tender.offered",
            "booking.requested",
        ]).flatMap { n in
            world.acts[n].facts.references.filter { $0.kind == "bill-of-lading" || $0.kind == "house-bill" }.map {
                (n, $0)
            }
        }
        guard let first = cited.first, let (n, other) = held.first else { return }
        let forms = Set(held.flatMap { world.tables.forms($0.1.kind, $0.1.value) })
        let agrees = cited.contains { r in world.tables.forms(r.kind, r.value).contains { forms.contains($0) } }
        if !agrees {
            report(
                "transport-document-mismatch",
                [world.evidence(declaration, first.raw, first.at), world.evidence(n, other.raw, other.at)])
        }
    }

    private mutating func terms() {
        guard let own = declared.facts.terms.first(where: { $0.name == "incoterm" }) else { return }
        for n in cited {
            guard let other = world.acts[n].facts.terms.first(where: { $0.name == "incoterm" }) else { continue }
            if other.value.prefix(3).uppercased() != own.value.prefix(3).uppercased() {
                report(
                    "incoterm-mismatch",
                    [world.evidence(declaration, own.raw, own.at), world.evidence(n, other.raw, other.at)])
                return
            }
        }
    }
}
