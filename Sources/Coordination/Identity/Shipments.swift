import Schemas
import Vocabulary

/// Finds the shipments: events that name a number of one and the same shipment join it together.
///
/// What merely travels together (a container, a sailing, a consolidated bill of several sellers) joins nothing.
struct ShipmentFinder {
    let acts: [Act]
    let papers: [Paper]
    let tables: MatchingTables
    private var sets = DisjointSets()

    /// One number of one act.
    private struct Mention {
        let act: Int
        let kind: String
        let form: String
    }

    init(acts: [Act], papers: [Paper], tables: MatchingTables) {
        self.acts = acts
        self.papers = papers
        self.tables = tables
    }

    /// Adds the shipments to the registry; returns the shipment of each act that joins one.
    mutating func find(_ registry: inout Registry) -> [Int: Int] {
        var buckets: [String: [Mention]] = [:]
        var joining: [Int] = []
        for (n, act) in acts.enumerated() where tables.shipments.contains(act.type) && act.event.intent == nil {
            sets.add(ShipmentFinder.node(n))
            joining.append(n)
            for (kind, value) in ShipmentFinder.numbers(act, tables) {
                guard let form = tables.forms(kind, value).first else { continue }
                buckets[tables.space(kind) + "|" + form, default: []].append(Mention(act: n, kind: kind, form: form))
            }
        }
        for (_, mentions) in buckets.sorted(by: { $0.key < $1.key }) { join(mentions) }

        complete(joining)
        let groups = Dictionary(grouping: joining) { sets.root(ShipmentFinder.node($0)) }
        var shipment: [Int: Int] = [:]
        var loose: [[Int]] = []
        for (_, members) in groups.sorted(by: { $0.key < $1.key }) {
            if isKnown(members) {
                let t = registry.add(thing(members))
                for m in members { shipment[m] = t }
            } else {
                loose.append(members)
            }
        }
        for members in loose { attach(members, &shipment, &registry) }
        return shipment
    }

    /// Numbers by which the act names a shipment, those of its lines included.
    static func numbers(_ act: Act, _ tables: MatchingTables) -> [(kind: String, value: String)] {
        var out: [(kind: String, value: String)] = []
        for r in act.facts.references where tables.scopes[r.kind] != nil && r.kind != "sscc" {
            out.append((r.kind, r.value))
        }
        // Only a whole SSCC is unique in the world; pallet numbers of any other kind say nothing.
        for f in [act.facts] + act.event.lines.map(\.facts) {
            let written = f.equipment.filter { $0.kind == "sscc" }.map(\.id) + f.references("sscc").map(\.value)
            for id in written {
                let digits = NormalForm.strict(id)
                let sscc = digits.count == 20 && digits.hasPrefix("00") ? String(digits.dropFirst(2)) : digits
                if sscc.count == 18, CheckDigit.gs1(sscc), !out.contains(where: { $0.value == sscc }) {
                    out.append(("sscc", sscc))
                }
            }
        }
        return out
    }

    private static func node(_ n: Int) -> String {
        let s = String(n)
        return String(repeating: "0", count: max(0, 9 - s.count)) + s
    }

    /// Joins the acts of one number as far as its scope allows.
    private mutating func join(_ mentions: [Mention]) {
        guard mentions.count > 1 else { return }
        let acts = acts
        // Short numbers and sellers' own ones say nothing without their seller.
        if mentions.allSatisfy({ tables.scopes[$0.kind] == .seller }) || mentions[0].form.count < 5 {
            split(mentions) { acts[$0.act].seller.partner }
            return
        }
        // A bill that several sellers share is a border between their shipments; a tender is one shipment all the same.
        let sellers = Set(mentions.compactMap { m in acts[m.act].seller.isStrong ? acts[m.act].seller.partner : nil })
        if sellers.count > 1, !mentions.contains(where: { $0.kind == "tender" }) {
            split(mentions) { acts[$0.act].seller.partner }
            return
        }
        let carriers = Set(mentions.compactMap { acts[$0.act].carrier.partner })
        // Two carriers use one number, unless every paper names the same seller.
        let sides = Set(mentions.map { acts[$0.act].seller.partner })
        if carriers.count > 1, sides.count > 1 || sides.contains(nil),
            mentions.allSatisfy({ tables.scopes[$0.kind] == .carrier })
        {
            split(mentions) { acts[$0.act].carrier.partner }
            return
        }
        link(mentions)
    }

    /// Joins only the mentions of one partner; those without one stay apart.
    private mutating func split(_ mentions: [Mention], by partner: (Mention) -> String?) {
        for (key, own) in Dictionary(grouping: mentions, by: { partner($0) ?? "" }).sorted(by: { $0.key < $1.key })
        where !key.isEmpty {
            link(own)
        }
    }

    /// Two halves of one shipment that share no number: the tender of an order that nobody answered in writing, and the
    /// papers of the only shipment of that order. They are joined where each order they name has just these two, and no
    /// kind of number stands on both.
    private mutating func complete(_ joining: [Int]) {
        let groups = Dictionary(grouping: joining) { sets.root(ShipmentFinder.node($0)) }
        var halves: [String: (kinds: Set<String>, orders: Set<String>)] = [:]
        var byOrder: [String: Set<String>] = [:]
        for (root, members) in groups {
            var kinds: Set<String> = []
            var orders: Set<String> = []
            for m in members {
                kinds.formUnion(ShipmentFinder.numbers(acts[m], tables).map(\.kind))
                for r in acts[m].facts.references("purchase-order") {
                    guard let form = tables.forms(r.kind, r.value).last else { continue }
                    orders.insert(form)
                }
            }
            halves[root] = (kinds, orders)
            for o in orders { byOrder[o, default: []].insert(root) }
        }
        for (_, pair) in byOrder.sorted(by: { $0.key < $1.key }) where pair.count == 2 {
            let (a, b) = (pair.min() ?? "", pair.max() ?? "")
            guard let x = halves[a], let y = halves[b], x.orders == y.orders, x.kinds.isDisjoint(with: y.kinds),
                agree(groups[a] ?? [], groups[b] ?? [])
            else { continue }
            sets.join(a, b)
        }
    }

    /// Whether no party of the one contradicts the other.
    private func agree(_ a: [Int], _ b: [Int]) -> Bool {
        func partners(_ of: [Int], _ side: (Act) -> Act.Side) -> Set<String> {
            Set(of.compactMap { n in side(acts[n]).isStrong ? side(acts[n]).partner : nil })
        }
        for side in [\Act.seller, \Act.buyer] {
            let (x, y) = (partners(a) { $0[keyPath: side] }, partners(b) { $0[keyPath: side] })
            if !x.isEmpty, !y.isEmpty, x.isDisjoint(with: y) { return false }
        }
        return true
    }

    private mutating func link(_ mentions: [Mention]) {
        for m in mentions.dropFirst() { sets.join(ShipmentFinder.node(mentions[0].act), ShipmentFinder.node(m.act)) }
    }

    /// A report alone does not make a shipment: somebody else has to know of it.
    private func isKnown(_ members: [Int]) -> Bool {
        members.contains { !tables.reports.contains(acts[$0].type) }
            || Set(members.map { papers[acts[$0].paper].document.type }).count > 1
    }

    private func thing(_ members: [Int]) -> Thing {
        var t = Thing(kind: .shipment, key: "")
        var sellers: [String: Int] = [:]
        var buyers: [String: Int] = [:]
        var carriers: [String: Int] = [:]
        for m in members {
            let act = acts[m]
            t.acts.append(m)
            t.partners.formUnion(act.partners)
            // Who notifies the shipment is its seller; a warehouse or forwarder in another message does not outvote him.
            let weight = act.type == "shipment.notified" ? 10 : 1
            if let s = act.seller.partner { sellers[s, default: 0] += weight }
            if let b = act.buyer.partner { buyers[b, default: 0] += act.buyer.isStrong ? 10 : 1 }
            if let c = act.carrier.partner { carriers[c, default: 0] += 1 }
            for (kind, value) in ShipmentFinder.numbers(act, tables) {
                t.identifiers[Identifier(kind, value), default: 0] += 1
            }
            for c in ShipmentFinder.containers(act) { t.identifiers[Identifier("container", c), default: 0] += 1 }
        }
        t.seller = ShipmentFinder.most(sellers)
        t.buyer = ShipmentFinder.most(buyers)
        t.carrier = ShipmentFinder.most(carriers)
        let numbers = t.identifiers.keys.filter { $0.kind != "container" && $0.kind != "sscc" }
        let strongest = tables.shipmentKinds.lazy.compactMap { k in numbers.filter { $0.kind == k }.min() }.first
        t.key = [strongest?.value ?? t.identifiers.keys.min()?.value ?? "", t.seller ?? "", t.carrier ?? ""]
            .joined(separator: "|")
        return t
    }

    static func containers(_ act: Act) -> [String] {
        var out = act.facts.references("container").map { NormalForm.strict($0.value) }
        for f in [act.facts] + act.event.lines.map(\.facts) {
            out += f.equipment.filter { $0.kind == "container" }.map { NormalForm.strict($0.id) }
        }
        return Array(Set(out)).sorted()
    }

    static func most(_ votes: [String: Int]) -> String? {
        votes.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }

    /// Reports of a shipment that no number joins to a known one: the numbers once more, loosened, then the container.
    private func attach(_ members: [Int], _ shipment: inout [Int: Int], _ registry: inout Registry) {
        for m in members {
            let act = acts[m]
            for (kind, value) in ShipmentFinder.numbers(act, tables) {
                if case .one(let hit) = registry.resolve(Reference(kind, value), act, kinds: [kind]),
                    registry.things[hit.thing].kind == .shipment
                {
                    for other in members where shipment[other] == nil {
                        shipment[other] = hit.thing
                        for (k, v) in ShipmentFinder.numbers(acts[other], tables) {
                            registry.things[hit.thing].identifiers[Identifier(k, v), default: 0] += 1
                            registry.enter(Identifier(k, v), hit.thing)
                        }
                        registry.things[hit.thing].acts.append(other)
                    }
                    return
                }
            }
        }
    }
}
