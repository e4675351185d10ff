import Feeds
import Pipeline
import Schemas
import Vocabulary

/// What a run says when it is done: figures that add up, then what has to be looked at first.
struct FirstScreen {
    let report: Run.Report
    let out: String
    /// How many exceptions are told; the others are counted.
    static let limit = 20

    func lines(width: Int?) -> [String] {
        var lines = sums(width)
        lines += [""] + attention(width)
        lines += [""] + owners(width)
        let customs = readiness()
        if !customs.isEmpty { lines += ["", customs] }
        lines += ["", "The rows are in \(out): \(FeedFile.allCases.map(\.name).joined(separator: ", ")), run.json."]
        lines.append("More: interline exceptions --out \(out)   interline explain NUMBER --out \(out)")
        return lines
    }

    private func sums(_ width: Int?) -> [String] {
        let fates: [(Tally.Fate, String)] = [
            (.linked, "linked"), (.notLinked, "not linked"), (.acknowledgements, "acknowl."),
            (.duplicates, "duplicates"), (.test, "test"), (.rejected, "rejected"), (.unknown, "unknown"),
        ]
        let shown = fates.filter { $0.0 != .test || report.tally.count(.test) > 0 }
        var table = Table(
            [.init("format")] + shown.map { .init($0.1, isNumber: true) } + [.init("read", isNumber: true)])
        for (format, counts) in report.tally.fates.sorted(by: { $0.key < $1.key }) {
            let sum = counts.values.reduce(0, +)
            table.add([format] + shown.map { String(counts[$0.0] ?? 0) } + [String(sum)])
        }
        table.add(["all"] + shown.map { String(report.tally.count($0.0)) } + [String(report.tally.documents)])
        let asOf = report.run["asOf"]?.string.flatMap { Moment(iso: $0) }
        return [
            "\(report.tally.documents) documents in \(report.tally.files) files, as of \(asOf.map(Span.plain) ?? "")",
            "",
        ] + table.lines(width: width)
    }

    private func attention(_ width: Int?) -> [String] {
        let roots = Roots.sorted(Roots.attention(report.feed[.exceptions]), news: report.news ?? [])
        guard !roots.isEmpty else { return ["Nothing is open that asks for something to be done."] }
        let shown = roots.prefix(FirstScreen.limit)
        let asOf = report.run["asOf"]?.string.flatMap { Moment(iso: $0) } ?? Moment(epochSeconds: 0)
        var lines = [
            Terminal.styled(
                roots.count > shown.count
                    ? "What to look at first (\(shown.count) of \(roots.count) causes)"
                    : "What to look at (\(roots.count == 1 ? "1 cause" : "\(roots.count) causes"))", .bold)
        ]
        for (i, e) in shown.enumerated() {
            let id = e["exception"]?.string ?? ""
            let isNew = report.news?.contains(id) == true
            let severity = Roots.severity(e)
            let head = [
                isNew ? "new" : "", severity.rawValue, e["owner"]?.string ?? "",
                due(e, asOf), Worth.text(of: e),
            ]
            let number = String(i + 1)
            let margin = String(repeating: " ", count: 4)
            lines.append(
                String(repeating: " ", count: max(0, 2 - number.count)) + number + ". "
                    + Terminal.styled(
                        head.filter { !$0.isEmpty }.joined(separator: " · "), severity == .critical ? .red : .yellow))
            for text in [e["summary"]?.string, e["action"]?.string.map { "→ " + $0 }] {
                guard let text = text.map({ report.privacy?.text($0, keepingMail: true) ?? $0 }) else { continue }
                lines += Terminal.wrapped(Terminal.printable(text), to: width.map { $0 - 4 }).map { margin + $0 }
            }
            lines.append(margin + Terminal.styled("\(e["code"]?.string ?? "")  \(id)", .dim))
        }
        return lines
    }

    private func due(_ e: JSON, _ now: Moment) -> String {
        let text = Span.due(e["due"]?.string, from: now)
        return text.hasPrefix("in ") ? "due " + text : text
    }

    private func owners(_ width: Int?) -> [String] {
        let open = report.feed[.exceptions].filter { Roots.isOpen($0) && Roots.severity($0) > .info }
        guard !open.isEmpty else { return [] }
        var table = Table([
            .init("owner"), .init("critical", isNumber: true), .init("warning", isNumber: true),
            .init("at risk", gives: true),
        ])
        for owner in Set(open.compactMap { $0["owner"]?.string }).sorted() {
            let rows = open.filter { $0["owner"]?.string == owner }
            table.add([
                owner, String(rows.count { Roots.severity($0) == .critical }),
                String(rows.count { Roots.severity($0) == .warning }), Worth(rows).text,
            ])
        }
        return table.lines(width: width)
    }

    private func readiness() -> String {
        var counts: [String: Int] = [:]
        for row in report.feed[.readiness] { counts[row["verdict"]?.string ?? "", default: 0] += 1 }
        guard !counts.isEmpty else { return "" }
        let parts = ["not-ready", "held", "ready", "released"].compactMap { v in counts[v].map { "\($0) \(v)" } }
        let all = report.feed[.readiness].count
        return "Customs: \(all) cross-border shipment\(all == 1 ? "" : "s"), \(parts.joined(separator: ", "))"
    }
}
