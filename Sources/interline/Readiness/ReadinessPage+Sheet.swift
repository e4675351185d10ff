import Vocabulary

/// A shipment's section of the page.
extension ReadinessPage {
    func section(_ s: ReadinessSheet, _ i: Int, _ h: inout HTML) {
        let id = "shipment-\(i + 1)"
        h.element("section", [("class", "shipment"), ("id", id), ("aria-labelledby", id + "-name")]) { h in
            h.element("h2", [("id", id + "-name")], text: s.row.name)
            h.element("p", [("class", "sub")]) { h in
                h.write(s.row.regime + ", ")
                h.element("strong", [("class", ReadinessPage.name(ofVerdict: s.row))], text: s.row.verdict)
                for text in [s.identifiers.joined(separator: ", "), s.row.partners.joined(separator: ", ")]
                where !text.isEmpty {
                    h.raw("<br>")
                    h.write(text)
                }
            }
            papers(s, &h)
            issues("Conflicts", s.conflicts, &h)
            issues("Findings", s.findings, &h)
            deadlines(s, &h)
            if !s.otherActions.isEmpty {
                h.element("h3", text: "Next actions")
                actions(s.otherActions, &h)
            }
            life(s, &h)
        }
        h.line()
    }

    private func papers(_ s: ReadinessSheet, _ h: inout HTML) {
        table("Documents", ["Document", "State", "File or action"], &h) { h in
            for p in s.papers {
                h.element("tr") { h in
                    h.element("th", [("scope", "row")], text: p.document)
                    h.element("td", [("class", ReadinessPage.name(of: p.mark))]) { h in
                        h.element("span", [("aria-hidden", "true")], text: ReadinessPage.sign(of: p.mark) + " ")
                        h.write(p.mark.rawValue)
                    }
                    h.element("td") { h in
                        h.write(p.files.joined(separator: "; "))
                        actions(p.actions, &h)
                    }
                }
            }
        }
    }

    private func issues(_ title: String, _ issues: [ReadinessSheet.Issue], _ h: inout HTML) {
        if issues.isEmpty { return }
        h.element("h3", text: title)
        for issue in issues {
            h.element(
                "p", [("class", "odd")], text: issue.rule + (issue.severity.isEmpty ? "" : " (\(issue.severity))"))
            for f in issue.facts {
                h.element("div", [("class", "fact")]) { h in
                    h.write(f.text)
                    h.element("div", [("class", "place")], text: f.document + (f.place.isEmpty ? "" : ", \(f.place)"))
                    if !f.lines.isEmpty { quote(f, &h) }
                }
            }
            if !issue.basis.isEmpty { h.element("div", [("class", "fact place")], text: issue.basis) }
            actions(issue.actions, &h)
        }
        h.line()
    }

    private func quote(_ f: ReadinessSheet.Fact, _ h: inout HTML) {
        h.element("pre") { h in
            for (n, line) in f.lines.enumerated() {
                if n > 0 { h.line() }
                if line.marked { h.element("mark", text: line.text) } else { h.write(line.text) }
            }
        }
    }

    private func deadlines(_ s: ReadinessSheet, _ h: inout HTML) {
        if s.deadlines.isEmpty { return }
        table("Deadlines", ["Deadline", "At", "Left", "Set by"], &h) { h in
            for d in s.deadlines {
                h.element("tr") { h in
                    h.element("th", [("scope", "row")], text: d.what)
                    h.element("td", text: Span.plain(d.at))
                    h.element("td", text: Span.text(from: board.asOf, to: d.at))
                    h.element("td", text: [d.basis, d.source].filter { !$0.isEmpty }.joined(separator: ", "))
                }
            }
        }
    }

    private func life(_ s: ReadinessSheet, _ h: inout HTML) {
        if s.life.isEmpty { return }
        table("Life of the filing", ["Time", "Event", "Details", "Document"], &h) { h in
            for step in s.life {
                h.element("tr") { h in
                    h.element("td", text: step.time.map(Span.plain) ?? "unknown")
                    h.element("td", text: step.what)
                    h.element("td", text: step.details)
                    h.element("td", text: step.document)
                }
            }
        }
    }

    private func actions(_ actions: [NextAction], _ h: inout HTML) {
        if actions.isEmpty { return }
        h.element("ul") { h in
            for a in actions { h.element("li", text: a.sentence(board.asOf)) }
        }
    }

    private func table(_ title: String, _ columns: [String], _ h: inout HTML, _ rows: (inout HTML) -> Void) {
        h.element("h3", text: title)
        h.element("table") { h in
            h.element("thead") { h in
                h.element("tr") { h in
                    for c in columns { h.element("th", [("scope", "col")], text: c) }
                }
            }
            h.element("tbody", [], rows)
        }
        h.line()
    }
}
