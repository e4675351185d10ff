import Schemas
import Vocabulary

/// `schemas/lanes.yaml`: deadlines of the lanes, what a code needs, what to do about papers.
struct Lanes: Sendable {
    struct Deadline: Sendable {
        enum Anchor: String, Sendable { case loading, departure, arrival, acceptance, release, limit }

        let what: String
        let regimes: [String]
        /// Empty for all.
        let modes: Set<String>
        /// Seconds from the anchor; negative for before.
        let seconds: Int
        let anchor: Anchor
        let basis: String
        let source: String
        let since: Moment
        /// The paper whose lack makes it urgent.
        let document: String?

        func holds(_ regime: String, _ mode: String?, at moment: Moment) -> Bool {
            guard since <= moment else { return false }
            if !modes.isEmpty, mode.map({ modes.contains($0) }) != true { return false }
            return regimes.contains {
                $0 == "*" || $0 == regime || ($0.hasPrefix("*") && regime.hasSuffix($0.dropFirst()))
            }
        }
    }

    /// What is to be done about a paper that is not held, or about a conflict.
    struct Paper: Sendable {
        let owner: String
        let ask: String
        let action: String

        init(_ n: Node) throws(SchemaFault) {
            try n.allow(["owner", "ask", "action"])
            guard let owner = try n.string("owner"), let ask = try n.string("ask"), let action = try n.string("action")
            else { throw n.fault("it needs owner, ask and action") }
            (self.owner, self.ask, self.action) = (owner, ask, action)
        }
    }

    /// An element of the importer security filing, and where papers say it.
    struct Element: Sendable {
        let name: String
        let parties: [String]
        /// The party's identifier is wanted, not its name.
        let isNumber: Bool
        let term: String?
        let locations: [String]
    }

    let deadlines: [Deadline]
    let carrier: (what: String, source: String)
    let digits: [String: Int]
    let isf: [Element]
    let papers: [String: Paper]

    init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("lanes.yaml")
        var deadlines: [Deadline] = []
        for n in try root.required("deadlines").list { deadlines.append(try Lanes.deadline(n)) }
        self.deadlines = deadlines
        let own = try root.required("carrier")
        carrier = (try own.required("what").text ?? "", try own.required("source").text ?? "")
        var digits: [String: Int] = [:]
        for m in try root.required("code-digits").members { digits[m.key] = Int(m.value.text ?? "") }
        self.digits = digits
        isf = try root.required("isf").members.map { m in
            Element(
                name: m.key, parties: m.value["party"]?.texts ?? [], isNumber: m.value["id"]?.text == "true",
                term: m.value["term"]?.text, locations: m.value["location"]?.texts ?? [])
        }
        var papers: [String: Paper] = [:]
        for m in try root.required("papers").members { papers[m.key] = try Paper(m.value) }
        self.papers = papers
    }

    private static func deadline(_ n: Node) throws(SchemaFault) -> Deadline {
        try n.allow([
            "what", "regimes", "modes", "hours", "days", "before", "after", "limit", "basis", "since", "document",
            "source",
        ])
        guard let what = try n.string("what"), let basis = try n.string("basis"), let source = try n.string("source"),
            let since = try n.string("since").flatMap({ Moment(iso: $0) })
        else { throw n.fault("a deadline needs what, basis, since and source") }
        guard ["law", "carrier", "own-target"].contains(basis) else {
            throw n.fault("a basis is law, carrier or own-target")
        }
        var anchor = Deadline.Anchor.limit
        var seconds = 0
        if n["limit"] == nil {
            let (before, after) = (try n.string("before"), try n.string("after"))
            let (hours, days) = (try n.int("hours"), try n.int("days"))
            guard let word = before ?? after, let known = Deadline.Anchor(rawValue: word),
                let length = hours.map({ $0 * 3600 }) ?? days.map({ $0 * 86_400 })
            else { throw n.fault("a deadline is so many hours or days before or after an event") }
            anchor = known
            seconds = before == nil ? length : -length
        }
        return Deadline(
            what: what, regimes: try n.required("regimes").texts, modes: Set(n["modes"]?.texts ?? []), seconds: seconds,
            anchor: anchor, basis: basis, source: source, since: since, document: try n.string("document"))
    }
}
