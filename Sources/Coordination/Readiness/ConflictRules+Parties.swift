import Schemas
import Vocabulary

/// Parties, containers, numbers and terms of the declaration against the other papers.
extension ConflictRules {
    mutating func parties() {
        for p in declared.facts.parties where p.scheme == "eori" {
            if let id = p.id, !lists.isEORI(NormalForm.strict(id)) {
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
            guard let other = act.facts.party(role), let name = other.name, !isBearer(name),
                let mine = known(own), mine.partner != world.survey.partners.partner(other),
                PartnerDirectory.key(name: name) != PartnerDirectory.key(name: mine.name)
            else { continue }
            report(
                "consignee-mismatch",
                [world.evidence(declaration, mine.name, own.at), world.evidence(n, name, other.at)])
            return
        }
    }

    /// Who a party is: by its identifier where the directory knows that, else by the name it bears.
    private func known(_ p: Party) -> (partner: String?, name: String)? {
        let partner = world.survey.partners.partner(p)
        guard let name = partner.flatMap({ world.survey.partners.name($0) }) ?? p.name else { return nil }
        return (partner, name)
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
        var all: Set<String> = []
        for n in papers(["transport-document.issued", "shipment.notified", "booking.confirmed", "shipment.status"]) {
            let other = boxes(n)
            for (id, at) in other where !CheckDigit.container(id) && Shape.container(id) {
                report("container-check-digit", [world.evidence(n, id, at)])
            }
            all.formUnion(other.map(\.0))
        }
        guard let strange = own.first(where: { !all.contains($0.0) }), !all.isEmpty else { return }
        let witness = papers(["transport-document.issued"]).first { !boxes($0).isEmpty }
        report(
            "container-mismatch",
            [world.evidence(declaration, strange.0, strange.1)]
                + (witness.map { [world.evidence($0, boxes($0).map(\.0).joined(separator: ", "), boxes($0)[0].1)] }
                    ?? []))
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
