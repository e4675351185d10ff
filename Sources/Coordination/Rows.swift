import Vocabulary

/// The contract's rows of documents, events, entities and links.
extension World {
    private func status(_ p: Paper) -> DocumentStatus { p.copyOf != nil ? .duplicate : p.document.status }

    func documentRows() -> [JSON] {
        papers.map { p in
            let d = p.document
            return .object(
                dropping: d.locator.members + [
                    ("document", .string(p.id)), ("format", .string(d.format.rawValue)), ("type", .string(d.type)),
                    ("version", d.version.map(JSON.string)), ("sender", d.sender.map(JSON.string)),
                    ("receiver", d.receiver.map(JSON.string)), ("number", d.number.map(JSON.string)),
                    ("date", d.date.map { .string($0.dateOnly.description) }),
                    ("envelope", d.envelope.map { .string($0.description) }), ("status", .string(status(p).rawValue)),
                    ("duplicateOf", p.copyOf.map(JSON.string)), ("source", .string(d.source)),
                    ("findings", .array(d.findings.map(\.json))),
                ])
        }
    }

    /// CloudEvents 1.0; a duplicate gives none.
    func eventRows() -> [EventRow] {
        Threads.map(Array(acts.indices)) { eventRow($0) }.compactMap { $0 }
    }

    private func eventRow(_ n: Int) -> EventRow? {
        let act = acts[n]
        let paper = papers[act.paper]
        guard paper.copyOf == nil, paper.document.status != .rejected else { return nil }
        let ties = linker.ties[n]
        let strongest = ties.direct.max { ($0.confidence, ids[$1.thing]) < ($1.confidence, ids[$0.thing]) }
        let links: [JSON] = (ties.direct.map { ($0, "direct") } + ties.derived.map { ($0, "derived") }).map {
            t, relation in
            .object([
                "entity": .string(ids[t.thing]), "kind": .string(things[t.thing].kind.rawValue),
                "relation": .string(relation),
            ])
        }
        guard case .object(var data) = act.event.json else { return nil }
        data["type"] = nil
        data["ordinal"] = nil
        data["newDateFact"] = nil
        data["document"] = .string(paper.id)
        data["links"] = .array(links)
        for (k, v) in paper.document.locator.members { data[k] = v }
        let id = act.event.id(in: paper.document)
        let type = "interline." + act.type
        let row = JSON.object(dropping: [
            ("data", .object(data)), ("datacontenttype", .string("application/json")), ("id", .string(id)),
            ("source", .string("interline:" + (paper.document.sender ?? "unknown"))),
            ("specversion", .string("1.0")),
            ("subject", .string(strongest.map { ids[$0.thing] } ?? paper.id)),
            ("time", paper.document.time.map { .string($0.instant) }), ("type", .string(type)),
        ])
        return EventRow(id: id, document: paper.id, type: type, content: row.bytes)
    }

    func entities(_ alarms: Alarms) -> [Entity] {
        things.indices.map { t in
            let thing = things[t]
            let partners = [thing.buyer, thing.seller, thing.carrier].compactMap { $0 }.map { name($0) }
            return Entity(
                id: ids[t], kind: thing.kind, identifiers: thing.identifiers.keys.sorted(),
                partners: Array(Set(partners)).sorted(), status: standing(t, thing),
                leadsTo: linker.reach(t).map { ids[$0] }.sorted())
        }.sorted { $0.id < $1.id }
    }

    /// One word for where the thing stands, from the acts tied to it.
    private func standing(_ t: Int, _ thing: Thing) -> String {
        let types = Set((actsByThing[t] ?? []).filter { papers[acts[$0].paper].counts }.map { acts[$0].type })
        for (type, word) in [
            ("order.cancelled", "cancelled"), ("order.rejected", "rejected"), ("customs.released", "released"),
            ("customs.held", "held"),
            ("customs.rejected", "rejected"), ("payment.advised", "paid"), ("goods.received", "received"),
            ("delivery.proved", "delivered"),
            ("shipment.status", "in-transit"), ("shipment.notified", "shipped"), ("booking.confirmed", "booked"),
            ("tender.accepted", "booked"), ("order.acknowledged", "acknowledged"), ("customs.accepted", "accepted"),
        ] where types.contains(type) {
            return word
        }
        return "open"
    }

    func links() -> [Link] {
        var rows: [String: Link] = [:]
        for relation in [LinkRelation.direct, .derived] {
            for (n, act) in acts.enumerated() {
                let paper = papers[act.paper]
                for t in relation == .direct ? linker.ties[n].direct : linker.ties[n].derived {
                    let key = paper.id + ids[t.thing]
                    guard rows[key] == nil else { continue }
                    rows[key] = Link(
                        document: paper.id, locator: paper.document.locator, entity: ids[t.thing],
                        kind: things[t.thing].kind,
                        relation: relation, confidence: t.confidence, method: t.method, rule: t.rule,
                        evidence: [Evidence(t.text, document: paper.id, at: t.at)])
                }
            }
        }
        return rows.values.sorted { ($0.locator, $0.kind, $0.entity) < ($1.locator, $1.kind, $1.entity) }
    }

    /// A thing as a person says it: `order 0034120 (Carolina Furniture LLC)`.
    func title(_ t: Int) -> String {
        let partner = things[t].seller ?? things[t].carrier
        return "\(EntityNames.word(things[t].kind)) \(name(thing: t))" + (partner.map { " (\(name($0)))" } ?? "")
    }
}
