import Schemas
import Vocabulary

/// What is to be done next for a shipment's papers, by whom, before when.
enum NextActions {
    static func of(
        _ at: ShipmentCase, _ conflicts: [Readiness.Conflict], _ findings: [Readiness.Remark],
        _ deadlines: [Readiness.Deadline]
    ) -> [Readiness.Action] {
        let lanes = at.desk.lanes
        func deadline(_ what: String?) -> Moment? { what.flatMap { w in deadlines.first { $0.what == w }?.at } }
        var out: [Readiness.Action] = []
        for name in at.missing {
            guard let paper = lanes.papers[name] else { continue }
            let law = lanes.deadlines.first { $0.document == name && $0.holds(at.regime, at.mode, at: at.asOf) }
            let by = [deadline(law?.what), at.cutOff].compactMap { $0 }.min { $0.epochSeconds < $1.epochSeconds }
            out.append(Readiness.Action(rule: name, text: paper.action, owner: paper.owner, ask: paper.ask, by: by))
        }
        for c in conflicts {
            guard let rule = at.desk.checklists.conflicts[c.rule] else { continue }
            out.append(
                Readiness.Action(rule: c.rule, text: rule.action, owner: rule.owner, ask: rule.ask, by: at.cutOff))
        }
        for f in findings where f.severity == .block || f.severity == .hold {
            guard let rule = at.desk.rules.rules[f.rule] else { continue }
            out.append(
                Readiness.Action(
                    rule: f.rule, text: rule.action, owner: rule.owner, ask: rule.ask,
                    // A cut-off that has passed is no hour by which something that came up since can be done.
                    by: deadline(rule.deadline)
                        ?? at.cutOff.flatMap { $0.epochSeconds > at.asOf.epochSeconds ? $0 : nil }))
        }
        return out
    }
}
