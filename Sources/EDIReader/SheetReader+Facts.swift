import EDI
import Schemas
import Vocabulary

extension SheetReader {
    /// Makes a fact of a value and puts it where it belongs. An empty value makes none, but for parties and locations, which
    /// companions can name.
    func add(_ rule: UnsafePointer<PlanRule>, _ meaning: Int, _ value: SheetValue, _ s: Int, _ origin: Int) {
        let m = view.meanings[meaning]
        if m.section == .ignore { return }
        if value.text.isEmpty, m.section != .parties, m.section != .locations { return }
        guard let sink = sink(m.section, from: Int(owner[s]), origin: origin) else {
            if m.section == .parties { lastParty = -1 }
            return
        }
        switch m.section {
        case .references:
            let t = joined(rule, value.text, s)
            append(
                Fact(
                    word: m.word, value: uppercased(t), raw: t == value.text ? value.raw : t, place: value.at,
                    a: companion(.line, rule, s)), .references, sink)
        case .parties: addParty(m, rule, value, s, sink)
        case .locations: addLocation(m, rule, value, s, sink)
        case .dates: addDate(m, rule, value, s, sink)
        case .amounts: addAmount(m, rule, value, s, sink)
        case .quantities:
            guard let n = number(rule, value) else { return }
            append(
                Fact(
                    figure: figure(n), word: m.word, raw: value.raw, place: value.at, a: companion(.unit, rule, s)),
                .quantities, sink)
        case .equipment:
            let id = joined(rule, value.text, s)
            append(Fact(word: m.word, value: uppercased(id), place: value.at), .equipment, sink)
        case .terms: addTerm(m, rule, value, s, sink)
        case .lineNumber: nodes.at(sink).pointee.number = value.text
        case .orderLine:
            facts.append(Fact(word: .empty, value: value.text, raw: value.raw, place: value.at))
            nodes.at(sink).pointee.orderLine = UInt32(facts.count - 1)
        case .partyCountry:
            if lastParty >= 0 {
                let country = uppercased(value.text)
                facts.at(lastParty).pointee.c = country
            }
        case .partyName: if lastParty >= 0, facts[lastParty].a.isEmpty { facts.at(lastParty).pointee.a = value.text }
        case .ignore: break
        }
    }

    @inline(__always)
    private func append(_ fact: Fact, _ section: Section, _ sink: Int) {
        let i = UInt32(truncatingIfNeeded: facts.count)
        facts.append(fact)
        let slot = sink * Section.count + Int(section.rawValue)
        if tails[slot] == .max { heads[slot] = i } else { facts.at(Int(tails[slot])).pointee.next = i }
        tails[slot] = i
    }

    private func figure(_ n: Exact) -> Int32 {
        sheet.figures.append(n)
        return Int32(truncatingIfNeeded: sheet.figures.count - 1)
    }

    /// The value with what is put directly behind it.
    private func joined(_ rule: UnsafePointer<PlanRule>, _ t: Text, _ s: Int) -> Text {
        guard let o = operand(.join, rule), o.paths.count > 0 else { return t }
        var all = string(t)
        for i in o.paths.range {
            let path = view.paths[i]
            if let at = located(path, s) { all += string(text(path, at)) }
        }
        return all.utf8.count == t.count ? t : make(all)
    }

    private func addParty(_ m: PlanMeaning, _ rule: UnsafePointer<PlanRule>, _ value: SheetValue, _ s: Int, _ sink: Int)
    {
        let name = companion(.name, rule, s)
        let id = uppercased(value.text.or(companion(.id, rule, s)))
        guard !name.isEmpty || !id.isEmpty else {
            lastParty = -1
            return
        }
        var scheme = Text.empty
        if !id.isEmpty {
            scheme = companion(.scheme, rule, s)
            if let o = operand(.scheme, rule), o.paths.count > 0, let table = plan.schemes,
                let known = codes.find(bytes(scheme), in: table)
            {
                scheme = view.meanings[known].word
            }
        }
        let country = uppercased(companion(.country, rule, s))
        append(Fact(word: m.word, value: id, place: value.at, a: name, b: scheme, c: country), .parties, sink)
        lastParty = facts.count - 1
    }

    private func addLocation(
        _ m: PlanMeaning, _ rule: UnsafePointer<PlanRule>, _ value: SheetValue, _ s: Int, _ sink: Int
    ) {
        let own = value.text.or(companion(.code, rule, s))
        let code = uppercased(own.or(companion(.id, rule, s)))
        let name = companion(.name, rule, s)
        let country = uppercased(companion(.country, rule, s))
        guard !code.isEmpty || !name.isEmpty || !country.isEmpty else { return }
        append(Fact(word: m.word, value: code, place: value.at, a: name, b: country), .locations, sink)
    }

    // MARK: Dates

    private func addDate(_ m: PlanMeaning, _ rule: UnsafePointer<PlanRule>, _ value: SheetValue, _ s: Int, _ sink: Int)
    {
        if rule.pointee.behind > 0 {
            guard let d = DateText.behind(plan.phrases[Int(rule.pointee.behind) - 1], in: string(value.text)) else {
                return
            }
            appendDate(d.value, d.other, m, value, sink)
            return
        }
        let format = companion(.format, rule, s)
        let pattern = plan.formats.flatMap { codes.find(bytes(format), in: $0) }
        var moment: Moment?
        if let pattern { moment = DateText.moment(bytes(value.text), plan.patterns[pattern], zones: plan.zones) }
        if moment == nil {
            let time = companion(.time, rule, s)
            let zone = companion(.zone, rule, s)
            moment = DateText.moment(
                bytes(value.text), time: bytes(time),
                zone: zone.isEmpty ? nil : DateText.offset(string(zone), zones: plan.zones))
        }
        guard let moment else {
            // Digits in a format that no table knows are no fault of the sender's.
            let known = format.isEmpty || pattern != nil
            findings.append(
                Finding(
                    "date-unreadable", known ? .warning : .info,
                    "\"\(string(value.text))\" is no date\(known ? "" : " in a known format (\(string(format)))").",
                    at: place(value.at)))
            return
        }
        appendDate(moment, nil, m, value, sink)
    }

    private func appendDate(
        _ moment: Moment, _ other: Moment?, _ m: PlanMeaning, _ value: SheetValue, _ sink: Int
    ) {
        sheet.moments.append(SheetMoment(value: moment, other: other))
        append(
            Fact(
                figure: Int32(truncatingIfNeeded: sheet.moments.count - 1), word: m.word, raw: value.raw,
                place: value.at), .dates, sink)
    }

    // MARK: Figures

    private func addAmount(
        _ m: PlanMeaning, _ rule: UnsafePointer<PlanRule>, _ value: SheetValue, _ s: Int, _ sink: Int
    ) {
        guard let n = number(rule, value) else { return }
        var f = Fact(figure: figure(n), word: m.word, raw: value.raw, place: value.at)
        if rule.pointee.companions != .max {
            f.a = companion(.currency, rule, s)
            f.b = companion(.unit, rule, s)
            f.c = companion(.code, rule, s)
            f.d = companion(.text, rule, s)
            let basis = companion(.basis, rule, s)
            var units = basis.isEmpty ? nil : exact(bytes(basis))
            let code = companion(.basisCode, rule, s)
            if let table = plan.basisCodes, let known = codes.find(bytes(code), in: table) {
                units = units ?? Exact(Int(plan.bases[known].figure))
                f.b = plan.bases[known].unit.or(f.b)
            }
            if let units, units != Exact(1), units.isPositive { f.basis = figure(units) }
        }
        append(f, .amounts, sink)
    }

    private func addTerm(_ m: PlanMeaning, _ rule: UnsafePointer<PlanRule>, _ value: SheetValue, _ s: Int, _ sink: Int)
    {
        var t = joined(rule, value.text, s)
        if let table = m.table {
            var word: Text?
            if m.hasPairs {
                let pair = string(value.text) + "/" + string(companion(.with, rule, s))
                var key = pair
                word = key.withUTF8 { codes.find($0, in: table) }.map { view.meanings[$0].word }
            }
            word = word ?? codes.find(bytes(value.text), in: table).map { view.meanings[$0].word } ?? m.other
            guard let word else { return }
            t = word
        }
        append(Fact(word: m.word, value: t, raw: value.raw, place: value.at), .terms, sink)
    }

    /// EDIFACT writes dot or comma (UNA3 is often wrong about which); X12 only the dot.
    @inline(__always)
    private func exact(_ b: Bytes) -> Exact? { Exact(bytes: b, mark: isX12 ? UInt8(ascii: ".") : UInt8(ascii: ",")) }

    private func number(_ rule: UnsafePointer<PlanRule>, _ value: SheetValue) -> Exact? {
        let b = bytes(value.text)
        guard var n = exact(b) else {
            findings.append(
                Finding("number-unreadable", .warning, "\"\(b.string)\" is no number.", at: place(value.at)))
            return nil
        }
        if rule.pointee.decimals >= 0, n.scale == 0, !b.contains(UInt8(ascii: ".")) {
            n = Exact(mantissa: n.mantissa, scale: Int(rule.pointee.decimals))
        }
        return rule.pointee.absolute ? n.magnitude : n
    }
}
