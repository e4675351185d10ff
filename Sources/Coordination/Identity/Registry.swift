import Schemas
import Vocabulary

/// All things of a neighbourhood and the index of their numbers.
struct Registry: Sendable {
    var things: [Thing] = []
    /// kind of reference and form → things that bear it, with how strict the form was (0 strictest).
    private var index: [String: [(thing: Int, rank: Int)]] = [:]
    let tables: MatchingTables
    private let partners: PartnerDirectory

    init(tables: MatchingTables, partners: PartnerDirectory) {
        self.tables = tables
        self.partners = partners
    }

    /// What a number leads to: the thing, and how surely.
    struct Hit: Sendable, Equatable {
        let thing: Int
        let weight: Int
        /// 0: as letters and digits; 1: loosened; 2: a release split off.
        let rank: Int
    }

    mutating func add(_ thing: Thing) -> Int {
        things.append(thing)
        let n = things.count - 1
        for i in thing.identifiers.keys { enter(i, n) }
        return n
    }

    mutating func enter(_ identifier: Identifier, _ thing: Int) {
        for (rank, form) in tables.forms(identifier.kind, identifier.value).enumerated() {
            let key = key(identifier.kind, form)
            if index[key]?.contains(where: { $0.thing == thing }) != true {
                index[key, default: []].append((thing, rank))
            }
        }
    }

    private func key(_ kind: String, _ form: String) -> String { tables.space(kind) + "|" + form }

    /// What a number loses that another partner issued than the one in whose scope it is unique. An issuer of whom only a number or
    /// a code is known, on either side, does not speak against a number that is the same to the letter: it may be the same partner.
    private func foreign(_ kind: String, _ thing: Int, _ act: Act, isExact: Bool) -> Int {
        let mine: String?
        let side: Act.Side
        if kind == "invoice" || tables.scopes[kind] == .seller {
            (mine, side) = (things[thing].seller, act.seller)
        } else if tables.scopes[kind] == .carrier {
            (mine, side) = (things[thing].carrier, act.carrier)
        } else {
            return 0
        }
        guard let mine, let other = side.partner, !isExact || side.isNamed && partners.name(mine) != nil, other != mine,
            !act.partners.contains(mine)
        else { return 0 }
        return 8
    }

    /// The things that a reference may mean, best first. Weights are whole numbers; equal ones are settled by key.
    func look(_ reference: Reference, _ act: Act, kinds: [String]? = nil) -> [Hit] {
        var best: [Int: Hit] = [:]
        for kind in kinds ?? [reference.kind] {
            for (rank, form) in tables.forms(kind, reference.value).enumerated() {
                for entry in index[key(kind, form)] ?? [] {
                    let loss = max(rank, entry.rank)
                    let weight =
                        10 - 2 * loss + things[entry.thing].fit(act)
                        - foreign(kind, entry.thing, act, isExact: loss == 0)
                    let hit = Hit(thing: entry.thing, weight: weight, rank: loss)
                    if best[entry.thing].map({ $0.weight < weight }) ?? true { best[entry.thing] = hit }
                }
            }
        }
        return best.values.sorted { ($1.weight, things[$0.thing].key) < ($0.weight, things[$1.thing].key) }
    }

    /// The one thing that a reference means, or the candidates between which nothing decides.
    enum Answer: Sendable {
        case none
        case one(Hit)
        case several([Hit])
    }

    func resolve(_ reference: Reference, _ act: Act, kinds: [String]? = nil, least: Int = 6) -> Answer {
        let hits = look(reference, act, kinds: kinds).filter { $0.weight >= least }
        guard let first = hits.first else { return .none }
        let rivals = hits.filter { first.weight - $0.weight < 2 }
        return rivals.count == 1 ? .one(first) : .several(rivals)
    }
}
