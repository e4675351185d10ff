import Schemas
import Vocabulary

/// Makes facts of the barcodes of a document's pages: a code confirms what is printed, names what is not, or contradicts it.
struct BarcodeFacts {
    let words: ProofWords
    let kind: ProofWords.Kind
    let normal: Normal
    let sheets: [Sheet]

    /// Adds what the codes say, and gives what has to be said about them.
    func add(to facts: inout Facts) -> [Finding] {
        var findings: [Finding] = []
        for sheet in sheets {
            for code in sheet.page.codes {
                let data = BarcodeData(code, words)
                guard isBelieved(code, data, sheet, facts) else {
                    findings.append(BarcodeFacts.doubt(code, sheet, words))
                    continue
                }
                switch data {
                case .elements(let elements): for e in elements { add(e, code, sheet, &facts) }
                case .labelled(let pairs):
                    var used = false
                    for p in pairs where add(p.meaning, p.value, code, sheet, &facts) { used = true }
                    if !used { term(code.text, code, sheet, &facts) }
                case .identified(let numbers):
                    for n in numbers { reference(n.kind, n.value, code, sheet, &facts) }
                case .number(let text): findings += add(number: text, code, sheet, &facts)
                }
            }
        }
        return findings
    }

    /// What is said of the codes of a document that gives no event: they are told as they stand.
    static func told(_ sheets: [Sheet], _ words: ProofWords) -> [Finding] {
        sheets.flatMap { s in
            s.page.codes.map { c in
                guard isRead(c, words) else { return doubt(c, s, words) }
                return Finding(
                    "barcode", .info, "Page \(s.page.number) bears the \(c.symbology) barcode \(c.printed).",
                    at: s.page.place(c))
            }
        }
    }

    // MARK: Belief

    /// Whether it was read on enough scan lines for its symbology, bears a right check digit, or says what is printed.
    private func isBelieved(_ code: Barcode, _ data: BarcodeData, _ sheet: Sheet, _ facts: Facts) -> Bool {
        if BarcodeFacts.isRead(code, words) { return true }
        switch data {
        case .elements(let e):
            return e.contains { $0.key.flatMap { words.barcodes.identifiers[$0] }?.isChecked == true && $0.isSound }
        case .number(let text):
            let v = NormalForm.strict(text)
            return shape(v) != nil || (v.count >= 5 && prints(v, sheet))
                || facts.references.contains { NormalForm.strict($0.value) == v && v.count >= 4 }
        default: return false
        }
    }

    /// Whether it has as many characters and scan lines as its symbology needs.
    private static func isRead(_ code: Barcode, _ words: ProofWords) -> Bool {
        words.barcodes.symbologies[code.symbology].map { code.text.count >= $0.length && code.lines >= $0.lines }
            ?? false
    }

    /// That a reading is not used, and what it falls short of.
    private static func doubt(_ code: Barcode, _ sheet: Sheet, _ words: ProofWords) -> Finding {
        var reasons: [String] = []
        if let least = words.barcodes.symbologies[code.symbology] {
            if code.text.count < least.length {
                reasons.append("its length is \(code.text.count), at least \(least.length) is needed")
            }
            if code.lines < least.lines {
                reasons.append("scan lines that gave it: \(code.lines), at least \(least.lines) are needed")
            }
        } else {
            reasons.append("readings of this symbology are not believed")
        }
        return Finding(
            "barcode-doubtful", .info,
            "What looks like the \(code.symbology) barcode \(code.printed) is not used: \(reasons.joined(separator: "; ")).",
            at: sheet.page.place(code))
    }

    /// Whether a word or two adjacent words of the page are the number.
    private func prints(_ strict: String, _ sheet: Sheet) -> Bool {
        sheet.page.chunks.contains { c in
            c.words.contains { NormalForm.strict($0.text) == strict } || NormalForm.strict(c.text) == strict
        }
    }

    // MARK: GS1

    private func add(_ e: ElementString, _ code: Barcode, _ sheet: Sheet, _ facts: inout Facts) {
        guard e.isSound, let known = e.key.flatMap({ words.barcodes.identifiers[$0] }), let fact = known.fact else {
            term(e.printed, code, sheet, &facts)
            return
        }
        let at = sheet.page.place(code)
        switch fact.section {
        case "reference", "equipment": reference(fact.word, e.value, code, sheet, &facts)
        case "term":
            if !facts.terms.contains(where: { $0.name == fact.word && $0.value == e.value }) {
                facts.terms.append(Term(fact.word, e.value, raw: e.printed, at: at))
            }
        case "party":
            if let i = facts.parties.firstIndex(where: { $0.role == fact.word }) {
                if facts.parties[i].id == nil { (facts.parties[i].id, facts.parties[i].scheme) = (e.value, "gln") }
            } else {
                facts.parties.append(Party(fact.word, id: e.value, scheme: "gln", at: at))
            }
        case "quantity" where facts.quantity(fact.word) == nil && isOnly(e):
            guard let n = Int128(e.value) else { return }
            facts.quantities.append(
                Quantity(
                    fact.word, Exact(mantissa: n, scale: e.decimals), unit: known.unit, raw: e.printed, at: at))
        case "date" where facts.date(fact.word) == nil && isOnly(e):
            guard let date = BarcodeFacts.date(e.value) else { return term(e.printed, code, sheet, &facts) }
            facts.dates.append(DateFact(fact.word, date, raw: e.printed, at: at))
        default: term(e.printed, code, sheet, &facts)
        }
    }

    /// Whether no other code of the document gives the same measure: labels of several pallets give each its own.
    private func isOnly(_ e: ElementString) -> Bool {
        let all = sheets.flatMap { s in s.page.codes }.flatMap { c -> [ElementString] in
            if case .elements(let all) = BarcodeData(c, words) { all } else { [] }
        }
        return all.count { $0.key == e.key } == 1
    }

    /// YYMMDD of this century (GS1 General Specifications, 7.12: further back it is no date of a delivery); day 00 leaves the
    /// day open and gives none.
    private static func date(_ text: String) -> Moment? {
        guard text.count == 6 else { return nil }
        let d = Array(text).map(String.init)
        return Moment(iso: "20\(d[0])\(d[1])-\(d[2])\(d[3])-\(d[4])\(d[5])")
    }

    // MARK: Numbers

    /// A value under a key that is a label; false where it is of no use as a reference.
    private func add(
        _ meaning: [String], _ value: String, _ code: Barcode, _ sheet: Sheet, _ facts: inout Facts
    ) -> Bool {
        guard let kind = BarcodeFacts.reference(meaning, kind), !NormalForm.strict(value).isEmpty else { return false }
        reference(kind, value, code, sheet, &facts)
        return true
    }

    /// A number without a word of what it is: by what is printed, by its label, by its shape.
    private func add(number text: String, _ code: Barcode, _ sheet: Sheet, _ facts: inout Facts) -> [Finding] {
        for candidate in BarcodeData.candidates(text) where confirm(candidate, code, sheet, &facts) { return [] }
        let strict = NormalForm.strict(text)
        if let (kind, value) = shape(strict), kind != "sscc" || strict.count == 20 {
            reference(kind, value, code, sheet, &facts)
            return []
        }
        let label = BarcodeLabel(code: code, sheet: sheet, kind: kind, normal: normal)
        if let l = label {
            if correct(l.kind, text, code, sheet, &facts) { return [] }
            let own = identified(text, l.kind)
            let same = l.printed.first { NormalForm.strict($0.value) == NormalForm.strict(own) }
            if l.printed.isEmpty || same != nil {
                reference(l.kind, own, code, sheet, &facts)
                if let same, let i = facts.references.indices.last, facts.references[i].at == sheet.page.place(code) {
                    facts.references[i].also.append(sheet.page.place(same.box, same.value))
                }
                return []
            }
            // A value of another shape is the label's, and the code something else.
            if let other = l.printed.first(where: { BarcodeFacts.isAlike($0.value, text) }) {
                reference(l.kind, text, code, sheet, &facts)
                return [differs(l, other, code, sheet)]
            }
        } else if correct(nil, text, code, sheet, &facts) {
            return []
        }
        if let (kind, value) = shape(strict) {
            reference(kind, value, code, sheet, &facts)
        } else if let i = BarcodeData.identifier(text, words.barcodes),
            prints(NormalForm.strict(String(text.dropFirst(i.prefix.count))), sheet)
        {
            reference(i.kind, String(text.dropFirst(i.prefix.count)), code, sheet, &facts)
        } else if let lengths = words.barcodes.symbologies[code.symbology]?.gtin, lengths.contains(text.count),
            CheckDigit.gs1(text)
        {
            if !facts.terms.contains(where: { $0.name == "gtin" && $0.value == text }) {
                facts.terms.append(Term("gtin", text, at: sheet.page.place(code)))
            }
        } else {
            term(text, code, sheet, &facts)
        }
        return []
    }

    /// The number behind a data identifier that says the same as the label.
    private func identified(_ text: String, _ kind: String) -> String {
        guard let i = BarcodeData.identifier(text, words.barcodes), i.kind == kind else { return text }
        return String(text.dropFirst(i.prefix.count))
    }

    /// Kinds that a number's shape and check digit give away.
    private func shape(_ strict: String) -> (kind: String, value: String)? {
        if CheckDigit.container(strict) { return ("container", strict) }
        if CheckDigit.mrn(strict) { return ("mrn", strict) }
        if strict.count == 18, CheckDigit.gs1(strict) { return ("sscc", strict) }
        if strict.count == 20, strict.hasPrefix("00"), CheckDigit.gs1(String(strict.dropFirst(2))) {
            return ("sscc", String(strict.dropFirst(2)))
        }
        return nil
    }

    /// Of one length but for a character, and of the same kinds of characters.
    private static func isAlike(_ a: String, _ b: String) -> Bool {
        let (x, y) = (NormalForm.strict(a), NormalForm.strict(b))
        return abs(x.count - y.count) <= 1 && x.contains(where: \.isLetter) == y.contains(where: \.isLetter)
    }

    /// The kind of reference a label names; a bare "No." is the paper's own number.
    static func reference(_ meaning: [String], _ kind: ProofWords.Kind) -> String? {
        for m in meaning {
            let parts = m.split(separator: " ")
            if parts.count == 2, parts[0] == "reference" || parts[1] == "container" || parts[1] == "seal" {
                return String(parts[1])
            }
            if m == "own number", let own = kind.own { return own.split(separator: " ").last.map(String.init) }
        }
        return nil
    }

    private func differs(_ label: BarcodeLabel, _ other: BarcodeLabel.Printed, _ code: Barcode, _ sheet: Sheet)
        -> Finding
    {
        let box = (sheet.page.turn?.back(other.box) ?? other.box).ints.map(String.init).joined(separator: " ")
        return Finding(
            "barcode-differs", .warning,
            "The \(code.symbology) barcode says \(code.printed), the text beside it (\(label.kind), box \(box)) says \(other.value).",
            at: sheet.page.place(code))
    }

    private func term(_ text: String, _ code: Barcode, _ sheet: Sheet, _ facts: inout Facts) {
        let value = Barcode.printed(text)
        guard !facts.terms.contains(where: { $0.name == "barcode" && $0.value == value }) else { return }
        facts.terms.append(Term("barcode", value, at: sheet.page.place(code)))
    }
}

extension Barcode {
    /// Its text for people: control characters as blanks, at most 200 characters.
    var printed: String { Barcode.printed(text) }

    static func printed(_ text: String) -> String {
        String(text.prefix(200).map { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : $0 })
    }
}

extension Page {
    func place(_ code: Barcode) -> Place {
        Place(page: number, box: code.box.ints, symbology: code.symbology, quote: code.printed)
    }
}
