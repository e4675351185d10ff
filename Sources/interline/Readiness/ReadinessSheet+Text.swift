import Vocabulary

/// The sheet for a screen.
extension ReadinessSheet {
    /// - Parameter now: the run's clock.
    func lines(asOf now: Moment) -> [String] {
        var lines = [
            Terminal.styled(Terminal.printable("\(row.name)  (\(row.entity))"), .bold),
            "  \(row.regime), "
                + Terminal.styled(Terminal.printable(row.verdict), ReadinessMatrix.style(ofVerdict: row.verdict)),
        ]
        lines.append("  as of \(Span.plain(now))")
        if let cutOff = row.cutOff { lines.append("  cut-off: \(Span.due(cutOff.description, from: now))") }
        func say(_ text: String, _ style: Terminal.Style? = nil) {
            lines.append(Terminal.styled(Terminal.printable(text), style))
        }
        if !identifiers.isEmpty { say("  " + identifiers.joined(separator: ", ")) }
        if !row.partners.isEmpty { say("  partners: " + row.partners.joined(separator: ", ")) }

        func section(_ title: String) {
            lines.append("")
            say(title, .bold)
        }
        func tell(_ actions: [NextAction], _ indent: String) {
            for a in actions { say(indent + (Terminal.isUnicode ? "→ " : "-> ") + a.sentence(now)) }
        }
        section("Documents")
        let width = papers.map { Terminal.columns($0.document) }.max() ?? 0
        for p in papers {
            let pad = String(repeating: " ", count: width - Terminal.columns(p.document))
            let files = p.files.isEmpty ? p.mark.rawValue : p.files.joined(separator: "; ")
            lines.append(
                "  " + Terminal.styled(p.mark.sign, p.mark.style) + " "
                    + Terminal.printable("\(p.document)\(pad)  \(files)"))
            tell(p.actions, "      ")
        }
        for (title, issues) in [("Conflicts", conflicts), ("Findings", findings)] where !issues.isEmpty {
            section(title)
            for i in issues {
                say("  \(i.rule)\(i.severity.isEmpty ? "" : " (\(i.severity))")", .yellow)
                for f in i.facts {
                    say("    \(f.text)")
                    let place = [f.document, f.place].filter { !$0.isEmpty }.joined(separator: ", ")
                    if !place.isEmpty { say("      \(place)", .dim) }
                    for l in f.lines { say("      \(l.marked ? "> " : "  ")\(l.text)") }
                }
                if !i.basis.isEmpty { say("      \(i.basis)", .dim) }
                tell(i.actions, "    ")
            }
        }
        if !deadlines.isEmpty {
            section("Deadlines")
            for d in deadlines {
                let from = [d.basis, d.source].filter { !$0.isEmpty }.joined(separator: ", ")
                say("  \(d.what): \(Span.due(d.at.description, from: now))\(from.isEmpty ? "" : "  [\(from)]")")
            }
        }
        if !otherActions.isEmpty {
            section("Next actions")
            tell(otherActions, "  ")
        }
        if !life.isEmpty {
            section("Life of the filing")
            for s in life {
                say(
                    "  \(s.time.map(Span.plain) ?? "at an unknown time")  \(s.what)\(s.details.isEmpty ? "" : "  \(s.details)")"
                )
                say("      \(s.document)", .dim)
            }
        }
        return lines
    }
}
