import Schemas
import Vocabulary

/// Reads what a proof of delivery says: when, to whom, how much, signed or not, with which remarks.
struct ReceiptReader {
    let words: ProofWords
    let normal: Normal
    let sheets: [Sheet]
    /// The paper is a proof, so that generic labels ("Date", "Name") are the receiver's even without a section that says so.
    var isProof: Bool

    struct Receipt {
        var delivery = Delivery()
        /// Points that speak for goods having been received: 3 for each of date, name and pieces, 2 for a signature.
        var points = 0
        /// Pieces damaged, short and refused, where they are counted.
        var counts: [Quantity] = []
    }

    func read() -> Receipt {
        var r = Receipt()
        let prose = sentences()
        let labelled = deliveredAt()
        // A label within a sentence may have lost the time to the next line.
        let isSameDay = labelled?.value.second == nil && labelled?.value.day == prose.date?.value.day
        r.delivery.deliveredAt = isSameDay ? prose.date : labelled ?? prose.date
        if labelled != nil || prose.date != nil { r.points += 3 }
        if let (name, at) = labelledName(inSentences: false) ?? prose.name ?? labelledName(inSentences: true)
            ?? nameOfSection() ?? looseName() ?? personAsReceiver()
        {
            r.delivery.receivedBy = name
            r.delivery.receivedByPlace = at
            r.points += 3
        }
        r.delivery.pieces = pieces() ?? prose.pieces
        if r.delivery.pieces != nil { r.points += 3 }
        r.delivery.signature =
            signature(of: r.delivery.receivedBy) ?? prose.signed.map { Delivery.Signature(.words, at: $0) }
        if r.delivery.signed { r.points += 2 }
        (r.delivery.remarks, r.counts) = remarks()
        if r.delivery.pieces == nil { r.delivery.pieces = piecesOfRemark() }
        let delivered = r.delivery.deliveredAt
        r.delivery.arrivedAt = moment("delivery arrived", role: "arrived", on: delivered)
        r.delivery.departedAt = moment("delivery departed", role: "departed", on: delivered)
        if let arrived = r.delivery.arrivedAt, let departed = r.delivery.departedAt {
            r.delivery.departedAt = departed.following(arrived)
        }
        r.delivery.appointment = moment("date promised-delivery", role: "promised-delivery", on: nil)
        return r
    }

    /// What sentences say; on a paper that does not call itself a proof only where they name the receiver, and on another
    /// paper ("received for shipment on …") nothing.
    private func sentences() -> ProseReader.Delivered {
        guard isProof || !sheets.contains(where: { s in s.titles.contains { $0.score >= 40 } }) else {
            return ProseReader.Delivered()
        }
        let found = ProseReader(words: words, normal: normal, sheets: sheets).read()
        return isProof || found.name != nil ? found : ProseReader.Delivered()
    }

    /// Fields of some meanings, page by page, with their sheet; generic ones only where they are the receiver's.
    func fields(_ meanings: [String]) -> [(sheet: Sheet, field: Field)] {
        sheets.flatMap { s in
            s.fields.filter { f in
                guard f.hit.meaning.contains(where: { meanings.contains($0) }) else { return false }
                guard f.hit.generic || meanings.contains("own date") else { return true }
                return isProof ? s.isReceipt(f.hit) : s.stands(inReceipt: f.hit)
            }.map { (s, $0) }
        }
    }

    // MARK: When

    private func deliveredAt() -> DateFact? {
        let generic = fields(["delivery date", "own date", "delivery time"])
        var candidates = fields(["date delivered"]) + stamps()
        candidates += generic.filter { $0.sheet.stands(inReceipt: $0.field.hit) }
        var others: [(sheet: Sheet, field: Field)] = []
        if isProof {
            // Of the dates that shipper, driver and receiver wrote each under "Date" the receiver's is the last.
            func day(_ f: Field) -> Int { normal.dates.dates(in: f.row, compact: true).first?.readings.first?.day ?? 0 }
            others = generic.filter { !$0.sheet.stands(inReceipt: $0.field.hit) }.sorted {
                day($0.field) > day($1.field)
            }
        }
        return first(of: candidates) ?? looseDate() ?? dateBySignature() ?? first(of: others) ?? historyDate()
    }

    private func first(of candidates: [(sheet: Sheet, field: Field)]) -> DateFact? {
        for (sheet, f) in candidates {
            for text in [f.row, f.lines.dropFirst().first ?? ""] {
                if let d = date(in: text, f, on: sheet) { return d }
            }
        }
        return nil
    }

    /// "Thun, 06.03.2026" over the receiver's signature: a date and hardly more, without a label.
    private func dateBySignature() -> DateFact? {
        guard isProof || signature(of: "") != nil else { return nil }
        for (sheet, f) in fields(["delivery signature"]) {
            let labelled = Set(sheet.hits.map(\.chunk))
            let near = sheet.page.chunks.enumerated().filter { i, c in
                !labelled.contains(i) && c.words.count <= 4 && (-4...60).contains(f.hit.box.y0 - c.box.y1)
                    && abs(c.box.x0 - f.hit.box.x0) < 150
            }.map(\.element).sorted { $0.box.y1 > $1.box.y1 }
            for c in near {
                if let d = normal.dates.fact("delivered", in: c.text, at: sheet.page.place(c.box, c.text)) { return d }
            }
        }
        return nil
    }

    /// A row of a list of events: "16/04/2026  11:33  Delivered  Leeds".
    private func historyDate() -> DateFact? {
        for s in sheets {
            for c in s.page.chunks where words.grammar.saysOnly("receive", c.tokens) {
                let row = s.page.chunks.filter { $0.line == c.line }
                let text = row.map(\.text).joined(separator: " ")
                guard row.count > 1, let box = row.box,
                    let d = normal.dates.fact("delivered", in: text, at: s.page.place(box, text))
                else { continue }
                return d
            }
        }
        return nil
    }

    private func date(in text: String, _ f: Field, on sheet: Sheet) -> DateFact? {
        guard let d = normal.dates.fact("delivered", in: text, compact: true, at: sheet.page.place(f.box, text)) else {
            return nil
        }
        return d.value.second == nil ? time(beside: f, on: sheet).map(d.timed) ?? d : d
    }

    /// The time that stands under its own label near the date.
    private func time(beside f: Field, on sheet: Sheet) -> (second: Int, offset: Int?)? {
        func distance(_ t: Field) -> Double {
            abs(t.hit.box.midY - f.hit.box.midY) * 3 + abs(t.hit.box.midX - f.hit.box.midX)
        }
        let near = sheet.fields.filter {
            $0.hit.meaning.contains("delivery time") && abs($0.hit.box.midY - f.hit.box.midY) < 45
        }.sorted { distance($0) < distance($1) }
        for t in near { if let found = normal.dates.time(in: t.text) { return found } }
        return nil
    }

    /// "RECEIVED" over a date: a word in capitals, or in a section's place, that stands alone with a date by it.
    private func stamps() -> [(sheet: Sheet, field: Field)] {
        var out: [(sheet: Sheet, field: Field)] = []
        for s in sheets {
            for c in s.page.chunks where words.grammar.saysOnly("receive", c.tokens) {
                guard c.text.allSatisfy({ !$0.isLowercase }), !c.words.contains(where: \.endsWithColon) else {
                    continue
                }
                let near = s.page.chunks.filter { d in
                    abs(d.box.midX - c.box.midX) < max(60, c.box.width) && abs(d.box.midY - c.box.midY) < 34
                        && abs(d.box.midY - c.box.midY) > 1 && !normal.dates.dates(in: d.text).isEmpty
                        && d.words.count <= 6
                }.sorted { abs($0.box.midY - c.box.midY) < abs($1.box.midY - c.box.midY) }
                guard let date = near.first else { continue }
                let hit = Hit(
                    meaning: ["date delivered"], chunk: 0, words: 0..<0, box: c.box, colon: false, whole: true,
                    generic: false)
                out.append(
                    (
                        s,
                        Field(
                            hit: hit, page: s.page.number, text: date.text, lines: [date.text], box: date.box,
                            row: date.text)
                    ))
            }
        }
        return out
    }

    /// What stands in the receiver's part of a form without a label of its own, as in box 24 of a consignment note.
    private func loose(on sheet: Sheet) -> [Chunk] {
        let labelled = Set(sheet.hits.map(\.chunk)).union(sheet.ticks.flatMap(\.chunks))
        let heads = sheet.hits.filter { $0.meaning.contains("section receipt") }
        return sheet.page.chunks.enumerated().filter { i, c in
            !labelled.contains(i)
                && heads.contains { h in
                    (0...90).contains(c.box.y0 - h.box.y0) && (h.box.x0 - 12...h.box.x0 + 190).contains(c.box.x0)
                }
        }.map(\.element)
    }

    private func looseDate() -> DateFact? {
        for s in sheets {
            for c in loose(on: s) {
                if let d = normal.dates.fact("delivered", in: c.text, at: s.page.place(c.box, c.text)) { return d }
            }
        }
        return nil
    }

    /// An arrival or departure, or an appointment; a bare time is that of the day of delivery.
    private func moment(_ meaning: String, role: String, on delivered: DateFact?) -> DateFact? {
        for (sheet, f) in fields([meaning]) {
            let at = sheet.page.place(f.box, f.row)
            if let d = normal.dates.fact(role, in: f.row, compact: true, at: at) { return d }
            if let delivered, let t = normal.dates.time(in: f.text) {
                func on(_ day: Moment) -> Moment {
                    Moment(day: day.day, second: t.second, offset: t.offset ?? day.offset)
                }
                return DateFact(
                    role, on(delivered.value), alternatives: delivered.alternatives.map(on), raw: f.text, at: at)
            }
        }
        return nil
    }

    // MARK: To whom

    /// - Parameter inSentences: labels within a line of text, which may go on in the next one.
    private func labelledName(inSentences: Bool) -> (name: String, at: Place)? {
        for (sheet, f) in fields(["delivery received-by"]) + fields(["delivery name"])
        where (f.hit.words.lowerBound > 0 && !f.hit.colon) == inSentences {
            let name = normal.name(f.text)
            if !name.isEmpty { return (name, sheet.page.place(f.box, f.text)) }
        }
        return nil
    }

    /// "Receiver: Karen Hill" beside "Deliver to: Oakridge Furniture LLC": the receiver is a person where a firm is named too.
    private func personAsReceiver() -> (name: String, at: Place)? {
        for s in sheets {
            let parties = s.fields.filter { f in
                !f.text.isEmpty && f.hit.meaning.contains { ["party consignee", "party ship-to"].contains($0) }
            }
            for f in s.fields {
                let label = s.page.chunks[f.hit.chunk].words[f.hit.words].flatMap(\.tokens)
                guard words.grammar.saysOnly("receiver", label), isPerson(f.text),
                    parties.contains(where: { $0.text != f.text }) || hasInitial(f.text)
                else { continue }
                return (normal.name(f.text), s.page.place(f.box, f.text))
            }
        }
        return nil
    }

    private func hasInitial(_ name: String) -> Bool {
        name.split(separator: " ").contains { $0.count == 2 && $0.hasSuffix(".") && $0.first?.isUppercase == true }
    }

    /// One to four capitalised words without figures, a legal form or the word of a label.
    func isPerson(_ text: String) -> Bool {
        let w = text.split(separator: " ")
        let t = Fold.tokens(text)
        // "Plaats Bochum" names no person.
        if let first = t.first, words.grammar.says("site", first) { return false }
        return (1...4).contains(w.count) && normal.name(text) == text && normal.country(text) == nil
            && w.allSatisfy { $0.first?.isUppercase == true || words.prose.particles.contains(Fold.plain($0)) }
            && !t.indices.contains {
                words.label(t[...], at: $0)?.weak == false
                    || words.legalForms.subtracting(words.prose.particles).contains(t[$0])
            }
    }

    /// "Accepted on behalf of the customer: S. Keane"
    private func nameOfSection() -> (name: String, at: Place)? {
        for (sheet, f) in fields(["section receipt"]) where f.hit.colon && isPerson(f.text) {
            return (f.text, sheet.page.place(f.box, f.text))
        }
        return nil
    }

    private func looseName() -> (name: String, at: Place)? {
        for s in sheets {
            let firms = s.fields.filter { $0.hit.has("party") }.map(\.text)
            for c in loose(on: s) where (2...4).contains(c.words.count) && !firms.contains(c.text) {
                guard isPerson(c.text) else { continue }
                return (c.text, s.page.place(c.box, c.text))
            }
        }
        return nil
    }
}

extension DateFact {
    /// A time without a date of its own that lies before another of the same day is of the next.
    fileprivate func following(_ other: DateFact) -> DateFact {
        guard let mine = value.second, let theirs = other.value.second, value.day == other.value.day, mine < theirs
        else { return self }
        func next(_ m: Moment) -> Moment { Moment(day: m.day + 1, second: m.second, offset: m.offset) }
        return DateFact(role, next(value), alternatives: alternatives.map(next), raw: raw, at: at)
    }
}
