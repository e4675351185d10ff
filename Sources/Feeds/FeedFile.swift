import Vocabulary

/// The files of an output folder, in the order in which the contract describes them.
package enum FeedFile: String, Sendable, CaseIterable {
    case documents, events, entities, links, exceptions, readiness

    package var name: String { rawValue + ".ndjson" }

    /// The member that names a row of this file from run to run.
    package var key: String {
        switch self {
        case .documents: "document"
        case .events: "id"
        case .entities, .readiness: "entity"
        case .links: "link"
        case .exceptions: "exception"
        }
    }
}

/// All rows of a run, each file in the order in which it is written.
package struct Feed: Sendable {
    package let events: [EventRow]
    /// The rows of the other files.
    private let rows: [FeedFile: [JSON]]

    package init(events: [EventRow], rows: [FeedFile: [JSON]]) {
        self.events = events
        self.rows = rows
    }

    /// The rows of a file, those of events apart.
    package subscript(file: FeedFile) -> [JSON] { rows[file] ?? [] }
}

extension Feed {
    /// The rows of what was coordinated: documents by locator, events and links in their documents' order, the others
    /// by their keys, so that the same set of readings always gives the same bytes.
    package init(_ results: Results) {
        let documents = Feed.inLocatorOrder(results.documents) { $0 }
        var rank: [String: Int] = [:]
        for (i, d) in documents.enumerated() {
            if let id = d["document"]?.string { rank[id] = i }
        }
        func byDocument<Row>(_ rows: [Row], _ key: (Row) -> (document: String?, id: String?)) -> [Row] {
            let keyed = rows.map { row in
                let k = key(row)
                return (k.document.flatMap { rank[$0] } ?? Int.max, k.id ?? "", row)
            }
            return keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
        }
        func byKey(_ rows: [JSON], _ key: String) -> [JSON] {
            rows.map { ($0[key]?.string ?? "", $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        self.init(
            events: byDocument(results.events) { ($0.document, $0.id) },
            rows: [
                .documents: documents,
                .entities: byKey(results.entities.map(\.json), FeedFile.entities.key),
                .links: byDocument(Threads.map(results.links) { $0.json }) {
                    ($0["document"]?.string, $0[FeedFile.links.key]?.string)
                },
                .exceptions: byKey(results.exceptions.map(\.json), FeedFile.exceptions.key),
                .readiness: byKey(results.readiness.map(\.json), FeedFile.readiness.key),
            ])
    }

    static func inLocatorOrder<Row>(_ rows: [Row], _ json: (Row) -> JSON) -> [Row] {
        rows.map { (Locator(json: json($0)) ?? Locator(path: ""), json($0)["document"]?.string ?? "", $0) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
}
