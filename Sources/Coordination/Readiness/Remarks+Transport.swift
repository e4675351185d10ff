import Schemas
import Vocabulary

/// Containers, seals, and the numbers of transport and customs.
extension Remarks {
    mutating func transport() {
        compare(
            "seal", "eqp-seal", from: ["shipment.notified", "transport-document.issued"],
            to: ["delivery.proved", "goods.received", "shipment.status"])
        compareContainers()
        numbers()
        places()
    }

    private func equipment(_ n: Int, _ kind: String) -> [Equipment] {
        at.blocks(n).flatMap { $0.equipment.filter { $0.kind == kind } }
    }

    /// What left and what arrived have nothing in common.
    private mutating func compare(_ kind: String, _ rule: String, from: Set<String>, to: Set<String>) {
        func all(_ types: Set<String>) -> [(act: Int, id: String, at: Place)] {
            at.book.papers.filter { types.contains(world.acts[$0].type) }.flatMap { n in
                equipment(n, kind).map { (n, NormalForm.strict($0.id), $0.at) }
            }
        }
        let left = all(from)
        let arrived = all(to)
        guard let a = left.first, let b = arrived.first(where: { x in !left.contains { $0.id == x.id } }) else {
            return
        }
        tell(rule, [evidence(a.act, "left with \(kind) \(a.id)", a.at), evidence(b.act, "arrived with \(b.id)", b.at)])
    }

    /// Containers of entry summary, proof and arrival notice that the declaration does not have.
    private mutating func compareContainers() {
        guard let d = at.declaration else { return }
        let own = equipment(d, "container").map { NormalForm.strict($0.id) }
        guard let first = own.first else { return }
        for n in at.file.summaries + at.book.proofs {
            let other = equipment(n, "container").filter { Shape.container(NormalForm.strict($0.id)) }
            guard let strange = other.first, !other.contains(where: { own.contains(NormalForm.strict($0.id)) }) else {
                continue
            }
            tell("eqp-container-agree", [evidence(d, "declared \(first)"), evidence(n, strange.id, strange.at)])
        }
    }

    private mutating func numbers() {
        for n in at.file.declarations + at.file.answers where world.acts[n].event.intent == nil {
            for r in world.acts[n].facts.references {
                if r.kind == "mrn" { mrn(r, n) }
                if r.kind == "ucr" { ucr(r, n) }
            }
        }
        for n in at.file.papers + at.file.declarations where at.mode == "air" {
            for r in at.blocks(n).flatMap(\.references) where ["bill-of-lading", "house-bill"].contains(r.kind) {
                let digits = r.value.filter(\.isNumber)
                let isWaybill = digits.count == 11 && r.value.allSatisfy { $0.isNumber || $0 == "-" || $0 == " " }
                if isWaybill, !CheckDigit.airWaybill(r.value) { tell("ref-awb", [evidence(n, r.raw, r.at)]) }
            }
        }
        lrns()
    }

    /// Year and country of an MRN whose shape and check character are right.
    private mutating func mrn(_ r: Reference, _ n: Int) {
        let id = NormalForm.strict(r.value)
        guard CheckDigit.mrn(id) else { return }
        let country = String(id.dropFirst(2).prefix(2))
        if !codes.countries.contains(country) {
            tell("ref-mrn", [evidence(n, "\(r.raw): \(country) is no country", r.at)])
        }
        guard let year = Int(id.prefix(2)), let day = at.document(n).time else { return }
        let own = (Int(day.description.prefix(4)) ?? 0) % 100
        // A declaration lodged in December may be answered in January.
        if year != own, (year + 1) % 100 != own {
            tell(
                "ref-mrn", [evidence(n, "\(r.raw) is of the year \(id.prefix(2)), the paper of \(day.dateOnly)", r.at)])
        }
    }

    /// DUCR: last digit of the year, country, EORI, a hyphen and up to 19 characters, 35 in all. Others are free up to 35.
    private mutating func ucr(_ r: Reference, _ n: Int) {
        let v = r.value
        guard v.count > 35 || looksLikeDUCR(v) else { return }
        let parts = v.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let isRight = v.count <= 35 && parts.count == 2 && (1...19).contains(parts[1].count) && parts[0].count > 3
        if !isRight { tell("ref-ucr", [evidence(n, r.raw, r.at)]) }
    }

    private func looksLikeDUCR(_ v: String) -> Bool {
        let c = Array(v)
        return c.count > 3 && c[0].isNumber && codes.countries.contains(String(c[1...2])) && c[3].isNumber
    }

    /// Two originals under one local reference number within the time that customs remembers it.
    private mutating func lrns() {
        var seen: [String: Int] = [:]
        let seconds = Int(figure("ref-lrn-reuse", "hours").scaled(to: 0)) * 3600
        for n in at.file.declarations {
            guard let r = world.acts[n].facts.reference("lrn") else { continue }
            let purpose = world.acts[n].facts.term("purpose") ?? "original"
            guard purpose == "original" else { continue }
            let key = NormalForm.strict(r.value)
            if let before = seen[key], at.document(before).body != at.document(n).body,
                let a = world.time(before), let b = world.time(n), b - a < seconds
            {
                tell("ref-lrn-reuse", [evidence(before, r.raw), evidence(n, "\(r.raw) again", r.at)])
            }
            seen[key] = n
        }
    }

    private mutating func places() {
        for n in at.file.declarations + at.file.papers {
            for l in at.blocks(n).flatMap(\.locations)
            where ["loading", "discharge", "origin", "destination"].contains(l.role) {
                guard let code = l.code?.uppercased(), code.count == 5, code.allSatisfy({ $0.isLetter || $0.isNumber })
                else { continue }
                let isPlace = code.dropFirst(2).allSatisfy { $0.isLetter || ("2"..."9").contains($0) }
                if !isPlace || !codes.countries.contains(String(code.prefix(2))) {
                    tell("loc-unlocode", [evidence(n, "\(l.role) \(code)", l.at)])
                }
            }
        }
    }
}
