import Vocabulary

/// Shipments by documents, as a table.
struct ReadinessMatrix {
    let board: ReadinessBoard

    /// For a screen: marks instead of words, documents by the first letters of their words.
    var table: Table {
        var table = Table(
            [.init("shipment"), .init("partners", gives: true), .init("regime"), .init("verdict")]
                + board.documents.map { .init($0) } + [.init("hours", isNumber: true), .init("next", gives: true)])
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

    /// What the signs mean, and when the hours are counted from.
    var legend: String {
        ReadinessRow.Mark.allCases.map { "\($0.sign) \($0.rawValue)" }.joined(separator: "   ")
            + "   hours: to the cut-off, as of \(Span.plain(board.asOf))"
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
                        action.map { $0.text.isEmpty ? $0.what : $0.text } ?? "",
                    ])
        }
        return table
    }

    private func next(_ row: ReadinessRow) -> String {
        guard let action = row.actions.first else { return "" }
        let more = row.actions.count > 1 ? " (+\(row.actions.count - 1))" : ""
        return (action.owner.isEmpty ? "" : action.owner + ": ") + (action.text.isEmpty ? action.what : action.text)
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
