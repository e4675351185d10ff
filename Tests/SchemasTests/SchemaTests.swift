import Testing

@testable import Schemas
@testable import Vocabulary

@Suite struct NodeTests {
    @Test func keepsScalarsAsPlainText() throws {
        let n = try Node(yaml: "country: NO\nzero: 01\nnothing: ~\nlist: [a, b]\n", file: "t.yaml")
        #expect(n["country"]?.text == "NO")
        #expect(n["zero"]?.text == "01")
        #expect(n["nothing"]?.isNone == true)
        #expect(n["list"]?.texts == ["a", "b"])
        #expect(n["zero"]?.line == 2)
    }

    @Test(arguments: ["a: 1\na: 2\n", "a: [1\n"])
    func namesTheFileAndLineOfAFault(_ yaml: String) {
        #expect(throws: SchemaFault.self) { try Node(yaml: yaml, file: "t.yaml") }
    }

    @Test func refusesMembersItDoesNotKnow() throws {
        let n = try Node(yaml: "right: 1\nwrnog: 2\n", file: "t.yaml")
        let fault = #expect(throws: SchemaFault.self) { try n.allow(["right", "wrong"]) }
        #expect(fault?.line == 2)
        #expect(fault?.description.contains("wrnog") == true)
    }
}

@Suite struct FormulaTests {
    private func formula(_ text: String) throws -> Formula {
        try Formula(Node(yaml: "f: '\(text)'", file: "t")["f"] ?? Node(yaml: "", file: "t"))
    }

    @Test func computesAndShowsItsFigures() throws {
        let f = try formula("(billed - agreed) * quantity")
        let r = try #require(
            f.evaluate(["billed": Exact("134.1") ?? .zero, "agreed": Exact(130), "quantity": Exact(192)]))
        #expect(r.value == Exact("787.2"))
        #expect(r.text == "(134.1 − 130) × 192")
    }

    @Test func isUnknownWhereAFigureIs() throws {
        #expect(try formula("a * b").evaluate(["a": Exact(1)]) == nil)
    }

    @Test(arguments: ["(a", "a *", "max(a)", "a b", ""])
    func refusesWhatIsNoFormula(_ text: String) {
        #expect(throws: SchemaFault.self) { try formula(text) }
    }
}

@Suite struct CatalogueTests {
    @Test func leavesOutTheBracketedPartWithoutFigures() {
        let template = "Order {order}[ line {line}] is late[; answered {when}]."
        #expect(Catalogue.render(template, ["order": "7"]) == "Order 7 is late.")
        #expect(
            Catalogue.render(template, ["order": "7", "line": "2", "when": "today"])
                == "Order 7 line 2 is late; answered today.")
    }

    @Test func readsTheProjectsOwnCatalogueAndPolicy() throws {
        let files = try ProjectSchemas.files()
        let catalogue = try Catalogue(files)
        for code in [
            "order-unacknowledged", "order-price-changed", "order-quantity-changed", "supplier-delay", "asn-missing",
            "shipment-short",
            "shipment-over", "delivery-late", "delivery-short", "proof-missing", "invoice-duplicate",
            "invoice-without-order",
            "invoice-price-variance", "invoice-quantity-variance", "invoice-before-delivery", "invoice-total-wrong",
            "freight-charge-unapproved", "customs-hold", "customs-document-missing", "document-unreadable",
            "document-duplicate",
            "reference-unknown",
        ] {
            #expect(catalogue.entries[code] != nil, "\(code) is in the catalogue")
        }
        #expect(try Policy(files).hours("order-unacknowledged.hours") == 48)
    }
}

@Suite struct PolicyTests {
    @Test func laysTheUsersFileOverTheDefaults() throws {
        let files = try ProjectSchemas.files()
        let own = try Node(
            yaml:
                "order-unacknowledged: {hours: 24}\nsilence:\n  - {code: payment-short, partner: Roth, reason: agreed}\n",
            file: "p.yaml")
        let policy = try Policy(files, overlay: own)
        #expect(policy.hours("order-unacknowledged.hours") == 24)
        #expect(policy.hours("proof-missing.hours") == 72)
        #expect(policy.silences.map(\.code) == ["payment-short"])
    }

    @Test func refusesNamesThatNoRuleReads() throws {
        let files = try ProjectSchemas.files()
        let own = try Node(yaml: "order-unacknowleged: {hours: 24}\n", file: "p.yaml")
        let fault = #expect(throws: SchemaFault.self) { try Policy(files, overlay: own) }
        #expect(fault?.description.hasPrefix("p.yaml:1") == true)
    }
}
