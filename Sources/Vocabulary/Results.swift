package enum EntityKind: String, Sendable, CaseIterable, Comparable {
    case purchaseOrder = "purchase-order"
    case shipment
    case customsEntry = "customs-entry"
    case invoice
    case payment

    /// What the kind is called in an entity's id.
    package var prefix: String {
        switch self {
        case .purchaseOrder: "po"
        case .shipment: "sh"
        case .customsEntry: "ce"
        case .invoice: "in"
        case .payment: "pay"
        }
    }

    package static func < (a: EntityKind, b: EntityKind) -> Bool { a.rawValue < b.rawValue }
}

package struct Identifier: Hashable, Sendable, Comparable {
    package var kind: String
    package var value: String

    package init(_ kind: String, _ value: String) {
        self.kind = kind
        self.value = value
    }

    package var json: JSON { .object(["kind": .string(kind), "value": .string(value)]) }
    package static func < (a: Identifier, b: Identifier) -> Bool { (a.kind, a.value) < (b.kind, b.value) }
}

/// A purchase order, shipment, customs entry, invoice or payment, known by its identifiers (contract: entities.ndjson).
package struct Entity: Hashable, Sendable {
    package var id: String
    package var kind: EntityKind
    package var identifiers: [Identifier]
    /// Names of the parties as printed, sorted.
    package var partners: [String]
    package var status: String
    /// Ids of the entities it leads up to: the orders a shipment carries, the shipment of a declaration, and on from there.
    package var leadsTo: [String]

    package init(
        id: String, kind: EntityKind, identifiers: [Identifier], partners: [String], status: String,
        leadsTo: [String] = []
    ) {
        self.id = id
        self.kind = kind
        self.identifiers = identifiers
        self.partners = partners
        self.status = status
        self.leadsTo = leadsTo
    }

    package var json: JSON {
        .object([
            "leadsTo": .array(leadsTo.map(JSON.string)),
            "entity": .string(id), "kind": .string(kind.rawValue),
            "identifiers": .array(identifiers.map(\.json)), "partners": .array(partners.map(JSON.string)),
            "status": .string(status),
        ])
    }
}

/// A place that speaks for a link or an exception: which document, where in it, in words.
package struct Evidence: Hashable, Sendable {
    package var text: String
    package var document: String
    package var at: Place

    package init(_ text: String, document: String, at: Place) {
        self.text = text
        self.document = document
        self.at = at
    }

    package var json: JSON {
        .object(["at": at.json, "document": .string(document), "text": .string(text)])
    }
}

package enum LinkMethod: String, Sendable { case exact, normalised, alias, probabilistic }
package enum LinkRelation: String, Sendable { case direct, derived }

/// Why a document belongs to an entity (contract: links.ndjson).
package struct Link: Hashable, Sendable {
    package var document: String
    package var locator: Locator
    package var entity: String
    package var kind: EntityKind
    package var relation: LinkRelation
    /// Thousandths.
    package var confidence: Int
    package var method: LinkMethod
    /// The named rule that made the link (`docs/matching.md`).
    package var rule: String
    package var evidence: [Evidence]

    package init(
        document: String, locator: Locator, entity: String, kind: EntityKind, relation: LinkRelation,
        confidence: Int, method: LinkMethod, rule: String, evidence: [Evidence]
    ) {
        self.document = document
        self.locator = locator
        self.entity = entity
        self.kind = kind
        self.relation = relation
        self.confidence = confidence
        self.method = method
        self.rule = rule
        self.evidence = evidence
    }

    /// Stable over runs, for `interline explain`.
    package var id: String { Digest.id("lnk", [document, entity, relation.rawValue]) }

    package var json: JSON {
        .object(
            dropping: locator.members + [
                ("link", .string(id)), ("document", .string(document)), ("entity", .string(entity)),
                ("kind", .string(kind.rawValue)), ("relation", .string(relation.rawValue)),
                ("confidence", .thousandths(confidence)), ("method", .string(method.rawValue)),
                ("rule", .string(rule)), ("evidence", .array(evidence.map(\.json))),
            ])
    }
}

/// Money, as a formula's result with the figures it was made of.
package struct Money: Hashable, Sendable {
    package var value: Exact
    package var currency: String
    /// `(134.10 − 130.00) × 192 CA`
    package var formula: String

    package init(_ value: Exact, _ currency: String, formula: String) {
        self.value = value
        self.currency = currency
        self.formula = formula
    }

    package var json: JSON {
        .object([
            "amount": .string(value.rounded(to: 2).fixed(2)), "currency": .string(currency),
            "formula": .string(formula),
        ])
    }
}

/// What somebody has to know and do (contract: exceptions.ndjson).
package struct ExceptionRecord: Hashable, Sendable {
    package struct Candidate: Hashable, Sendable {
        package var entity: String
        package var weight: Int

        package init(entity: String, weight: Int) {
            self.entity = entity
            self.weight = weight
        }
    }

    package enum Status: String, Sendable {
        case open, resolved
        case resolvedByPolicy = "resolved-by-policy"
    }

    package var id: String
    package var code: String
    /// The entity it hangs on; nil where it hangs on a document.
    package var kind: EntityKind?
    package var entity: String?
    package var document: String?
    package var locator: Locator?
    package var severity: Severity
    package var owner: String
    package var detectedAt: Moment?
    package var due: Moment?
    package var amountAtRisk: Money?
    /// One sentence with the figures and the names as printed.
    package var summary: String
    package var action: String
    package var evidence: [Evidence]
    package var status: Status
    package var resolution: String?
    package var causedBy: String?
    package var candidates: [Candidate]

    package init(
        id: String, code: String, kind: EntityKind? = nil, entity: String? = nil, document: String? = nil,
        locator: Locator? = nil, severity: Severity, owner: String, detectedAt: Moment? = nil, due: Moment? = nil,
        amountAtRisk: Money? = nil, summary: String, action: String, evidence: [Evidence] = [],
        status: Status = .open, resolution: String? = nil, causedBy: String? = nil, candidates: [Candidate] = []
    ) {
        self.id = id
        self.code = code
        self.kind = kind
        self.entity = entity
        self.document = document
        self.locator = locator
        self.severity = severity
        self.owner = owner
        self.detectedAt = detectedAt
        self.due = due
        self.amountAtRisk = amountAtRisk
        self.summary = summary
        self.action = action
        self.evidence = evidence
        self.status = status
        self.resolution = resolution
        self.causedBy = causedBy
        self.candidates = candidates
    }

    package var json: JSON {
        .object(
            dropping: (locator?.members ?? []) + [
                ("exception", .string(id)), ("code", .string(code)), ("kind", kind.map { .string($0.rawValue) }),
                ("entity", entity.map(JSON.string)), ("document", document.map(JSON.string)),
                ("severity", .string(severity.rawValue)), ("owner", .string(owner)),
                ("detectedAt", detectedAt.map { .string($0.instant) }), ("due", due.map { .string($0.instant) }),
                ("amountAtRisk", amountAtRisk?.json), ("summary", .string(summary)), ("action", .string(action)),
                ("evidence", .array(evidence.map(\.json))), ("status", .string(status.rawValue)),
                ("resolution", resolution.map(JSON.string)), ("causedBy", causedBy.map(JSON.string)),
                (
                    "candidates",
                    candidates.isEmpty
                        ? nil
                        : .array(
                            candidates.map { .object(["entity": .string($0.entity), "weight": .int($0.weight)]) })
                ),
            ])
    }
}

/// A row of events.ndjson, written out where it is composed: events are the bulk of what a run writes, and held as trees
/// of JSON values they would be the bulk of its memory many times over.
package struct EventRow: Hashable, Sendable {
    package let id: String
    /// Id of its document.
    package let document: String
    /// `interline.order.issued`, …
    package let type: String
    /// Canonical JSON.
    package let content: [UInt8]

    package init(id: String, document: String, type: String, content: [UInt8]) {
        self.id = id
        self.document = document
        self.type = type
        self.content = content
    }
}

/// The rows of the contract's files, complete and sorted: what one call of `coordinate` gives.
package struct Results: Sendable {
    /// documents.ndjson
    package var documents: [JSON] = []
    /// events.ndjson, as CloudEvents
    package var events: [EventRow] = []
    package var entities: [Entity] = []
    package var links: [Link] = []
    package var exceptions: [ExceptionRecord] = []
    package var readiness: [Readiness] = []

    package init() {}
}
