import Schemas
import Vocabulary

/// Parties, containers, numbers and terms of the declaration against the other papers.
extension ConflictRules {
    mutating func parties() {
        for p in declared.facts.parties where p.scheme == "eori" {
            if let id = p.id, !Shape.eori(NormalForm.strict(id)) {
                report("eori-invalid", [world.evidence(declaration, "\(p.role) \(id)", p.at)])
            }
        }
        let direction = declared.facts.term("direction")
        guard
            let own = declared.facts.party("consignee")
                ?? (direction == "export" ? nil : declared.facts.party("importer"))
        else { return }
        for n in papers(["transport-document.issued"]) + cited {
            let act = world.acts[n]
            let role = act.type == "invoice.received" ? "buyer" : "consignee"
            guard let other = act.facts.party(role), let name = other.name, let mine = own.name, !isBearer(name) else {
                continue
            }
            let (a, b) = (world.survey.partners.partner(own), world.survey.partners.partner(other))
            if a == nil || b == nil || a != b, PartnerDirectory.key(name: name) != PartnerDirectory.key(name: mine) {
                report(
                    "consignee-mismatch",
                    [world.evidence(declaration, mine, own.at), world.evidence(n, name, other.at)])
                return
            }
        }
    }

    /// "To order" and banks are no consignees.
    private func isBearer(_ name: String) -> Bool {
        let n = name.uppercased()
        return world.tables.bearers.contains { n.contains($0) }
    }

    mutating func containers() {
        func boxes(_ n: Int) -> [(String, Place)] {
            world.acts[n].facts.equipment.filter { $0.kind == "container" }.map { (NormalForm.strict($0.id), $0.at) }
        }
        let own = boxes(declaration)
        for (id, at) in own where !CheckDigit.container(id) {
            report("container-check-digit", [world.evidence(declaration, id, at)])
        }
        guard !own.isEmpty else { return }
        for n in papers(["transport-document.issued", "shipment.notified", "booking.confirmed", "shipment.status"]) {
            let other = boxes(n)
            for (id, at) in other where !CheckDigit.container(id) && Shape.container(id) {
                report("container-check-digit", [world.evidence(n, id, at)])
            }
            if !other.isEmpty, Set(other.map(\.0)).isDisjoint(with: Set(own.map(\.0))) {
                report(
                    "container-mismatch",
                    [
                        world.evidence(declaration, own[0].0, own[0].1), world.evidence(n, other[0].0, other[0].1),
                    ])
            }
        }
    }

    mutating func numbers() {
        for n in [declaration] + file.answers where world.acts[n].event.intent == nil {
            for r in world.acts[n].facts.references where r.kind == "mrn" || r.kind == "entry-summary" {
                let id = NormalForm.strict(r.value)
                if id.count >= 16, !CheckDigit.mrn(id) { report("mrn-invalid", [world.evidence(n, r.raw, r.at)]) }
            }
        }
        let cited = declared.facts.references.filter { $0.kind == "bill-of-lading" || $0.kind == "house-bill" }
        let held = papers([
            "transport-document.issued", "shipment.notified", "booking.confirmed", "tender.offered",
            "booking.requested",
        ]).flatMap { n in
            world.acts[n].facts.references.filter { $0.kind == "bill-of-lading" || $0.kind == "house-bill" }.map {
                (n, $0)
            }
        }
        guard let first = cited.first, let (n, other) = held.first else { return }
        let forms = Set(held.flatMap { world.tables.forms($0.1.kind, $0.1.value) })
        let agrees = cited.contains { r in world.tables.forms(r.kind, r.value).contains { forms.contains($0) } }
        if !agrees {
            report(
                "transport-document-mismatch",
                [world.evidence(declaration, first.raw, first.at), world.evidence(n, other.raw, other.at)])
        }
    }

    mutating func terms() {
        guard let own = declared.facts.terms.first(where: { $0.name == "incoterm" }) else { return }
        for n in cited {
            guard let other = world.acts[n].facts.terms.first(where: { $0.name == "incoterm" }) else { continue }
            if other.value.prefix(3).uppercased() != own.value.prefix(3).uppercased() {
                report(
                    "incoterm-mismatch",
                    [world.evidence(declaration, own.raw, own.at), world.evidence(n, other.raw, other.at)])
                return
            }
        }
    }
}
