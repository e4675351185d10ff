import Schemas
import Vocabulary

/// One cross-border shipment as it lies on the customs desk.
struct ShipmentCase {
    let shipment: Int
    let book: ShipmentBook
    let file: CustomsFile
    /// As in readiness.ndjson.
    let regime: String
    /// `sea`, `air`, `road`, `rail`; nil where no paper says it.
    let mode: String?
    let cutOff: Moment?
    /// Names of required papers that are not held.
    let missing: [String]
    let world: World
    let books: Books
    let policy: Policy
    let desk: Desk
    let asOf: Moment

    /// The declaration that counts: the last that was not rejected, else the last.
    var declaration: Int? { file.valid(world) ?? file.declarations.last }
    var isImport: Bool { regime.hasSuffix("-import") }
    var isExport: Bool { regime.hasSuffix("-export") }
    var isTransit: Bool { regime == "transit" }

    /// Papers of the shipment, of some event types, in order of time.
    func papers(_ types: Set<String>) -> [Int] {
        (file.papers + file.invoices).filter { types.contains(world.acts[$0].type) }
    }

    /// Header and lines of an act.
    func blocks(_ n: Int) -> [Facts] { [world.acts[n].facts] + world.acts[n].event.lines.map(\.facts) }

    func document(_ n: Int) -> Document { world.papers[world.acts[n].paper].document }

    /// The day that a customs act speaks of, else that of its document.
    func moment(_ n: Int, _ roles: [String]) -> Moment? {
        for role in roles { if let d = world.acts[n].facts.date(role) { return d.value } }
        return document(n).time
    }

    /// The first date of a role that the papers give, the last paper first.
    func date(_ roles: [String]) -> (value: Moment, act: Int, at: Place)? {
        for n in (file.papers + file.answers + file.declarations).reversed() {
            for role in roles {
                if let d = world.acts[n].facts.date(role) { return (d.value, n, d.at) }
            }
        }
        return nil
    }

    /// The arrival that papers announce or report.
    var arrival: Moment? { date(["arrived", "estimated-arrival", "estimated-delivery"])?.value }

    /// When something was declared, held, released: the customs acts in order of time, with their finer state.
    var steps: [(act: Int, state: String)] {
        let acts = file.declarations + file.summaries + file.answers
        return world.inTime(acts).map { n in
            let act = world.acts[n]
            let plain = act.type.split(separator: ".").last.map(String.init) ?? act.type
            if act.type == "customs.declared" {
                let kind = document(n).type == "entry-summary" ? "entry-summary-lodged" : "lodged"
                return (n, ["change", "replace"].contains(act.facts.term("purpose")) ? "amended" : kind)
            }
            return (n, act.facts.term("customs-status") ?? plain)
        }
    }

    /// Whether a paper is held that no deadline has to wait for.
    private func isHeld(_ document: String) -> Bool {
        switch document {
        case "declaration": declaration != nil && !missing.contains(document)
        case "entry-summary":
            !file.summaries.isEmpty
                || file.declarations.contains { n in blocks(n).contains { $0.reference("entry-summary") != nil } }
        default: false
        }
    }

    /// Deadlines that can be told a day and of which the paper is not held, earliest first.
    func deadlines() -> [Readiness.Deadline] {
        var out: [Readiness.Deadline] = []
        for d in desk.lanes.deadlines where d.holds(regime, mode, at: asOf) {
            guard d.document.map({ isHeld($0) }) != true, let from = anchor(d.anchor) else { continue }
            let at = d.anchor == .limit ? from : Moment(epochSeconds: from.epochSeconds + d.seconds)
            out.append(Readiness.Deadline(what: d.what, at: at, basis: d.basis, source: d.source))
        }
        if let closing = date(["cut-off"]) {
            out.append(
                Readiness.Deadline(
                    what: desk.lanes.carrier.what, at: closing.value, basis: "carrier",
                    source: desk.lanes.carrier.source))
        }
        return out.sorted { ($0.at.epochSeconds, $0.what, $0.source) < ($1.at.epochSeconds, $1.what, $1.source) }
    }

    private func anchor(_ a: Lanes.Deadline.Anchor) -> Moment? {
        switch a {
        case .loading, .departure: date(["departed", "shipped", "estimated-departure"])?.value
        case .arrival: arrival
        case .acceptance:
            file.answers.first { world.acts[$0].type == "customs.accepted" }.flatMap { moment($0, ["acceptance"]) }
        case .release:
            file.answers.first { world.acts[$0].type == "customs.released" }.flatMap { moment($0, ["release"]) }
        case .limit: file.answers.compactMap { world.acts[$0].facts.date("limit")?.value }.max()
        }
    }
}
