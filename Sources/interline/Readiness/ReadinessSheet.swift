import Feeds
import Pipeline
import Vocabulary

/// Everything the customs desk has to know of one shipment.
struct ReadinessSheet {
    struct Paper {
        let document: String
        let mark: ReadinessRow.Mark
        /// What serves as it, as printed, with its file.
        let files: [String]
        let actions: [NextAction]
    }

    /// What one document says, with its words there.
    struct Fact {
        let text: String
        let document: String
        let place: String
        let lines: [(text: String, marked: Bool)]
    }

    struct Issue {
        let rule: String
        let severity: String
        /// Tolerance, code list, the error of customs, and where the rule comes from.
        let basis: String
        let facts: [Fact]
        let actions: [NextAction]
    }

    struct Deadline {
        let what: String
        let at: Moment
        let basis: String
        let source: String
    }

    /// Something that happened to the filing.
    struct Step {
        let time: Moment?
        let what: String
        let details: String
        let document: String
    }

    let row: ReadinessRow
    let identifiers: [String]
    let papers: [Paper]
    let conflicts: [Issue]
    let findings: [Issue]
    let deadlines: [Deadline]
    /// Actions that belong to none of the papers, conflicts and findings.
    let otherActions: [NextAction]
    let life: [Step]

    /// - Parameter events: the run's rows of events whose links name the shipment.
    init(_ row: ReadinessRow, names: Names, quotes: SourceQuotes, events: [JSON]) {
        self.row = row
        identifiers = ReadinessSheet.identifiers(row)
        var told: Set<String> = []
        func actions(_ name: String) -> [NextAction] {
            let own = row.actions.filter { $0.rule == name }
            told.formUnion(own.map { $0.rule + $0.text })
            return own
        }
        func issue(_ json: JSON) -> Issue {
            let rule = json["rule"]?.string ?? ""
            let facts = (json["facts"]?.items ?? []).map { f in
                let id = f["document"]?.string ?? ""
                let document = names.document(id)
                let q = document.map { quotes.quotation(f["at"], in: $0) }
                return Fact(
                    text: f["text"]?.string ?? "", document: document.map(Names.name(ofDocument:)) ?? id,
                    place: q?.place ?? "", lines: q?.lines ?? [])
            }
            let basis = [
                json["tolerance"]?.string.map { "tolerance \($0)" }, json["list"]?.string, json["refuses"]?.string,
                json["source"]?.string,
            ].compactMap(\.self).joined(separator: "; ")
            return Issue(
                rule: rule, severity: json["severity"]?.string ?? "", basis: basis, facts: facts, actions: actions(rule)
            )
        }
        papers = row.required.map { r in
            let document = r["document"]?.string ?? ""
            let mark = row.mark(r)
            return Paper(
                document: document, mark: mark,
                files: (r["by"]?.items ?? []).compactMap(\.string).map { names.name(document: $0) },
                actions: mark == .missing ? actions(document) : [])
        }
        conflicts = row.conflicts.map(issue)
        findings = row.findings.map(issue)
        otherActions = row.actions.filter { !told.contains($0.rule + $0.text) }
        deadlines = ReadinessSheet.deadlines(row)
        life = ReadinessSheet.life(events, names)
    }

    /// `container MSKU8741793`; of many of a kind the first few.
    private static func identifiers(_ row: ReadinessRow) -> [String] {
        let few = 3
        var kinds: [String] = []
        var values: [String: [String]] = [:]
        for i in row.row["identifiers"]?.items ?? [] {
            let kind = i["kind"]?.string ?? ""
            if values[kind] == nil { kinds.append(kind) }
            values[kind, default: []].append(i["value"]?.string ?? "")
        }
        return kinds.flatMap { kind -> [String] in
            let all = values[kind] ?? []
            let shown = all.prefix(few).map { "\(kind) \($0)" }
            return all.count > few ? shown + ["\(all.count - few) more \(kind)"] : shown
        }
    }

    /// Those of the row, with the cut-off where it is not among them, in order of time.
    private static func deadlines(_ row: ReadinessRow) -> [Deadline] {
        var all = (row.row["deadlines"]?.items ?? []).compactMap { d -> Deadline? in
            guard let at = d["at"]?.string.flatMap({ Moment(iso: $0) }) else { return nil }
            return Deadline(
                what: d["what"]?.string ?? "", at: at, basis: d["basis"]?.string ?? "",
                source: d["source"]?.string ?? "")
        }
        if let cutOff = row.cutOff, !all.contains(where: { $0.at.epochSeconds == cutOff.epochSeconds }) {
            all.append(Deadline(what: "cut-off", at: cutOff, basis: "own-target", source: "policy"))
        }
        return all.sorted { ($0.at.epochSeconds, $0.what) < ($1.at.epochSeconds, $1.what) }
    }

    private static func life(_ events: [JSON], _ names: Names) -> [Step] {
        let steps = events.compactMap { e -> (Int, String, Step)? in
            guard let type = e["type"]?.string, type.hasPrefix(prefix + "customs."), let data = e["data"] else {
                return nil
            }
            let facts = Facts(json: data)
            let time = e["time"]?.string.flatMap { Moment(iso: $0) }
            let numbers = ["mrn", "lrn", "entry"].flatMap { kind in
                facts.references(kind).map { "\(kind) \($0.value)" }
            }
            let words = facts.terms.filter { ["customs-status", "reason", "reason-code"].contains($0.name) }
                .map { "\($0.name) \($0.value)" }
            let step = Step(
                time: time, what: String(type.dropFirst(prefix.count)),
                details: (ReadinessSheet.unique(numbers) + ReadinessSheet.unique(words)).joined(separator: " · "),
                document: names.name(document: data["document"]?.string ?? ""))
            // What bears no time was there when customs first answered, at the latest.
            return (time?.epochSeconds ?? Int.min, e["id"]?.string ?? "", step)
        }
        return steps.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    private static let prefix = "interline."

    private static func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }
}

extension ReadinessSheet {
    /// The sheets of a board's shipments, in its order.
    static func sheets(of board: ReadinessBoard, _ holdings: Holdings, _ quotes: SourceQuotes) throws(Fault)
        -> [ReadinessSheet]
    {
        let wanted = Set(board.rows.map(\.entity))
        var events: [String: [JSON]] = [:]
        for e in try holdings.rows(.events) {
            for l in e["data"]?["links"]?.items ?? [] {
                if let id = l["entity"]?.string, wanted.contains(id) { events[id, default: []].append(e) }
            }
        }
        return board.rows.map {
            ReadinessSheet($0, names: board.names, quotes: quotes, events: events[$0.entity] ?? [])
        }
    }
}
