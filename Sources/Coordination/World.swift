import Schemas
import Vocabulary

/// A neighbourhood with everything found out about who and what its documents are about.
struct World {
    let papers: [Paper]
    let acts: [Act]
    let registry: Registry
    let linker: Linker
    let survey: Survey
    let tables: MatchingTables
    /// Thing → acts tied to it directly.
    let actsByThing: [Int: [Int]]
    /// Thing → the things that lead up to it.
    let below: [Int: Set<Int>]
    /// Entity id of each thing, and back.
    let ids: [String]
    let index: [String: Int]

    var things: [Thing] { registry.things }

    init(_ readings: [Reading], survey: Survey, tables: MatchingTables, policy: Policy) {
        var papers: [Paper] = []
        var seen: Set<String> = []
        for r in readings.sorted(by: {
            ($0.document.locator, $0.document.source) < ($1.document.locator, $1.document.source)
        }) {
            let id = r.document.id
            guard seen.insert(id).inserted else { continue }
            papers.append(
                Paper(
                    reading: r, id: id, copyOf: survey.copies[id],
                    isTest: r.events.contains { $0.facts.term("test") == "true" }))
        }
        var acts: [Act] = []
        let repair = Repair(papers.flatMap { $0.counts ? $0.reading.events : [] }, tables)
        for (p, paper) in papers.enumerated() {
            for e in paper.reading.events {
                var event = repair.repaired(e)
                for (read, meant) in zip(e.facts.references, event.facts.references) where meant.isRepaired {
                    papers[p].renumber(read.value, meant.value)
                }
                // Who sends statuses bills freight, whatever the message is called.
                if event.type == "invoice.received",
                    let s = event.facts.party("seller").flatMap({ survey.partners.partner($0) }),
                    survey.carriers.contains(s)
                {
                    event.type = "freight-invoice.received"
                }
                acts.append(
                    Act(
                        paper: p, event: event, document: papers[p].document, tables: tables, directory: survey.partners
                    ))
            }
        }
        var registry = Registry(tables: tables)
        Founding.orders(acts, &registry)
        Founding.invoices(acts, &registry)
        Founding.payments(acts, &registry)
        Founding.customs(acts, papers, &registry)
        var finder = ShipmentFinder(acts: acts, papers: papers, tables: tables)
        let shipmentOf = finder.find(&registry)
        linker = Linker(acts: acts, papers: papers, registry: registry, shipmentOf: shipmentOf, tables: tables)
        var byThing: [Int: [Int]] = [:]
        for n in acts.indices {
            for t in linker.ties[n].direct { byThing[t.thing, default: []].append(n) }
        }
        Settling.deliveries(&acts, &papers, byThing, registry)
        actsByThing = byThing
        var below: [Int: Set<Int>] = [:]
        for (a, ups) in linker.upward { for b in ups { below[b, default: []].insert(a) } }
        self.below = below
        ids = World.ids(registry.things)
        index = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        self.registry = registry
        self.papers = papers
        self.acts = acts
        self.survey = survey
        self.tables = tables
    }

    /// Acts tied directly to the thing, whose documents count, in order of time.
    func acts(of thing: Int, _ types: Set<String>) -> [Int] {
        inTime((actsByThing[thing] ?? []).filter { types.contains(acts[$0].type) && papers[acts[$0].paper].counts })
    }

    /// In order of document time; what has none comes first, equal times by locator.
    func inTime(_ list: [Int]) -> [Int] {
        list.sorted {
            let (a, b) = (papers[acts[$0].paper], papers[acts[$1].paper])
            return (a.time ?? 0, a.document.locator, $0) < (b.time ?? 0, b.document.locator, $1)
        }
    }

    /// The first event of a paper: acts stand in the order of their papers.
    func firstAct(of paper: Int) -> Act? {
        var low = 0
        var high = acts.count
        while low < high {
            let middle = (low + high) / 2
            if acts[middle].paper < paper { low = middle + 1 } else { high = middle }
        }
        return low < acts.count && acts[low].paper == paper ? acts[low] : nil
    }

    func time(_ act: Int) -> Int? { papers[acts[act].paper].time }

    /// The last second that the document's time may mean: the day's end where it gives only a day.
    func until(_ act: Int) -> Int? { papers[acts[act].paper].document.time?.lastSecond }

    func evidence(_ act: Int, _ text: String, _ at: Place = Place()) -> Evidence {
        Evidence(text, document: papers[acts[act].paper].id, at: at)
    }

    /// Two things of one key (a number used again) are told apart by all their identifiers.
    private static func ids(_ things: [Thing]) -> [String] {
        let count = Dictionary(grouping: things, by: \.id).mapValues(\.count)
        var taken: Set<String> = []
        return things.map { t in
            var id = t.id
            if count[id] != 1 {
                id = Digest.id(t.kind.prefix, [t.key] + t.identifiers.keys.sorted().flatMap { [$0.kind, $0.value] })
            }
            while !taken.insert(id).inserted { id = Digest.id(t.kind.prefix, [id]) }
            return id
        }
    }

    // MARK: Names as printed

    func name(_ partner: String?) -> String {
        guard let partner else { return "the partner" }
        if let n = survey.partners.name(partner) { return n }
        return partner.split(separator: ":", maxSplits: 1).last.map(String.init) ?? partner
    }

    func name(thing: Int) -> String {
        let t = things[thing]
        return switch t.kind {
        case .purchaseOrder: t.name(["purchase-order"])
        case .shipment:
            t.name(["bill-of-lading", "house-bill", "pro", "tender", "booking", "asn", "delivery-note", "container"])
        case .invoice: t.name(["invoice"])
        case .customsEntry: t.name(["mrn", "entry", "lrn"])
        case .payment: t.name(["payment"])
        }
    }
}
