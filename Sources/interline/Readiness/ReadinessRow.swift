import Pipeline
import Vocabulary

/// What somebody has to do next about a shipment's papers.
struct NextAction {
    /// The missing document's name, or the rule of the conflict or finding.
    let rule: String
    let text: String
    let owner: String
    /// Who outside has to be asked.
    let ask: String
    let by: Moment?

    /// Of `actions` in a row of readiness.
    init(_ json: JSON) {
        rule = json["rule"]?.string ?? ""
        text = json["text"]?.string ?? ""
        owner = json["owner"]?.string ?? ""
        ask = json["ask"]?.string ?? ""
        by = json["by"]?.string.flatMap { Moment(iso: $0) }
    }

    /// `Ask the supplier for the packing list. [procurement, with supplier, in 6 h (2026-03-31 06:00 UTC)]`.
    func sentence(_ now: Moment) -> String {
        let who = [owner, ask.isEmpty ? "" : "with \(ask)", by.map { Span.due($0.description, from: now) } ?? ""]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        return [text, who.isEmpty ? "" : "[\(who)]"].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// A row of readiness.ndjson as the customs desk looks at it.
struct ReadinessRow {
    enum Mark: String, CaseIterable {
        case held, missing
        case conflict = "in conflict"
        case notRequired = "not required"
    }

    let row: JSON
    /// `shipment NKOL26031877`
    let name: String
    let partners: [String]
    let actions: [NextAction]

    var entity: String { row["entity"]?.string ?? "" }
    var regime: String { row["regime"]?.string ?? "" }
    var verdict: String { row["verdict"]?.string ?? "" }
    var required: [JSON] { row["required"]?.items ?? [] }
    var conflicts: [JSON] { row["conflicts"]?.items ?? [] }
    var findings: [JSON] { row["findings"]?.items ?? [] }
    var cutOff: Moment? { row["cutOff"]?.string.flatMap { Moment(iso: $0) } }

    var isReleased: Bool { verdict == "released" }

    /// Whole hours until the cut-off, rounded down: negative where it has passed, nil where none is known.
    func hours(from now: Moment) -> Int? {
        cutOff.map { then in
            let seconds = then.epochSeconds - now.epochSeconds
            return seconds >= 0 ? seconds / 3600 : -((-seconds + 3599) / 3600)
        }
    }

    func mark(of document: String) -> Mark {
        guard let r = required.first(where: { $0["document"]?.string == document }) else { return .notRequired }
        return mark(r)
    }

    /// A document that is held is in conflict where a conflict's fact is read from one that serves as it.
    func mark(_ requirement: JSON) -> Mark {
        guard requirement["held"]?.bool == true else { return .missing }
        let serving = Set((requirement["by"]?.items ?? []).compactMap(\.string))
        let inConflict = conflicts.contains { c in
            (c["facts"]?.items ?? []).contains { serving.contains($0["document"]?.string ?? "") }
        }
        return inConflict ? .conflict : .held
    }

    /// The most urgent first: what stops the goods, then what is ready, then what is released; each by its cut-off.
    static func precedes(_ a: ReadinessRow, _ b: ReadinessRow) -> Bool {
        func rank(_ r: ReadinessRow) -> (Int, Int, String, String) {
            let verdict = r.isReleased ? 2 : r.verdict == "ready" ? 1 : 0
            return (verdict, r.cutOff?.epochSeconds ?? Int.max, r.name, r.entity)
        }
        return rank(a) < rank(b)
    }
}
