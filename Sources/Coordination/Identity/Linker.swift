import Schemas
import Vocabulary

/// Why an act belongs to a thing.
struct Tie: Sendable, Hashable {
    let thing: Int
    let method: LinkMethod
    let rule: String
    let confidence: Int
    let text: String
    let at: Place
}

/// What one act is about.
struct Ties: Sendable {
    var direct: [Tie] = []
    var derived: [Tie] = []
    /// References that lead nowhere, and those that fit several.
    var unknown: [Reference] = []
    var ambiguous: [(reference: Reference, hits: [Registry.Hit])] = []

    func things(_ kind: EntityKind, _ registry: Registry) -> [Int] {
        direct.map(\.thing).filter { registry.things[$0].kind == kind }
    }

    mutating func add(_ tie: Tie) {
        if !direct.contains(where: { $0.thing == tie.thing }) { direct.append(tie) }
    }
}

/// Links documents to things by the ordered, named rules of `docs/matching.md`.
struct Linker {
    let acts: [Act]
    let papers: [Paper]
    let registry: Registry
    /// Shipment of each act that helped to find one.
    let shipmentOf: [Int: Int]
    let tables: MatchingTables

    /// Thing → the things it leads up to: a shipment to its orders, an invoice to its orders or shipment, …
    private(set) var upward: [Int: Set<Int>] = [:]
    private(set) var ties: [Ties]
    /// Order → the shipments that lead up to it, as the last climb found them.
    private var carrying: [Int: Set<Int>] = [:]
    /// Container → the shipments that bear its number.
    private let carriedIn: [String: [Int]]

    init(
        acts: [Act], papers: [Paper], registry: Registry, shipmentOf: [Int: Int], tables: MatchingTables
    ) {
        self.acts = acts
        self.papers = papers
        self.registry = registry
        self.shipmentOf = shipmentOf
        self.tables = tables
        ties = Array(repeating: Ties(), count: acts.count)
        carriedIn = Linker.containers(registry)
        owners()
        for n in acts.indices where !isQuiet(acts[n]) { named(n) }
        climb()
        for n in acts.indices where !isQuiet(acts[n]) { settled(n) }
        climb()
        derive()
    }

    /// Enquiries and quotations come before any order; acknowledgements of an exchange are about messages; some mails
    /// say nothing of their own.
    private func isQuiet(_ act: Act) -> Bool {
        act.type == "exchange.acknowledged" || act.type.hasPrefix("quote.")
            || papers[act.paper].document.status == .rejected || papers[act.paper].isTest
            || act.event.intent.map { tables.silentIntents.contains($0.name) } == true
    }

    // MARK: The document's own thing

    private mutating func owners() {
        for (t, thing) in registry.things.enumerated() {
            for n in thing.acts {
                let act = acts[n]
                let ref = own(act, thing)
                tie(n, t, ref, rank: ref.map { rank($0, t) } ?? 0, rule: "own-number")
            }
        }
        for (n, t) in shipmentOf.sorted(by: { $0.key < $1.key }) {
            let ref = acts[n].facts.references.first { tables.scopes[$0.kind] != nil }
            tie(n, t, ref, rank: ref.map { rank($0, t) } ?? 0, rule: "shipment-number")
        }
    }

    private func own(_ act: Act, _ thing: Thing) -> Reference? {
        switch thing.kind {
        case .purchaseOrder: act.facts.reference("purchase-order")
        case .invoice: act.facts.reference("invoice")
        case .payment: act.facts.reference("payment")
        case .customsEntry: Founding.numbers(act).first
        case .shipment: act.facts.references.first { tables.scopes[$0.kind] != nil }
        }
    }

    private func rank(_ r: Reference, _ t: Int) -> Int {
        registry.things[t].identifiers.keys.contains { $0.value == r.value } ? 0 : 1
    }

    private mutating func tie(_ n: Int, _ t: Int, _ ref: Reference?, rank: Int, rule: String) {
        let thing = registry.things[t]
        let exact = ref.map { r in thing.identifiers.keys.contains { $0.value == r.raw.uppercased() } } ?? false
        let text = ref.map { "\($0.kind) \($0.raw)" + ($0.isRepaired ? ", repaired to \($0.value)" : "") } ?? "content"
        let isGuess = ref?.isRepaired ?? true
        ties[n].add(
            Tie(
                thing: t, method: isGuess ? .probabilistic : exact ? .exact : .normalised, rule: rule,
                confidence: isGuess ? 800 : rank == 0 ? 1000 : 950, text: text, at: ref?.at ?? Place()))
    }

    // MARK: Numbers named

    private mutating func named(_ n: Int) {
        let act = acts[n]
        var seen: Set<String> = []
        for r in act.facts.references where r.kind != "exchange" && r.kind != "message" {
            guard seen.insert(r.kind + "|" + r.value).inserted, let kinds = kinds(r, act) else { continue }
            switch registry.resolve(r, act, kinds: kinds, least: r.kind == "other" ? 8 : 6) {
            case .none:
                if r.kind != "other" && r.kind != "container" { ties[n].unknown.append(r) }
            case .one(let hit):
                tie(n, hit.thing, r, rank: hit.rank, rule: "number-\(r.kind)")
            case .several(let hits):
                ties[n].ambiguous.append((r, hits))
            }
        }
    }

    /// In which spaces of numbers a reference is looked up; nil where it links nothing.
    private func kinds(_ r: Reference, _ act: Act) -> [String]? {
        switch r.kind {
        case "purchase-order": [r.kind]
        case "invoice", "credited-invoice": ["invoice"]
        case "mrn", "lrn", "entry": papers[act.paper].document.type == "entry-summary" ? nil : [r.kind]
        case "payment": ["payment"]
        case "container": nil
        case "asn", "delivery-note": [r.kind]
        case "other": tables.guesses
        default: tables.scopes[r.kind] != nil ? [r.kind] : nil
        }
    }

    // MARK: What the neighbourhood settles

    /// Candidates that only one of the document's other things agrees with, containers, and orders with one shipment.
    private mutating func settled(_ n: Int) {
        let act = acts[n]
        var still: [(reference: Reference, hits: [Registry.Hit])] = []
        for (ref, hits) in ties[n].ambiguous {
            let held = Set(ties[n].direct.map(\.thing))
            let fitting = hits.filter { h in
                held.contains(h.thing)
                    || held.contains { reach($0).contains(h.thing) || reach(h.thing).contains($0) }
            }
            if fitting.count == 1 {
                tie(n, fitting[0].thing, ref, rank: fitting[0].rank, rule: "number-and-neighbour")
            } else {
                still.append((ref, hits))
            }
        }
        ties[n].ambiguous = still
        guard ties[n].things(.shipment, registry).isEmpty else { return }
        if byContainer(n) || byInvoice(n) { return }
        if tables.byOrder.contains(act.type) && act.event.intent == nil { byOrder(n) }
    }

    private mutating func byContainer(_ n: Int) -> Bool {
        let act = acts[n]
        let boxes = Set(ShipmentFinder.containers(act))
        guard !boxes.isEmpty else { return false }
        let orders = Set(ties[n].things(.purchaseOrder, registry))
        var hits = Set(boxes.flatMap { carriedIn[$0] ?? [] }).sorted()
        if hits.count > 1, !orders.isEmpty { hits = hits.filter { !reach($0).isDisjoint(with: orders) } }
        if hits.count > 1 { hits = hits.filter { registry.things[$0].fit(act) > 0 } }
        let ref = act.facts.reference("container")
        if hits.count == 1 {
            tie(n, hits[0], ref, rank: 0, rule: "container")
            return true
        }
        if hits.count > 1, let ref {
            ties[n].ambiguous.append(
                (ref, hits.map { Registry.Hit(thing: $0, weight: registry.things[$0].fit(act), rank: 0) }))
        }
        return false
    }

    private static func containers(_ registry: Registry) -> [String: [Int]] {
        var out: [String: [Int]] = [:]
        for (t, thing) in registry.things.enumerated() where thing.kind == .shipment {
            for i in thing.identifiers.keys where i.kind == "container" { out[i.value, default: []].append(t) }
        }
        return out
    }

    /// A declaration or certificate whose transport number leads nowhere is about the shipment that its invoice bills.
    private mutating func byInvoice(_ n: Int) -> Bool {
        let act = acts[n]
        guard tables.byInvoice.contains(act.type), act.event.intent == nil,
            papers[act.paper].document.type != "customs-response"
        else { return false }
        var hits: Set<Int> = []
        for i in ties[n].things(.invoice, registry) {
            var own: Set<Int> = []
            for m in registry.things[i].acts { own.formUnion(ties[m].things(.shipment, registry)) }
            if own.isEmpty {
                let shipments = (upward[i] ?? []).reduce(into: Set<Int>()) { $0.formUnion(carrying[$1] ?? []) }
                if shipments.count == 1 { own = shipments }
            }
            hits.formUnion(own)
        }
        guard hits.count == 1, let t = hits.first else { return false }
        tie(n, t, nil, rank: 0, rule: "shipment-of-invoice")
        return true
    }

    private mutating func byOrder(_ n: Int) {
        let orders = ties[n].things(.purchaseOrder, registry)
        guard let first = orders.first else { return }
        let hits = orders.dropFirst().reduce(carrying[first] ?? []) { $0.intersection(carrying[$1] ?? []) }
        if hits.count == 1, let t = hits.first { tie(n, t, nil, rank: 0, rule: "only-shipment-of-order") }
    }

    // MARK: Upwards

    /// Learns from the direct ties what carries what.
    private mutating func climb() {
        for n in acts.indices {
            let own = ties[n].direct.map(\.thing)
            for a in own {
                for b in own where a != b && leads(n, a, b) {
                    upward[a, default: []].insert(b)
                    if registry.things[a].kind == .shipment { carrying[b, default: []].insert(a) }
                }
            }
        }
    }

    private func leads(_ n: Int, _ a: Int, _ b: Int) -> Bool {
        switch (registry.things[a].kind, registry.things[b].kind) {
        case (.customsEntry, .shipment), (.payment, .invoice): true
        case (.invoice, .purchaseOrder): acts[n].type == "invoice.received"
        case (.invoice, .shipment): acts[n].type == "freight-invoice.received"
        // Who names several shipments and several orders does not say which carries which.
        case (.shipment, .purchaseOrder):
            ties[n].things(.shipment, registry).count == 1 || ties[n].things(.purchaseOrder, registry).count == 1
        default: false
        }
    }

    /// Everything a thing leads up to, in steps.
    func reach(_ t: Int) -> Set<Int> {
        var out: Set<Int> = []
        var open = [t]
        while let next = open.popLast() {
            for u in upward[next] ?? [] where out.insert(u).inserted { open.append(u) }
        }
        return out
    }

    private mutating func derive() {
        for n in acts.indices {
            let own = Set(ties[n].direct.map(\.thing))
            var derived: [Tie] = []
            for tie in ties[n].direct {
                for u in reach(tie.thing).sorted() where !own.contains(u) && !derived.contains(where: { $0.thing == u })
                {
                    derived.append(
                        Tie(
                            thing: u, method: tie.method, rule: "derived", confidence: min(tie.confidence, 950),
                            text: "through \(tie.text)", at: tie.at))
                }
            }
            ties[n].derived = derived
        }
    }
}
