import EDI
import Schemas
import Vocabulary

extension MessageReader {
    /// Makes a fact of a value and puts it where it belongs. An empty value makes none, but for parties and locations,
    /// which companions can name.
    mutating func add(_ rule: EDIRule, _ m: EDIMeaning, _ value: EDIValue, _ s: Int, _ origin: Int) {
        let node = tree.owner[s]
        switch m.fact {
        case .ignore: return
        case .party, .location: break
        default: if value.text.isEmpty { return }
        }
        guard let sink = sink(m.fact, from: node, origin: origin) else {
            if case .party = m.fact { lastParty = nil }
            return
        }
        switch m.fact {
        case .reference(let kind): addReference(kind, rule, value, s, sink)
        case .party(let role): addParty(role, rule, value, s, sink)
        case .location(let role): addLocation(role, rule, value, s, sink)
        case .date(let role): addDate(role, rule, value, s, sink)
        case .amount(let role): addAmount(role, rule, value, s, sink)
        case .quantity(let role):
            guard let n = number(rule, value) else { return }
            facts[sink].quantities.append(
                Quantity(role, n, unit: filled(companion(.unit, rule, s)), raw: value.raw, at: value.at))
        case .equipment(let kind):
            let id = joined(rule, value, s).uppercased()
            facts[sink].equipment.append(Equipment(kind, id, at: value.at))
        case .term(let name): addTerm(name, m, rule, value, s, sink)
        case .lineNumber: numbers[sink] = value.text
        case .orderLine: orderLines[sink] = value
        case .partyCountry:
            if let p = lastParty { facts[p.node].parties[p.index].country = value.text.uppercased() }
        case .partyName:
            if let p = lastParty, facts[p.node].parties[p.index].name == nil {
                facts[p.node].parties[p.index].name = value.text
            }
        case .ignore: break
        }
    }

    private func filled(_ s: String) -> String? { s.isEmpty ? nil : s }

    private func joined(_ rule: EDIRule, _ value: EDIValue, _ s: Int) -> String {
        guard case .paths(let paths)? = rule.companions[.join] else { return value.text }
        return value.text + paths.map { view.text($0, s) }.joined()
    }

    private mutating func addReference(_ kind: String, _ rule: EDIRule, _ value: EDIValue, _ s: Int, _ sink: Int) {
        let text = joined(rule, value, s)
        facts[sink].references.append(
            Reference(
                kind, text.uppercased(), raw: text == value.text ? value.raw : text, at: value.at,
                line: filled(companion(.line, rule, s))))
    }

    private mutating func addParty(_ role: String, _ rule: EDIRule, _ value: EDIValue, _ s: Int, _ sink: Int) {
        let name = filled(companion(.name, rule, s))
        let id = filled(value.text.isEmpty ? companion(.id, rule, s) : value.text)?.uppercased()
        guard name != nil || id != nil else {
            lastParty = nil
            return
        }
        var scheme = companion(.scheme, rule, s)
        if case .paths? = rule.companions[.scheme] { scheme = map.tables["schemes"]?[scheme] ?? scheme }
        facts[sink].parties.append(
            Party(
                role, name: name, id: id, scheme: id == nil ? nil : filled(scheme),
                country: filled(companion(.country, rule, s).uppercased()), at: value.at))
        lastParty = (sink, facts[sink].parties.count - 1)
    }

    private mutating func addLocation(_ role: String, _ rule: EDIRule, _ value: EDIValue, _ s: Int, _ sink: Int) {
        let own = value.text.isEmpty ? companion(.code, rule, s) : value.text
        let code = filled((own.isEmpty ? companion(.id, rule, s) : own).uppercased())
        let name = filled(companion(.name, rule, s))
        let country = filled(companion(.country, rule, s).uppercased())
        guard code != nil || name != nil || country != nil else { return }
        facts[sink].locations.append(Location(role, code: code, name: name, country: country, at: value.at))
    }

    private mutating func addDate(_ role: String, _ rule: EDIRule, _ value: EDIValue, _ s: Int, _ sink: Int) {
        if !rule.behind.isEmpty {
            if let d = DateText.behind(rule.behind, in: value.text) {
                facts[sink].dates.append(
                    DateFact(role, d.value, alternatives: d.other.map { [$0] } ?? [], raw: value.raw, at: value.at))
            }
            return
        }
        let zones = map.tables["zones"] ?? [:]
        let format = companion(.format, rule, s)
        var moment: Moment?
        if let pattern = map.tables["formats"]?[format] {
            moment = DateText.moment(value.text, pattern: pattern, zones: zones)
        }
        if moment == nil {
            moment = DateText.moment(
                value.text, time: companion(.time, rule, s),
                zone: DateText.offset(companion(.zone, rule, s), zones: zones))
        }
        guard let moment else {
            // Digits in a format that no table knows are no fault of the sender's.
            let known = format.isEmpty || map.tables["formats"]?[format] != nil
            findings.append(
                Finding(
                    "date-unreadable", known ? .warning : .info,
                    "\"\(value.text)\" is no date\(known ? "" : " in a known format (\(format))").", at: value.at))
            return
        }
        facts[sink].dates.append(DateFact(role, moment, raw: value.raw, at: value.at))
    }

    private mutating func addAmount(_ role: String, _ rule: EDIRule, _ value: EDIValue, _ s: Int, _ sink: Int) {
        guard let n = number(rule, value) else { return }
        var a = Amount(role, n, currency: filled(companion(.currency, rule, s)), raw: value.raw, at: value.at)
        a.unit = filled(companion(.unit, rule, s))
        a.code = filled(companion(.code, rule, s))
        a.text = filled(companion(.text, rule, s))
        let basis = companion(.basis, rule, s)
        if !basis.isEmpty { a.basis = exact(basis) }
        let code = companion(.basisCode, rule, s)
        if let known = map.tables["bases"]?[code] {
            let parts = known.split(separator: " ").map(String.init)
            a.basis = a.basis ?? parts.first.flatMap { Exact($0) }
            if parts.count > 1 { a.unit = parts[1] }
        }
        if a.basis == Exact(1) || a.basis?.isPositive == false { a.basis = nil }
        facts[sink].amounts.append(a)
    }

    private mutating func addTerm(
        _ name: String, _ m: EDIMeaning, _ rule: EDIRule, _ value: EDIValue, _ s: Int, _ sink: Int
    ) {
        var text = joined(rule, value, s)
        if let t = m.table {
            let table = map.tables[t] ?? [:]
            let with = companion(.with, rule, s)
            guard let word = table[value.text + "/" + with] ?? table[value.text] ?? table["other"] else { return }
            text = word
        }
        facts[sink].terms.append(Term(name, text, raw: value.raw, at: value.at))
    }

    /// EDIFACT writes dot or comma (UNA3 is often wrong about which); X12 only the dot.
    private func exact(_ text: String) -> Exact? {
        view.isX12 ? Exact(text) : Exact(text, mark: UInt8(ascii: ","))
    }

    private mutating func number(_ rule: EDIRule, _ value: EDIValue) -> Exact? {
        guard var n = exact(value.text) else {
            findings.append(Finding("number-unreadable", .warning, "\"\(value.text)\" is no number.", at: value.at))
            return nil
        }
        if let d = rule.decimals, n.scale == 0, !value.text.contains(".") {
            n = Exact(mantissa: n.mantissa, scale: d)
        }
        return rule.absolute ? n.magnitude : n
    }
}
