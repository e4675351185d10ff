import Schemas
import Vocabulary

/// The course of things: order of dates, deadlines, what customs last said.
extension Remarks {
    mutating func course() {
        sequence()
        cutOff()
        status()
    }

    /// Order, invoice, loading, arrival, release and delivery follow each other, and none is still to come.
    private mutating func sequence() {
        struct Mark {
            let name: String
            let value: Moment
            let act: Int
            let at: Place
        }
        func mark(_ name: String, _ acts: [Int], _ roles: [String]) -> Mark? {
            for n in acts {
                for role in roles {
                    if let d = world.acts[n].facts.date(role), d.alternatives.isEmpty {
                        return Mark(name: name, value: d.value, act: n, at: d.at)
                    }
                }
            }
            return nil
        }
        let orders = (world.linker.upward[at.shipment] ?? []).sorted().flatMap { world.acts(of: $0, ["order.issued"]) }
        let released = at.file.answers.filter { world.acts[$0].type == "customs.released" }
        let marks = [
            mark("ordered", orders, ["issued"]),
            mark(
                "shipped", at.papers(["shipment.notified", "transport-document.issued", "shipment.status"]),
                ["departed", "shipped"]),
            mark("arrived", at.papers(["shipment.status"]), ["arrived"]),
            mark("released", released, ["release"]),
            mark("delivered", at.book.proofs, ["delivered"]),
        ].compactMap { $0 }
        for (a, b) in zip(marks, marks.dropFirst()) where a.value.day > b.value.day {
            // Goods may be released before they arrive.
            if a.name == "arrived", b.name == "released" { continue }
            tell(
                "time-sequence",
                [evidence(a.act, "\(a.name) \(a.value)", a.at), evidence(b.act, "\(b.name) \(b.value)", b.at)])
        }
        for m in marks where m.value.day > at.asOf.day {
            tell("time-sequence", [evidence(m.act, "\(m.name) \(m.value), which is still to come", m.at)])
        }
    }

    /// Something is missing, and the cut-off comes within hours.
    private mutating func cutOff() {
        guard let cut = at.cutOff, !at.missing.isEmpty else { return }
        let left = cut.epochSeconds - at.asOf.epochSeconds
        let hours = Int(figure("time-cutoff", "hours").scaled(to: 0))
        guard left > 0, left <= hours * 3600, let n = (at.file.declarations + at.file.papers + at.file.invoices).first
        else { return }
        tell(
            "time-cutoff",
            [
                evidence(
                    n,
                    "\(at.missing.joined(separator: ", ")) not held \(left / 3600) h before the cut-off of \(cut.instant)"
                )
            ])
    }

    private mutating func status() {
        guard let last = at.file.state(world) else { return }
        switch last.word {
        case "rejected":
            let facts = world.acts[last.act].facts
            let reasons = facts.terms.filter { $0.name == "reason" }
            tell(
                "sts-rejected",
                reasons.isEmpty
                    ? [evidence(last.act, "rejected")] : reasons.map { evidence(last.act, $0.value, $0.at) })
        case "held":
            // A question for documents is told by a rule of its own.
            if world.acts[last.act].facts.term("customs-status") != "documents-requested" { held(last.act) }
        case "accepted":
            // The clock starts with whatever customs said last. What is only registered waits for the goods.
            let hours = Int(figure("sts-stuck", "hours").scaled(to: 0))
            guard world.acts[last.act].facts.term("customs-status") != "registered", let newest = at.file.answers.last,
                let time = world.time(newest), time + hours * 3600 < at.asOf.epochSeconds,
                at.book.proofs.isEmpty, at.book.receipts.isEmpty
            else { return }
            let state = world.acts[newest].facts.term("customs-status") ?? last.word
            if state == "queried" {
                held(newest)
            } else {
                tell(
                    "sts-stuck",
                    [evidence(newest, "\(state) on \(Moment(epochSeconds: time).instant), and nothing since")])
            }
        default: break
        }
    }

    private mutating func held(_ n: Int) {
        let facts = world.acts[n].facts
        let reason = facts.terms.first { $0.name == "reason" }
        let words = [facts.term("customs-status") ?? "held", reason?.value].compactMap(\.self)
        tell("sts-held", [evidence(n, words.joined(separator: ": "), reason?.at ?? Place())])
    }
}
