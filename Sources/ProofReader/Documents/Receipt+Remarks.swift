import Schemas
import Vocabulary

extension ReceiptReader {
    /// What was wrong, one remark a code, and how many pieces of each.
    func remarks() -> (remarks: [Delivery.Remark], counts: [Quantity]) {
        let reader = RemarkReader(words: words)
        var out: [Delivery.Remark] = []
        var counts: [Quantity] = []
        func add(_ code: String, _ text: String, _ at: Place, count: Exact? = nil) {
            if !out.contains(where: { $0.code == code }) { out.append(Delivery.Remark(code: code, text: text, at: at)) }
            guard let count, let role = words.roles.remarks[code], !counts.contains(where: { $0.role == role }) else {
                return
            }
            counts.append(Quantity(role, count, raw: text, at: at))
        }
        for code in words.remarks.map(\.code) {
            guard let role = words.roles.remarks[code], let q = sum("quantity \(role)"), !q.value.isZero else {
                continue
            }
            add(code, q.at.quote ?? q.raw, q.at, count: q.value)
        }
        // "Received: 2 pallets, 1 pallet missing"
        for (sheet, f) in fields(["delivery pieces", "delivery date"]) where normal.dates.dates(in: f.row).isEmpty {
            for n in reader.notes(in: f.row) {
                add(n.code, f.row, sheet.page.place(f.box, f.row), count: n.count.map { Exact($0) })
            }
        }
        for (sheet, f) in fields(["delivery remarks"]) {
            let text = f.lines.joined(separator: " ")
            for n in reader.notes(in: text) {
                add(n.code, text, sheet.page.place(f.box, text), count: n.count.map { Exact($0) })
            }
        }
        for s in sheets {
            for t in s.ticks where t.ticked && t.code != "clean" { add(t.code, t.label, s.page.place(t.box, t.label)) }
        }
        for code in words.remarks.map(\.code) {
            for (sheet, f) in fields(["delivery \(code)"]) {
                let t = Fold.tokens(f.text)
                if t.isEmpty || words.no.contains(t) || words.negations.contains(t) { continue }
                let at = sheet.page.place(f.box, f.text)
                if let q = normal.quantity(f.text) {
                    if !q.value.isZero { add(code, f.text, at, count: q.value) }
                } else if f.hit.colon, words.yes.contains(t) || !reader.codes(in: f.text).isEmpty {
                    add(code, f.text, at)
                }
            }
        }
        for (sheet, chunk) in loose() {
            for n in reader.notes(in: chunk.text) {
                add(n.code, chunk.text, sheet.page.place(chunk.box, chunk.text), count: n.count.map { Exact($0) })
            }
        }
        for (p, sentence) in letters() {
            for n in reader.notes(in: sentence) { add(n.code, sentence, p.page.place(p.box, sentence)) }
        }
        // Of 16 pieces 14 were taken and 2 refused: none is missing.
        let isRefused = out.contains { $0.code == "refused" }
        if isRefused, let short = out.firstIndex(where: { $0.code == "short" }), reader.isPart(out[short].text) {
            out.remove(at: short)
            counts.removeAll { $0.role == "short" }
        }
        return (out, counts)
    }

    /// "Delivery refused." in a letter, or "DELIVERY REFUSED BY CUSTOMER" across a form.
    private func isSentence(_ c: Chunk) -> Bool {
        guard isProof, c.words[0].text.first?.isUppercase == true else { return false }
        if c.words.count <= 8, c.text.hasSuffix(".") { return true }
        let begin = c.words.prefix(3)
        return c.words.count >= 3 && begin.allSatisfy { !$0.text.contains(where: \.isLowercase) }
            && begin.contains { $0.tokens.contains { words.grammar.says("receive", $0) } }
    }

    /// Sentences of the paragraphs in which a letter tells of the delivery.
    private func letters() -> [(ProseReader.Paragraph, String)] {
        guard isProof else { return [] }
        let prose = ProseReader(words: words, normal: normal, sheets: sheets)
        return sheets.flatMap { ProseReader.paragraphs($0.page) }.filter { prose.tells($0) }.flatMap { p in
            prose.sentences(p).map { (p, $0.map(\.text).joined(separator: " ")) }
        }
    }

    /// Short lines with a figure in them that no label claims ("2 cartons damaged"): what somebody wrote on the form; and the
    /// sentences of a letter.
    private func loose() -> [(Sheet, Chunk)] {
        sheets.flatMap { s in
            let labelled = Set(s.hits.map(\.chunk)).union(s.ticks.flatMap(\.chunks))
            return s.page.chunks.enumerated().filter { i, c in
                !labelled.contains(i) && !s.tableLines.contains(c.line) && (2...14).contains(c.words.count)
                    && (c.words.contains { $0.text.contains(where: \.isNumber) } || isSentence(c))
                    && !c.tokens.contains { words.prose.notYet.contains($0) }
            }.map { (s, $0.element) }
        }
    }
}
