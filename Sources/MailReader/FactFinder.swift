import Schemas
import Vocabulary

/// The facts of a mail's event: who, which numbers, and the date, quantity and charge that the intent is about.
struct FactFinder {
    let words: MailWords
    let mail: Mail
    let sentences: [ReadSentence]
    let verdict: IntentFinder.Verdict
    let rule: MailWords.IntentRule?
    /// Day before month, where the mail's own dates show it.
    var proves: Bool?

    init(
        words: MailWords, mail: Mail, sentences: [ReadSentence], verdict: IntentFinder.Verdict,
        rule: MailWords.IntentRule?
    ) {
        self.words = words
        self.mail = mail
        self.sentences = sentences
        self.verdict = verdict
        self.rule = rule
    }

    /// A mention with its sentence and the role that phrases give it.
    struct Item {
        var sentence: Int
        var mention: Mention
        var role: String?
    }

    func event() -> Event {
        var event = Event(type: rule?.event ?? "correspondence.received", confidence: verdict.confidence)
        event.facts.parties = parties()
        event.facts.references =
            references()
            + mail.answers.map { Reference("message", $0, raw: $0, at: Place(text: "header"), confidence: 1000) }
        let dates = items(\.dates) { if case .date = $0.what { true } else { false } }
        let numbers = items(\.numbers) { if case .number = $0.what { true } else { false } }
        let amounts = items(\.amounts) { if case .amount = $0.what { true } else { false } }
        let newDate = newDate(dates)
        let charge = rule?.hasCharge == true ? charge(amounts) : nil
        let quantity = rule?.hasQuantity == true ? newQuantity(numbers) : nil
        event.facts.dates = dateFacts(dates, newDate)
        event.facts.amounts =
            amounts.compactMap { amount($0, role: "other") }.filter { a in charge.map { $0.at != a.at } ?? true }
            + (charge.map { [$0] } ?? [])
        event.facts.quantities = numbers.compactMap { quantityFact($0) }
        event.facts.terms = parts()
        let at = verdict.sentence.map { place(sentences[$0]) } ?? Place(text: sentences.first?.text.part)
        event.intent = Intent(verdict.name, newDate: newDate, newQuantity: quantity, charge: charge, at: at)
        return event
    }

    // MARK: Places

    private func place(_ s: ReadSentence) -> Place {
        Place(text: s.text.part, range: [s.sentence.range.lowerBound, s.sentence.range.upperBound], quote: s.quote)
    }

    private func place(_ item: Item) -> Place { place(item.mention, sentences[item.sentence]) }

    private func place(_ m: Mention, _ s: ReadSentence) -> Place {
        Place(text: s.text.part, range: [m.range.lowerBound, m.range.upperBound], quote: s.quote)
    }

    // MARK: Parties and references

    private func parties() -> [Party] {
        var out: [Party] = []
        if let f = mail.from.first {
            out.append(Party("sender", name: f.name, id: f.address, scheme: "email", at: Place(text: "header")))
        }
        for t in mail.to.prefix(20) {
            out.append(Party("receiver", name: t.name, id: t.address, scheme: "email", at: Place(text: "header")))
        }
        return out
    }

    private func references() -> [Reference] {
        var out: [Reference] = []
        // What has a label anywhere has that kind everywhere.
        for wanted in [true, false] {
            for s in sentences {
                for m in s.mentions {
                    guard case .reference(let kind, let value, let line, let isLabelled) = m.what, isLabelled == wanted
                    else { continue }
                    add(
                        Reference(
                            kind, value, raw: m.raw, at: place(m, s), line: line, confidence: isLabelled ? 900 : 600),
                        to: &out)
                }
            }
        }
        if out.isEmpty, ![words.covering, words.fallback].contains(verdict.name) {
            for r in named() { add(r, to: &out) }
        }
        return Array(out.prefix(200))
    }

    private func add(_ r: Reference, to out: inout [Reference]) {
        let key = NormalForm.loose(r.value, prefixes: words.references.prefixes.map(\.letters))
        if let known = out.firstIndex(where: {
            NormalForm.loose($0.value, prefixes: words.references.prefixes.map(\.letters)) == key
        }) {
            if out[known].line == nil { out[known].line = r.line }
            return
        }
        out.append(r)
    }

    /// Numbers in the names of attachments: weaker than any the mail names itself.
    private func named() -> [Reference] {
        var out: [Reference] = []
        for a in mail.attachments.prefix(20) {
            let stem = a.name.split(separator: ".").dropLast().joined(separator: ".")
            let text = MailText(part: a.part, text: (stem.isEmpty ? a.name : stem).replacing("_", with: " "))
            var s = SentenceCutter(words: words).subject(text)
            for m in MentionFinder(words: words, today: mail.date).find(in: &s, of: text) {
                guard case .reference(let kind, let value, let line, _) = m.what else { continue }
                out.append(
                    Reference(
                        kind, value, raw: m.raw, at: Place(text: a.part, quote: a.name), line: line, confidence: 400))
            }
        }
        return out
    }

    private func parts() -> [Term] {
        var out: [Term] = []
        for s in sentences {
            for m in s.mentions {
                guard case .part(let term, let value) = m.what, !out.contains(where: { $0.value == value }) else {
                    continue
                }
                out.append(Term(term, value, raw: m.raw, at: place(m, s)))
            }
        }
        return out
    }

    // MARK: Roles

    /// The mentions of a kind, with the role of the first phrase whose marked slot they stand in.
    private func items(_ roles: KeyPath<Phrases, Phrases.List<Phrases.Role>>, _ wanted: (Mention) -> Bool) -> [Item] {
        var out: [Item] = []
        for (n, s) in sentences.enumerated() {
            var found: [Int: String] = [:]
            for p in words.languages {
                for (r, h) in p[keyPath: roles].hits(in: s.tokens) {
                    for t in h.marked { if let m = s.mentionAt[t], found[m] == nil { found[m] = r.role } }
                }
            }
            for (i, m) in s.mentions.enumerated() where wanted(m) {
                out.append(Item(sentence: n, mention: m, role: found[i]))
            }
        }
        return out
    }

    /// Items of the sentence that carries the intent first, then those of the text, then those of the subject.
    private func byNearness(_ items: [Item]) -> [Item] {
        func rank(_ i: Item) -> Int {
            if sentences[i.sentence].sentence.isSubject { return 1_000_000 }
            guard let s = verdict.sentence, !sentences[s].sentence.isSubject else { return i.sentence }
            return i.sentence == s ? 0 : 1 + abs(i.sentence - s) * 2 + (i.sentence < s ? 1 : 0)
        }
        return items.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(
            \.element)
    }

    // MARK: Dates

    /// The best reading of a date and the others, by what the mail itself shows.
    private func settled(_ d: DateMention, after old: [Moment]) -> (value: Moment, others: [Moment])? {
        switch d.readings {
        case .shift: return nil
        case .days(let days): return days.first.map { ($0, Array(days.dropFirst())) }
        case .open(let dayFirst, let monthFirst):
            if let proves { return (proves ? dayFirst : monthFirst, []) }
            guard let today = mail.date else { return (dayFirst, [monthFirst]) }
            // Later than the dates it replaces, later than the mail, and the nearer one.
            func rank(_ m: Moment) -> (Int, Int) {
                let late = old.allSatisfy { $0.day < m.day } ? 0 : 2
                return (late + (m.day >= today.day ? 0 : 1), abs(m.day - today.day))
            }
            return rank(dayFirst) <= rank(monthFirst) ? (dayFirst, [monthFirst]) : (monthFirst, [dayFirst])
        }
    }

    private func newDate(_ items: [Item]) -> DateFact? {
        guard let rule, !rule.dates.isEmpty else { return nil }
        let near = byNearness(items)
        let old = near.filter { $0.role == "old" }.compactMap { i -> Moment? in
            guard case .date(let d) = i.mention.what, case .days(let days) = d.readings else { return nil }
            return days.first
        }
        for role in rule.dates {
            for exact in [true, false] {
                for i in near where (i.role ?? "plain") == role {
                    guard case .date(let d) = i.mention.what, d.isVague != exact,
                        let s = settled(d, after: role == "old" ? [] : old)
                    else { continue }
                    return DateFact(rule.dateFact, s.value, alternatives: s.others, raw: i.mention.raw, at: place(i))
                }
            }
        }
        // Two weeks later than a date that the mail names.
        if let o = old.first {
            for i in near {
                guard i.role == "later", case .date(let d) = i.mention.what, case .shift(let days) = d.readings else {
                    continue
                }
                return DateFact(rule.dateFact, o.adding(days: days), raw: i.mention.raw, at: place(i))
            }
        }
        return nil
    }

    private func dateFacts(_ items: [Item], _ new: DateFact?) -> [DateFact] {
        var out = new.map { [$0] } ?? []
        for i in items {
            guard case .date(let d) = i.mention.what, let s = settled(d, after: []) else { continue }
            let fact = DateFact(
                i.role.flatMap { words.roles[$0] } ?? "other", s.value, alternatives: s.others, raw: i.mention.raw,
                at: place(i))
            if fact.at != new?.at { out.append(fact) }
        }
        return Array(out.prefix(200))
    }

    // MARK: Quantities and amounts

    private func newQuantity(_ items: [Item]) -> Quantity? {
        guard let i = byNearness(items).first(where: { $0.role == "new" }),
            case .number(let n, let unit) = i.mention.what
        else { return nil }
        // 60 of the 100 pcs: the unit may stand with the other figure.
        let other = items.first { $0.sentence == i.sentence && $0.role == "old" }.flatMap { o -> String? in
            if case .number(_, let u) = o.mention.what { u } else { nil }
        }
        return Quantity("new", n, unit: unit ?? other, raw: i.mention.raw, at: place(i))
    }

    private func quantityFact(_ i: Item) -> Quantity? {
        guard case .number(let n, let unit) = i.mention.what, unit != nil || i.role != nil else { return nil }
        let role = i.role == "new" ? "new" : i.role == "old" ? "ordered" : "other"
        return Quantity(role, n, unit: unit, raw: i.mention.raw, at: place(i))
    }

    private func amount(_ i: Item, role: String) -> Amount? {
        guard case .amount(let n, let currency) = i.mention.what else { return nil }
        return Amount(role, n, currency: currency, raw: i.mention.raw, at: place(i))
    }

    /// The amount asked or approved: one that a phrase calls so, else the first that is not called an old one.
    private func charge(_ items: [Item]) -> Amount? {
        let near = byNearness(items)
        let best = near.first { $0.role == "new" } ?? near.first { $0.role != "old" }
        return best.flatMap { amount($0, role: "charge") }
    }
}
