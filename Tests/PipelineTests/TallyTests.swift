import Feeds
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct TallyTests {
    private func document(
        _ path: String, format: String = "x12", status: String = "accepted", finding: String? = nil
    ) -> JSON {
        .object([
            "document": .string("doc-\(path)"), "path": .string(path), "format": .string(format),
            "type": .string("850"),
            "status": .string(status),
            "findings": .array(finding.map { [Finding($0, .info, "").json] } ?? []),
        ])
    }

    private func event(_ path: String, _ type: String) -> EventRow {
        EventRow(id: "evt-\(path)", document: "doc-\(path)", type: "interline." + type, content: [])
    }

    @Test func everyDocumentMeetsOneFate() {
        let feed = Feed(
            events: [event("ack", "exchange.acknowledged"), event("linked", "order.issued")],
            rows: [
                .documents: [
                    document("linked"), document("alone"), document("ack"), document("copy", status: "duplicate"),
                    document("test", finding: "test-indicator"), document("broken", status: "rejected"),
                    document("noise", format: "unknown", status: "rejected"), document("box!a"), document("box!b!c"),
                ],
                .links: [.object(["document": .string("doc-linked"), "relation": .string("direct")])],
            ])
        let tally = Tally(feed)
        #expect(tally.documents == 9)
        #expect(tally.files == 8)
        #expect(Tally.Fate.allCases.map(tally.count) == [1, 1, 1, 1, 1, 1, 3])
        #expect(tally.json["documents"]?["format"]?["x12"]?["notLinked"]?.int == 3)
        #expect(tally.json["links"]?["relation"]?["direct"]?.int == 1)
    }

    @Test func anEmptyDropHasNoDocuments() {
        let tally = Tally(Feed(events: [], rows: [:]))
        #expect(tally.documents == 0)
        #expect(tally.json["documents"]?["fate"]?["linked"]?.int == 0)
    }
}
