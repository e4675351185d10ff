import Vocabulary

/// Shipments by documents, as a table.
struct ReadinessMatrix {
    let board: ReadinessBoard
    /// Columns of the screen, nil where there is none.
    let width: Int?

    /// On a screen, which is rarely wide enough for their names, documents go by the first letters of their words; not
    /// where two have the same.
    private var titles: [String] {
        let short = board.documents.map { name in
            name.split(separator: "-").compactMap(\.first).map { $0.uppercased() }.joined()
        }
        return width == nil || Set(short).count < short.count ? board.documents : short
    }

    /// For a screen: marks instead of words.
    var table: Table {
        var table = Table(
            [.init("shipment"), .init("partners", gives: true), .init("regime"), .init("verdict")]
                + titles.map { .init($0) } + [.init("hours", isNumber: true), .init("next", gives: true)])
        for row in board.rows {
            let marks = board.documents.map { row.mark(of: $0) }
            let hours = row.hours(from: board.asOf)
            table.add(
                [row.name, row.partners.joined(separator: ", "), row.regime, row.verdict]
                    + marks.map(\.sign) + [hours.map(String.init) ?? "", next(row)],
                styles: [nil, nil, nil, ReadinessMatrix.style(ofVerdict: row.verdict)] + marks.map(\.style)
                    + [hours.map { $0 < 0 && !row.isReleased } == true ? .red : nil, nil])
        }
        return table
    }

    /// What the signs and letters mean, and when the hours are counted from.
    var legend: [String] {
        let signs = ReadinessRow.Mark.allCases.map { "\($0.sign) \($0.rawValue)" }.joined(separator: "   ")
        let letters = zip(titles, board.documents).filter { $0 != $1 }.map { "\($0) \($1)" }
        return [signs + "   hours: to the cut-off, as of \(Span.plain(board.asOf))"]
            + (letters.isEmpty ? [] : [letters.joined(separator: "   ")])
    }

    /// For a spreadsheet: words instead of marks, the cut-off beside the hours.
    var spreadsheet: Table {
        var table = Table(
            [.init("shipment"), .init("partners"), .init("regime"), .init("verdict")]
                + board.documents.map { .init($0) }
                + ["cut-off", "hours", "conflicts", "owner", "by", "next"].map { .init($0) })
        for row in board.rows {
            let action = row.actions.first
            table.add(
                [row.name, row.partners.joined(separator: ", "), row.regime, row.verdict]
                    + board.documents.map { row.mark(of: $0).rawValue }
                    + [
                        row.cutOff?.instant ?? "", row.hours(from: board.asOf).map(String.init) ?? "",
                        row.conflicts.compactMap { $0["rule"]?.string }.joined(separator: ", "),
                        action?.owner ?? "", action?.by?.instant ?? "",
                        action?.text ?? "",
                    ])
        }
        return table
    }

    private func next(_ row: ReadinessRow) -> String {
        guard let action = row.actions.first else { return "" }
        let more = row.actions.count > 1 ? " (+\(row.actions.count - 1))" : ""
        return (action.owner.isEmpty ? "" : action.owner + ": ") + action.text
            + more
    }

    static func style(ofVerdict verdict: String) -> Terminal.Style? {
        switch verdict {
        case "not-ready", "held": .red
        case "ready", "released": .green
        default: nil
        }
    }
}

extension ReadinessRow.Mark {
    /// Plain ASCII where the screen shows no other letters.
    var sign: String {
        switch self {
        case .held: Terminal.isUnicode ? "✔" : "+"
        case .missing: Terminal.isUnicode ? "✖" : "X"
        case .conflict: Terminal.isUnicode ? "⚠" : "!"
        case .notRequired: Terminal.isUnicode ? "–" : "-"
        }
    }

    var style: Terminal.Style? {
        switch self {
        case .held: .green
        case .missing: .red
        case .conflict: .yellow
        case .notRequired: .dim
        }
    }
}
