import Testing

@testable import Coordination
@testable import Vocabulary

/// For each rule a story that triggers it, and a near miss that does not.
@Suite struct OrderRuleTests {
    private func acknowledged(_ row: Story.Row, day: Int = 20_501) throws -> [String] {
        var s = Story()
        s.order("4711")
        s.add(
            "order.acknowledged", "ORDRSP", day: day, refs: [("purchase-order", "4711")], buyer: "Nordmark Handel AS",
            seller: "Weber Metall GmbH", rows: [row], role: "acknowledged")
        return try s.codes()
    }

    @Test func anOrderWithoutAnswerIsUnacknowledgedAfterTwoDays() throws {
        var s = Story()
        s.order("4711")
        #expect(try s.codes() == ["order-unacknowledged"])
        var late = Story()
        late.order("4711", day: 20_599)
        #expect(try late.codes().isEmpty)
    }

    @Test func aLateAnswerResolvesTheRow() throws {
        var s = Story()
        s.order("4711")
        s.add(
            "order.acknowledged", "ORDRSP", day: 20_505, refs: [("purchase-order", "4711")],
            buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH")
        let row = try #require(try s.results().exception("order-unacknowledged"))
        #expect(row.status == .resolved)
    }

    @Test func aHigherAcknowledgedPriceIsToldAndOneWithinToleranceNot() throws {
        #expect(try acknowledged(.init(price: "5.10")) == ["order-price-changed"])
        #expect(try acknowledged(.init(price: "5.02")).isEmpty)
    }

    @Test func anotherAcknowledgedQuantityIsTold() throws {
        #expect(try acknowledged(.init(quantity: 8)) == ["order-quantity-changed"])
        #expect(try acknowledged(.init()).isEmpty)
    }

    @Test func aLaterPromisedDateIsADelayUntilItIsWithdrawn() throws {
        #expect(try acknowledged(.init(date: 20_525)) == ["supplier-delay"])
        #expect(try acknowledged(.init(date: 20_520)).isEmpty)
        var s = Story()
        s.order("4711")
        s.add(
            "order.acknowledged", "ORDRSP", day: 20_501, refs: [("purchase-order", "4711")],
            buyer: "Nordmark Handel AS", seller: "Weber Metall GmbH")
        s.add(
            "commitment.changed", "correspondence", day: 20_503, refs: [("purchase-order", "4711")],
            intent: Intent("supplier-delay", newDate: DateFact("new", Moment(day: 20_530))), format: .email)
        #expect(try s.results().exception("supplier-delay")?.status == .open)
        s.add(
            "commitment.changed", "correspondence", day: 20_505, refs: [("purchase-order", "4711")],
            intent: Intent("delay-withdrawn", newDate: DateFact("new", Moment(day: 20_520))), format: .email)
        #expect(try s.results().exception("supplier-delay")?.status == .resolved)
    }

    @Test func aRejectedOrderRaisesNothingFurther() throws {
        var s = Story()
        s.order("4711", terms: [("incoterm", "FCA")])
        s.add(
            "order.rejected", "ORDRSP", day: 20_501, refs: [("purchase-order", "4711")], buyer: "Nordmark Handel AS",
            seller: "Weber Metall GmbH")
        #expect(try s.codes() == ["order-rejected"])
    }
}

@Suite struct GoodsRuleTests {
    /// Order 4711 over 10 PCE at 5.00, acknowledged, shipped and billed as told.
    private func story(
        shipped: Int = 10, received: Int? = 10, billed: Int = 10, price: String = "5.00", total: String? = nil,
        again: Bool = false
    ) throws -> [String] {
        var s = Story()
        let (buyer, seller) = ("Nordmark Handel AS", "Weber Metall GmbH")
        s.order("4711")
        s.add(
            "order.acknowledged", "ORDRSP", day: 20_501, refs: [("purchase-order", "4711")], buyer: buyer,
            seller: seller, rows: [.init()], role: "acknowledged")
        s.add(
            "shipment.notified", "DESADV", day: 20_510,
            refs: [("asn", "A1"), ("bill-of-lading", "BL100"), ("purchase-order", "4711")], buyer: buyer,
            seller: seller, rows: [.init(quantity: shipped, order: "4711")], role: "shipped")
        if let received {
            s.add(
                "goods.received", "RECADV", day: 20_515,
                refs: [("receipt", "G1"), ("bill-of-lading", "BL100"), ("purchase-order", "4711")], buyer: buyer,
                seller: seller, rows: [.init(quantity: received, order: "4711")], role: "received")
        }
        for n in 0..<(again ? 2 : 1) {
            s.add(
                "invoice.received", "INVOIC", day: 20_516 + n, refs: [("invoice", "R9"), ("purchase-order", "4711")],
                buyer: buyer, seller: seller, rows: [.init(quantity: billed, price: price, order: "4711")],
                role: "invoiced",
                amounts: [("total", total ?? ((Exact(price) ?? .zero) * Exact(billed)).description)])
        }
        return try s.codes()
    }

    @Test func aCleanOrderRaisesNothing() throws { #expect(try story().isEmpty) }

    @Test func quantitiesThatDisagreeAreToldWhereTheyDo() throws {
        #expect(try story(shipped: 8, received: 8, billed: 8) == ["shipment-short"])
        #expect(try story(shipped: 12, received: 12, billed: 12) == ["shipment-over"])
        #expect(try story(received: 9, billed: 9) == ["delivery-short"])
        #expect(Set(try story(received: 9)) == ["delivery-short", "invoice-quantity-variance"])
    }

    @Test func anInvoiceIsHeldAgainstOrderReceiptAndItsOwnSum() throws {
        #expect(try story(price: "5.20") == ["invoice-price-variance"])
        #expect(try story(price: "5.09").isEmpty)
        #expect(try story(total: "55.00") == ["invoice-total-wrong"])
        #expect(try story(received: nil) == ["invoice-before-delivery"])
        #expect(try story(again: true) == ["invoice-duplicate"])
    }

    @Test func aProofTellsLateShortDamagedAndUnsigned() throws {
        var s = Story()
        let (buyer, seller) = ("Nordmark Handel AS", "Weber Metall GmbH")
        s.order("4711")
        s.add(
            "order.acknowledged", "ORDRSP", day: 20_501, refs: [("purchase-order", "4711")], buyer: buyer,
            seller: seller, rows: [.init()], role: "acknowledged")
        s.add(
            "shipment.notified", "DESADV", day: 20_510,
            refs: [("asn", "A1"), ("bill-of-lading", "BL100"), ("purchase-order", "4711")], buyer: buyer,
            seller: seller, rows: [.init(order: "4711")], role: "shipped", quantities: [("packages", 5)])
        let delivery = Delivery(
            deliveredAt: DateFact("delivered", Moment(day: 20_530)), pieces: Quantity("packages", Exact(4), unit: "CT"),
            remarks: [.init(code: "damaged", text: "1 carton wet")])
        s.add(
            "delivery.proved", "proof-of-delivery", day: 20_530, refs: [("bill-of-lading", "BL100")],
            delivery: delivery, format: .pdf)
        #expect(Set(try s.codes()) == ["delivery-late", "delivery-short", "delivery-damaged", "proof-unsigned"])
        let row = try #require(try s.results().exception("delivery-late"))
        #expect(row.summary.contains("BL100"))
    }

    @Test func freightAboveTenderNeedsAnApproval() throws {
        func freight(_ approval: String?) throws -> [String] {
            var s = Story()
            let (buyer, carrier) = ("Nordmark Handel AS", "Fjord Line")
            s.add(
                "tender.offered", "204", day: 20_500, refs: [("tender", "LD900"), ("bill-of-lading", "BL100")],
                buyer: buyer, carrier: carrier, amounts: [("freight", "400.00")])
            s.add("tender.accepted", "990", day: 20_500, refs: [("tender", "LD900")], buyer: buyer, carrier: carrier)
            if let approval {
                s.add(
                    "charge.approved", "correspondence", day: 20_503, refs: [("bill-of-lading", "BL100")],
                    intent: Intent(
                        "charge-approval", charge: Amount("charge", Exact(approval) ?? .zero, currency: "EUR")),
                    format: .email)
            }
            s.add(
                "freight-invoice.received", "210", day: 20_505, refs: [("invoice", "F1"), ("tender", "LD900")],
                buyer: buyer, seller: carrier, carrier: carrier,
                amounts: [("total", "465.00"), ("charge", "400.00"), ("charge", "65.00")])
            return try s.codes()
        }
        #expect(try freight(nil) == ["freight-charge-unapproved"])
        #expect(try freight("65.00").isEmpty)
        #expect(try freight("50.00") == ["freight-charge-unapproved"])
    }
}
