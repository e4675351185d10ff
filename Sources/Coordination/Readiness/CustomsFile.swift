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

    /// `released`, `held`, `rejected` or nil: the last word of customs; a mail's word is weaker than the authority's.
    func state(_ world: World) -> (word: String, act: Int)? {
        var last: (word: String, act: Int)?
        for n in answers where !CustomsFile.saysNothing(world.acts[n]) {
            let word =
                switch world.acts[n].type {
                case "customs.released": "released"
                case "customs.held": "held"
                case "customs.rejected": "rejected"
                default: "accepted"
                }
            if world.acts[n].event.intent != nil, last?.word == "released" { continue }
            last = (word, n)
        }
        return last
    }

    /// An assessment of duties, an amendment, the answer to a request or a piece of information changes nothing; neither does
    /// the end of a declaration that was withdrawn.
    private static func saysNothing(_ act: Act) -> Bool {
        act.facts.term("customs-status").map { silent.contains($0) } ?? false
    }

    private static let silent: Set<String> = [
        "amended", "assessed", "information", "invalidated", "queried", "request-granted", "request-denied",
    ]

    /// The last declaration that was not rejected.
    func valid(_ world: World) -> Int? {
        let rejected = answers.filter { world.acts[$0].type == "customs.rejected" }.compactMap { world.time($0) }
        guard let last = declarations.last else { return nil }
        let lodged = world.time(last) ?? 0
        let accepted = answers.contains {
            ["customs.accepted", "customs.released", "customs.held"].contains(world.acts[$0].type)
                && (world.time($0) ?? 0) >= (rejected.max() ?? 0) && !rejected.isEmpty
        }
        return rejected.contains { $0 >= lodged } && !accepted ? nil : last
    }
}
