import Schemas
import Vocabulary

/// Customs document readiness of each cross-border shipment, and the exceptions that follow from it.
enum ReadinessRules {
    static func apply(_ world: World, _ books: Books, _ desk: Desk, _ alarms: inout Alarms) -> [Readiness] {
        let lists = desk.checklists
        var rows: [Readiness] = []
        for (t, book) in books.shipments.sorted(by: { $0.key < $1.key }) {
            let file = CustomsFile(t, book, world)
            guard let regime = regime(file, t, books, world, lists) else { continue }
            rows.append(row(file, t, book, regime, books, world, desk, &alarms))
        }
        // A declaration that leads to no shipment known has papers too, if only itself.
        for (t, thing) in world.things.enumerated() where thing.kind == .customsEntry {
            let up = world.linker.upward[t] ?? []
            if up.contains(where: { world.things[$0].kind == .shipment }) { continue }
            let book = ShipmentBook(t, world, books.orders)
            let file = CustomsFile(t, book, world)
            guard !file.declarations.isEmpty || !file.answers.isEmpty,
                let regime = regime(file, t, books, world, lists)
            else { continue }
            rows.append(row(file, t, book, regime, books, world, desk, &alarms))
        }
        return rows.sorted { $0.entity < $1.entity }
    }

    // MARK: Lane

    /// Country of departure and of delivery, as the papers of shipment and orders give them.
    private static func lane(_ file: CustomsFile, _ t: Int, _ world: World) -> (from: String?, to: String?) {
        let orders = (world.linker.upward[t] ?? []).sorted().flatMap { world.acts(of: $0, ["order.issued"]) }
        let acts = file.papers + file.invoices + orders
        func country(_ roles: [String]) -> String? {
            for role in roles {
                for n in acts { if let c = world.acts[n].facts.party(role)?.country, c.count == 2 { return c } }
            }
            return nil
        }
        func place(_ roles: [String]) -> String? {
            for role in roles {
                for n in acts {
                    guard let l = world.acts[n].facts.location(role) else { continue }
                    if let c = l.country ?? l.code.flatMap({ $0.count == 5 ? String($0.prefix(2)) : nil }) { return c }
                }
            }
            return nil
        }
        return (
            country(["ship-from", "consignor", "seller"]) ?? place(["loading", "origin"]),
            country(["ship-to", "consignee", "buyer"]) ?? place(["discharge", "destination"])
        )
    }

    private static func regime(
        _ file: CustomsFile, _ t: Int, _ books: Books, _ world: World, _ lists: Checklists
    ) -> String? {
        let (from, to) = lane(file, t, world)
        for d in file.declarations.reversed() {
            let act = world.acts[d]
            let transit = world.papers[act.paper].document.type == "transit-declaration"
            let direction = transit ? "transit" : act.facts.term("direction")
            if direction == "transit" { return "transit" }
            if direction == "export" {
                let c = lists.territory(
                    act.facts.location("dispatch-country")?.country ?? act.facts.location("dispatch-country")?.code
                        ?? from)
                if let c { return "\(c)-export" }
            }
            if direction == "import" {
                let c = lists.territory(
                    act.facts.location("destination-country")?.country ?? act.facts.location("destination-country")?
                        .code ?? to)
                if let c { return "\(c)-import" }
            }
        }
        guard let a = lists.territory(from), let b = lists.territory(to), a != b else { return nil }
        return "\(b)-import"
    }

    /// Arrival as announced by booking, ship notice or arrival notice, less the policy's hours.
    private static func cutOff(_ file: CustomsFile, _ book: ShipmentBook, _ world: World, _ hours: Int) -> Moment? {
        var known: [(Int, Moment)] = []
        for n in file.papers + file.answers {
            let act = world.acts[n]
            guard
                [
                    "booking.confirmed", "booking.requested", "shipment.notified", "shipment.status", "tender.offered",
                    "tender.accepted",
                ].contains(act.type)
            else { continue }
            if let d = act.event.intent?.newDate?.value ?? act.facts.date("estimated-arrival")?.value
                ?? act.facts.date("estimated-delivery")?.value
            {
                known.append((world.time(n) ?? 0, d))
            }
        }
        guard var last = known.max(by: { $0.0 < $1.0 })?.1 else { return nil }
        // A later paper that says only the day does not unsay the hour.
        if last.second == nil, let hour = known.map(\.1).first(where: { $0.day == last.day && $0.second != nil }) {
            last = hour
        }
        return last.adding(hours: -hours)
    }

    /// Where the papers announce the arrival that the cut-off counts from.
    private static func announced(_ file: CustomsFile, _ world: World) -> [Evidence] {
        (file.papers + file.answers).compactMap { n in
            let facts = world.acts[n].facts
            let date =
                world.acts[n].event.intent?.newDate ?? facts.date("estimated-arrival")
                ?? facts.date("estimated-delivery")
            return date.map { world.evidence(n, "announces the arrival for \($0.value)", $0.at) }
        }.suffix(2)
    }

    // MARK: Papers

    private static func row(
        _ file: CustomsFile, _ t: Int, _ book: ShipmentBook, _ regime: String, _ books: Books, _ world: World,
        _ desk: Desk, _ alarms: inout Alarms
    ) -> Readiness {
        let lists = desk.checklists
        let cutOff = cutOff(file, book, world, alarms.policy.hours("readiness.cut-off-hours"))
        let required = required(file, regime, world, lists, alarms.policy.licensed).map { name in
            let by = held(name, file, world, lists)
            return Readiness.Requirement(document: name, held: !by.isEmpty, by: Array(Set(by)).sorted())
        }
        let conflicts = ConflictRules.find(file, world, alarms.policy, lists)
        let state = file.state(world)
        let missing = required.filter { !$0.held }.map(\.document)
        let shipment = ShipmentCase(
            shipment: t, book: book, file: file, regime: regime, mode: mode(file, world), cutOff: cutOff,
            missing: missing, world: world, books: books, policy: alarms.policy, desk: desk,
            asOf: Moment(epochSeconds: alarms.asOf))
        let findings = Remarks.find(shipment)
        let deadlines = shipment.deadlines()
        let isReady = missing.isEmpty && conflicts.isEmpty && !findings.contains { $0.severity == .block }
        let verdict =
            state?.word == "released"
            ? "released" : state?.word == "held" ? "held" : isReady ? "ready" : "not-ready"
        raise(file, t, regime, cutOff, missing, conflicts, world, &alarms)
        return Readiness(
            entity: world.ids[t], identifiers: world.things[t].identifiers.keys.sorted(), regime: regime,
            verdict: verdict,
            cutOff: cutOff, required: required, conflicts: conflicts, findings: findings, deadlines: deadlines,
            // What customs let go needs nothing more.
            actions: verdict == "released" ? [] : NextActions.of(shipment, conflicts, findings, deadlines),
            filing: shipment.steps.map { s in
                Readiness.Step(
                    state: s.state, at: world.time(s.act).map { Moment(epochSeconds: $0) },
                    document: world.papers[world.acts[s.act].paper].id)
            })
    }

    private static func required(
        _ file: CustomsFile, _ regime: String, _ world: World, _ lists: Checklists, _ licensed: [String]
    ) -> [String] {
        var names = lists.required
        if isSea(file, world) { names += lists.sea[regime] ?? [] }
        let lines = file.declarations.flatMap { world.acts[$0].event.lines.map(\.facts) + [world.acts[$0].facts] }
        if lines.contains(where: { f in
            f.term("duty-regime").map { lists.preference.contains(String($0.prefix(1))) } ?? false
        }) {
            names.append("certificate-of-origin")
        }
        if lines.contains(where: { f in
            f.term("commodity-code").map { c in licensed.contains { c.hasPrefix($0) } } ?? false
        }) {
            names.append("licence")
        }
        return names
    }

    private static func isSea(_ file: CustomsFile, _ world: World) -> Bool {
        (file.papers + file.declarations).contains { mode(of: $0, world) == "sea" }
    }

    /// By sea where any paper says so: what goes by road to the port goes by sea.
    private static func mode(_ file: CustomsFile, _ world: World) -> String? {
        let all = (file.papers + file.declarations).compactMap { mode(of: $0, world) }
        return all.contains("sea") ? "sea" : all.last
    }

    private static func mode(of n: Int, _ world: World) -> String? {
        let f = world.acts[n].facts
        if let mode = f.term("mode") { return mode }
        let hasVessel = f.term("vessel") != nil || f.equipment.contains { $0.kind == "vessel" }
        return hasVessel ? "sea" : nil
    }

    private static func held(_ name: String, _ file: CustomsFile, _ world: World, _ lists: Checklists) -> [String] {
        func ids(_ acts: [Int], _ types: Set<String>) -> [String] {
            acts.filter { types.contains(world.papers[world.acts[$0].paper].document.type) }.map {
                world.papers[world.acts[$0].paper].id
            }
        }
        switch name {
        case "declaration": return file.valid(world).map { [world.papers[world.acts[$0].paper].id] } ?? []
        case "commercial-invoice": return ids(file.invoices, lists.serves[name] ?? [])
        case "packing-list":
            let noticed = (lists.serves["packing-list-with-packages"] ?? [])
            let detailed = file.papers.filter { n in
                ([world.acts[n].facts] + world.acts[n].event.lines.map(\.facts)).contains {
                    $0.equipment.contains { $0.kind == "sscc" } || $0.reference("sscc") != nil
                }
            }
            return ids(file.papers, lists.serves[name] ?? []) + ids(detailed, noticed)
        case "entry-summary":
            let cited = file.declarations.filter { world.acts[$0].facts.reference("entry-summary") != nil }
            return (file.summaries + cited).map { world.papers[world.acts[$0].paper].id }
        default: return ids(file.papers, lists.serves[name] ?? [])
        }
    }

    // MARK: Exceptions

    private static func raise(
        _ file: CustomsFile, _ t: Int, _ regime: String, _ cutOff: Moment?, _ missing: [String],
        _ conflicts: [Readiness.Conflict], _ world: World, _ alarms: inout Alarms
    ) {
        let state = file.state(world)
        let cut = cutOff?.epochSeconds
        if !missing.isEmpty, let cut, alarms.passed(cut) {
            alarms.raise(
                "customs-document-missing", on: t,
                Alarms.Hit(
                    figures: [
                        "regime": regime, "documents": missing.joined(separator: ", "),
                        "cutOff": cutOff?.description ?? "?",
                    ],
                    detected: cut, evidence: announced(file, world),
                    severity: state?.word == "released" ? .info : nil))
        }
        for c in conflicts {
            let facts = c.facts.map(\.text).joined(separator: " against ")
            alarms.raise(
                "customs-data-conflict", on: t,
                Alarms.Hit(
                    detail: c.rule, figures: ["conflict": "\(c.rule): \(facts)"],
                    detected: file.declarations.compactMap { world.time($0) }.max(), evidence: c.facts,
                    severity: state?.word == "released" ? .info : nil))
        }
        // A declaration without a date was lodged when customs first answered, at the latest.
        let lodged = (file.declarations + file.answers).compactMap { world.time($0) }.min()
        if let cut, alarms.passed(cut), lodged.map({ $0 > cut }) ?? file.declarations.isEmpty {
            alarms.raise(
                "customs-filing-late", on: t,
                Alarms.Hit(
                    figures: [
                        "lodged": lodged.map { "lodged on \(Moment(epochSeconds: $0).description), not" }
                            ?? "not lodged",
                        "cutOff": cutOff?.description ?? "?",
                    ],
                    detected: cut, evidence: file.declarations.prefix(1).map { world.evidence($0, "the declaration") }))
        }
        for n in file.answers where world.acts[n].type == "customs.rejected" {
            let valid = file.valid(world)
            let later = file.answers.contains {
                (world.time($0) ?? 0) > (world.time(n) ?? 0)
                    && ["customs.accepted", "customs.released"].contains(world.acts[$0].type)
            }
            alarms.raise(
                "customs-rejected", on: t,
                Alarms.Hit(
                    figures: reason(n, world), detected: world.time(n), evidence: [world.evidence(n, "rejected")],
                    resolution: later && valid != nil ? "a later version was accepted" : nil))
        }
        for n in file.answers where world.acts[n].type == "customs.held" && !CustomsFile.saysNothing(n, world) {
            let released = file.answers.first {
                (world.time($0) ?? 0) > (world.time(n) ?? 0) && world.acts[$0].type == "customs.released"
            }
            var f = reason(n, world)
            f["since"] = world.time(n).map { Moment(epochSeconds: $0).description }
            f["released"] = released.flatMap { world.time($0) }.map { Moment(epochSeconds: $0).description }
            alarms.raise(
                "customs-hold", on: t,
                Alarms.Hit(
                    figures: f, detected: world.time(n),
                    evidence: [world.evidence(n, "held", world.acts[n].event.intent?.at ?? Place())],
                    resolution: released != nil ? "released by customs" : nil))
        }
    }

    private static func reason(_ n: Int, _ world: World) -> [String: String] {
        var f: [String: String] = [:]
        f["reason"] = world.acts[n].facts.term("reason")
        f["declaration"] = Founding.numbers(world.acts[n]).first?.raw
        return f
    }
}
