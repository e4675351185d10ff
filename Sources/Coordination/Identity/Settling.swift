import Vocabulary

/// Settles what one document leaves open from what its neighbourhood knows.
enum Settling {
    /// A proof's 03/04/2026: the reading that lies nearest to when the shipment is otherwise said to arrive; the other
    /// reading stays as the alternative.
    static func deliveries(
        _ acts: inout [Act], _ papers: inout [Paper], _ byThing: [Int: [Int]], _ registry: Registry
    ) {
        var changed: [(Int, DateFact)] = []
        for (t, members) in byThing where registry.things[t].kind == .shipment {
            let known = members.flatMap { n -> [Moment] in
                acts[n].event.delivery != nil
                    ? []
                    : acts[n].facts.dates.filter {
                        ["delivered", "received", "estimated-delivery", "status", "shipped"].contains($0.role)
                    }.map(\.value)
            }
            guard let latest = known.map(\.day).max() else { continue }
            for n in members {
                guard let d = acts[n].event.delivery?.deliveredAt, !d.alternatives.isEmpty else { continue }
                let readings = [d.value] + d.alternatives
                guard let best = readings.min(by: { abs($0.day - latest) < abs($1.day - latest) }), best != d.value
                else { continue }
                changed.append(
                    (n, DateFact(d.role, best, alternatives: readings.filter { $0 != best }, raw: d.raw, at: d.at)))
            }
        }
        for (n, d) in changed.sorted(by: { $0.0 < $1.0 }) {
            if let before = acts[n].event.delivery?.deliveredAt?.value { papers[acts[n].paper].settle(before, d.value) }
            acts[n].settle(deliveredAt: d)
        }
    }
}
