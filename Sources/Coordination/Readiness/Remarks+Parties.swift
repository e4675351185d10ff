import Schemas
import Vocabulary

/// Parties and terms of delivery.
extension Remarks {
    mutating func parties() {
        terms()
        guard let d = at.declaration else { return }
        let facts = world.acts[d].facts
        func ids(_ role: String) -> Set<String> {
            Set(facts.parties.filter { $0.role == role }.compactMap { $0.id.map(NormalForm.strict) })
        }
        let inEurope = ["uk-", "eu-"].contains { at.regime.hasPrefix($0) }
        let wanted = at.isImport ? "importer" : at.isExport ? "exporter" : nil
        if inEurope, let wanted {
            let own = facts.parties.filter { $0.role == wanted }
            if !own.contains(where: { $0.id != nil }) {
                tell(
                    "pty-eori",
                    [
                        evidence(
                            d, own.first.map { "\(wanted) \($0.name ?? "") without EORI" } ?? "names no \(wanted)",
                            own.first?.at ?? Place())
                    ])
            }
        }
        let same = ids("importer").intersection(ids("exporter")).sorted()
        if at.isImport, let id = same.first {
            let places = facts.parties.filter { ["importer", "exporter"].contains($0.role) && $0.id != nil }
            tell("pty-importer-exporter", places.map { evidence(d, "\($0.role) \(id)", $0.at) })
        }
    }

    private mutating func terms() {
        let acts = at.file.invoices + (at.declaration.map { [$0] } ?? [])
        for n in acts {
            guard let t = incoterm(n) else { continue }
            if let successor = codes.retiredIncoterms[t.code] {
                tell("trm-incoterm", [evidence(n, "\(t.term.raw) is retired, \(successor) took its place", t.term.at)])
            } else if !codes.incoterms.contains(t.code) {
                tell("trm-incoterm", [evidence(n, "\(t.term.raw) is no term of the current edition", t.term.at)])
            } else if codes.incotermsByWater.contains(t.code), let mode = at.mode,
                !["sea", "inland-water"].contains(mode)
            {
                tell(
                    "trm-incoterm",
                    [evidence(n, "\(t.term.raw) is for carriage by water, this goes by \(mode)", t.term.at)])
            }
        }
        for o in (world.linker.upward[at.shipment] ?? []).sorted() {
            guard
                let order = world.acts(of: o, ["order.issued", "order.changed"]).last(where: { incoterm($0) != nil }),
                let agreed = incoterm(order)
            else { continue }
            for n in acts {
                guard let t = incoterm(n), t.code != agreed.code else { continue }
                tell(
                    "trm-incoterm-agree",
                    [evidence(order, "ordered \(agreed.term.raw)", agreed.term.at), evidence(n, t.term.raw, t.term.at)])
            }
        }
    }

    private func incoterm(_ n: Int) -> (code: String, term: Term)? {
        guard let t = world.acts[n].facts.terms.first(where: { $0.name == "incoterm" }) else { return nil }
        return (String(t.value.prefix(3)).uppercased(), t)
    }
}
