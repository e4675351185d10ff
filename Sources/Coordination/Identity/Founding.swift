import Vocabulary

/// Finds the orders, invoices, payments and customs entries that documents speak of as theirs.
enum Founding {
    /// Orders: those issued first, each number within its buyer and seller; then what only acknowledgements or changes name.
    static func orders(_ acts: [Act], _ registry: inout Registry) {
        let tables = registry.tables
        for issued in [true, false] {
            for (n, act) in acts.enumerated()
            where tables.orders.contains(act.type) && (act.type == "order.issued") == issued && act.event.intent == nil
            {
                guard let ref = act.facts.reference("purchase-order") else { continue }
                if let t = same(ref, act, .purchaseOrder, registry) {
                    extend(t, ref, act, n, &registry)
                    continue
                }
                let number = issued ? ref.value : NormalForm.withoutRelease(ref.value) ?? ref.value
                add(.purchaseOrder, Identifier("purchase-order", number), act, n, &registry)
            }
        }
    }

    /// Invoices: a number within its seller.
    static func invoices(_ acts: [Act], _ registry: inout Registry) {
        for (n, act) in acts.enumerated() where act.type == "invoice.received" || act.type == "freight-invoice.received"
        {
            guard let ref = act.facts.reference("invoice") else { continue }
            if let t = same(ref, act, .invoice, registry) {
                extend(t, ref, act, n, &registry)
            } else {
                add(.invoice, Identifier("invoice", ref.value), act, n, &registry)
            }
        }
    }

    static func payments(_ acts: [Act], _ registry: inout Registry) {
        for (n, act) in acts.enumerated() where act.type == "payment.advised" {
            guard let ref = act.facts.reference("payment") else { continue }
            if let t = same(ref, act, .payment, registry) {
                extend(t, ref, act, n, &registry)
            } else {
                add(.payment, Identifier("payment", ref.value), act, n, &registry)
            }
        }
    }

    /// Customs entries: the LRN, MRN and entry number that any message of theirs names together.
    static func customs(_ acts: [Act], _ papers: [Paper], _ registry: inout Registry) {
        var sets = DisjointSets()
        let summaries = Set(
            acts.filter { papers[$0.paper].document.type == "entry-summary" }
                .flatMap { numbers($0).map { NormalForm.strict($0.value) } })
        var members: [(act: Int, refs: [Reference])] = []
        for (n, act) in acts.enumerated()
        where act.type.hasPrefix("customs.") && act.event.intent == nil
            && papers[act.paper].document.type != "entry-summary"
        {
            let refs = numbers(act).filter { !summaries.contains(NormalForm.strict($0.value)) }
            guard let first = refs.first else { continue }
            for r in refs { sets.join(NormalForm.strict(first.value), NormalForm.strict(r.value)) }
            members.append((n, refs))
        }
        for (_, versions) in Dictionary(grouping: members, by: { subject(acts[$0.act], papers) }) {
            for m in versions where subject(acts[m.act], papers) != nil {
                sets.join(NormalForm.strict(versions[0].refs[0].value), NormalForm.strict(m.refs[0].value))
            }
        }
        let groups = Dictionary(grouping: members) { sets.root(NormalForm.strict($0.refs[0].value)) }
        for (root, group) in groups.sorted(by: { $0.key < $1.key }) {
            var t = Thing(kind: .customsEntry, key: root)
            for m in group {
                t.acts.append(m.act)
                t.partners.formUnion(acts[m.act].partners)
                for r in m.refs { t.identifiers[Identifier(r.kind, r.value), default: 0] += 1 }
            }
            _ = registry.add(t)
        }
    }

    /// What a declaration is about: a later version may be lodged under a new LRN, with the same invoices, in the same direction.
    private static func subject(_ act: Act, _ papers: [Paper]) -> String? {
        guard act.type == "customs.declared" else { return nil }
        let invoices = act.facts.references("invoice").map { NormalForm.strict($0.value) }.sorted()
        guard !invoices.isEmpty else { return nil }
        return [
            papers[act.paper].document.type, act.facts.term("direction") ?? "", act.seller.partner ?? "",
            act.buyer.partner ?? "",
        ].joined(separator: "|") + invoices.joined(separator: "|")
    }

    static func numbers(_ act: Act) -> [Reference] {
        act.facts.references.filter { ["lrn", "mrn", "entry"].contains($0.kind) }
    }

    /// The thing of the same number whose parties do not contradict.
    private static func same(_ ref: Reference, _ act: Act, _ kind: EntityKind, _ registry: Registry) -> Int? {
        registry.look(ref, act).first { hit in
            let t = registry.things[hit.thing]
            guard t.kind == kind, hit.rank == 0 || kind == .purchaseOrder else { return false }
            if let a = t.seller, let b = act.seller.partner, a != b { return false }
            if kind != .invoice, let a = t.buyer, let b = act.buyer.partner, a != b { return false }
            return true
        }?.thing
    }

    private static func add(
        _ kind: EntityKind, _ identifier: Identifier, _ act: Act, _ n: Int, _ registry: inout Registry
    ) {
        let scope = [act.buyer.partner, act.seller.partner].map { $0 ?? "" }
        var t = Thing(
            kind: kind,
            key: ([NormalForm.strict(identifier.value)] + (kind == .invoice ? [scope[1]] : scope)).joined(
                separator: "|"))
        t.buyer = act.buyer.partner
        t.seller = act.seller.partner
        t.carrier = act.carrier.partner
        t.partners = act.partners
        t.identifiers[identifier] = 1
        t.acts = [n]
        _ = registry.add(t)
    }

    private static func extend(_ t: Int, _ ref: Reference, _ act: Act, _ n: Int, _ registry: inout Registry) {
        registry.things[t].acts.append(n)
        registry.things[t].partners.formUnion(act.partners)
        if registry.things[t].buyer == nil { registry.things[t].buyer = act.buyer.partner }
        if registry.things[t].seller == nil { registry.things[t].seller = act.seller.partner }
    }
}
