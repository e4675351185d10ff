import Vocabulary

/// An entity while it is being found: what is known of a purchase order, shipment, invoice, customs entry or payment.
struct Thing: Sendable {
    let kind: EntityKind
    /// Identifiers as written by those who use them, with how often; the entity shows them all.
    var identifiers: [Identifier: Int] = [:]
    var buyer: String?
    var seller: String?
    var carrier: String?
    /// Everybody who had to do with it.
    var partners: Set<String> = []
    /// Acts that founded it.
    var acts: [Int] = []
    /// Tells apart things of one number: scope and number.
    var key: String

    var id: String { Digest.id(kind.prefix, [key]) }

    /// The identifier a person would call it by.
    func name(_ kinds: [String]) -> String {
        for k in kinds {
            let of = identifiers.filter { $0.key.kind == k }
            if let best = of.min(by: { ($1.value, $0.key.value.count, $0.key) < ($0.value, $1.key.value.count, $1.key) }
            ) {
                return best.key.value
            }
        }
        return identifiers.keys.min()?.value ?? "?"
    }

    /// How well an act's partners agree with the thing's: positive for, negative against.
    func fit(_ act: Act) -> Int {
        var w = 0
        func compare(_ mine: String?, _ theirs: Act.Side, _ plus: Int, _ minus: Int) {
            guard let mine else { return }
            if let t = theirs.partner {
                if t == mine { w += plus } else if theirs.isStrong { w -= minus } else { w -= 1 }
            } else if act.partners.contains(mine) {
                w += plus - 1
            }
        }
        compare(seller, act.seller, 4, 4)
        compare(buyer, act.buyer, 3, 3)
        compare(carrier, act.carrier, 2, 1)
        return w
    }
}
