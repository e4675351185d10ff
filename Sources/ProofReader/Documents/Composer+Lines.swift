import Schemas
import Vocabulary

extension Composer {
    /// Masses and packages that stand in a sentence ("41 cartons on 3 pallets, 4180 kg"), where no label gave them.
    func sentences(_ facts: inout Facts) {
        for s in sheets {
            let heads = Set(s.rows.flatMap { r in r.cells.values.map(\.box.y0) })
            for chunk in s.page.chunks where !heads.contains(chunk.box.y0) {
                for (i, w) in chunk.words.enumerated() {
                    guard w.text.first?.isNumber == true else { continue }
                    let rest = chunk.words[i...].text
                    guard let q = normal.quantity(rest), let unit = q.unit else { continue }
                    let at = s.page.place(w.box, rest)
                    if let mass = normal.mass(unit), unit.count > 1 {
                        let before = chunk.words[..<i].suffix(3).flatMap(\.tokens)
                        let role = role(before) ?? "gross-mass"
                        if facts.quantity(role) == nil {
                            facts.quantities.append(Quantity(role, q.value, unit: mass, raw: rest, at: at))
                        }
                    } else if let pack = normal.package(unit) {
                        let role = pack == "PX" ? "pallets" : "packages"
                        let received = s.hits.contains {
                            $0.meaning.contains("delivery pieces") && s.page.chunks[$0.chunk].line == chunk.line
                        }
                        let remark = s.hits.contains {
                            $0.meaning.contains("delivery remarks") && s.page.chunks[$0.chunk].line == chunk.line
                        }
                        if facts.quantity(role) == nil, !received, !remark, pack != "PCE" {
                            facts.quantities.append(Quantity(role, q.value, unit: pack, raw: rest, at: at))
                        }
                    }
                }
            }
        }
    }

    /// Gross or net, by the words before a figure.
    private func role(_ tokens: [String]) -> String? {
        for i in tokens.indices.reversed() {
            if let p = words.labels.match(tokens[...], at: i) {
                if p.meaning.contains("quantity gross-mass") { return "gross-mass" }
                if p.meaning.contains("quantity net-mass") { return "net-mass" }
            }
            if let p = words.columns.match(tokens[...], at: i), p.meaning == ["quantity net-mass"] { return "net-mass" }
        }
        return nil
    }

    /// The lines of the tables; their orders go to the header too.
    func lines(_ facts: inout Facts) -> [Line] {
        var out: [Line] = []
        for s in sheets {
            for row in s.rows {
                var line = Facts()
                var number: String?
                for (meaning, cell) in row.cells.sorted(by: { ($0.value.box.x0, $0.key) < ($1.value.box.x0, $1.key) }) {
                    let word = String(meaning.drop { $0 != " " }.dropFirst())
                    let at = s.page.place(cell.box, cell.text)
                    switch meaning.prefix(while: { $0 != " " }) {
                    case "line": number = cell.text.filter { $0.isNumber || $0.isLetter }
                    case "reference": references(word, cell, at, &line, &facts)
                    case "quantity": quantity(word, cell, at, &line)
                    case "amount":
                        if let a = normal.amount(cell.text) {
                            line.amounts.append(
                                Amount(word, a.value, currency: a.currency, raw: cell.text, at: at))
                        }
                    case "term":
                        if let v = term(word, cell.text) { line.terms.append(Term(word, v, raw: cell.text, at: at)) }
                    default: break
                    }
                }
                // The order that stands over its lines, where none stands in them.
                if let (meaning, cell) = row.group {
                    let word = String(meaning.drop { $0 != " " }.dropFirst())
                    if line.reference(word) == nil {
                        references(word, cell, s.page.place(cell.box, cell.text), &line, &facts)
                    }
                }
                packages(row, &line)
                containers(s, row, &line, &facts)
                guard line != Facts() else { continue }
                out.append(Line(number: number ?? String(out.count + 1), facts: line, at: s.page.place(row.box, "")))
            }
        }
        total(out, &facts)
        return out
    }

    private func references(
        _ word: String, _ cell: TableRow.Cell, _ at: Place, _ line: inout Facts, _ facts: inout Facts
    ) {
        for v in normal.references(cell.text) {
            // A head of two lines ("Order" over "EAN") has both in its column; an article's number is told by its check digit.
            if word == "purchase-order", v.count == 13, CheckDigit.gs1(v),
                !facts.references.contains(where: { $0.value == v })
            {
                line.terms.append(Term("gtin", v, raw: cell.text, at: at))
                continue
            }
            line.reference(word, v, raw: cell.text, at)
            facts.reference(word, v, raw: cell.text, at)
        }
    }

    /// A count beside the word for a package ("17 · cartons") counts packages.
    private func packages(_ row: TableRow, _ line: inout Facts) {
        guard let type = row.cells["term package-type"], let unit = normal.package(Fold.plain(type.text)),
            let i = line.quantities.firstIndex(where: {
                ["shipped", "packages"].contains($0.role) && ($0.unit == nil || $0.unit == "PCE")
            }),
            kind.document != "invoice"
        else { return }
        line.quantities[i].role = unit == "PX" ? "pallets" : "packages"
        line.quantities[i].unit = unit
    }

    /// Packages and masses of the whole, where only the lines give them, all in one unit.
    private func total(_ lines: [Line], _ facts: inout Facts) {
        for role in ["packages", "gross-mass", "net-mass"] where facts.quantity(role) == nil {
            let all = lines.compactMap { $0.facts.quantity(role) }
            guard all.count == lines.count, let first = all.first, all.allSatisfy({ $0.unit == first.unit }) else {
                continue
            }
            let sum = all.reduce(Exact.zero) { $0 + $1.value }
            // Nowhere printed as one figure: what it is made of stands in its place.
            let raw = all.map(\.raw).joined(separator: " + ")
            facts.quantities.append(
                Quantity(role, sum, unit: first.unit, raw: raw, at: Place(around: all.map(\.at), raw)))
        }
    }

    private func quantity(_ word: String, _ cell: TableRow.Cell, _ at: Place, _ line: inout Facts) {
        guard let q = normal.quantity(cell.text) else { return }
        let header = Fold.tokens(cell.header)
        let role = word == "units" ? (kind.document == "invoice" ? "invoiced" : "shipped") : word
        let unit: String? =
            if role.hasSuffix("mass") {
                normal.mass(q.unit) ?? header.lazy.compactMap { normal.mass($0) }.first
            } else if role == "packages" {
                normal.package(q.unit) ?? header.lazy.compactMap { words.packages[$0] }.first
            } else {
                q.unit.flatMap { words.units[$0] ?? words.packages[$0] }
            }
        line.quantities.append(Quantity(role, q.value, unit: unit, raw: cell.text, at: at))
    }

    private func term(_ word: String, _ text: String) -> String? {
        switch word {
        case "commodity-code":
            let code = text.filter { $0 != "." && $0 != " " }
            return (4...12).contains(code.count) && code.allSatisfy(\.isNumber) ? code : nil
        case "origin-country": return normal.country(text)
        default: return text
        }
    }

    /// A container's number among a row's marks, told by its shape and check digit.
    private func containers(_ s: Sheet, _ row: TableRow, _ line: inout Facts, _ facts: inout Facts) {
        for chunk in s.page.chunks where chunk.box.overlapX(row.box) > 0 && abs(chunk.box.midY - row.box.midY) < 3 {
            for w in chunk.words {
                let v = String(w.text.filter { $0.isLetter || $0.isNumber })
                guard CheckDigit.container(v) else { continue }
                line.reference("container", v, raw: w.text, s.page.place(w.box, w.text))
                facts.reference("container", v, raw: w.text, s.page.place(w.box, w.text))
            }
        }
    }

    /// Numbers that their shape and check digit give away wherever they stand: containers and movement references.
    func numbers(_ facts: inout Facts) {
        for s in sheets {
            for chunk in s.page.chunks {
                for w in chunk.words where w.text.count >= 11 && w.text.count <= 20 {
                    let v = String(w.text.uppercased().filter { $0.isLetter || $0.isNumber })
                    let at = s.page.place(w.box, w.text)
                    if CheckDigit.container(v) {
                        facts.reference("container", v, raw: w.text, at, confidence: 900)
                    } else if CheckDigit.mrn(v), !facts.references.contains(where: { $0.value == v }) {
                        facts.reference("mrn", v, raw: w.text, at, confidence: 900)
                    }
                }
            }
        }
    }
}

extension Place {
    /// Around several places on a page; of places on several pages only those of the first.
    init(around all: [Place], _ quote: String) {
        let first = all.filter { $0.page == all.first?.page }
        let boxes = first.compactMap { b in b.box.flatMap { $0.count == 4 ? $0 : nil } }
        let box = boxes.dropFirst().reduce(boxes.first) { sum, b in
            sum.map { [min($0[0], b[0]), min($0[1], b[1]), max($0[2], b[2]), max($0[3], b[3])] }
        }
        self.init(
            page: all.first?.page, box: box, quote: String(quote.prefix(200)),
            confidence: all.compactMap(\.confidence).min())
    }
}
