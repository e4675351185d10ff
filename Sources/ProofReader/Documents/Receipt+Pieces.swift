import Schemas
import Vocabulary

extension ReceiptReader {
    func pieces() -> Quantity? {
        for (sheet, f) in fields(["delivery pieces", "date delivered", "delivery date"]) {
            let isPieces = f.hit.meaning.contains("delivery pieces")
            guard normal.dates.dates(in: f.text).isEmpty, let q = normal.quantity(f.text), normal.mass(q.unit) == nil,
                isPieces || normal.package(q.unit) != nil
            else { continue }
            return Quantity(
                "packages", q.value, unit: normal.package(q.unit), raw: f.text, at: sheet.page.place(f.box, f.text))
        }
        for s in sheets { for c in s.page.chunks { if let q = received(in: c, on: s) { return q } } }
        return sum("quantity received").map { Quantity("packages", $0.value, raw: $0.raw, at: $0.at) }
    }

    /// A column added up over the rows where it holds figures.
    func sum(_ column: String) -> Quantity? {
        var sum = Exact.zero
        var at: Place?
        for s in sheets {
            for row in s.rows {
                // "Delivered" over dates counts nothing.
                guard let cell = row.cells[column], normal.dates.dates(in: cell.text).isEmpty,
                    let q = normal.quantity(cell.text)
                else { continue }
                sum = sum + q.value
                if !q.value.isZero || at == nil { at = at ?? s.page.place(cell.box, cell.header + " " + cell.text) }
            }
        }
        let role = String(column.drop { $0 != " " }.dropFirst())
        return at.map { Quantity(role, sum, raw: sum.description, at: $0) }
    }

    /// "24 pallets received", "6 parcels were received" in a sentence.
    private func received(in chunk: Chunk, on sheet: Sheet) -> Quantity? {
        for (i, w) in chunk.words.enumerated() where w.text.first?.isNumber == true {
            let rest = chunk.words[i...].map(\.text).joined(separator: " ")
            guard let q = normal.quantity(rest), let unit = normal.package(q.unit) else { continue }
            let behind = Fold.tokens(q.rest).dropFirst().prefix(3)
            guard behind.contains(where: { words.received.contains($0) }),
                !behind.contains(where: { words.negations.contains([$0]) || words.prose.notYet.contains($0) })
            else { continue }
            // "14 of 16 cartons were delivered"
            if let p = RemarkReader(words: words).part(in: chunk.text), Exact(p.sent) == q.value {
                return Quantity(
                    "packages", Exact(p.came), unit: unit, raw: chunk.text, at: sheet.page.place(chunk.box, chunk.text))
            }
            return Quantity("packages", q.value, unit: unit, raw: rest, at: sheet.page.place(w.box, rest))
        }
        return nil
    }

    /// "received 30 of 32" in a remark, where no field gives the count.
    func piecesOfRemark() -> Quantity? {
        let reader = RemarkReader(words: words)
        for (sheet, f) in fields(["delivery remarks"]) {
            let text = f.lines.joined(separator: " ")
            if let p = reader.part(in: text) {
                return Quantity("packages", Exact(p.came), raw: text, at: sheet.page.place(f.box, text))
            }
        }
        return nil
    }
}
