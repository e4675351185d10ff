import Vocabulary

/// Customs readiness as one page: the matrix, then a section for each shipment. It needs no other file and no script.
struct ReadinessPage {
    let board: ReadinessBoard
    let sheets: [ReadinessSheet]

    var html: String {
        var h = HTML()
        h.raw("<!DOCTYPE html>\n")
        h.element("html", [("lang", "en")]) { h in
            h.line()
            head(&h)
            h.element("body") { h in
                h.line()
                h.element("header") { h in
                    h.element("h1", text: "Customs readiness")
                    h.element("p", text: "As of \(Span.plain(board.asOf)). \(counts)")
                }
                h.line()
                h.element("main") { h in
                    matrix(&h)
                    for (i, sheet) in sheets.enumerated() { section(sheet, i, &h) }
                }
                h.line()
            }
            h.line()
        }
        h.line()
        return h.text
    }

    private var counts: String {
        var counts: [String: Int] = [:]
        for row in board.rows { counts[row.verdict, default: 0] += 1 }
        let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let all = board.rows.count == 1 ? "1 shipment crosses" : "\(board.rows.count) shipments cross"
        return "\(all) a customs border" + (parts.isEmpty ? "." : ": \(parts.joined(separator: ", ")).")
    }

    private func head(_ h: inout HTML) {
        h.element("head") { h in
            h.raw("<meta charset=\"utf-8\">")
            // Nothing is loaded and nothing is run, whatever a text may have brought in.
            h.raw(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            )
            h.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            h.element("title", text: "Customs readiness, \(Span.plain(board.asOf))")
            h.element("style") { $0.raw(ReadinessPage.style) }
        }
        h.line()
    }

    // MARK: Matrix

    private func matrix(_ h: inout HTML) {
        h.element("section", [("class", "matrix")]) { h in
            h.element("table") { h in
                h.element("caption", text: "Shipments and their documents, the most urgent first")
                h.line()
                h.element("thead") { h in
                    h.element("tr") { h in
                        let titles =
                            ["Shipment", "Partners", "Regime", "Verdict"] + board.documents + ["Cut-off", "Hours"]
                        for title in titles { h.element("th", [("scope", "col")], text: title) }
                    }
                }
                h.line()
                h.element("tbody") { h in
                    for (i, row) in board.rows.enumerated() { line(row, i, &h) }
                }
            }
        }
        h.line()
    }

    private func line(_ row: ReadinessRow, _ i: Int, _ h: inout HTML) {
        h.element("tr") { h in
            h.element("th", [("scope", "row")]) { h in h.element("a", [("href", "#shipment-\(i + 1)")], text: row.name)
            }
            h.element("td", text: row.partners.joined(separator: ", "))
            h.element("td", text: row.regime)
            h.element("td", [("class", ReadinessPage.name(ofVerdict: row))], text: row.verdict)
            for document in board.documents { cell(row.mark(of: document), &h) }
            h.element("td", text: row.cutOff.map(Span.plain) ?? "")
            let hours = row.hours(from: board.asOf)
            let isPassed = hours.map { $0 < 0 && !row.isReleased } == true
            h.element("td", [("class", isPassed ? "number bad" : "number")], text: hours.map(String.init) ?? "")
        }
        h.line()
    }

    private func cell(_ mark: ReadinessRow.Mark, _ h: inout HTML) {
        h.element("td", [("class", ReadinessPage.name(of: mark))]) { h in
            h.element("span", [("aria-hidden", "true")], text: ReadinessPage.sign(of: mark) + " ")
            h.write(mark.rawValue)
        }
    }

    static func sign(of mark: ReadinessRow.Mark) -> String {
        switch mark {
        case .held: "✔"
        case .missing: "✖"
        case .conflict: "⚠"
        case .notRequired: "–"
        }
    }

    /// The names of the style sheet's classes.
    static func name(of mark: ReadinessRow.Mark) -> String {
        switch mark {
        case .held: "good"
        case .missing: "bad"
        case .conflict: "odd"
        case .notRequired: "none"
        }
    }

    static func name(ofVerdict row: ReadinessRow) -> String {
        row.isReleased || row.verdict == "ready" ? "good" : "bad"
    }

    private static let style = """
        :root{color-scheme:light}
        body{font:14px/1.45 "Segoe UI",Helvetica,Arial,sans-serif;color:#1b1f24;background:#fff;margin:2rem auto;max-width:1180px;padding:0 1rem}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:0 0 .25rem}h3{font-size:.95rem;margin:1rem 0 .25rem}
        header{border-bottom:2px solid #1b1f24;margin-bottom:1.25rem}header p,.sub{color:#57606a;margin:.25rem 0 .75rem}
        table{border-collapse:collapse;width:100%;margin:.25rem 0 .75rem}caption{text-align:left;color:#57606a;padding:.25rem 0}
        th,td{border-bottom:1px solid #d0d7de;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        thead th{border-bottom:1.5px solid #57606a}tbody th{font-weight:600}
        .number{text-align:right;font-variant-numeric:tabular-nums}
        .good{color:#116329}.bad{color:#a40e26;font-weight:600}.odd{color:#7a4100;font-weight:600}.none{color:#6e7781}
        section.shipment{border-top:2px solid #1b1f24;padding-top:.75rem;margin-top:2rem}
        .fact{margin:.25rem 0 .5rem 1rem}.place{color:#57606a}
        pre{background:#f6f8fa;border-left:3px solid #d0d7de;margin:.25rem 0;padding:.3rem .6rem;font:12px/1.4 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
        pre mark{background:#fff1c2;color:inherit}
        a{color:#0a4f9e}ul{margin:.25rem 0;padding-left:1.25rem}
        @page{size:A4 landscape;margin:12mm}
        @media print{body{font-size:9.5pt;margin:0;max-width:none;padding:0}a{color:inherit;text-decoration:none}thead{display:table-header-group}tr,.fact,pre{break-inside:avoid}h2,h3{break-after:avoid}section.shipment{break-before:page;border-top:0;margin-top:0}}
        """
}
