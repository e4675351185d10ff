import Foundation
import Testing
import Vocabulary

/// Accounts, codes and contacts are masked wherever text leaves, and nothing else is changed by it.
@Suite struct PrivacyCommandTests {
    private static let order = SmallDrop.x12(
        11, "PO", "850", date: "20260105",
        [
            "BEG*00*SA*00045**20260105", "REF*12*778899123", "PER*BD*Ana Ruiz*TE*2025550188*EM*ana@northwind.example",
            "N1*BY*Northwind Homewares*92*NW1", "N1*SE*Solder Works GmbH*92*SW7",
            "PO1*1*100*EA*4.50**BP*KET-1*VP*S-778", "CTT*1",
        ])
    private static let invoice = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
        <cbc:ID>INV-9</cbc:ID><cbc:IssueDate>2026-02-20</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
        <cac:OrderReference><cbc:ID>00045</cbc:ID></cac:OrderReference>
        <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Solder Works GmbH</cbc:Name></cac:PartyName></cac:Party></cac:AccountingSupplierParty>
        <cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Northwind Homewares</cbc:Name></cac:PartyName></cac:Party></cac:AccountingCustomerParty>
        <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>DE75512108001245126199</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
        <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">450.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
        <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">100</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">450.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Kettle</cbc:Name></cac:Item><cac:Price><cbc:PriceAmount currencyID="EUR">4.50</cbc:PriceAmount></cac:Price></cac:InvoiceLine>
        </Invoice>
        """
    private static let secrets = ["2025550188", "ana@northwind.example", "DE75512108001245126199"]

    private static let shown = Result<Scratch, any Error> {
        let scratch = try Scratch()
        try scratch.write("drop/order.x12", order)
        try scratch.write("drop/invoice.xml", invoice)
        let run = ["run", scratch.path("drop"), "--as-of", "2026-03-01T00:00:00Z", "--quiet"]
        #expect(try Program.run(run + ["--out", scratch.path("masked"), "--store", scratch.path("l.db")]).status == 0)
        #expect(try Program.run(run + ["--out", scratch.path("whole"), "--show-sensitive"]).status == 0)
        return scratch
    }

    private func out(_ arguments: [String]) throws -> String {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 0, "\(outcome.err)")
        return outcome.out
    }

    private func holdsNone(_ text: String) -> Bool { Self.secrets.allSatisfy { !text.contains($0) } }

    @Test func aRunMasksItsFilesAndNothingElse() throws {
        let scratch = try Self.shown.get()
        for name in RunTests.names {
            let masked = String(decoding: scratch.bytes("masked/\(name).ndjson"), as: UTF8.self)
            let whole = String(decoding: scratch.bytes("whole/\(name).ndjson"), as: UTF8.self)
            #expect(holdsNone(masked), "\(name)")
            // Ids, links, order and every other value are the same.
            #expect(
                whole.replacing("DE75512108001245126199", with: "DE•••6199") == masked)
        }
        let events = String(decoding: scratch.bytes("masked/events.ndjson"), as: UTF8.self)
        #expect(events.contains("DE•••6199"))
        // A customer's number with the seller is no account at a bank.
        #expect(events.contains("778899123"))
    }

    @Test func theLedgerKeepsWhatTheViewsMask() throws {
        let scratch = try Self.shown.get()
        for number in ["00045", "INV-9"] {
            let explain = ["explain", number, "--store", scratch.path("l.db")]
            #expect(try holdsNone(out(explain)))
            #expect(try out(explain) == out(["explain", number, "--out", scratch.path("masked")]))
        }
        let events = String(decoding: scratch.bytes("masked/events.ndjson"), as: UTF8.self)
        let billed = try #require(
            try events.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
                .first { $0["type"]?.string == "interline.invoice.received" }?["id"]?.string)
        let explain = ["explain", billed, "--store", scratch.path("l.db")]
        #expect(try out(explain).contains("bank-account: DE•••6199"))
        #expect(try out(explain).contains("<cbc:ID>DE•••6199</cbc:ID>"))
        #expect(try out(explain + ["--show-sensitive"]).contains("bank-account: DE75512108001245126199"))
        #expect(try out(explain + ["--show-sensitive"]).contains("<cbc:ID>DE75512108001245126199</cbc:ID>"))
    }

    @Test func inspectMasksOutlineFactsAndQuotes() throws {
        let scratch = try Self.shown.get()
        let file = scratch.path("drop/order.x12")
        let text = try out(["inspect", file])
        #expect(holdsNone(text))
        #expect(text.contains("TE Telephone · contact number or address •••88"))
        #expect(text.contains("reference account: 778899123"))
        #expect(try holdsNone(out(["inspect", "--json", file])))
        let whole = try out(["inspect", "--show-sensitive", file])
        for secret in Self.secrets.prefix(2) { #expect(whole.contains(secret)) }
    }

    @Test func readMasksItsRows() throws {
        let scratch = try Self.shown.get()
        _ = try out(["read", scratch.path("drop"), "--out", scratch.path("read")])
        _ = try out(["read", scratch.path("drop"), "--out", scratch.path("readwhole"), "--show-sensitive"])
        let masked = String(decoding: scratch.bytes("read/events.ndjson"), as: UTF8.self)
        let whole = String(decoding: scratch.bytes("readwhole/events.ndjson"), as: UTF8.self)
        #expect(holdsNone(masked))
        #expect(masked.contains("DE•••6199"))
        #expect(whole.contains("DE75512108001245126199"))
        #expect(masked.split(separator: "\n").count == whole.split(separator: "\n").count)
    }
}
