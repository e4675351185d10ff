import Schemas
import Vocabulary

/// One document as coordination sees it: its reading, its time, and the partners it names.
struct Paper: Sendable {
    private(set) var reading: Reading
    let id: String
    /// Seconds since 1970 of the document's time (the envelope's, else its own date); nil where it has none.
    var time: Int? { document.time?.epochSeconds }
    /// The document this one is a copy of.
    let copyOf: String?

    var document: Document { reading.document }

    /// A date that the neighbourhood settled otherwise is the document's own date too, where it was taken for that.
    mutating func settle(_ from: Moment, _ to: Moment) {
        if reading.document.date?.day == from.day { reading.document.date = to }
    }

    /// The same for its number.
    mutating func renumber(_ from: String, _ to: String) {
        if reading.document.number == from { reading.document.number = to }
    }

    /// Whether its events count: neither rejected, nor a copy, nor test traffic.
    var counts: Bool { copyOf == nil && document.status != .rejected && !isTest }
    let isTest: Bool
}

/// One event of a document, with the partners of its story resolved.
struct Act: Sendable {
    let paper: Int
    private(set) var event: Event
    /// Partners by what they are in this event; the strong ones are named in the role itself.
    let buyer: Side
    let seller: Side
    let carrier: Side
    /// Everybody the event names, envelope and mail addresses included.
    let partners: Set<String>

    struct Side: Sendable {
        let partner: String?
        let isStrong: Bool
        /// Somebody bears the partner's name. One that only a number stands for may be anybody, and speaks against nobody.
        var isNamed = false
    }

    mutating func settle(deliveredAt date: DateFact) {
        event.delivery?.settle(date)
        event.settle("delivered", date)
        for other in [event.delivery?.arrivedAt, event.delivery?.departedAt].compactMap(\.self) {
            event.settle(other.role, other)
        }
    }

    var type: String { event.type }
    var facts: Facts { event.facts }

    init(
        paper: Int, event: Event, document: Document, tables: MatchingTables, directory: PartnerDirectory
    ) {
        self.paper = paper
        self.event = event
        var all: Set<String> = []
        for p in event.facts.parties {
            if let k = directory.partner(p) { all.insert(k) }
            if let k = Survey.assigned(p), let c = directory.partner(key: k) { all.insert(c) }
            if p.scheme == "email", let d = p.id.flatMap(PartnerDirectory.domain), let c = directory.partner(key: d) {
                all.insert(c)
            }
        }
        partners = all
        func envelope(_ role: String) -> String? {
            guard let p = event.facts.party(role) else { return nil }
            if let k = directory.partner(p), event.intent == nil { return k }
            return Survey.assigned(p).flatMap { directory.partner(key: $0) }
        }
        func side(_ name: String) -> Side {
            for (i, role) in (tables.roles[name] ?? []).enumerated() {
                if let k = event.facts.party(role).flatMap({ directory.partner($0) }) {
                    return Side(partner: k, isStrong: i == 0, isNamed: directory.name(k) != nil)
                }
            }
            if event.intent == nil {
                if tables.senders[event.type] == name, let k = envelope("sender") {
                    return Side(partner: k, isStrong: true, isNamed: directory.name(k) != nil)
                }
                if tables.receivers[event.type] == name, let k = envelope("receiver") {
                    return Side(partner: k, isStrong: true, isNamed: directory.name(k) != nil)
                }
            }
            return Side(partner: nil, isStrong: false)
        }
        buyer = side("buyer")
        carrier = side("carrier")
        let named = side("seller")
        // Freight is billed by the carrier, whoever ships the goods.
        seller = event.type == "freight-invoice.received" && !named.isStrong ? carrier : named
    }
}
