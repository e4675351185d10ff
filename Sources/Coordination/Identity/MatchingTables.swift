import Schemas
import Vocabulary

/// `schemas/matching.yaml`: which events stand for what, and how numbers are compared.
struct MatchingTables: Sendable {
    enum Scope: String, Sendable { case any, seller, carrier }

    let prefixes: [String: [String]]
    let stop: Set<String>
    let senders: [String: String]
    let receivers: [String: String]
    /// buyer, seller, carrier: the roles that count as it, strongest first.
    let roles: [String: [String]]
    let orders: Set<String>
    let shipments: Set<String>
    let reports: Set<String>
    /// Kinds of shipment numbers in order of strength.
    let shipmentKinds: [String]
    let scopes: [String: Scope]
    let byOrder: Set<String>
    /// Kind of reference → the space of numbers it shares with others.
    private let spaces: [String: String]
    /// Kinds that a number without a kind is tried as.
    let guesses: [String]
    let byInvoice: Set<String>
    let silentIntents: Set<String>
    /// Answers of customs that leave a declaration as it stands.
    let silentStatuses: Set<String>
    /// Words of a consignee who is no party: to order, to a bank.
    let bearers: [String]
    /// Unit as sent → the unit it is compared as.
    let units: [String: String]

    init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("matching.yaml")
        func map(_ key: String) throws(SchemaFault) -> [String: String] {
            var m: [String: String] = [:]
            for e in try root.required(key).members { m[e.key] = e.value.text ?? "" }
            return m
        }
        func set(_ key: String) throws(SchemaFault) -> Set<String> { Set(try root.required(key).texts) }
        var prefixes: [String: [String]] = [:]
        for e in try root.required("prefixes").members { prefixes[e.key] = e.value.texts }
        self.prefixes = prefixes
        stop = try set("stop")
        senders = try map("senders")
        receivers = try map("receivers")
        var roles: [String: [String]] = [:]
        for r in ["buyer", "seller", "carrier"] { roles[r] = try root.required(r).texts }
        self.roles = roles
        orders = try set("orders")
        shipments = try set("shipments")
        reports = try set("reports")
        var kinds: [String] = []
        var scopes: [String: Scope] = [:]
        for e in try root.required("shipment-numbers").members {
            guard let scope = Scope(rawValue: e.value.text ?? "") else {
                throw e.value.fault("a scope is any, seller or carrier")
            }
            kinds.append(e.key)
            scopes[e.key] = scope
        }
        shipmentKinds = kinds
        self.scopes = scopes
        byOrder = try set("by-order")
        var spaces: [String: String] = [:]
        for e in try root.required("spaces").members { for k in e.value.texts { spaces[k] = e.key } }
        self.spaces = spaces
        guesses = try root.required("guesses").texts
        byInvoice = try set("by-invoice")
        silentIntents = try set("silent-intents")
        silentStatuses = try set("silent-statuses")
        bearers = try root.required("bearers").texts
        var units: [String: String] = [:]
        for e in try root.required("units").members { for u in e.value.texts { units[u] = e.key } }
        self.units = units
    }

    /// The forms of a number, strictest first: as letters and digits; without prefix words and leading zeros;
    /// without a release behind it, likewise.
    func forms(_ kind: String, _ value: String) -> [String] {
        let strict = NormalForm.strict(value)
        guard !strict.isEmpty, !stop.contains(strict) else { return [] }
        let words = prefixes[kind] ?? []
        var forms = [strict, NormalForm.loose(value, prefixes: words)]
        if let head = NormalForm.withoutRelease(value) { forms.append(NormalForm.loose(head, prefixes: words)) }
        return forms
    }

    /// The space of numbers that a kind lives in.
    func space(_ kind: String) -> String { spaces[kind] ?? kind }

    /// Whether two quantities may be compared: the same unit by table, or one that is not known.
    func comparable(_ a: String?, _ b: String?) -> Bool {
        guard let a = unit(a), let b = unit(b) else { return true }
        return a == b
    }

    private func unit(_ u: String?) -> String? {
        guard let u = u?.uppercased(), !u.isEmpty else { return nil }
        return units[u] ?? u
    }
}
