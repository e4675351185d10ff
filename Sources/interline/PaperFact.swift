import Vocabulary

/// One thing that a paper says, with its place: a row of `PaperView`, a box of the page's picture.
struct PaperFact {
    enum Group { case delivery, reference, party, date, equipment, goods, other, finding }

    var group: Group
    /// What it is, as a clerk says it: `received by`, `bill of lading`.
    var what: String
    var value: String
    /// As the paper has it; empty where that is the same, or nothing of the kind.
    var raw = ""
    var at = Place()
    /// In thousandths; nil where the text was there to be read and nothing speaks against it.
    var confidence: Int?

    /// What is below this is shown as doubtful, in thousandths.
    static let doubtful = 800

    var isDoubtful: Bool { confidence.map { $0 < PaperFact.doubtful } ?? false }
}

extension Reading {
    /// What a paper says in the order in which it is asked for: the receipt, then numbers, parties, times, equipment, goods.
    var paperFacts: [PaperFact] {
        var out: [PaperFact] = []
        for e in events {
            out += e.delivery?.paperFacts ?? []
            out += e.facts.paperFacts(besides: e.delivery)
            for l in e.lines {
                for var f in l.facts.paperFacts(besides: nil) {
                    f.what = "line \(l.number ?? "?"): \(f.what)"
                    out.append(f)
                }
            }
        }
        return out
    }
}

extension Delivery {
    fileprivate var paperFacts: [PaperFact] {
        var out = [
            deliveredAt.map { PaperFact($0, named: "delivered", in: .delivery) }
                ?? PaperFact(group: .delivery, what: "delivered", value: "the paper does not say when"),
            PaperFact(group: .delivery, what: "received by", value: receivedBy.isEmpty ? "nobody named" : receivedBy),
            PaperFact(group: .delivery, what: "signed", value: signed ? "yes" : "no signature found"),
        ]
        if let p = pieces { out.append(PaperFact(p, named: "pieces received", in: .delivery)) }
        for r in remarks {
            out.append(PaperFact(group: .delivery, what: r.code, value: r.text, at: r.at))
        }
        return out
    }
}

extension Facts {
    /// - Parameter delivery: what has been told already.
    fileprivate func paperFacts(besides delivery: Delivery?) -> [PaperFact] {
        var out: [PaperFact] = references.map { r in
            PaperFact(
                group: .reference, what: r.kind.words, value: r.value + (r.line.map { ", line \($0)" } ?? ""),
                raw: r.raw == r.value ? "" : r.raw, at: r.at, confidence: r.confidence < 1000 ? r.confidence : nil)
        }
        for p in parties {
            let id = p.id.map { [p.scheme, $0].compactMap { $0 }.joined(separator: " ") }
            let value = [p.name, id, p.country].compactMap { $0 }.joined(separator: ", ")
            out.append(PaperFact(group: .party, what: p.role.words, value: value, at: p.at))
        }
        for d in dates where d != delivery?.deliveredAt { out.append(PaperFact(d, named: d.role.words, in: .date)) }
        for e in equipment { out.append(PaperFact(group: .equipment, what: e.kind.words, value: e.id, at: e.at)) }
        for q in quantities where delivery == nil || q.at != delivery?.pieces?.at {
            out.append(PaperFact(q, named: q.role.words, in: .goods))
        }
        for a in amounts {
            let basis = a.basis.map { " per \($0.description)" + (a.unit.map { " \($0)" } ?? "") }
            let value = a.value.description + (a.currency.map { " \($0)" } ?? "") + (basis ?? "")
            out.append(
                PaperFact(
                    group: .goods, what: a.role.words, value: value, raw: a.raw == value ? "" : a.raw, at: a.at))
        }
        for l in locations {
            let value = [l.code, l.name, l.country].compactMap { $0 }.joined(separator: ", ")
            out.append(PaperFact(group: .other, what: l.role.words, value: value, at: l.at))
        }
        for t in terms {
            out.append(
                PaperFact(
                    group: .other, what: t.name.words, value: t.value, raw: t.raw == t.value ? "" : t.raw, at: t.at))
        }
        return out
    }
}

extension PaperFact {
    fileprivate init(_ d: DateFact, named what: String, in group: Group) {
        let all = [d.value] + d.alternatives
        let value = all.map(\.description).joined(separator: " or ")
        self.init(group: group, what: what, value: value, raw: d.raw == value ? "" : d.raw, at: d.at)
    }

    fileprivate init(_ q: Quantity, named what: String, in group: Group) {
        let value = q.value.description + (q.unit.map { " \($0)" } ?? "")
        self.init(group: group, what: what, value: value, raw: q.raw == value ? "" : q.raw, at: q.at)
    }
}

extension String {
    /// `bill-of-lading` as it is said.
    fileprivate var words: String { replacing("-", with: " ") }
}
