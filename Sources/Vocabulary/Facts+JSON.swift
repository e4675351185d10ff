extension Facts {
    /// In the order of their names, like the members of every fact below: `JSON.Members` then has nothing to sort.
    package var members: [(String, JSON?)] {
        func list<T>(_ items: [T], _ json: (T) -> JSON) -> JSON? { items.isEmpty ? nil : .array(items.map(json)) }
        return [
            ("amounts", list(amounts) { $0.json }), ("dates", list(dates) { $0.json }),
            ("equipment", list(equipment) { $0.json }), ("locations", list(locations) { $0.json }),
            ("parties", list(parties) { $0.json }), ("quantities", list(quantities) { $0.json }),
            ("references", list(references) { $0.json }), ("terms", list(terms) { $0.json }),
        ]
    }

    package init(json: JSON) {
        self.init()
        references = (json["references"]?.items ?? []).compactMap(Reference.init)
        parties = (json["parties"]?.items ?? []).compactMap(Party.init)
        dates = (json["dates"]?.items ?? []).compactMap(DateFact.init)
        amounts = (json["amounts"]?.items ?? []).compactMap(Amount.init)
        quantities = (json["quantities"]?.items ?? []).compactMap(Quantity.init)
        locations = (json["locations"]?.items ?? []).compactMap(Location.init)
        equipment = (json["equipment"]?.items ?? []).compactMap(Equipment.init)
        terms = (json["terms"]?.items ?? []).compactMap(Term.init)
    }
}

extension JSON {
    fileprivate var place: Place { Place(json: self["at"] ?? .object([:])) }
    fileprivate func exact(_ key: String) -> Exact? { self[key]?.string.flatMap { Exact($0) } }
    package static func thousandths(_ n: Int) -> JSON {
        n % 1000 == 0 ? .int(n / 1000) : .number(Exact(mantissa: Int128(n), scale: 3).description)
    }
}

extension Reference {
    package var json: JSON {
        .object(dropping: [
            ("also", also.isEmpty ? nil : .array(also.map(\.json))), ("at", at.json),
            ("confidence", confidence == 1000 ? nil : .thousandths(confidence)),
            ("kind", .string(kind)), ("line", line.map(JSON.string)), ("raw", .string(raw)),
            ("repaired", isRepaired ? .bool(true) : nil), ("value", .string(value)),
        ])
    }
    package init?(json: JSON) {
        guard let kind = json["kind"]?.string, let value = json["value"]?.string else { return nil }
        self.init(
            kind, value, raw: json["raw"]?.string, at: json.place,
            also: (json["also"]?.items ?? []).map(Place.init), line: json["line"]?.string,
            confidence: json["confidence"]?.permille ?? 1000)
        isRepaired = json["repaired"] == .bool(true)
    }
}

extension Party {
    package var json: JSON {
        .object(dropping: [
            ("at", at.json), ("country", country.map(JSON.string)), ("id", id.map(JSON.string)),
            ("name", name.map(JSON.string)), ("role", .string(role)), ("scheme", scheme.map(JSON.string)),
        ])
    }
    package init?(json: JSON) {
        guard let role = json["role"]?.string else { return nil }
        self.init(
            role, name: json["name"]?.string, id: json["id"]?.string, scheme: json["scheme"]?.string,
            country: json["country"]?.string, at: json.place)
    }
}

extension DateFact {
    package var json: JSON {
        .object(dropping: [
            ("alternatives", alternatives.isEmpty ? nil : .array(alternatives.map { .string($0.description) })),
            ("at", at.json), ("raw", .string(raw)), ("role", .string(role)), ("value", .string(value.description)),
        ])
    }
    package init?(json: JSON) {
        guard let role = json["role"]?.string, let value = json["value"]?.string.flatMap({ Moment(iso: $0) }) else {
            return nil
        }
        self.init(
            role, value,
            alternatives: (json["alternatives"]?.items ?? []).compactMap { $0.string.flatMap { Moment(iso: $0) } },
            raw: json["raw"]?.string ?? "", at: json.place)
    }
}

extension Amount {
    package var json: JSON {
        .object(dropping: [
            ("at", at.json), ("basis", basis.map { .string($0.description) }), ("code", code.map(JSON.string)),
            ("currency", currency.map(JSON.string)), ("raw", .string(raw)), ("role", .string(role)),
            ("text", text.map(JSON.string)), ("unit", unit.map(JSON.string)), ("value", .string(value.description)),
        ])
    }
    package init?(json: JSON) {
        guard let role = json["role"]?.string, let value = json.exact("value") else { return nil }
        self.init(
            role, value, currency: json["currency"]?.string, basis: json.exact("basis"), unit: json["unit"]?.string,
            code: json["code"]?.string, text: json["text"]?.string, raw: json["raw"]?.string ?? "", at: json.place)
    }
}

extension Quantity {
    package var json: JSON {
        .object(dropping: [
            ("at", at.json), ("raw", .string(raw)), ("role", .string(role)), ("unit", unit.map(JSON.string)),
            ("value", .string(value.description)),
        ])
    }
    package init?(json: JSON) {
        guard let role = json["role"]?.string, let value = json.exact("value") else { return nil }
        self.init(role, value, unit: json["unit"]?.string, raw: json["raw"]?.string ?? "", at: json.place)
    }
}

extension Location {
    package var json: JSON {
        .object(dropping: [
            ("at", at.json), ("code", code.map(JSON.string)), ("country", country.map(JSON.string)),
            ("name", name.map(JSON.string)), ("role", .string(role)),
        ])
    }
    package init?(json: JSON) {
        guard let role = json["role"]?.string else { return nil }
        self.init(
            role, code: json["code"]?.string, name: json["name"]?.string, country: json["country"]?.string,
            at: json.place)
    }
}

extension Equipment {
    package var json: JSON { .object(["at": at.json, "id": .string(id), "kind": .string(kind)]) }
    package init?(json: JSON) {
        guard let kind = json["kind"]?.string, let id = json["id"]?.string else { return nil }
        self.init(kind, id, at: json.place)
    }
}

extension Term {
    package var json: JSON {
        .object(["at": at.json, "name": .string(name), "raw": .string(raw), "value": .string(value)])
    }
    package init?(json: JSON) {
        guard let name = json["name"]?.string, let value = json["value"]?.string else { return nil }
        self.init(name, value, raw: json["raw"]?.string, at: json.place)
    }
}
