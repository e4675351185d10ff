import Schemas
import Vocabulary

/// Makes one document and its event of the pages that hold it.
struct Compiler {
    let words: ProofWords
    let sheets: [Sheet]
    let locator: Locator
    let source: String

    func reading(findings given: [Finding]) -> Reading {
        var findings = given
        let text = sheets.flatMap { $0.page.chunks }.map(\.text).joined(separator: "\n")
        var document = Document(
            locator: locator, format: .pdf, type: "unknown", source: source,
            digest: locator.pages == nil ? source : Digest.id("pdf", [source] + (locator.pages ?? []).map(String.init)))
        guard sheets.contains(where: { $0.page.hasText }) else {
            let pictures = sheets.contains { !$0.page.images.isEmpty }
            findings.append(
                pictures
                    ? Finding(
                        "picture-without-text", .warning, "No text could be read in the pictures on the pages.",
                        at: Place(page: sheets.first?.page.number))
                    : Finding(
                        "empty-pdf", .warning, "The pages hold neither text nor pictures.",
                        at: Place(page: sheets.first?.page.number)))
            findings += BarcodeFacts.told(sheets, words)
            document.findings = findings
            document.status = Document.status(for: findings)
            document.body = document.digest
            return Reading(document)
        }
        let normal = normal()
        let title = sheets.flatMap(\.titles).max { $0.score < $1.score }
        let isProof = title?.kind == "proof-of-delivery" && title?.score ?? 0 >= 40
        var reader = ReceiptReader(words: words, normal: normal, sheets: sheets, isProof: isProof)
        var receipt = reader.read()
        let (kind, base, sure) = kind(receipt, normal)
        // On a paper that its receipt makes a proof, generic labels are the receiver's after all.
        if kind?.type == "proof-of-delivery", !isProof {
            reader.isProof = true
            receipt = reader.read()
        }
        guard let kind else {
            findings.append(
                Finding(
                    "unrecognised", .warning, "Neither title nor labels say what paper this is.",
                    at: Place(page: sheets.first?.page.number)))
            findings += BarcodeFacts.told(sheets, words)
            document.findings = findings
            document.status = Document.status(for: findings)
            document.body = Digest.id("text", [text])
            return Reading(document)
        }
        let composer = Composer(words: words, kind: kind, normal: normal, sheets: sheets)
        let composed = composer.compose()
        var facts = composed.facts
        findings += composed.findings
        findings += BarcodeFacts(words: words, kind: kind, normal: normal, sheets: sheets).add(to: &facts)
        document.type = kind.document
        let own = number(kind, base, facts, normal)
        document.number = own?.value
        if let own, let reference = base?.own ?? kind.own, own.isBare {
            facts.reference(String(reference.drop { $0 != " " }.dropFirst()), own.value, raw: own.value, own.at)
        }
        let issued = date(kind, facts, receipt, normal)
        document.date = issued?.value.dateOnly
        if let d = issued, facts.date("issued") == nil, kind.type != "proof-of-delivery" {
            facts.dates.insert(
                DateFact("issued", d.value, alternatives: d.alternatives, raw: d.raw, at: d.at), at: 0)
        }
        document.sender = composed.letterhead ?? facts.party("exporter")?.name ?? facts.party("consignor")?.name
        document.receiver =
            words.roles.receiver.lazy.compactMap { facts.party($0)?.name }.first
        var event = Event(type: kind.event, lines: composed.lines, confidence: confidence(sure, composed))
        if kind.type == "proof-of-delivery" {
            var delivery = receipt.delivery
            delivery.pieces = delivery.pieces ?? whole(delivery, facts)
            event.delivery = delivery
            if let d = delivery.deliveredAt {
                facts.dates.removeAll { $0.role == "delivered" }
                facts.dates.insert(d, at: 0)
            }
            facts.quantities += receipt.counts
            if let p = delivery.pieces {
                facts.quantities.append(Quantity("received", p.value, unit: p.unit, raw: p.raw, at: p.at))
            }
            if delivery.deliveredAt == nil {
                findings.append(
                    Finding("no-delivery-date", .warning, "The proof does not say when the goods were delivered."))
            }
            document.body = Digest.id("text", [text, delivery.json.text])
        } else {
            document.body = Digest.id("text", [text])
        }
        event.facts = facts
        document.findings = findings
        document.status = Document.status(for: findings)
        return Reading(document, kind.event.isEmpty ? [] : [event])
    }

    /// How sure it is what paper this is and that its facts are right, in thousandths: doubts of its kind, of its arithmetic and
    /// of its characters, and of a party that only its place speaks for.
    private func confidence(_ sure: Int, _ composed: Composer.Composition) -> Int {
        let sums =
            switch composed.arithmetic {
            case .holds: 1000
            case .open: 970
            case .fails: 850
            }
        return sure * sums / 1000 * (composed.isGuessed ? 970 : 1000) / 1000 * certainty / 1000
    }

    /// The count that a proof prints once is what was delivered, if somebody took it and nothing says that some stayed out.
    private func whole(_ d: Delivery, _ facts: Facts) -> Quantity? {
        guard d.deliveredAt != nil, !d.receivedBy.isEmpty || d.signed,
            !d.remarks.contains(where: { ["short", "refused"].contains($0.code) })
        else { return nil }
        return facts.quantity("packages") ?? facts.quantity("pallets")
    }

    /// How certain the words of the document are on average, in thousandths: 1000 where none had to be recognised.
    private var certainty: Int {
        var (sum, count) = (0, 0)
        for s in sheets {
            for c in s.page.chunks {
                for w in c.words {
                    sum += w.confidence ?? 1000
                    count += 1
                }
            }
        }
        return count == 0 ? 1000 : sum / count
    }

    /// How this document writes dates and figures.
    private func normal() -> Normal {
        let all = sheets.flatMap { s in s.page.chunks.map(\.text) }
        var dates = DateText(words: words.dates, dayFirst: nil)
        var proofs: Set<Bool> = []
        var certain: [Int] = []
        var open: [FoundDate] = []
        for t in all {
            for d in dates.dates(in: t) {
                if let p = d.provesDayFirst { proofs.insert(p) }
                if d.isOpen { open.append(d) } else if let m = d.readings.first { certain.append(m.day) }
            }
        }
        if let told = sheets.lazy.compactMap({ $0.template?.dayFirst }).first {
            dates.dayFirst = told
            dates.isProved = true
        } else if proofs.count == 1, let p = proofs.first {
            dates.dayFirst = p
            dates.isProved = true
        } else {
            dates.dayFirst = likely(open, certain)
        }
        return Normal(
            words: words, dates: dates,
            numbers: NumberText(
                decimalComma: NumberText.decimalComma(
                    in: sheets.flatMap { s in s.page.chunks.flatMap { $0.words.map(\.text) } })))
    }

    /// The order that puts open dates nearer to the certain ones, else the one that the paper's words speak for.
    private func likely(_ open: [FoundDate], _ certain: [Int]) -> Bool? {
        if let o = open.first, o.readings.count == 2,
            let c = certain.min(by: { abs($0 - o.readings[0].day) < abs($1 - o.readings[0].day) })
        {
            let day = abs(c - o.readings[0].day)
            let month = certain.map { abs($0 - o.readings[1].day) }.min() ?? day
            if day + 45 < month { return true }
            if month + 45 < day { return false }
        }
        for s in sheets {
            for chunk in s.page.chunks {
                let t = chunk.tokens
                for i in t.indices
                where words.monthFirst.contains([t[i]])
                    || (i + 1 < t.count && words.monthFirst.contains([t[i], t[i + 1]]))
                {
                    return false
                }
            }
        }
        return nil
    }

    /// What paper this is, what it would be without a receipt on it, and how sure that is, in thousandths: a title's score (to
    /// 120) counts twice, a point of evidence ten times; nothing is surer than 980.
    private func kind(_ receipt: ReceiptReader.Receipt, _ normal: Normal) -> (
        kind: ProofWords.Kind?, base: ProofWords.Kind?, sure: Int
    ) {
        func sure(_ title: Int, _ points: Int) -> Int { min(980, 740 + 2 * title + 10 * points) }
        func named(_ type: String) -> ProofWords.Kind? { words.kinds.first { $0.type == type } }
        let titles = sheets.flatMap(\.titles)
        var best: (kind: ProofWords.Kind, score: Int, sure: Int)?
        for k in words.kinds {
            let t = titles.filter { $0.kind == k.type }.map(\.score).max() ?? 0
            var points = 0
            for (meaning, n) in k.evidence
            where sheets.contains(where: { s in
                s.fields.contains { $0.hit.meaning.contains(meaning) && !$0.text.isEmpty }
            }) { points += n }
            let score = t + min(points * 2, 18)
            if t > 0 || points >= 6, score > best?.score ?? 11 { best = (k, score, sure(t, points)) }
        }
        guard let b = best else {
            return (receipt.points >= 6 ? named("proof-of-delivery") : nil, nil, sure(0, receipt.points))
        }
        let base = titles.sorted { $0.score > $1.score }.lazy.compactMap { t in named(t.kind) }.first { $0.receipted }
        // A transport document or delivery note that bears the consignee's receipt is a proof of delivery.
        if b.kind.receipted, receipt.points >= 6 {
            return (named("proof-of-delivery"), b.kind, min(b.sure, sure(100, receipt.points)))
        }
        // A brochure speaks of proofs of delivery; it names no number and has no place for a receiver, a date or a signature.
        let asks = sheets.contains { s in
            s.hits.contains { $0.has("delivery") || $0.meaning.contains("date delivered") }
                || s.fields.contains { $0.hit.has("reference") && !normal.references($0.text).isEmpty }
        }
        if b.kind.type == "proof-of-delivery", !asks, receipt.delivery.receivedBy.isEmpty,
            receipt.delivery.pieces == nil
        {
            return (nil, nil, 0)
        }
        return (b.kind, base, b.sure)
    }

    private func number(_ kind: ProofWords.Kind, _ base: ProofWords.Kind?, _ facts: Facts, _ normal: Normal) -> (
        value: String, isBare: Bool, at: Place
    )? {
        // A proof has no number of its own; a consignment note that became one keeps its.
        for m in kind.number.isEmpty && base?.own != nil ? ["own number"] : kind.number {
            if m == "own number" {
                if let bare = bareNumber(normal) { return (bare.value, true, bare.at) }
            } else if let r = facts.reference(String(m.drop { $0 != " " }.dropFirst())) {
                return (r.value, false, r.at)
            }
        }
        // The first reference in reading order, else a number that only says that it is the paper's.
        return facts.references.min { order($0.at) < order($1.at) }.map { ($0.value, false, $0.at) }
            ?? bareNumber(normal).map { ($0.value, true, $0.at) }
    }

    private func bareNumber(_ normal: Normal) -> (value: String, at: Place)? {
        for s in sheets {
            for f in s.fields where f.hit.meaning.contains("own number") {
                if let v = normal.references(f.text).first { return (v, s.page.place(f.box, f.text)) }
            }
        }
        return nil
    }

    private func order(_ p: Place) -> (Int, Int, Int) { (p.page ?? 0, (p.box?[1] ?? 0) / 4, p.box?[0] ?? 0) }

    private func date(_ kind: ProofWords.Kind, _ facts: Facts, _ receipt: ReceiptReader.Receipt, _ normal: Normal)
        -> DateFact?
    {
        if kind.type == "proof-of-delivery" { return receipt.delivery.deliveredAt }
        for m in kind.date {
            let role = String(m.drop { $0 != " " }.dropFirst())
            if m.hasPrefix("own ") {
                for s in sheets {
                    for f in s.fields where f.hit.meaning.contains(m) && !s.stands(inReceipt: f.hit) {
                        if let d = normal.dates.fact(
                            "issued", in: f.row, compact: true, at: s.page.place(f.box, f.row))
                        {
                            return d
                        }
                    }
                }
            } else if let d = facts.date(role) {
                return d
            }
        }
        return nil
    }
}
