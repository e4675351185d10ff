import Vocabulary

/// Whose a mail domain is: the partner whose numbers its mails speak of most often, and whose name it spells.
enum MailDomains {
    static func owners(
        _ readings: [Reading], _ tables: MatchingTables, _ directory: PartnerDirectory
    ) -> [(String, String)] {
        guard readings.contains(where: { $0.document.format == .email }) else { return [] }
        let bearers = bearers(readings, tables, directory)
        var votes: [String: [String: Int]] = [:]
        for r in readings where r.document.format == .email {
            for e in r.events {
                let domains = Set(
                    e.facts.parties.filter { $0.scheme == "email" }.compactMap {
                        $0.id.flatMap(PartnerDirectory.domain)
                    })
                for d in domains where votes[d] == nil { votes[d] = [:] }
                for ref in e.facts.references {
                    for form in tables.forms(ref.kind, ref.value).prefix(1) {
                        guard let partners = bearers[form], partners.count <= 4 else { continue }
                        for d in domains { for p in partners { votes[d]?[p, default: 0] += 1 } }
                    }
                }
            }
        }
        let named = directory.names.sorted { $0.key < $1.key }
        var owners: [(String, String)] = []
        for (domain, v) in votes.sorted(by: { $0.key < $1.key }) {
            var score: [String: Int] = [:]
            for (p, n) in v { score[p] = min(n, 20) }
            for (p, name) in named {
                let likeness = likeness(domain, name)
                if likeness >= 5 { score[p, default: 0] += 10 * likeness }
            }
            let ranked = score.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            guard let best = ranked.first, best.value >= 2, ranked.count == 1 || ranked[1].value < best.value else {
                continue
            }
            owners.append((domain, best.key))
        }
        return owners
    }

    /// Number → the partners in whose documents it stands as order, invoice or shipment.
    private static func bearers(
        _ readings: [Reading], _ tables: MatchingTables, _ directory: PartnerDirectory
    ) -> [String: Set<String>] {
        var out: [String: Set<String>] = [:]
        for r in readings where r.document.format != .email {
            for e in r.events {
                let partners = ["buyer", "seller", "carrier"].compactMap {
                    e.facts.party($0).flatMap { directory.partner($0) }
                }
                for ref in e.facts.references where ref.kind != "exchange" {
                    guard let form = tables.forms(ref.kind, ref.value).first else { continue }
                    out[form, default: []].formUnion(partners)
                }
            }
        }
        return out
    }

    /// How many letters of the name's words the domain spells, beginning with a word's start.
    private static func likeness(_ domain: String, _ name: String) -> Int {
        let label = domain.dropFirst("domain:".count).uppercased().filter(\.isLetter)
        var sum = 0
        for word in name.uppercased().split(whereSeparator: { !$0.isLetter }) where word.count >= 4 {
            let folded = PartnerDirectory.key(name: String(word)).map { String($0.dropFirst(5)) } ?? String(word)
            if label.contains(folded) {
                sum += folded.count
            } else if label.contains(folded.prefix(4)) {
                sum += 2
            }
        }
        return sum
    }
}
