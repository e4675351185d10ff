import Schemas
import Vocabulary

/// Reads what a proof of delivery says: when, to whom, how much, signed or not, with which remarks.
struct ReceiptReader {
    let words: ProofWords
    let normal: Normal
    let sheets: [Sheet]

    struct Receipt {
        var delivery = Delivery()
        /// Points that speak for goods having been received: 3 for each of date, name and pieces, 2 for a signature.
        var points = 0
    }

    /// - Parameter isProof: the paper calls itself a proof, so that generic labels ("Date", "Name") are the receiver's
    ///   even without a section that says so.
    func read(isProof: Bool) -> Receipt {
        var r = Receipt()
        r.delivery.deliveredAt = deliveredAt(isProof: isProof, &r)
        if let (name, at) = receivedBy(isProof: isProof) {
            r.delivery.receivedBy = name
            r.delivery.receivedByPlace = at
        }
        if !r.delivery.receivedBy.isEmpty { r.points += 3 }
        r.delivery.pieces = pieces()
        if r.delivery.pieces != nil { r.points += 3 }
        r.delivery.signature = signature(isProof: isProof)
        if r.delivery.signed { r.points += 2 }
        r.delivery.remarks = remarks()
        if r.delivery.pieces == nil { r.delivery.pieces = piecesOfRemark() }
        return r
    }

    /// Fields of a meaning, page by page, with their sheet; generic ones only where they are the receiver's.
    private func fields(_ meanings: [String], isProof: Bool) -> [(sheet: Sheet, field: Field)] {
        sheets.flatMap { s in
            s.fields.filter { f in
                guard f.hit.meaning.contains(where: { meanings.contains($0) }) else { return false }
                guard f.hit.generic || meanings.contains("own date") else { return true }
                return isProof ? s.isReceipt(f.hit) : s.stands(inReceipt: f.hit)
            }.map { (s, $0) }
        }
    }

    private func deliveredAt(isProof: Bool, _ r: inout Receipt) -> DateFact? {
        var candidates = fields(["date delivered"], isProof: isProof)
        let generic = fields(["delivery date", "own date"], isProof: isProof)
        // On a form the date beside the receiver's name outranks none but a labelled delivery date.
        let explicit = !candidates.isEmpty
        candidates += generic.filter { $0.sheet.stands(inReceipt: $0.field.hit) }
        if isProof { candidates += generic.filter { !$0.sheet.stands(inReceipt: $0.field.hit) } }
        for (sheet, f) in candidates {
            for text in [f.row, f.lines.dropFirst().first ?? ""] {
                guard let d = normal.dates.dates(in: text, compact: true).first, var best = d.readings.first else {
                    continue
                }
                var others = Array(d.readings.dropFirst())
                if best.second == nil, let t = time(beside: f, on: sheet) {
                    best = Moment(day: best.day, second: t.second, offset: t.offset)
                    others = others.map { Moment(day: $0.day, second: t.second, offset: t.offset) }
                }
                if explicit || sheet.stands(inReceipt: f.hit) || isProof { r.points += 3 }
                return DateFact("delivered", best, alternatives: others, raw: text, at: sheet.page.place(f.box, text))
            }
        }
        return nil
    }

    /// The time that stands under its own label near the date.
    private func time(beside f: Field, on sheet: Sheet) -> (second: Int, offset: Int?)? {
        let near = sheet.fields.filter {
            $0.hit.meaning.contains("delivery time") && abs($0.hit.box.midY - f.hit.box.midY) < 45
        }.sorted { abs($0.hit.box.midY - f.hit.box.midY) < abs($1.hit.box.midY - f.hit.box.midY) }
        for t in near { if let found = normal.dates.time(in: t.text) { return found } }
        return nil
    }

    private func receivedBy(isProof: Bool) -> (name: String, at: Place)? {
        let explicit = fields(["delivery received-by"], isProof: isProof)
        let generic = fields(["delivery name"], isProof: isProof)
        for (sheet, f) in explicit + generic {
            let name = normal.name(f.text)
            if !name.isEmpty { return (name, sheet.page.place(f.box, f.text)) }
        }
        return nil
    }

    private func pieces() -> Quantity? {
        for (sheet, f) in fields(["delivery pieces", "date delivered"], isProof: true) {
            let isPieces = f.hit.meaning.contains("delivery pieces")
            guard normal.dates.dates(in: f.text).isEmpty, let q = normal.quantity(f.text), normal.mass(q.unit) == nil,
                isPieces || normal.package(q.unit) != nil
            else { continue }
            return Quantity(
                "packages", q.value, unit: normal.package(q.unit), raw: f.text, at: sheet.page.place(f.box, f.text))
        }
        for s in sheets { for c in s.page.chunks { if let q = received(in: c, on: s) { return q } } }
        // A column of received pieces, added up over the rows where all of them are figures.
        var sum = Exact.zero
        var at: Place?
        for s in sheets {
            for row in s.rows {
                guard let cell = row.cells["quantity received"], let q = normal.quantity(cell.text) else { continue }
                sum = sum + q.value
                at = at ?? s.page.place(cell.box, cell.text)
            }
        }
        return at.map { Quantity("packages", sum, raw: sum.description, at: $0) }
    }

    /// "24 pallets received", "6 parcels were received" in a sentence.
    private func received(in chunk: Chunk, on sheet: Sheet) -> Quantity? {
        for (i, w) in chunk.words.enumerated() where w.text.first?.isNumber == true {
            let rest = chunk.words[i...].map(\.text).joined(separator: " ")
            guard let q = normal.quantity(rest), let unit = normal.package(q.unit),
                Fold.tokens(q.rest).dropFirst().prefix(3).contains(where: { words.received.contains($0) })
            else { continue }
            return Quantity("packages", q.value, unit: unit, raw: rest, at: sheet.page.place(w.box, rest))
        }
        return nil
    }

    /// "received 30 of 32" in a remark, where no field gives the count.
    private func piecesOfRemark() -> Quantity? {
        for (sheet, f) in fields(["delivery remarks"], isProof: true) {
            let t = f.text.split(separator: " ")
            for (i, w) in t.enumerated() where i + 3 < t.count {
                let label = Fold.tokens(w)
                guard let first = label.first, words.received.contains(first),
                    let n = normal.numbers.leading(t[i + 1])?.value, words.pageWords.contains(Fold.plain(t[i + 2])),
                    t[i + 3].first?.isNumber == true
                else { continue }
                return Quantity("packages", n, raw: f.text, at: sheet.page.place(f.box, f.text))
            }
        }
        return nil
    }

    private func signature(isProof: Bool) -> Delivery.Signature? {
        var answer: Delivery.Signature?
        for (sheet, f) in fields(["delivery signed"], isProof: true) {
            let t = Fold.tokens(f.text)
            if words.no.contains(t) || words.unsignedWords.contains(t) { return nil }
            if words.yes.contains(t) || words.signedWords.contains(t) {
                answer = answer ?? Delivery.Signature(.words, at: sheet.page.place(f.box, f.text))
            }
        }
        if let answer { return answer }
        for (sheet, f) in fields(["delivery signature"], isProof: isProof) {
            let t = Fold.tokens(f.text)
            if words.unsignedWords.contains(t) || words.no.contains(t) { continue }
            let at = sheet.page.place(f.box, f.text)
            if words.signedWords.contains(t) || words.yes.contains(t) { return Delivery.Signature(.words, at: at) }
            // A typed name in the signature's place is a signature; a caption in brackets is not.
            if f.text.filter(\.isLetter).count >= 3, !f.text.hasPrefix("("), f.box.y0 < f.hit.box.y1 + 2 {
                return Delivery.Signature(.typed, at: at)
            }
            if let m = drawn(f.hit, on: sheet) { return Delivery.Signature(m.kind, at: sheet.page.place(m.box, "")) }
        }
        // "Signed electronically", where no label asks for it.
        for s in sheets {
            let labelled = Set(s.hits.map(\.chunk))
            for (i, c) in s.page.chunks.enumerated() where !labelled.contains(i) {
                let t = c.tokens
                if words.signedWords.contains(where: { $0.count > 1 && t.count <= $0.count + 6 && t.contains($0) }),
                    !words.unsignedWords.contains(where: { $0.count > 1 && t.contains($0) })
                {
                    return Delivery.Signature(.words, at: s.page.place(c.box, c.text))
                }
            }
        }
        return nil
    }

    private func drawn(_ hit: Hit, on sheet: Sheet) -> Mark? {
        let line = sheet.page.chunks[hit.chunk].line
        let right =
            sheet.page.chunks.first { c in
                c.line == line && c.box.x0 > hit.box.x1 + 4 && sheet.hits.contains { sheet.page.chunks[$0.chunk] == c }
            }.map { $0.box.x0 - 2 } ?? sheet.page.width
        let bottom =
            sheet.hits.filter {
                $0.box.y0 > hit.box.y1 + 2 && $0.box.overlapX(Box(x0: hit.box.x0, y0: 0, x1: right, y1: 0)) > 0
            }
            .map(\.box.y0).min() ?? sheet.page.height
        return sheet.marks.signature(at: hit.box, right: right, bottom: bottom, captionBelow: hit.whole && !hit.colon)
    }

    private func remarks() -> [Delivery.Remark] {
        let reader = RemarkReader(words: words)
        var out: [Delivery.Remark] = []
        func add(_ code: String, _ text: String, _ at: Place) {
            if !out.contains(where: { $0.code == code }) { out.append(Delivery.Remark(code: code, text: text, at: at)) }
        }
        for (sheet, f) in fields(["delivery remarks"], isProof: true) {
            let text = f.lines.joined(separator: " ")
            for code in reader.codes(in: text) { add(code, text, sheet.page.place(f.box, text)) }
        }
        for s in sheets {
            for t in s.ticks where t.ticked && t.code != "clean" { add(t.code, t.label, s.page.place(t.box, t.label)) }
        }
        for code in words.remarks.map(\.code) {
            for (sheet, f) in fields(["delivery \(code)"], isProof: true) {
                let t = Fold.tokens(f.text)
                if t.isEmpty || words.no.contains(t) || words.negations.contains(t) { continue }
                if let q = normal.quantity(f.text) {
                    if !q.value.isZero { add(code, f.text, sheet.page.place(f.box, f.text)) }
                } else if f.hit.colon, words.yes.contains(t) || !reader.codes(in: f.text).isEmpty {
                    add(code, f.text, sheet.page.place(f.box, f.text))
                }
            }
        }
        for s in sheets {
            for row in s.rows {
                for (column, code) in [
                    ("quantity damaged", "damaged"), ("quantity short", "short"), ("quantity rejected", "refused"),
                ] {
                    guard let cell = row.cells[column], let q = normal.quantity(cell.text), !q.value.isZero else {
                        continue
                    }
                    add(code, cell.header + " " + cell.text, s.page.place(cell.box, cell.text))
                }
            }
        }
        for (sheet, chunk) in notes() {
            for code in reader.codes(in: chunk.text) { add(code, chunk.text, sheet.page.place(chunk.box, chunk.text)) }
        }
        return out
    }

    /// Short lines with a figure in them that no label claims ("2 cartons damaged"): what somebody wrote on the form.
    private func notes() -> [(Sheet, Chunk)] {
        sheets.flatMap { s in
            let labelled = Set(s.hits.map(\.chunk)).union(s.ticks.flatMap(\.chunks))
            return s.page.chunks.enumerated().filter { i, c in
                !labelled.contains(i) && (2...9).contains(c.words.count)
                    && c.words.contains { $0.text.contains(where: \.isNumber) }
            }.map { (s, $0.element) }
        }
    }
}

extension [String] {
    /// Whether the tokens of a phrase stand in a row in these.
    fileprivate func contains(_ phrase: [String]) -> Bool {
        guard !phrase.isEmpty, count >= phrase.count else { return false }
        return (0...(count - phrase.count)).contains { i in self[i..<i + phrase.count].elementsEqual(phrase) }
    }
}
