import Schemas
import Vocabulary

/// Which papers there are, and how they had to be read.
extension Remarks {
    mutating func papers() {
        if let d = at.declaration, !at.isTransit {
            invoice(d)
            let cites = at.blocks(d).contains {
                $0.reference("bill-of-lading") != nil || $0.reference("house-bill") != nil
            }
            if !cites { tell("doc-transport-missing", [evidence(d, "cites no transport document")]) }
        }
        summary()
        filing()
        asked()
        proof()
        duplicates()
        reading()
    }

    private mutating func invoice(_ d: Int) {
        let cited = at.blocks(d).flatMap { $0.references("invoice") }
        guard !cited.isEmpty else {
            tell("doc-invoice-missing", [evidence(d, "cites no invoice")])
            return
        }
        let held = at.file.invoices.compactMap { n in world.acts[n].facts.reference("invoice").map { (n, $0) } }
        guard let (n, own) = held.first else { return }
        let forms = Set(held.flatMap { world.tables.forms("invoice", $0.1.value) })
        let strange = cited.first { r in !world.tables.forms("invoice", r.value).contains { forms.contains($0) } }
        if let strange {
            tell("doc-id-mismatch", [evidence(d, "cites \(strange.raw)", strange.at), evidence(n, own.raw, own.at)])
        }
    }

    /// An import by sea for which nobody names an entry summary, where the checklist does not ask for it already.
    private mutating func summary() {
        guard at.isImport, at.regime != "us-import", at.mode == "sea", at.file.summaries.isEmpty,
            !at.missing.contains("entry-summary"), let d = at.declaration,
            !at.file.declarations.contains(where: { n in
                at.blocks(n).contains { $0.reference("entry-summary") != nil }
            })
        else { return }
        tell("doc-ens-missing", [evidence(d, "cites no entry summary declaration")])
    }

    /// The importer security filing: elements that no paper of the shipment shows.
    private mutating func filing() {
        guard at.regime == "us-import", at.mode == "sea" else { return }
        let orders = (world.linker.upward[at.shipment] ?? []).sorted().flatMap { world.acts(of: $0, ["order.issued"]) }
        let acts = at.file.papers + at.file.invoices + at.file.declarations + orders
        let blocks = acts.flatMap { at.blocks($0) }
        let unknown = at.desk.lanes.isf.filter { e in
            !blocks.contains { f in
                e.parties.contains { role in
                    f.parties.contains { $0.role == role && (e.isNumber ? $0.id != nil : true) }
                }
                    || e.term.map { f.term($0) != nil } ?? false
                    || e.locations.contains { f.location($0) != nil }
            }
        }
        guard !unknown.isEmpty, let n = acts.first else { return }
        tell("doc-isf-incomplete", [evidence(n, "no paper shows " + unknown.map(\.name).joined(separator: ", "))])
    }

    /// Customs asked for documents, and nothing ended the question.
    private mutating func asked() {
        for n in at.file.answers where world.acts[n].facts.term("customs-status") == "documents-requested" {
            let time = world.time(n) ?? 0
            let isOver = at.file.answers.contains {
                (world.time($0) ?? 0) > time && !CustomsFile.saysNothing($0, world)
                    && ["customs.released", "customs.accepted"].contains(world.acts[$0].type)
            }
            if isOver { continue }
            let limit = world.acts[n].facts.date("limit")
            tell(
                "doc-asked-open",
                [
                    evidence(
                        n,
                        "customs asks for documents"
                            + (limit.map { " until \($0.value)" } ?? "")
                            + (world.acts[n].facts.term("reason").map { ": \($0)" } ?? ""), limit?.at ?? Place())
                ])
        }
    }

    private mutating func proof() {
        guard let released = at.file.answers.first(where: { world.acts[$0].type == "customs.released" }),
            at.book.proofs.isEmpty, at.book.receipts.isEmpty, let arrival = at.arrival
        else { return }
        let days = Int(figure("doc-pod-unmatched", "days").scaled(to: 0))
        guard arrival.adding(days: days).epochSeconds < at.asOf.epochSeconds else { return }
        tell("doc-pod-unmatched", [evidence(released, "released, arrival was announced for \(arrival)")])
    }

    /// The same number from the same sender with other content, and nothing says that one replaces the other.
    private mutating func duplicates() {
        struct Key: Hashable {
            let type: String
            let number: String
            let sender: String
        }
        var seen: [Key: Int] = [:]
        for n in at.file.invoices + at.file.papers {
            let d = at.document(n)
            guard let number = d.number, !number.isEmpty, world.acts[n].event.intent == nil,
                ["invoice.received", "packing-list.issued", "transport-document.issued", "certificate.issued"].contains(
                    world.acts[n].type)
            else { continue }
            let key = Key(type: d.type, number: NormalForm.strict(number), sender: d.sender ?? "")
            guard let before = seen[key] else {
                seen[key] = n
                continue
            }
            let replaces = ["replace", "change", "copy", "cancel"].contains(world.acts[n].facts.term("purpose"))
            if at.document(before).body != d.body, !d.body.isEmpty, !replaces {
                tell("doc-duplicate", [evidence(before, "\(d.type) \(number)"), evidence(n, "the same number again")])
            }
        }
    }

    /// What had to be put up with in the papers.
    private mutating func reading() {
        for n in at.file.declarations + at.file.answers + at.file.summaries + at.file.invoices + at.file.papers {
            let d = at.document(n)
            guard d.format == .xml else { continue }
            for f in d.findings {
                if f.code == "schema-invalid" {
                    tell("xml-schema", [evidence(n, f.message, f.at)])
                } else if at.desk.checklists.lenient.contains(f.code) {
                    tell("xml-lenient", [evidence(n, f.message, f.at)])
                }
            }
        }
    }
}
