import Schemas
import Vocabulary

/// Collects what the rules raise, and makes the contract's exceptions of it: one for each code and thing.
struct Alarms {
    let world: World
    let catalogue: Catalogue
    let policy: Policy
    let asOf: Int
    private var hits: [Key: [Hit]] = [:]

    struct Key: Hashable {
        let code: String
        /// Thing or paper.
        let thing: Int?
        let paper: Int?
    }

    /// One occurrence of a code: a line, a remark, a status.
    struct Hit {
        /// What tells this occurrence from others of the same row: the line's number, mostly.
        var detail: String = ""
        var figures: [String: String] = [:]
        var money: [String: Exact] = [:]
        var currency: String?
        /// Seconds since 1970 at which the condition held first.
        var detected: Int?
        var evidence: [Evidence] = []
        var severity: Severity?
        /// What removed the cause; nil while it stands.
        var resolution: String?
        var candidates: [ExceptionRecord.Candidate] = []
    }

    init(world: World, catalogue: Catalogue, policy: Policy, asOf: Moment) {
        self.world = world
        self.catalogue = catalogue
        self.policy = policy
        self.asOf = asOf.epochSeconds
    }

    mutating func raise(_ code: String, on thing: Int, _ hit: Hit) {
        hits[Key(code: code, thing: thing, paper: nil), default: []].append(hit)
    }

    mutating func raise(_ code: String, document paper: Int, _ hit: Hit) {
        hits[Key(code: code, thing: nil, paper: paper), default: []].append(hit)
    }

    func isOpen(_ code: String, _ thing: Int) -> Bool {
        hits[Key(code: code, thing: thing, paper: nil)]?.contains { $0.resolution == nil } == true
    }

    /// Whether a deadline, in seconds since 1970, has passed.
    func passed(_ deadline: Int) -> Bool { deadline <= asOf }

    // MARK: Rows

    func finished() -> [ExceptionRecord] {
        var rows: [ExceptionRecord] = []
        for (key, hits) in hits { if let r = row(key, hits) { rows.append(r) } }
        let byThing = Dictionary(grouping: rows.filter { $0.entity != nil }) { $0.entity ?? "" }
        for i in rows.indices { rows[i].causedBy = cause(rows[i], byThing) }
        return rows.sorted {
            ($0.code, $0.entity ?? "", $0.locator ?? Locator(path: "")) < (
                $1.code, $1.entity ?? "", $1.locator ?? Locator(path: "")
            )
        }
    }

    private func row(_ key: Key, _ all: [Hit]) -> ExceptionRecord? {
        guard let entry = catalogue.entries[key.code] else { return nil }
        let hits = all.sorted {
            ($0.resolution == nil ? 0 : 1, $0.money.isEmpty ? 1 : 0, $0.detail, $0.detected ?? 0) < (
                $1.resolution == nil ? 0 : 1, $1.money.isEmpty ? 1 : 0, $1.detail, $1.detected ?? 0
            )
        }
        let first = hits[0]
        let document = key.paper.map { world.papers[$0] }
        let entity = key.thing.map { world.ids[$0] }
        var figures = first.figures
        if let t = key.thing {
            figures[EntityNames.word(world.things[t].kind)] = world.name(thing: t)
            // What is said of a shipment may hang on a declaration whose shipment is not known.
            if world.things[t].kind == .customsEntry { figures["shipment"] = "of declaration " + world.name(thing: t) }
            if figures["seller"] == nil { figures["seller"] = world.name(world.things[t].seller) }
            if figures["buyer"] == nil { figures["buyer"] = world.name(world.things[t].buyer) }
            if figures["carrier"] == nil { figures["carrier"] = world.name(world.things[t].carrier) }
        }
        if let p = key.paper { for (k, v) in describe(p) where figures[k] == nil { figures[k] = v } }
        var summary = Catalogue.render(entry.summary, figures)
        let more = Set(hits.map(\.detail)).count - 1
        if more > 0 { summary += more == 1 ? " One more likewise." : " \(more) more likewise." }
        let status: ExceptionRecord.Status = hits.contains { $0.resolution == nil } ? .open : .resolved
        let detected = hits.compactMap(\.detected).min()
        let silence = silenced(key, entry.code)
        var evidence: [Evidence] = []
        for e in hits.flatMap(\.evidence) where !evidence.contains(e) { evidence.append(e) }
        return ExceptionRecord(
            id: Digest.id("exc", [key.code, entity ?? document?.id ?? ""]), code: key.code,
            kind: key.thing.map { world.things[$0].kind }, entity: entity, document: document?.id,
            locator: document?.document.locator, severity: hits.compactMap(\.severity).max() ?? entry.severity,
            owner: entry.owner, detectedAt: detected.map { Moment(epochSeconds: $0) },
            due: detected.flatMap { d in entry.dueHours.map { Moment(epochSeconds: d + $0 * 3600) } },
            amountAtRisk: money(entry, hits), summary: summary, action: entry.action, evidence: evidence,
            status: silence != nil && status == .open ? .resolvedByPolicy : status,
            resolution: silence ?? (status == .resolved ? hits.compactMap(\.resolution).sorted().first : nil),
            candidates: first.candidates)
    }

    private func silenced(_ key: Key, _ code: String) -> String? {
        for s in policy.silences where s.code == code {
            if let until = s.until, until.lastSecond < asOf { continue }
            guard let partner = s.partner else { return s.reason }
            let wanted = PartnerDirectory.key(name: partner)
            let involved = key.thing.map { world.things[$0] }.map { [$0.seller, $0.buyer, $0.carrier] } ?? []
            if involved.contains(where: { $0 != nil && PartnerDirectory.key(name: world.name($0)) == wanted }) {
                return s.reason
            }
        }
        return nil
    }

    /// Money of all open occurrences in one currency; nil where a figure is unknown or currencies mix.
    private func money(_ entry: Catalogue.Entry, _ hits: [Hit]) -> Money? {
        guard let formula = entry.money else { return nil }
        let open = hits.filter { $0.resolution == nil }
        let counted = open.isEmpty ? [hits[0]] : open
        guard let currency = counted[0].currency, counted.allSatisfy({ $0.currency == currency }) else { return nil }
        var sum = Exact.zero
        var texts: [String] = []
        var seen: Set<String> = []
        for h in counted where seen.insert(h.detail).inserted {
            guard let (v, t) = formula.evaluate(h.money) else { return nil }
            sum = sum + v
            texts.append(t)
        }
        return Money(
            sum, currency, formula: texts.count == 1 ? texts[0] : texts.map { "(\($0))" }.joined(separator: " + "))
    }

    private func describe(_ paper: Int) -> [String: String] {
        let p = world.papers[paper]
        var f = ["path": p.document.locator.description, "type": p.document.type]
        f["number"] = p.document.number
        let act = world.firstAct(of: paper)
        let sender = act?.facts.party("sender")
        f["sender"] =
            sender.flatMap { world.survey.partners.partner($0) }.map { world.name($0) } ?? p.document.sender
            ?? "an unknown sender"
        return f
    }

    /// The nearest of the code's causes that stands on the same thing, or on one that it leads up to.
    private func cause(_ row: ExceptionRecord, _ byThing: [String: [ExceptionRecord]]) -> String? {
        guard let entity = row.entity, let t = world.index[entity],
            let causes = catalogue.entries[row.code]?.causes, !causes.isEmpty
        else { return nil }
        let around = [t] + world.linker.reach(t).sorted() + (world.below[t] ?? []).sorted()
        for code in causes {
            for n in around {
                if let c = byThing[world.ids[n]]?.first(where: {
                    $0.code == code && $0.id != row.id && $0.causedBy != row.id
                }) {
                    return c.id
                }
            }
        }
        return nil
    }
}

/// How the catalogue's sentences call a thing.
enum EntityNames {
    static func word(_ kind: EntityKind) -> String {
        switch kind {
        case .purchaseOrder: "order"
        case .shipment: "shipment"
        case .invoice: "invoice"
        case .customsEntry: "declaration"
        case .payment: "payment"
        }
    }
}
