import Feeds
import Ledger
import Testing
import Vocabulary

@Suite struct FeedTests {
    private var results: Results {
        var results = Results()
        results.documents = ["b", "a"].map { .object(["document": .string("doc-\($0)"), "path": .string($0)]) }
        results.events = ["b", "a"].map {
            EventRow(id: "evt-\($0)", document: "doc-\($0)", type: "interline.order.issued", content: Array("{}".utf8))
        }
        results.entities = [
            Entity(id: "po-2", kind: .purchaseOrder, identifiers: [], partners: [], status: "open"),
            Entity(id: "po-1", kind: .purchaseOrder, identifiers: [], partners: [], status: "open"),
        ]
        results.exceptions = [
            ExceptionRecord(id: "exc-2", code: "a", severity: .info, owner: "finance", summary: "s", action: "a"),
            ExceptionRecord(id: "exc-1", code: "b", severity: .info, owner: "finance", summary: "s", action: "a"),
        ]
        return results
    }

    @Test func rowsAreSortedHoweverTheyCame() {
        let feed = Feed(results)
        #expect(feed[.documents].map { $0["path"]?.string } == ["a", "b"])
        #expect(feed.events.map(\.id) == ["evt-a", "evt-b"])
        #expect(feed[.entities].map { $0["entity"]?.string } == ["po-1", "po-2"])
        #expect(feed[.exceptions].map { $0["exception"]?.string } == ["exc-1", "exc-2"])
    }

    @Test func aRowIsKnownByItsKey() {
        let keys = Feed(results).resultRows.map { "\($0.file) \($0.key)" }
        #expect(keys.prefix(2) == ["documents doc-a", "documents doc-b"])
        #expect(Set(keys).count == keys.count)
    }

    @Test func rowsOfOneKeyAreToldApart() {
        let row = JSON.object(["entity": .string("po-1")])
        #expect(Feed(events: [], rows: [.entities: [row, row]]).resultRows.map(\.key) == ["po-1", "po-1#2"])
    }

    @Test func changesCarryTheirKind() throws {
        let rows = Feed(results).resultRows
        let changed = try Feed.rows(of: [Change(.withdrawn, rows[1]), Change(.added, rows[0])])
        #expect(changed.map(\.file) == ["documents", "documents"])
        let documents = try changed.map { try JSON(parsing: $0.content) }
        #expect(documents.map { $0["change"]?.string } == ["added", "withdrawn"])
        #expect(documents.map { $0["path"]?.string } == ["a", "b"])
    }
}
