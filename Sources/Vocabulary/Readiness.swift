/// Customs document readiness of one cross-border shipment (contract: readiness.ndjson).
package struct Readiness: Hashable, Sendable {
    package struct Requirement: Hashable, Sendable {
        package var document: String
        package var held: Bool
        /// Ids of the documents that serve as it.
        package var by: [String]

        package init(document: String, held: Bool, by: [String]) {
            self.document = document
            self.held = held
            self.by = by
        }
    }

    /// A rule that two documents break together, or one by itself, each fact with its document and place.
    package struct Conflict: Hashable, Sendable {
        package var rule: String
        package var facts: [Evidence]

        package init(rule: String, facts: [Evidence]) {
            self.rule = rule
            self.facts = facts
        }

        package var json: JSON {
            .object(["rule": .string(rule), "facts": .array(facts.map(\.json))])
        }
    }

    /// What a rule beside the conflicts says (`findings`).
    package struct Remark: Hashable, Sendable {
        /// Only `block` moves the verdict.
        package enum Severity: String, Sendable { case block, hold, warn, info }

        package var rule: String
        package var severity: Severity
        package var facts: [Evidence]
        /// How much a difference may be before it is told.
        package var tolerance: String?
        /// The code list that was looked into, with its date.
        package var list: String?
        /// The error by which customs refuses it.
        package var refuses: String?
        /// Where the rule comes from.
        package var source: String

        package init(
            rule: String, severity: Severity, facts: [Evidence], tolerance: String? = nil, list: String? = nil,
            refuses: String? = nil, source: String
        ) {
            self.rule = rule
            self.severity = severity
            self.facts = facts
            self.tolerance = tolerance
            self.list = list
            self.refuses = refuses
            self.source = source
        }

        package var json: JSON {
            .object(dropping: [
                ("rule", .string(rule)), ("severity", .string(severity.rawValue)),
                ("facts", .array(facts.map(\.json))), ("tolerance", tolerance.map(JSON.string)),
                ("list", list.map(JSON.string)),
                ("refuses", refuses.map(JSON.string)), ("source", .string(source)),
            ])
        }
    }

    /// By when something has to be done.
    package struct Deadline: Hashable, Sendable {
        package var what: String
        package var at: Moment
        /// `law`, `carrier` or `own-target`.
        package var basis: String
        package var source: String

        package init(what: String, at: Moment, basis: String, source: String) {
            self.what = what
            self.at = at
            self.basis = basis
            self.source = source
        }

        package var json: JSON {
            .object([
                "what": .string(what), "at": .string(at.instant), "basis": .string(basis), "source": .string(source),
            ])
        }
    }

    /// What is to be done next, for a paper that is missing, a conflict or a finding.
    package struct Action: Hashable, Sendable {
        /// The missing paper's name, or the rule of the conflict or finding.
        package var rule: String
        package var text: String
        /// Whose job it is here.
        package var owner: String
        /// Who outside has to be asked.
        package var ask: String
        package var by: Moment?

        package init(rule: String, text: String, owner: String, ask: String, by: Moment?) {
            self.rule = rule
            self.text = text
            self.owner = owner
            self.ask = ask
            self.by = by
        }

        package var json: JSON {
            .object(dropping: [
                ("rule", .string(rule)), ("text", .string(text)), ("owner", .string(owner)), ("ask", .string(ask)),
                ("by", by.map { .string($0.instant) }),
            ])
        }
    }

    /// A step in the life of a filing: lodged, accepted, queried, held, …, released.
    package struct Step: Hashable, Sendable {
        package var state: String
        package var at: Moment?
        /// Id of the document that says so.
        package var document: String

        package init(state: String, at: Moment?, document: String) {
            self.state = state
            self.at = at
            self.document = document
        }

        package var json: JSON {
            .object(dropping: [
                ("state", .string(state)), ("at", at.map { .string($0.instant) }), ("document", .string(document)),
            ])
        }
    }

    package var entity: String
    package var identifiers: [Identifier]
    package var regime: String
    package var verdict: String
    package var cutOff: Moment?
    package var required: [Requirement]
    package var conflicts: [Conflict]
    package var findings: [Remark]
    package var deadlines: [Deadline]
    package var actions: [Action]
    /// The life of the filing, in order of time.
    package var filing: [Step]

    package init(
        entity: String, identifiers: [Identifier], regime: String, verdict: String, cutOff: Moment? = nil,
        required: [Requirement] = [], conflicts: [Conflict] = [], findings: [Remark] = [], deadlines: [Deadline] = [],
        actions: [Action] = [], filing: [Step] = []
    ) {
        self.entity = entity
        self.identifiers = identifiers
        self.regime = regime
        self.verdict = verdict
        self.cutOff = cutOff
        self.required = required
        self.conflicts = conflicts
        self.findings = findings
        self.deadlines = deadlines
        self.actions = actions
        self.filing = filing
    }

    package var missing: [String] { required.filter { !$0.held }.map(\.document) }

    package var json: JSON {
        .object(dropping: [
            ("entity", .string(entity)), ("identifiers", .array(identifiers.map(\.json))),
            ("regime", .string(regime)), ("verdict", .string(verdict)),
            ("cutOff", cutOff.map { .string($0.instant) }),
            (
                "required",
                .array(
                    required.map {
                        .object([
                            "document": .string($0.document), "held": .bool($0.held),
                            "by": .array($0.by.map(JSON.string)),
                        ])
                    })
            ),
            ("missing", .array(missing.map(JSON.string))), ("conflicts", .array(conflicts.map(\.json))),
            ("findings", .array(findings.map(\.json))), ("deadlines", .array(deadlines.map(\.json))),
            ("actions", .array(actions.map(\.json))), ("filing", .array(filing.map(\.json))),
        ])
    }
}
