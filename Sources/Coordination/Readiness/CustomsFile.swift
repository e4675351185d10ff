import Vocabulary

/// Everything held for the customs clearance of one shipment: its declarations, its papers, and what customs said.
struct CustomsFile {
    let shipment: Int
    /// Acts that lodge a declaration (entry summaries apart), in order of time.
    private(set) var declarations: [Int] = []
    private(set) var summaries: [Int] = []
    /// What customs answered, in order of time.
    private(set) var answers: [Int] = []
    /// Invoices for the goods of the shipment.
    private(set) var invoices: [Int] = []
    /// All other papers tied to the shipment.
    private(set) var papers: [Int] = []

    init(_ t: Int, _ book: ShipmentBook, _ world: World) {
        shipment = t
        var acts = Set(book.papers)
        for e in world.below[t] ?? [] where world.things[e].kind == .customsEntry {
            for n in world.actsByThing[e] ?? [] where world.papers[world.acts[n].paper].counts { acts.insert(n) }
        }
        for n in world.inTime(Array(acts)) {
            let act = world.acts[n]
            switch act.type {
            case "customs.declared":
                if world.papers[act.paper].document.type == "entry-summary" {
                    summaries.append(n)
                } else {
                    declarations.append(n)
                }
            case "invoice.received": invoices.append(n)
            case let type where type.hasPrefix("customs."): answers.append(n)
            default: papers.append(n)
            }
        }
        gather(world)
    }

    /// Invoices that the declaration cites, and those of the shipment's orders that name no shipment of their own.
    private mutating func gather(_ world: World) {
        for d in declarations {
            for i in world.linker.ties[d].things(.invoice, world.registry) {
                for n in world.things[i].acts where world.papers[world.acts[n].paper].counts && !invoices.contains(n) {
                    invoices.append(n)
                }
            }
        }
        let orders = world.linker.upward[shipment] ?? []
        for o in orders.sorted() {
            for n in world.acts(of: o, ["invoice.received"])
            where !invoices.contains(n) && world.linker.ties[n].things(.shipment, world.registry).isEmpty
                && (world.below[o] ?? []).filter({ world.things[$0].kind == .shipment }).count == 1
            {
                invoices.append(n)
            }
        }
    }

    /// Invoices that a declaration cites, else all of the shipment.
    func cited(by declaration: Int, _ world: World) -> [Int] {
        let things = Set(world.linker.ties[declaration].things(.invoice, world.registry))
        let own = invoices.filter { n in things.contains { world.things[$0].acts.contains(n) } }
        return own.isEmpty ? invoices : own
    }

    /// `released`, `held`, `rejected` or nil: the last word of customs; a mail's word is weaker than the authority's.
    func state(_ world: World) -> (word: String, act: Int)? {
        var last: (word: String, act: Int)?
        for n in answers where !CustomsFile.saysNothing(n, world) {
            let word =
                switch world.acts[n].type {
                case "customs.released": "released"
                case "customs.held": "held"
                case "customs.rejected": "rejected"
                default: "accepted"
                }
            if world.acts[n].event.intent != nil, last?.word == "released" { continue }
            // What was released stays released, and what was accepted stands, when an amendment is rejected.
            if word == "rejected", let before = last?.word, before != "rejected",
                before == "released" || isOfAmendment(n, world)
            {
                continue
            }
            last = (word, n)
        }
        return last
    }

    /// An assessment of duties, an amendment, the answer to a request or a piece of information changes nothing; neither does
    /// the end of a declaration that was withdrawn.
    static func saysNothing(_ n: Int, _ world: World) -> Bool {
        world.acts[n].facts.term("customs-status").map { world.tables.silentStatuses.contains($0) } ?? false
    }

    /// The declaration that stands: the last version, unless customs rejected or invalidated it; then the one before, if customs had
    /// accepted that. A rejected amendment leaves standing what it wanted to change.
    func valid(_ world: World) -> Int? {
        var end = Int.max
        for (n, d) in declarations.enumerated().reversed() {
            let lodged = world.time(d) ?? 0
            if !isInvalidated(d, since: lodged, world) {
                let word = word(from: lodged, to: end, world)
                if n == declarations.count - 1 ? word != "rejected" : word != nil && word != "rejected" { return d }
            }
            end = min(end, lodged)
        }
        return nil
    }

    /// What customs last said of a version, by the time in which it was the last.
    private func word(from start: Int, to end: Int, _ world: World) -> String? {
        var word: String?
        for n in answers where !CustomsFile.saysNothing(n, world) {
            let time = world.time(n) ?? 0
            if time >= start, time < end { word = world.acts[n].type == "customs.rejected" ? "rejected" : "accepted" }
        }
        return word
    }

    /// Customs ended the declaration of this very number.
    private func isInvalidated(_ declaration: Int, since lodged: Int, _ world: World) -> Bool {
        func numbers(_ n: Int) -> Set<String> {
            Set(Founding.numbers(world.acts[n]).map { NormalForm.strict($0.value) })
        }
        let own = numbers(declaration)
        return answers.contains { n in
            world.acts[n].facts.term("customs-status") == "invalidated" && (world.time(n) ?? 0) >= lodged
                && !own.isDisjoint(with: numbers(n))
        }
    }

    /// Whether a rejection is about an amendment: what was accepted before stands.
    private func isOfAmendment(_ n: Int, _ world: World) -> Bool {
        let time = world.time(n) ?? 0
        guard let last = declarations.last(where: { (world.time($0) ?? 0) <= time }) else { return false }
        return ["change", "cancel", "information"].contains(world.acts[last].facts.term("purpose") ?? "")
    }
}
