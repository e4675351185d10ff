import Schemas
import Vocabulary

/// One thing that a paper says, with its place: a row of `PaperView`, a box of the page's picture.
struct PaperFact {
    enum Group { case delivery, reference, party, date, equipment, goods, other, finding }

    var group: Group
    /// What it is, as a clerk says it: `received by`, `bill of lading`.
    var what: String
    var value: String
    /// What it was read from, where the place does not quote it.
    var raw = ""
    var at = Place()

    /// As the paper has it; empty where that is the same.
    var printed: String {
        let text = at.quote ?? raw
        return text == value ? "" : text
    }
    /// How certain the reading of its words is, in thousandths; nil where the file holds the text itself.
    var confidence: Int? { at.confidence }

    /// What is below this is shown as doubtful, in thousandths.
    static let doubtful = 800

    var isDoubtful: Bool { confidence.map { $0 < PaperFact.doubtful } ?? false }
}

extension Reading {
    /// What a paper says in the order in which it is asked for: the receipt, then numbers, parties, times, equipment, goods.
    func paperFacts(_ names: FactNames) -> [PaperFact] {
        var out: [PaperFact] = []
        for e in events {
            out += e.delivery?.paperFacts ?? []
            out += e.facts.paperFacts(names, besides: e.delivery)
            for l in e.lines {
                for var f in l.facts.paperFacts(names, besides: nil) {
                    f.what = "line \(l.number ?? "?"): \(f.what)"
                    out.append(f)
                }
            }
        }
        return out
    }
}

extension Delivery {
    /// What was done with the goods, also where the paper does not say it: that is what a clerk looks for first.
    fileprivate var paperFacts: [PaperFact] {
        func said(_ d: DateFact?, _ what: String) -> PaperFact? { d.map { PaperFact($0, named: what, in: .delivery) } }
        var out = [
            said(deliveredAt, "delivered")
                ?? PaperFact(group: .delivery, what: "delivered", value: "the paper does not say when"),
            receivedBy.isEmpty
                ? PaperFact(group: .delivery, what: "received by", value: "nobody named")
                : PaperFact(group: .delivery, what: "received by", value: receivedBy, at: receivedByPlace),
            signature.map { PaperFact(group: .delivery, what: "signed", value: $0.kind.said, at: $0.at) }
                ?? PaperFact(group: .delivery, what: "signed", value: "no signature found"),
            pieces.map { PaperFact($0, named: "pieces received", in: .delivery) }
                ?? PaperFact(group: .delivery, what: "pieces received", value: "not counted"),
        ]
        out += remarks.map { PaperFact(group: .delivery, what: $0.code, value: $0.text, at: $0.at) }
        out += [said(arrivedAt, "arrived"), said(departedAt, "departed"), said(appointment, "appointment")]
            .compactMap { $0 }
        return out
    }

    /// Whether a date of the event is told already.
    fileprivate func tells(_ d: DateFact) -> Bool {
        [deliveredAt, arrivedAt, departedAt, appointment].contains { $0?.role == d.role && $0?.at == d.at }
    }
}

extension Delivery.Signature.Kind {
    fileprivate var said: String {
        switch self {
        case .ink: "by hand"
        case .image: "by a picture of a signature"
        case .typed: "by a typed name"
        case .stamp: "by a stamp"
        case .field: "by a digital signature field"
        case .words: "in words"
        }
    }
}

extension Facts {
    /// - Parameter delivery: what has been told already.
    fileprivate func paperFacts(_ names: FactNames, besides delivery: Delivery?) -> [PaperFact] {
        var out: [PaperFact] = references.map { r in
            PaperFact(
                group: .reference, what: names.name("reference", r.kind),
                value: r.value + (r.line.map { ", line \($0)" } ?? ""),
                raw: r.raw, at: r.at)
        }
        for p in parties {
            let id = p.id.map { [p.scheme, $0].compactMap { $0 }.joined(separator: " ") }
            let value = [p.name, id, p.country].compactMap { $0 }.joined(separator: ", ")
            out.append(PaperFact(group: .party, what: names.name("party", p.role), value: value, at: p.at))
        }
        for d in dates where delivery?.tells(d) != true {
            out.append(PaperFact(d, named: names.name("date", d.role), in: .date))
        }
        for e in equipment {
            out.append(PaperFact(group: .equipment, what: names.name("equipment", e.kind), value: e.id, at: e.at))
        }
        for q in quantities where delivery == nil || q.at != delivery?.pieces?.at {
            out.append(PaperFact(q, named: names.name("quantity", q.role), in: .goods))
        }
        for a in amounts {
            let basis = a.basis.map { " per \($0.description)" + (a.unit.map { " \($0)" } ?? "") }
            let value = a.value.fixed(2) + (a.currency.map { " \($0)" } ?? "") + (basis ?? "")
            out.append(
                PaperFact(
                    group: .goods, what: names.name("amount", a.role), value: value, raw: a.raw, at: a.at))
        }
        for l in locations {
            let value = [l.code, l.name, l.country].compactMap { $0 }.joined(separator: ", ")
            out.append(PaperFact(group: .other, what: names.name("location", l.role), value: value, at: l.at))
        }
        for t in terms {
            out.append(
                PaperFact(
                    group: .other, what: names.name("term", t.name), value: t.value, raw: t.raw, at: t.at))
        }
        return out
    }
}

extension PaperFact {
    fileprivate init(_ d: DateFact, named what: String, in group: Group) {
        let all = [d.value] + d.alternatives
        let value = all.map(\.said).joined(separator: " or ")
        self.init(group: group, what: what, value: value, raw: d.raw, at: d.at)
    }

    fileprivate init(_ q: Quantity, named what: String, in group: Group) {
        let value = q.value.description + (q.unit.map { " \($0)" } ?? "")
        self.init(group: group, what: what, value: value, raw: q.raw, at: q.at)
    }
}

extension Moment {
    /// `2026-03-13 15:05`, and that it is UTC where a zone was given.
    fileprivate var said: String {
        guard let second else { return description }
        let clock = String(description.dropFirst(11).prefix(second % 60 == 0 ? 5 : 8))
        return "\(description.prefix(10)) \(clock)" + (offset == nil ? "" : " UTC")
    }
}
