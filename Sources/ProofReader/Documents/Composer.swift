import Schemas
import Vocabulary

/// Makes the facts of one document from the fields and tables of its pages.
struct Composer {
    let words: ProofWords
    let kind: ProofWords.Kind
    let normal: Normal
    let sheets: [Sheet]

    struct Composition {
        var facts: Facts
        var lines: [Line]
        var letterhead: String?
        /// Whether a party is known by nothing but its place at the top of the paper.
        var isGuessed = false
        var arithmetic = InvoiceSums.Arithmetic.open
        var findings: [Finding] = []
    }

    /// Header facts, lines, the letterhead, and whether the sums hold.
    func compose() -> Composition {
        var facts = Facts()
        var sums = InvoiceSums()
        for s in sheets { for f in s.fields { add(f, on: s, to: &facts, &sums) } }
        let letterhead = letterhead()
        var isGuessed = false
        if let role = kind.letterhead, !role.isEmpty, let (name, sheet, box) = letterhead, facts.party(role) == nil {
            facts.parties.append(Party(role, name: name, at: sheet.page.place(box, name)))
            isGuessed = true
        }
        sentences(&facts)
        stamps(&facts)
        let lines = lines(&facts)
        numbers(&facts)
        var out = Composition(facts: facts, lines: lines, letterhead: letterhead?.name, isGuessed: isGuessed)
        settle(sums, &out)
        return out
    }

    private func add(_ f: Field, on s: Sheet, to facts: inout Facts, _ sums: inout InvoiceSums) {
        let at = s.page.place(f.box, f.row)
        for meaning in f.hit.meaning {
            let word = String(meaning.drop { $0 != " " }.dropFirst())
            switch meaning.prefix(while: { $0 != " " }) {
            case "reference": add(reference: word, f, at, &facts)
            case "equipment":
                add(reference: word, f, at, &facts)
            case "party":
                guard let p = party(word, f, at), facts.party(word) == nil else { continue }
                facts.parties.append(p)
            case "date":
                guard facts.date(word) == nil, let d = normal.dates.fact(word, in: f.row, compact: true, at: at) else {
                    continue
                }
                facts.dates.append(d)
            case "quantity": add(quantity: word, f, s, at, &facts)
            case "amount":
                if InvoiceSums.roles.contains(word) {
                    sums.add(figures(word, f, s))
                } else if let a = normal.amount(f.row) ?? normal.amount(f.text) {
                    let text = ["charge", "allowance"].contains(word) ? label(f, s) : nil
                    guard text != nil || facts.amount(word) == nil else { continue }
                    facts.amounts.append(Amount(word, a.value, currency: a.currency, text: text, raw: f.row, at: at))
                }
            case "location": add(location: word, f, at, &facts)
            case "term": add(term: word, f, at, &facts, several: f.hit.meaning.count > 1)
            default: break
            }
        }
    }

    private func label(_ f: Field, _ s: Sheet) -> String {
        var t = s.page.chunks[f.hit.chunk].words[f.hit.words].text
        while let l = t.last, ": ".contains(l) { t.removeLast() }
        return t
    }

    private func add(reference word: String, _ f: Field, _ at: Place, _ facts: inout Facts) {
        if word == "vehicle" || word == "trailer" {
            guard let plate = normal.plate(f.text), !facts.equipment.contains(where: { $0.id == plate }) else { return }
            facts.equipment.append(Equipment(word, plate, at: at))
            return
        }
        for v in normal.references(f.text) {
            if word == "vessel" {
                if !facts.equipment.contains(where: { $0.id == v }) {
                    facts.equipment.append(Equipment(word, v, at: at))
                }
                continue
            }
            // A colon says that the label is one; a bare "Order" may be anything.
            facts.reference(word, v, raw: f.text, at, confidence: f.hit.colon ? 970 : f.hit.generic ? 900 : 950)
        }
    }

    private func party(_ role: String, _ f: Field, _ at: Place) -> Party? {
        var name = f.text
        // What stands behind the first comma is the place, unless it is a legal form.
        if let comma = name.firstIndex(of: ",") {
            let tail = Fold.tokens(name[name.index(after: comma)...]).first ?? ""
            if !words.legalForms.contains(tail) { name = String(name[..<comma]) }
        }
        while let l = name.last, " ,;".contains(l) { name.removeLast() }
        guard name.filter(\.isLetter).count > max(2, name.filter(\.isNumber).count), name.last != ":", name.count <= 80,
            normal.dates.dates(in: name).isEmpty
        else { return nil }
        let country = f.lines.reversed().lazy.prefix(3).compactMap { normal.country($0) }.first
        return Party(role, name: name, country: country, at: at)
    }

    private func add(quantity role: String, _ f: Field, _ s: Sheet, _ at: Place, _ facts: inout Facts) {
        guard facts.quantity(role) == nil, let q = normal.quantity(f.text) ?? normal.quantity(f.row) else { return }
        let label = f.hit.box == f.box ? [] : s.page.chunks[f.hit.chunk].words[f.hit.words].flatMap(\.tokens)
        if role.hasPrefix("temperature") {
            // What is beyond -90 and 150 degrees is no temperature that goods are carried at.
            guard q.value < Exact(150), Exact(-90) < q.value else { return }
            let unit =
                q.unit.flatMap { words.temperatures[$0] } ?? label.lazy.compactMap { words.temperatures[$0] }.first
            facts.quantities.append(Quantity(role, q.value, unit: unit ?? "CEL", raw: f.row, at: at))
            return
        }
        if role == "gross-mass" || role == "net-mass" {
            guard let unit = normal.mass(q.unit) ?? label.lazy.compactMap({ normal.mass($0) }).first else {
                if q.unit == nil { facts.quantities.append(Quantity(role, q.value, raw: f.row, at: at)) }
                return
            }
            facts.quantities.append(Quantity(role, q.value, unit: unit, raw: f.row, at: at))
        } else {
            if normal.mass(q.unit) != nil, q.unit != "t" { return }
            let unit =
                normal.package(q.unit)
                ?? (role == "volume"
                    ? "MTQ" : role == "pallets" ? "PX" : label.lazy.compactMap { words.packages[$0] }.first)
            facts.quantities.append(Quantity(role, q.value, unit: unit, raw: f.row, at: at))
        }
    }

    private func add(location role: String, _ f: Field, _ at: Place, _ facts: inout Facts) {
        guard facts.location(role) == nil else { return }
        var text = f.text
        if let d = normal.dates.dates(in: text).first { text = String(text.prefix(d.range.lowerBound)) }
        while let l = text.last, " ,;.".contains(l) { text.removeLast() }
        guard text.contains(where: \.isLetter), text.count <= 80 else { return }
        // A UN/LOCODE: two letters of the country and three of the place.
        let compact = text.filter { $0 != " " }
        let code =
            compact.count == 5 && compact.allSatisfy { ($0.isUppercase && $0.isASCII) || ("2"..."9").contains($0) }
            && words.countryCodes.contains(String(compact.prefix(2)))
        facts.locations.append(
            code
                ? Location(role, code: compact, country: String(compact.prefix(2)), at: at)
                : Location(role, name: text, country: normal.country(text), at: at))
    }

    private func add(term name: String, _ f: Field, _ at: Place, _ facts: inout Facts, several: Bool) {
        guard !f.text.isEmpty, facts.term(name) == nil else { return }
        var value: String?
        switch name {
        case "incoterm":
            value = f.text.split(whereSeparator: { " ,:(".contains($0) }).map { $0.uppercased() }.first {
                words.incoterms.contains($0)
            }
        case "origin-country": value = normal.country(f.text)
        case "commodity-code":
            let digits = f.text.filter(\.isNumber)
            value = (6...12).contains(digits.count) && !f.text.contains(where: \.isLetter) ? digits : nil
        case "payment-days":
            value = f.text.split(separator: " ").lazy.compactMap { Int($0) }.first { (0...365).contains($0) }.map(
                String.init)
        case "driver": value = normal.name(f.text).isEmpty ? nil : normal.name(f.text)
        case "currency": value = words.currencies[Fold.plain(f.text)]
        case "vessel" where several:
            let parts = f.text.split(whereSeparator: { $0 == " " || $0 == "/" })
            if let last = parts.last, parts.count > 1, last.contains(where: \.isNumber) {
                value = parts.dropLast().joined(separator: " ")
            } else {
                value = f.text
            }
        case "voyage" where several:
            let parts = f.text.split(whereSeparator: { $0 == " " || $0 == "/" })
            value =
                parts.count > 1
                ? parts.last.map(String.init).flatMap { $0.contains(where: \.isNumber) ? $0 : nil } : nil
        case "scac":
            value = f.text.split(separator: " ").first.map(String.init).flatMap {
                (2...4).contains($0.count) && $0.allSatisfy(\.isUppercase) ? $0 : nil
            }
        default: value = f.text.count <= 120 ? f.text : nil
        }
        if let value { facts.terms.append(Term(name, value, raw: f.text, at: at)) }
    }

    /// Corrected copies, credit notes: what a line of its own says about the paper.
    private func stamps(_ facts: inout Facts) {
        for s in sheets {
            for chunk in s.page.chunks {
                let t = chunk.tokens
                for i in t.indices {
                    guard let p = words.stamps.match(t[...], at: i), t.count <= p.tokens.count + 5 else { continue }
                    for k in stride(from: 0, to: p.meaning.count - 1, by: 2) {
                        let name = String(p.meaning[k].dropFirst("term ".count))
                        guard facts.term(name) == nil else { continue }
                        facts.terms.append(
                            Term(name, p.meaning[k + 1], raw: chunk.text, at: s.page.place(chunk.box, chunk.text)))
                    }
                }
            }
        }
    }

    /// "Retail Invoice/Bill" names the paper, not who it comes from.
    private func isTitled(_ c: Chunk) -> Bool {
        let t = c.tokens
        return t.indices.contains { words.title(t[...], at: $0) != nil }
    }

    /// The largest or first words at the top that are neither a title nor a field: who the paper comes from.
    private func letterhead() -> (name: String, sheet: Sheet, box: Box)? {
        guard let s = sheets.first(where: { $0.page.hasText }) else { return nil }
        let titleBoxes = s.titles.filter { $0.score >= 30 }.map(\.box)
        let labelled = Set(s.hits.map(\.chunk))
        let values = s.fields.filter { $0.hit.has("party") && !$0.text.isEmpty }
        let body = s.page.bodyHeight
        var best: (score: Double, chunk: Chunk)?
        for (i, c) in s.page.chunks.enumerated() {
            guard c.box.midY < s.page.height * 0.25, !labelled.contains(i), !s.tableLines.contains(c.line),
                !titleBoxes.contains(c.box), !isTitled(c), !values.contains(where: { $0.holds(c) }),
                c.words.count <= 8,
                c.text.filter(\.isLetter).count > max(2, c.text.filter(\.isNumber).count),
                !c.words.contains(where: \.endsWithColon), words.currencies[Fold.plain(c.text)] == nil,
                !c.text.hasSuffix(".") || c.words.count < 5 || words.legalForms.contains(c.tokens.last ?? ""),
                normal.dates.dates(in: c.text).isEmpty,
                c.tokens.allSatisfy({ !words.pageLabels.contains($0) }), normal.references(c.text).isEmpty
            else { continue }
            let score = c.height / max(body, 1) * 2 + (c.words[0].bold ? 1 : 0) - c.box.midY / max(s.page.height, 1) * 8
            if score > best?.score ?? -100 { best = (score, c) }
        }
        return best.map { ($0.chunk.text, s, $0.chunk.box) }
    }
}

extension Field {
    /// Whether a chunk is part of the value: on its first line, or one of the lines below.
    fileprivate func holds(_ c: Chunk) -> Bool {
        c.box.meets(box) || (lines.contains(c.text) && (0...8 * box.height).contains(c.box.y0 - box.y0))
    }
}

extension Facts {
    /// Adds a reference once; a container or seal is equipment too.
    mutating func reference(_ kind: String, _ value: String, raw: String, _ at: Place, confidence: Int = 950) {
        var v = value
        if kind == "container" {
            let compact = value.filter { $0.isLetter || $0.isNumber }
            if Shape.container(compact) { v = compact }
        }
        if kind == "container" || kind == "seal" || kind == "sscc",
            !equipment.contains(where: { $0.kind == kind && $0.id == v })
        {
            equipment.append(Equipment(kind, v, at: at))
        }
        guard !references.contains(where: { $0.kind == kind && $0.value == v }) else { return }
        references.append(
            Reference(kind, v, raw: raw, at: at, confidence: confidence * (at.confidence ?? 1000) / 1000))
    }
}
