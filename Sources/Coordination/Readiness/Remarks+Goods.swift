import Schemas
import Vocabulary

/// What the goods are and where they come from.
extension Remarks {
    mutating func goods() {
        guard let d = at.declaration else { return }
        let lines = world.acts[d].event.lines
        lengths(d, lines)
        catalogue(d, lines)
        for l in lines {
            if let t = l.facts.terms.first(where: { $0.name == "description" }), codes.isVague(t.value) {
                tell("hs-description", [evidence(d, "item \(l.number ?? "?"): \(t.raw)", t.at)])
            }
        }
        countries(d)
        preference(d, lines)
        watched()
    }

    private mutating func lengths(_ d: Int, _ lines: [Line]) {
        guard let wanted = at.desk.lanes.digits[at.regime] else { return }
        for l in lines {
            guard let t = l.facts.terms.first(where: { $0.name == "commodity-code" }) else { continue }
            let code = NormalForm.strict(t.value)
            // What is no code at all is a conflict.
            if ConflictRules.isCode(code), code.count < wanted {
                tell(
                    "hs-format",
                    [
                        evidence(
                            d, "item \(l.number ?? "?"): \(t.raw) has \(code.count) digits, \(wanted) are wanted", t.at)
                    ])
            }
        }
    }

    /// Codes that the buyer's order gives and no declared item shares six digits with.
    private mutating func catalogue(_ d: Int, _ lines: [Line]) {
        let declared = Set(
            lines.compactMap { $0.facts.term("commodity-code") }.map { String(NormalForm.strict($0).prefix(6)) })
        guard !declared.isEmpty else { return }
        for o in (world.linker.upward[at.shipment] ?? []).sorted() {
            for n in world.acts(of: o, ["order.issued", "order.changed"]) {
                for l in world.acts[n].event.lines {
                    guard let t = l.facts.terms.first(where: { $0.name == "commodity-code" }) else { continue }
                    let code = NormalForm.strict(t.value)
                    guard ConflictRules.isCode(code), !declared.contains(String(code.prefix(6))) else { continue }
                    tell(
                        "hs-catalogue",
                        [
                            evidence(d, "declares \(declared.sorted().joined(separator: ", "))"),
                            evidence(n, "orders \(t.raw)", t.at),
                        ])
                }
            }
        }
    }

    private mutating func countries(_ d: Int) {
        for f in at.blocks(d) {
            for t in f.terms where t.name == "origin-country" && !codes.countries.contains(t.value.uppercased()) {
                tell("org-iso", [evidence(d, "origin \(t.raw)", t.at)])
            }
            for l in f.locations {
                guard let c = l.country ?? (l.role.hasSuffix("-country") ? l.code : nil),
                    !codes.countries.contains(c.uppercased())
                else { continue }
                tell("org-iso", [evidence(d, "\(l.role) \(c)", l.at)])
            }
        }
    }

    /// A preference for goods that were sent from another country than their origin.
    private mutating func preference(_ d: Int, _ lines: [Line]) {
        let lists = at.desk.checklists
        let location = world.acts[d].facts.location("dispatch-country")
        guard let from = location?.country ?? location?.code, let territory = lists.territory(from) else { return }
        for l in lines {
            guard let regime = l.facts.term("duty-regime"), lists.preference.contains(String(regime.prefix(1))),
                let t = l.facts.terms.first(where: { $0.name == "origin-country" }),
                t.value.uppercased() != "EU" || territory != "eu", lists.territory(t.value) != territory
            else { continue }
            tell(
                "org-dispatch",
                [
                    evidence(d, "item \(l.number ?? "?"): origin \(t.raw), preference \(regime)", t.at),
                    evidence(d, "sent from \(from)", location?.at ?? Place()),
                ])
        }
    }

    /// Countries that the house watches.
    private mutating func watched() {
        let list = Set(at.policy.list("readiness.watch").map { $0.uppercased() })
        guard !list.isEmpty else { return }
        for n in at.file.declarations + at.file.summaries + at.file.invoices + at.file.papers {
            for f in at.blocks(n) {
                for t in f.terms where t.name == "origin-country" && list.contains(t.value.uppercased()) {
                    tell("org-sanction", [evidence(n, "origin \(t.raw)", t.at)])
                }
                for p in f.parties {
                    if let c = p.country?.uppercased(), list.contains(c) {
                        tell("org-sanction", [evidence(n, "\(p.role) \(p.name ?? p.id ?? "") in \(c)", p.at)])
                    }
                }
                for l in f.locations {
                    if let c = (l.country ?? l.code.map { String($0.prefix(2)) })?.uppercased(), list.contains(c) {
                        tell("org-sanction", [evidence(n, "\(l.role) in \(c)", l.at)])
                    }
                }
            }
        }
    }
}
