import Schemas
import Vocabulary

/// What the rules of `schemas/readiness-rules.yaml` find in a shipment's papers: the `findings` of readiness.ndjson.
///
/// A rule that is not in the file is not applied. Complexity: O(n) in the papers' lines for most rules; those that compare papers
/// line by line take the product of two papers' lines.
struct Remarks {
    let at: ShipmentCase
    private var found: [Readiness.Remark] = []

    var world: World { at.world }
    var codes: CodeLists { at.desk.codes }

    static func find(_ shipment: ShipmentCase) -> [Readiness.Remark] {
        var r = Remarks(at: shipment)
        r.papers()
        r.values()
        r.quantities()
        r.goods()
        r.parties()
        r.transport()
        r.course()
        return r.found.sorted { $0.rule < $1.rule }
    }

    private init(at: ShipmentCase) { self.at = at }

    /// Evidence told for one rule: enough to see what is meant.
    private static let most = 6

    /// Adds facts to what a rule says, each once.
    mutating func tell(_ rule: String, _ facts: [Evidence]) {
        guard let r = at.desk.rules.rules[rule] else { return }
        if let i = found.firstIndex(where: { $0.rule == rule }) {
            for f in facts where found[i].facts.count < Remarks.most && !found[i].facts.contains(f) {
                found[i].facts.append(f)
            }
            return
        }
        found.append(
            Readiness.Remark(
                rule: rule, severity: r.severity, facts: Array(facts.prefix(Remarks.most)),
                tolerance: Remarks.tolerance(r.figures), list: r.list, refuses: r.refuses, source: r.source))
    }

    /// A tolerance or period of a rule; zero where it has none of the name.
    func figure(_ rule: String, _ name: String) -> Exact { at.desk.rules.rules[rule]?.figures[name] ?? .zero }

    private static func tolerance(_ figures: [String: Exact]) -> String? {
        let words = figures.keys.sorted().compactMap { name in
            figures[name].map { name == "percent" ? "\($0) %" : name == "absolute" ? "\($0)" : "\($0) \(name)" }
        }
        return words.isEmpty ? nil : words.joined(separator: " or ")
    }

    func evidence(_ n: Int, _ text: String, _ place: Place = Place()) -> Evidence { world.evidence(n, text, place) }

    /// Whether two figures part by more than a share of the larger and more than an amount.
    func part(_ a: Exact, _ b: Exact, percent: Exact, absolute: Exact) -> Bool {
        let gap = (a - b).magnitude
        return gap > absolute && gap * Exact(100) > max(a.magnitude, b.magnitude) * percent
    }
}
