import Feeds
import Pipeline
import Vocabulary

extension Explanation {
    func exception(_ e: JSON) -> [String] {
        let all = rows[.exceptions] ?? []
        let id = e["exception"]?.string ?? ""
        var lines = [
            "\(e["code"]?.string ?? "") on \(names.subject(of: e))",
            "  \(e["severity"]?.string ?? ""), \(e["owner"]?.string ?? ""), \(e["status"]?.string ?? "")  (\(id))",
            "  \(e["summary"]?.string ?? "")",
        ]
        if let action = e["action"]?.string { lines.append("  → \(action)") }
        if let money = e["amountAtRisk"] {
            // A formula of one figure is the figure once more.
            let formula = money["formula"]?.string.flatMap { $0.contains(" ") ? " = \($0)" : nil } ?? ""
            lines.append("  at risk: \(Worth.text(of: e))\(formula)")
        }
        if let text = e["detectedAt"]?.string.flatMap({ Moment(iso: $0) }) {
            lines.append("  since: \(Span.plain(text))")
        }
        if e["due"]?.string != nil { lines.append("  due: \(Span.due(e["due"]?.string, from: asOf))") }
        if let resolution = e["resolution"]?.string { lines.append("  resolved: \(resolution)") }
        if let cause = e["causedBy"]?.string.flatMap({ c in all.first { $0["exception"]?.string == c } }) {
            lines.append("  follows from: \(cause["summary"]?.string ?? "")  (\(cause["exception"]?.string ?? ""))")
        }
        for effect in all where effect["causedBy"]?.string == id {
            lines.append("  leads to: \(effect["summary"]?.string ?? "")  (\(effect["exception"]?.string ?? ""))")
        }
        for c in e["candidates"]?.items ?? [] {
            lines.append("  may be: \(names.name(entity: c["entity"]?.string ?? "")), weight \(c["weight"]?.int ?? 0)")
        }
        return lines + ["  evidence:"] + evidence(e["evidence"]?.items ?? [], indent: "    ")
    }

    func link(_ l: JSON) -> [String] {
        let document = names.document(l["document"]?.string ?? "")
        return [
            "\(document.map(Names.name(ofDocument:)) ?? "") belongs to \(names.name(entity: l["entity"]?.string ?? ""))",
            "  \(rule(l))  (\(l["link"]?.string ?? ""))", "  evidence:",
        ] + evidence(l["evidence"]?.items ?? [], indent: "    ")
    }

    private func rule(_ l: JSON) -> String {
        "\(l["relation"]?.string ?? ""), \(l["method"]?.string ?? "") by rule \(l["rule"]?.string ?? "?"), "
            + "confidence \(percent(l["confidence"]))"
    }

    func entity(_ e: JSON) -> [String] {
        let id = e["entity"]?.string ?? ""
        var lines = [Names.name(ofEntity: e) + "  (\(id))"]
        for i in e["identifiers"]?.items ?? [] {
            lines.append("  \(i["kind"]?.string ?? ""): \(i["value"]?.string ?? "")")
        }
        let partners = (e["partners"]?.items ?? []).compactMap(\.string)
        if !partners.isEmpty { lines.append("  partners: \(partners.joined(separator: ", "))") }
        if let status = e["status"]?.string { lines.append("  status: \(status)") }
        if let r = (rows[.readiness] ?? []).first(where: { $0["entity"]?.string == id }) { lines += readiness(r) }
        let below = (rows[.entities] ?? []).filter { ($0["leadsTo"]?.items ?? []).contains(.string(id)) }
        if !below.isEmpty {
            lines.append("  of it: " + below.map { Names.name(ofEntity: $0) }.sorted().joined(separator: ", "))
        }
        let involved = Set([id] + below.compactMap { $0["entity"]?.string })
        let exceptions = Roots.sorted(
            (rows[.exceptions] ?? []).filter { involved.contains($0["entity"]?.string ?? "") })
        if !exceptions.isEmpty { lines.append("  exceptions:") }
        lines += exceptions.map(short)
        let links = inTimeOrder((rows[.links] ?? []).filter { $0["entity"]?.string == id })
        for relation in LinkRelation.allDirections {
            let list = links.filter { $0["relation"]?.string == relation.rawValue }
            if list.isEmpty { continue }
            lines.append("  documents, \(relation.rawValue):")
            for l in list {
                lines.append("    \(names.name(document: l["document"]?.string ?? ""))")
                lines.append("      \(rule(l))  (\(l["link"]?.string ?? ""))")
                if relation == .direct {
                    lines += evidence(l["evidence"]?.items ?? [], indent: "      ")
                } else {
                    lines += (l["evidence"]?.items ?? []).compactMap { $0["text"]?.string.map { "      \($0)" } }
                }
            }
        }
        return lines
    }

    /// The links in the order of their documents' times, so that they tell what happened.
    private func inTimeOrder(_ links: [JSON]) -> [JSON] {
        links.map { l in
            let d = names.document(l["document"]?.string ?? "")
            let time = (d?["envelope"]?.string ?? d?["date"]?.string).flatMap { Moment(iso: $0) }
            return (time?.lastSecond ?? 0, l["path"]?.string ?? "", l)
        }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    private func readiness(_ r: JSON) -> [String] {
        var lines = ["  customs: \(r["regime"]?.string ?? ""), \(r["verdict"]?.string ?? "")"]
        if let cutOff = r["cutOff"]?.string { lines.append("    cut-off: \(Span.due(cutOff, from: asOf))") }
        for q in r["required"]?.items ?? [] {
            let by = (q["by"]?.items ?? []).compactMap(\.string).map { names.name(document: $0) }
            lines.append(
                "    \(q["held"]?.bool == true ? "held" : "missing"): \(q["document"]?.string ?? "")"
                    + (by.isEmpty ? "" : " (\(by.joined(separator: "; ")))"))
        }
        for c in (r["conflicts"]?.items ?? []) + (r["findings"]?.items ?? []) {
            lines.append("    \(c["rule"]?.string ?? ""):")
            lines += evidence(c["facts"]?.items ?? [], indent: "      ")
        }
        return lines
    }

    private func short(_ e: JSON) -> String {
        "    \(e["severity"]?.string ?? "") \(e["code"]?.string ?? "") (\(e["status"]?.string ?? "")): "
            + "\(e["summary"]?.string ?? "")  (\(e["exception"]?.string ?? ""))"
    }

    func document(_ d: JSON) -> [String] {
        let id = d["document"]?.string ?? ""
        var lines = [Names.name(ofDocument: d) + "  (\(id))"]
        for (name, key) in [
            ("format", "format"), ("version", "version"), ("from", "sender"), ("to", "receiver"), ("date", "date"),
            ("status", "status"),
        ] {
            if let v = d[key]?.string { lines.append("  \(name): \(v)") }
        }
        for f in d["findings"]?.items ?? [] {
            lines.append("  ! \(f["severity"]?.string ?? "") \(f["code"]?.string ?? ""): \(f["message"]?.string ?? "")")
            lines += quote(f["at"], in: d, indent: "      ").dropFirst()
        }
        for l in (rows[.links] ?? []) where l["document"]?.string == id {
            lines.append("  belongs to \(names.name(entity: l["entity"]?.string ?? ""))")
            lines.append("    \(rule(l))  (\(l["link"]?.string ?? ""))")
        }
        for e in (rows[.exceptions] ?? []) where e["document"]?.string == id { lines.append(short(e)) }
        for e in (rows[.events] ?? []) where e["data"]?["document"]?.string == id {
            lines.append("  event \(e["type"]?.string ?? "")  (\(e["id"]?.string ?? ""))")
            lines += facts(e["data"], of: d)
        }
        return lines
    }

    func event(_ e: JSON) -> [String] {
        let document = names.document(e["data"]?["document"]?.string ?? "")
        var lines = ["\(e["type"]?.string ?? "")  (\(e["id"]?.string ?? ""))"]
        if let document { lines.append("  in \(Names.name(ofDocument: document))") }
        if let time = e["time"]?.string { lines.append("  time: \(time)") }
        for l in e["data"]?["links"]?.items ?? [] {
            lines.append(
                "  belongs to \(names.name(entity: l["entity"]?.string ?? "")) (\(l["relation"]?.string ?? ""))")
        }
        return lines + facts(e["data"], of: document)
    }

    /// The references, dates, amounts and quantities of an event's header with their places.
    private func facts(_ data: JSON?, of document: JSON?) -> [String] {
        guard let data, let document else { return [] }
        let named = Facts(json: data)
        let list: [(String, String, Place)] =
            named.references.map { ("\($0.kind)", $0.value, $0.at) }
            + named.dates.map { ("\($0.role)", $0.value.description, $0.at) }
            + named.amounts.map { ("\($0.role)", $0.value.description + ($0.currency.map { " \($0)" } ?? ""), $0.at) }
            + named.quantities.map { ("\($0.role)", $0.value.description + ($0.unit.map { " \($0)" } ?? ""), $0.at) }
        return list.flatMap { name, value, at in
            ["    \(name): \(value)"]
                + quote(at.json, in: document, indent: "      ").dropFirst().filter { $0.contains("> ") }
        }
    }
}

extension LinkRelation {
    fileprivate static let allDirections: [LinkRelation] = [.direct, .derived]
}
