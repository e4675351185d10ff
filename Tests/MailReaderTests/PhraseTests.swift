import Foundation
import Schemas
import Testing
import Vocabulary

@testable import MailReader

@Suite struct `Phrases of a language` {
    struct Sample: CustomTestStringConvertible, Sendable {
        var line: Int
        var columns: [String]
        var testDescription: String { "tests.tsv:\(line) \(columns[5])" }
    }

    /// The sentences of `schemas/phrases/tests.tsv`.
    static let samples: [Sample] = {
        let path = Ground.root.appendingPathComponent("schemas/phrases/tests.tsv")
        let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { i, l in
            let columns = l.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard i > 0, !l.hasPrefix("#"), columns.count == 6 else { return nil }
            return Sample(line: i + 1, columns: columns)
        }
    }()

    @Test func `there are enough sentences, and enough that must not fire`() {
        #expect(Self.samples.count >= 200)
        #expect(Self.samples.count { $0.columns[1] == "other" || $0.columns[1] == "query" } >= 40)
    }

    @Test(arguments: samples)
    func `say what a sentence means`(_ sample: Sample) throws {
        let c = sample.columns
        var reader = try #require(Ground.reader)
        let bytes = Ground.mail(c[5].replacingOccurrences(of: "\\n", with: "\n"))
        let out = reader.read(bytes, at: Locator(path: "m.eml"), source: "")
        let intent = try #require(out.readings.first?.events.first?.intent)
        #expect(intent.name == c[1])
        if intent.name != "booking-confirmation" {
            #expect((intent.newDate?.value.description ?? "-") == c[2])
        }
        #expect((intent.newQuantity?.value.description ?? "-") == c[3])
        let charge = intent.charge.map { $0.value.fixed(2) + " " + ($0.currency ?? "") } ?? "-"
        #expect(charge == c[4])
        // The sentence stands where the event says.
        if let range = intent.at.range, let quote = intent.at.quote {
            #expect(range.count == 2 && range[0] < range[1])
            #expect(!quote.isEmpty)
        }
    }

    @Test(arguments: [
        "the sample ($nowhere) ends", "(open", "a <thing>", "..", "(a||b)", "()",
    ])
    func `that are miswritten are refused with their line`(_ phrase: String) throws {
        let yaml = "language: xx\nintents:\n  other:\n    strong:\n      - \"\(phrase)\"\n"
        let files = SchemaFiles(["phrases/xx.yaml": yaml])
        let fault = #expect(throws: SchemaFault.self) { try Phrases("phrases/xx.yaml", files, intents: ["other"]) }
        #expect(fault?.line == 5)
    }

    @Test func `of an intent that nobody knows are refused`() throws {
        let files = SchemaFiles(["phrases/xx.yaml": "language: xx\nintents:\n  joy:\n    strong: [hooray]\n"])
        #expect(throws: SchemaFault.self) { try Phrases("phrases/xx.yaml", files, intents: ["other"]) }
    }
}

@Suite struct `A mail's intent` {
    @Test func `follows the text, not the subject of the mail it answers`() throws {
        let i = try Ground.intent(
            "MRN 26GB1234567890ABC1 has been released by customs.", subject: "Re: customs hold")
        #expect(i.name == "customs-release")
    }

    @Test func `may stand in the subject alone`() throws {
        #expect(try Ground.intent("Please see above.", subject: "Order 4500012345 is delayed").name == "supplier-delay")
    }

    @Test func `is not what the mail answers to`() throws {
        let i = try Ground.intent(
            "We got your message about the delay. 3 April is too late. Please make sure that the goods ship on 27 March.",
            subject: "Delay PO 4500012345")
        #expect(i.name == "query")
    }

    @Test func `of an automatic answer is other, whatever it says`() throws {
        let i = try Ground.intent(
            "Your order 4500012345 is delayed.", subject: "Away", head: "Auto-Submitted: auto-replied\r\n")
        #expect(i.name == "other")
    }

    @Test func `with two readings of its date keeps both, the later than the old one first`() throws {
        let i = try Ground.intent("Order 4500012345 is delayed. New delivery date: 05/04/2026, was 04/04/2026.")
        #expect(i.newDate?.value.description == "2026-04-05")
        #expect(i.newDate?.alternatives.map(\.description) == ["2026-05-04"])
    }

    @Test func `takes the order of day and month from another date of the mail`() throws {
        let i = try Ground.intent("Order 4500012345 is delayed. New delivery date: 05/04/2026 (was 28/03/2026).")
        #expect(i.newDate?.value.description == "2026-04-05")
        #expect(i.newDate?.alternatives.isEmpty == true)
        let us = try Ground.intent("Order 4500012345 is delayed. New delivery date: 04/05/2026 (was 03/28/2026).")
        #expect(us.newDate?.value.description == "2026-04-05")
    }

    @Test(arguments: [
        ("13/03/2026", "2026-03-13"), ("13.03.26", "2026-03-13"), ("2026-03-13", "2026-03-13"),
        ("13 March 2026", "2026-03-13"), ("March 13th", "2026-03-13"), ("13-Mar", "2026-03-13"),
        ("13MAR26", "2026-03-13"), ("Friday 13 March", "2026-03-13"), ("KW 12", "2026-03-20"),
        ("week 12/2026", "2026-03-20"), ("CW12", "2026-03-20"), ("EOD 14/03", "2026-03-14"),
        ("mid April", "2026-04-15"), ("end of March", "2026-03-31"), ("tomorrow", "2026-03-11"),
        ("next Tuesday", "2026-03-17"), ("14. April", "2026-04-14"), ("3 de abril de 2026", "2026-04-03"),
        ("1er avril 2026", "2026-04-01"), ("5 Jan", "2027-01-05"), ("15 Jan", "2026-01-15"),
    ])
    func `reads a date written as`(_ written: String, _ day: String) throws {
        let i = try Ground.intent("Order 4500012345 is delayed, new delivery date: \(written)")
        #expect(i.newDate?.value.description == day)
    }

    @Test func `counts on from a date that the mail names`() throws {
        let i = try Ground.intent("Order 4500012345 was due 17 March 2026, it will be two weeks later.")
        #expect(i.newDate?.value.description == "2026-03-31")
        #expect(try Ground.intent("Order 4500012345 will be two weeks later.").newDate == nil)
    }

    @Test func `is read from the row of a table by its heads`() throws {
        let body = """
            <p>The following orders are delayed:</p><table><tr><th>PO number</th><th>Item</th><th>Old date</th>
            <th>New date</th></tr><tr><td>4500012345</td><td>Lamp</td><td>20/03/2026</td><td>27/03/2026</td></tr></table>
            """
        let e = try Ground.event(Ground.mail(body, head: "Content-Type: text/html; charset=utf-8\r\n"))
        #expect(e.intent?.name == "supplier-delay")
        #expect(e.intent?.newDate?.value.description == "2026-03-27")
        #expect(e.facts.references("purchase-order").map(\.value) == ["4500012345"])
    }
}
