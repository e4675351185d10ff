import Testing

@testable import Coordination
@testable import Schemas
@testable import Vocabulary

/// Deadlines, next actions and the life of a filing in readiness.ndjson.
@Suite struct DeskTests {
    private func sea(_ country: String) -> CustomsPapers {
        var p = CustomsPapers()
        for i in p.order.facts.parties.indices where p.order.facts.parties[i].role == "buyer" {
            p.order.facts.parties[i].country = country
        }
        p.notice.facts.parties = p.order.facts.parties
        p.waybill.facts.terms = [Term("mode", "sea")]
        p.waybill.facts.dates = [
            DateFact("estimated-departure", Moment(day: 20_506, second: 36_000, offset: 0)),
            DateFact("cut-off", Moment(day: 20_505, second: 43_200, offset: 0)),
        ]
        p.notice.facts.dates.removeAll { $0.role == "shipped" }
        p.declaration.facts.locations[0].country = country
        return p
    }

    @Test func deadlinesCountFromWhatThePapersAnnounce() throws {
        let row = try #require(try sea("DE").row())
        #expect(row.regime == "eu-import")
        let entry = try #require(row.deadlines.first { $0.what == "entry-summary" })
        #expect(entry.at.instant == Moment(day: 20_505, second: 36_000, offset: 0).instant)
        #expect(entry.basis == "law" && entry.source.contains("2015/2446"))
        let carrier = try #require(row.deadlines.first { $0.basis == "carrier" })
        #expect(carrier.at.day == 20_505)
        #expect(row.deadlines.map(\.at.epochSeconds) == row.deadlines.map(\.at.epochSeconds).sorted())
        #expect(try sea("US").row()?.deadlines.contains { $0.what == "importer-security-filing" } == true)
    }

    @Test func aDeadlineHoldsFromItsDayOn() throws {
        var p = sea("DE")
        p.asOf = Moment(iso: "2016-04-30T00:00:00Z") ?? p.asOf
        #expect(try p.row()?.deadlines.contains { $0.what == "entry-summary" } == false)
    }

    @Test func theDateThatCustomsNamesIsADeadlineAndTheActionsLimit() throws {
        var p = CustomsPapers()
        p.answer("customs.held", status: "documents-requested") {
            $0.dates = [DateFact("limit", Moment(day: 20_512, second: 61_200, offset: 0))]
        }
        let row = try #require(try p.row())
        let limit = try #require(row.deadlines.first { $0.what == "customs-answer" })
        #expect(limit.at.day == 20_512)
        let action = try #require(row.actions.first { $0.rule == "doc-asked-open" })
        #expect(action.by == limit.at && action.owner == "customs" && action.ask == "broker")
    }

    @Test func whatIsMissingOrInConflictHasAnActionWithOwnerAndHour() throws {
        var p = CustomsPapers()
        p.list = nil
        p.declaration.facts.quantities[1] = Quantity("gross-mass", Exact(150), unit: "KGM")
        let row = try #require(try p.row())
        let paper = try #require(row.actions.first { $0.rule == "packing-list" })
        #expect(paper.owner == "procurement" && paper.ask == "supplier" && paper.by == row.cutOff)
        // What came up after the cut-off has no hour that has passed already.
        #expect(row.actions.first { $0.rule == "mass-total" }?.by == nil)
        #expect(row.actions.contains { $0.rule == "gross-mass-mismatch" && $0.ask == "forwarder" })
        #expect(row.actions.contains { $0.rule == "mass-total" })
        // What customs let go needs nothing more.
        p.answer("customs.released", status: "released")
        #expect(try p.row()?.actions.isEmpty == true)
    }

    @Test func everyConflictRuleHasAnAction() throws {
        let desk = try Desk(ProjectSchemas.files())
        #expect(desk.checklists.conflicts.count == 15)
        #expect(Set(desk.lanes.papers.keys).isSuperset(of: desk.checklists.required))
    }

    /// Answers that come late or out of order change nothing: the authority's own times count.
    @Test func theLifeOfAFilingIsToldInTheOrderOfItsTimes() throws {
        func steps(_ order: [Int]) throws -> [String] {
            var p = CustomsPapers()
            for n in order {
                switch n {
                case 0: p.answer("customs.accepted", status: "accepted", day: 20_508)
                case 1: p.answer("customs.held", status: "documents-requested", day: 20_509)
                default: p.answer("customs.released", status: "released", day: 20_510)
                }
            }
            let row = try #require(try p.row())
            #expect(row.verdict == "released")
            return row.filing.map(\.state)
        }
        let life = ["lodged", "accepted", "documents-requested", "released"]
        #expect(try steps([0, 1, 2]) == life)
        #expect(try steps([2, 0, 1]) == life)
    }

    /// The second version of the declaration, and what customs said of both.
    private func amended(_ second: String?, released: Bool = false) throws -> Readiness {
        var p = CustomsPapers()
        p.answer("customs.accepted", status: "accepted", day: 20_508)
        if released { p.answer("customs.released", status: "released", day: 20_508) }
        var amendment = p.declaration
        amendment.day = 20_509
        amendment.facts.terms.removeAll { $0.name == "purpose" }
        amendment.facts.terms.append(Term("purpose", "change"))
        amendment.facts.quantities.append(Quantity("other", Exact(1)))
        p.more.append(amendment)
        if let second { p.answer(second, day: 20_510) }
        return try #require(try p.row())
    }

    @Test func aRejectedAmendmentLeavesStandingWhatItWantedToChange() throws {
        #expect(try amended("customs.rejected").missing == [])
        #expect(try amended("customs.accepted").missing == [])
        #expect(try amended(nil).filing.map(\.state) == ["lodged", "accepted", "amended"])
        #expect(try amended("customs.rejected", released: true).verdict == "released")
    }

    @Test func anOriginalThatIsRejectedIsNotHeldUntilALaterVersionIsAccepted() throws {
        var p = CustomsPapers()
        p.answer("customs.rejected", status: "rejected", day: 20_508)
        #expect(try p.row()?.missing == ["declaration"])
        p.answer("customs.accepted", status: "accepted", day: 20_509)
        #expect(try p.row()?.missing == [])
    }

    @Test func aDeclarationThatCustomsInvalidatedIsNotHeld() throws {
        var p = CustomsPapers()
        p.answer("customs.accepted", status: "accepted", day: 20_508)
        p.answer("customs.accepted", status: "invalidated", day: 20_509)
        #expect(try p.row()?.missing == ["declaration"])
        // Another declaration's end says nothing of this one.
        var other = CustomsPapers()
        other.answer("customs.accepted", status: "accepted", day: 20_508)
        other.answer("customs.accepted", status: "invalidated", day: 20_509) {
            $0.references = [Reference("lrn", "L0"), Reference("bill-of-lading", "BL100")]
        }
        #expect(try other.row()?.missing == [])
    }

    /// Two sellers use the same invoice number; the declaration names the exporter by a number alone that nobody bears.
    @Test func anExporterOfWhomOnlyANumberIsKnownSpeaksAgainstNoInvoice() throws {
        func cited(_ number: String) throws -> Bool {
            var p = CustomsPapers()
            p.declaration.facts.parties[1] = Party("exporter", id: "NO998877665", scheme: "eori")
            p.declaration.facts.references[2] = Reference("invoice", number)
            p.add("invoice.received", "INVOIC") {
                $0.facts.references = [Reference("invoice", "R9")]
                $0.facts.parties = [Party("buyer", name: "Somebody Else plc"), Party("seller", name: "Third AG")]
            }
            let results = try p.results()
            let declaration = try #require(
                results.documents.first { $0["type"]?.string == "customs-declaration" }?["document"]?.string)
            return results.links.contains {
                $0.document == declaration && $0.kind == .invoice && $0.relation == .direct
            }
        }
        #expect(try cited("R9"))
        // A number that is the same only without its prefix is not enough.
        #expect(try !cited("INV-R9"))
    }

    /// A declaration whose shipment nobody knows is judged by itself.
    @Test func aDeclarationWithoutAShipmentHasARow() throws {
        var p = CustomsPapers()
        p.declaration.facts.references.removeAll { ["invoice", "bill-of-lading", "ucr"].contains($0.kind) }
        p.declaration.facts.equipment = []
        p.declaration.facts.parties[0].id = "GB12345"
        p.answer("customs.rejected", status: "rejected") { $0.terms.append(Term("reason", "importer")) }
        let files = try ProjectSchemas.files()
        let c = try Coordinator(files, policy: Policy(files))
        let alone = p.readings().filter { $0.document.type.hasPrefix("customs") }
        let results = c.coordinate(alone, survey: c.survey(alone), asOf: p.asOf)
        let row = try #require(results.readiness.first)
        #expect(results.readiness.count == 1 && row.regime == "uk-import" && row.verdict == "not-ready")
        #expect(row.conflicts.map(\.rule).contains("eori-invalid"))
        #expect(row.findings.map(\.rule).contains("sts-rejected"))
        let rejected = try #require(results.exception("customs-rejected"))
        #expect(rejected.kind == .customsEntry && !rejected.summary.contains("?"))
    }

    @Test func whatIsOnlyRegisteredOrWasAnsweredSinceIsNotStuck() throws {
        func rules(_ change: (inout CustomsPapers) -> Void) throws -> [String] {
            var p = CustomsPapers()
            change(&p)
            return try p.row()?.findings.map(\.rule) ?? []
        }
        #expect(try !rules { $0.answer("customs.accepted", status: "registered") }.contains("sts-stuck"))
        let late = try rules {
            $0.answer("customs.accepted", status: "accepted")
            $0.answer("customs.accepted", status: "information", day: 20_598)
        }
        #expect(!late.contains("sts-stuck"))
        let queried = try rules {
            $0.answer("customs.accepted", status: "accepted")
            $0.answer("customs.held", status: "queried", day: 20_509)
        }
        #expect(queried.contains("sts-held") && !queried.contains("sts-stuck"))
    }

    @Test func anInformationDoesNotAnswerAQuestionForDocuments() throws {
        var p = CustomsPapers()
        p.answer("customs.held", status: "documents-requested")
        p.answer("customs.accepted", status: "information", day: 20_509)
        #expect(try p.row()?.findings.map(\.rule).contains("doc-asked-open") == true)
    }

    /// Two notices bring thirty each; thirty were received.
    @Test func whatSeveralNoticesShippedIsComparedTogether() throws {
        var p = CustomsPapers()
        p.notice.lines[0].facts.quantities = [Quantity("shipped", Exact(30), unit: "PCE")]
        var second = p.notice
        second.facts.references[0] = Reference("asn", "A2")
        second.lines = [second.lines[0]]
        p.more.append(second)
        let line = p.notice.lines[0]
        p.add("goods.received", "RECADV") {
            var received = line
            received.facts.quantities = [Quantity("received", Exact(30), unit: "PCE")]
            $0.lines = [received]
        }
        let remark = try p.row()?.findings.first { $0.rule == "qty-packing-receipt" }
        #expect(remark?.facts.map(\.text) == ["shipped 60", "received 30"])
    }

    /// A query holds nothing: neither the verdict nor an exception says so.
    @Test func aQueryIsNoHold() throws {
        var p = CustomsPapers()
        p.answer("customs.accepted", status: "accepted")
        p.answer("customs.held", status: "queried", day: 20_509)
        let results = try p.results()
        #expect(results.readiness.first?.verdict != "held")
        #expect(!results.exceptions.map(\.code).contains("customs-hold"))
    }

    @Test func aDeadlineWhosePaperIsHeldIsNone() throws {
        var p = sea("DE")
        #expect(try p.row()?.deadlines.contains { $0.what == "declaration" } == false)
        p.answer("customs.rejected", status: "rejected")
        #expect(try p.row()?.deadlines.contains { $0.what == "declaration" } == true)
        p.declaration.facts.references.append(Reference("entry-summary", "26GB0123456789ABC9"))
        #expect(try p.row()?.deadlines.contains { $0.what == "entry-summary" } == false)
    }

    @Test func aFaultyRuleFileIsNamed() throws {
        let files = try ProjectSchemas.files()
        func faults(_ name: String, _ text: String) -> SchemaFault? {
            #expect(throws: SchemaFault.self) {
                try Desk(SchemaFiles(files.texts.merging([name: text]) { _, new in new }))
            }
        }
        let rule = "x: {severity: grave, owner: customs, ask: broker, action: do, source: here}\n"
        #expect(faults("readiness-rules.yaml", rule)?.line == 1)
        let lanes = try #require(files.texts["lanes.yaml"])
        #expect(faults("lanes.yaml", lanes.replacing("basis: law", with: "basis: rumour")) != nil)
        #expect(faults("lanes.yaml", lanes.replacing("hours: 24", with: "hours: soon")) != nil)
    }
}
