import Schemas
import Vocabulary

/// What the whole of the events says that one neighbourhood cannot see: who is who, and what came twice.
///
/// A function of the set of readings; nothing of it depends on order or on how often a file was sent.
package struct Survey: Sendable {
    package var partners = PartnerDirectory()
    /// Partners that act as carriers: they send statuses, booking confirmations or transport documents.
    package var carriers: Set<String> = []
    /// Id of a document that came again → id of the one it repeats.
    package var copies: [String: String] = [:]

    package init() {}
}

extension Survey {
    static func take(_ all: [Reading], _ tables: MatchingTables) -> Survey {
        // A document that was read twice counts once.
        let readings = Dictionary(all.map { ($0.document.id, $0) }) { a, _ in a }.values.sorted {
            $0.document.locator < $1.document.locator
        }
        var s = Survey()
        s.copies = copies(readings)
        s.partners = directory(readings, tables)
        for r in readings {
            for e in r.events where tables.senders[e.type] == "carrier" && e.intent == nil {
                if let p = sender(r, e, tables, s.partners) { s.carriers.insert(p) }
            }
            for e in r.events {
                if let p = e.facts.party("carrier").flatMap({ s.partners.partner($0) }) { s.carriers.insert(p) }
            }
        }
        let sellers = Set(
            readings.flatMap { r in
                r.events.filter { ["order.acknowledged", "shipment.notified"].contains($0.type) && $0.intent == nil }
                    .compactMap { $0.facts.party("seller").flatMap { s.partners.partner($0) } }
            })
        s.carriers.subtract(sellers)
        return s
    }

    private static func sender(
        _ r: Reading, _ e: Event, _ tables: MatchingTables, _ d: PartnerDirectory
    ) -> String? {
        e.facts.party("carrier").flatMap { d.partner($0) } ?? e.facts.party("sender").flatMap { d.partner($0) }
    }

    /// Two parties of one document are one partner where they share an identifier or a name, and where the envelope's
    /// sender sends what only the buyer, seller or carrier named in it would send.
    private static func directory(_ readings: [Reading], _ tables: MatchingTables) -> PartnerDirectory {
        var sets = DisjointSets()
        var printed: [String: [String: Int]] = [:]
        var envelope: [String: [String: Int]] = [:]
        for r in readings {
            for e in r.events {
                for p in e.facts.parties {
                    let keys = PartnerDirectory.keys(p)
                    for k in keys { sets.join(keys[0], k) }
                    if let n = p.name, let k = keys.first, r.document.format != .email {
                        printed[k, default: [:]][n, default: 0] += 1
                    }
                }
                guard e.intent == nil else { continue }
                for (a, b) in sameRole(e) { sets.join(a, b) }
                for (role, table) in [("sender", tables.senders), ("receiver", tables.receivers)] {
                    guard let of = table[e.type], let own = e.facts.party(role),
                        let key = PartnerDirectory.keys(own).first ?? assigned(own),
                        let named = tables.roles[of]?.prefix(1).compactMap({ e.facts.party($0) }).first,
                        let other = PartnerDirectory.keys(named).first
                    else { continue }
                    envelope[key, default: [:]][other, default: 0] += 1
                }
            }
        }
        // An envelope id stands for the party it names most often: third parties send for others now and then.
        for (key, votes) in envelope {
            if let best = votes.min(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                sets.join(key, best.key)
            }
        }
        let known = PartnerDirectory.build(sets, printed: printed)
        for (domain, owner) in MailDomains.owners(readings, tables, known) { sets.join(domain, owner) }
        return PartnerDirectory.build(sets, printed: printed)
    }

    /// A carrier named once by SCAC and once by GLN in one document is one carrier; buyer and seller likewise.
    private static func sameRole(_ e: Event) -> [(String, String)] {
        ["buyer", "seller", "carrier"].compactMap { role in
            let parties = e.facts.parties.filter { $0.role == role && $0.id != nil }
            guard parties.count == 2, parties[0].scheme != parties[1].scheme,
                let a = PartnerDirectory.keys(parties[0]).first, let b = PartnerDirectory.keys(parties[1]).first
            else { return nil }
            return (a, b)
        }
    }

    static func assigned(_ p: Party) -> String? {
        p.id.map { "envelope:" + NormalForm.strict($0) }
    }

    /// Documents of equal content: of copies with their control numbers the one whose path sorts first is the original,
    /// of those sent again under another control number the earliest.
    private static func copies(_ readings: [Reading]) -> [String: String] {
        var copies: [String: String] = [:]
        var byDigest: [String: [Reading]] = [:]
        for r in readings where !r.document.digest.isEmpty && r.document.type != "unknown" {
            byDigest[r.document.digest, default: []].append(r)
        }
        var originals: [Reading] = []
        for (_, group) in byDigest {
            let sorted = group.sorted { $0.document.locator < $1.document.locator }
            guard let first = sorted.first else { continue }
            originals.append(first)
            for other in sorted.dropFirst() { copies[other.document.id] = first.document.id }
        }
        var byBody: [String: [Reading]] = [:]
        for r in originals where isRepeatable(r) { byBody[body(r), default: []].append(r) }
        for (_, group) in byBody {
            let sorted = group.sorted {
                ($0.document.time?.epochSeconds ?? 0, $0.document.locator)
                    < ($1.document.time?.epochSeconds ?? 0, $1.document.locator)
            }
            for other in sorted.dropFirst() { copies[other.document.id] = sorted[0].document.id }
        }
        // A copy of a copy points to the first of all.
        return copies.mapValues { copies[$0] ?? $0 }
    }

    /// Whether a second one with the same content is the same document again: an invoice is `invoice-duplicate`, a mail a
    /// mail, and acknowledgements of an exchange may well repeat.
    private static func isRepeatable(_ r: Reading) -> Bool {
        guard r.document.format != .email, r.document.status != .rejected, let first = r.events.first else {
            return false
        }
        return !["invoice.received", "freight-invoice.received", "exchange.acknowledged"].contains(first.type)
    }

    /// What a document says, apart from when it was prepared and where in the file it says it.
    static func body(_ r: Reading) -> String {
        Digest.id("body", [r.document.type, r.document.sender ?? ""] + r.events.map { content($0) })
    }

    static func content(_ e: Event) -> String {
        var parts = [e.type, e.delivery.map { $0.json.text } ?? ""]
        parts.append(content(e.facts, header: true))
        for l in e.lines { parts.append((l.number ?? "") + content(l.facts, header: false)) }
        return parts.joined(separator: "\u{1F}")
    }

    private static func content(_ f: Facts, header: Bool) -> String {
        var parts: [String] = []
        for r in f.references where r.kind != "exchange" { parts.append("r\(r.kind)=\(r.value)/\(r.line ?? "")") }
        for p in f.parties { parts.append("p\(p.role)=\(p.id ?? "")/\(p.name ?? "")") }
        for d in f.dates where !(header && d.role == "issued") { parts.append("d\(d.role)=\(d.value)") }
        for a in f.amounts { parts.append("a\(a.role)=\(a.value)/\(a.currency ?? "")/\(a.code ?? "")") }
        for q in f.quantities { parts.append("q\(q.role)=\(q.value)/\(q.unit ?? "")") }
        for l in f.locations { parts.append("l\(l.role)=\(l.code ?? "")/\(l.name ?? "")") }
        for e in f.equipment { parts.append("e\(e.kind)=\(e.id)") }
        for t in f.terms { parts.append("t\(t.name)=\(t.value)") }
        return parts.joined(separator: "\u{1E}")
    }
}
