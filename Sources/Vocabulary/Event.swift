/// One line of a document: an ordered, shipped, received or billed item, a customs item, a freight charge, a payment item.
package struct Line: Hashable, Sendable {
    /// The line's number as the document gives it.
    package var number: String?
    package var facts: Facts
    /// Where the line begins.
    package var at: Place

    package init(number: String? = nil, facts: Facts = Facts(), at: Place = Place()) {
        self.number = number
        self.facts = facts
        self.at = at
    }

    package var json: JSON {
        var members = facts.members
        members.insert(("number", number.map(JSON.string)), at: members.firstIndex { $0.0 > "number" } ?? 0)
        members.insert(("at", at.json), at: 1)
        return .object(dropping: members)
    }

    package init(json: JSON) {
        self.init(
            number: json["number"]?.string, facts: Facts(json: json), at: Place(json: json["at"] ?? .object([:])))
    }
}

/// What a mail's writer wants (contract: `data.intent` and the facts that go with it).
package struct Intent: Hashable, Sendable {
    package var name: String
    package var newDate: DateFact?
    package var newQuantity: Quantity?
    package var charge: Amount?
    /// The sentence that says so.
    package var at: Place

    package init(
        _ name: String, newDate: DateFact? = nil, newQuantity: Quantity? = nil, charge: Amount? = nil,
        at: Place = Place()
    ) {
        self.name = name
        self.newDate = newDate
        self.newQuantity = newQuantity
        self.charge = charge
        self.at = at
    }

    package var members: [(String, JSON?)] {
        [
            ("intent", .string(name)), ("intentAt", at.json),
            ("newDate", newDate.map { .string($0.value.description) }),
            ("newDateFact", newDate?.json),
            (
                "newQuantity",
                newQuantity.map { q in
                    .object(dropping: [
                        ("value", .string(q.value.description)), ("unit", q.unit.map(JSON.string)), ("at", q.at.json),
                    ])
                }
            ),
            (
                "charge",
                charge.map { c in
                    .object(dropping: [
                        ("amount", .string(c.value.description)), ("currency", c.currency.map(JSON.string)),
                        ("code", c.code.map(JSON.string)), ("text", c.text.map(JSON.string)), ("at", c.at.json),
                    ])
                }
            ),
        ]
    }

    package init?(json: JSON) {
        guard let name = json["intent"]?.string else { return nil }
        self.init(name, at: Place(json: json["intentAt"] ?? .object([:])))
        newDate = json["newDateFact"].flatMap(DateFact.init)
        if let q = json["newQuantity"], let v = q["value"]?.string.flatMap({ Exact($0) }) {
            newQuantity = Quantity("new", v, unit: q["unit"]?.string, at: Place(json: q["at"] ?? .object([:])))
        }
        if let c = json["charge"], let v = c["amount"]?.string.flatMap({ Exact($0) }) {
            charge = Amount(
                "charge", v, currency: c["currency"]?.string, code: c["code"]?.string, text: c["text"]?.string,
                at: Place(json: c["at"] ?? .object([:])))
        }
    }
}

/// What a document says happened, is planned or is promised.
package struct Event: Hashable, Sendable {
    /// The contract's type without `interline.`: `order.issued`.
    package var type: String
    /// Place of the event among those of its document, from 0.
    package var ordinal: Int
    /// The header's facts; what stands on lines is in `lines`. References of lines are repeated here.
    package var facts: Facts
    package var lines: [Line]
    package var delivery: Delivery?
    package var intent: Intent?
    /// Thousandths; 1000 for structured documents.
    package var confidence: Int

    package init(
        type: String, ordinal: Int = 0, facts: Facts = Facts(), lines: [Line] = [], delivery: Delivery? = nil,
        intent: Intent? = nil, confidence: Int = 1000
    ) {
        self.type = type
        self.ordinal = ordinal
        self.facts = facts
        self.lines = lines
        self.delivery = delivery
        self.intent = intent
        self.confidence = confidence
    }

    /// Puts another reading in place of the dates of a role that were read from the same words.
    package mutating func settle(_ role: String, _ date: DateFact) {
        for i in facts.dates.indices where facts.dates[i].role == role && !facts.dates[i].alternatives.isEmpty {
            facts.dates[i].value = date.value
            facts.dates[i].alternatives = date.alternatives
        }
    }

    package func id(in document: Document) -> String { Digest.id("evt", [document.id, String(ordinal)]) }

    /// The event's own part of `data`; `events.ndjson` adds envelope, document and links.
    package var json: JSON {
        .object(
            dropping: [
                ("type", .string(type)), ("ordinal", .int(ordinal)),
                ("lines", lines.isEmpty ? nil : .array(lines.map(\.json))), ("delivery", delivery?.json),
                ("confidence", .thousandths(confidence)),
            ] + facts.members + (intent?.members ?? []))
    }

    package init?(json: JSON) {
        guard let type = json["type"]?.string else { return nil }
        self.init(
            type: type, ordinal: json["ordinal"]?.int ?? 0, facts: Facts(json: json),
            lines: (json["lines"]?.items ?? []).map(Line.init), delivery: json["delivery"].map(Delivery.init),
            intent: Intent(json: json), confidence: json["confidence"]?.permille ?? 1000)
    }
}

/// What a reader makes of one document: the document and its events. The unit that every later stage takes.
package struct Reading: Hashable, Sendable {
    package var document: Document
    package var events: [Event]

    package init(_ document: Document, _ events: [Event] = []) {
        self.document = document
        self.events = events
    }

    /// The reading with the time of the mail that brought it, where its document has no envelope of its own.
    package func sent(_ time: Moment?) -> Reading {
        guard document.envelope == nil, let time else { return self }
        var r = self
        r.document.envelope = time
        return r
    }

    package var json: JSON { .object(["document": document.json, "events": .array(events.map(\.json))]) }

    package init?(json: JSON) {
        guard let d = json["document"].flatMap(Document.init) else { return nil }
        self.init(d, (json["events"]?.items ?? []).compactMap(Event.init))
    }
}
