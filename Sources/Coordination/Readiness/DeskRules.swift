import Schemas
import Vocabulary

/// `schemas/readiness-rules.yaml`: what the rules beside checklist and conflicts are called, how grave they are, whose job they are.
struct DeskRules: Sendable {
    struct Rule: Sendable {
        let severity: Readiness.Remark.Severity
        let owner: String
        /// Who outside can mend it.
        let ask: String
        let action: String
        /// The deadline of `lanes.yaml` by which it has to be done.
        let deadline: String?
        /// The list of `lists.yaml` that it looks into.
        let list: String?
        let figures: [String: Exact]
        /// The error of HMRC's Customs Declaration Service that the fault leads to.
        let refuses: String?
        let source: String
    }

    let rules: [String: Rule]

    init(_ files: SchemaFiles, lists: CodeLists, lanes: Lanes) throws(SchemaFault) {
        let root = try files.node("readiness-rules.yaml")
        let figureNames = ["percent", "absolute", "hours", "days"]
        var rules: [String: Rule] = [:]
        for m in root.members {
            let n = m.value
            try n.allow(
                Set(["severity", "owner", "ask", "action", "deadline", "list", "refuses", "source"] + figureNames))
            guard let severity = Readiness.Remark.Severity(rawValue: try n.required("severity").text ?? "") else {
                throw n.fault("a severity is block, hold, warn or info")
            }
            guard let owner = try n.string("owner"), let ask = try n.string("ask"), let action = try n.string("action"),
                let source = try n.string("source")
            else { throw n.fault("a rule needs owner, ask, action and source") }
            let list = try n.string("list")
            if let list, lists.titles[list] == nil { throw n.fault("\(list) is no list of lists.yaml") }
            let deadline = try n.string("deadline")
            if let deadline, !lanes.deadlines.contains(where: { $0.what == deadline }) {
                throw n.fault("\(deadline) is no deadline of lanes.yaml")
            }
            var figures: [String: Exact] = [:]
            for name in figureNames {
                guard let text = try n.string(name) else { continue }
                guard let figure = Exact(text) else { throw n.fault("\(name) has to be a number") }
                figures[name] = figure
            }
            rules[m.key] = Rule(
                severity: severity, owner: owner, ask: ask, action: action, deadline: deadline,
                list: list.flatMap { lists.titles[$0] }, figures: figures, refuses: try n.string("refuses"),
                source: source)
        }
        self.rules = rules
    }
}
