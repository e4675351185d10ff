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
    package private(set) var rows: [FeedFile: [JSON]]

    package init(rows: [FeedFile: [JSON]]) { self.rows = rows }

    package subscript(file: FeedFile) -> [JSON] { rows[file] ?? [] }
}

extension Feed {
    /// The rows of what was coordinated: documents by locator, events and links in their documents' order, the others
    /// by their keys, so that the same set of readings always gives the same bytes.
    package init(_ results: Results) {
        let documents = Feed.inLocatorOrder(results.documents)
        var rank: [String: Int] = [:]
        for (i, d) in documents.enumerated() {
            if let id = d["document"]?.string { rank[id] = i }
        }
        func byDocument(_ rows: [JSON], key: String, _ document: (JSON) -> String?) -> [JSON] {
            let keyed = rows.map { row in
                (document(row).flatMap { rank[$0] } ?? Int.max, row[key]?.string ?? "", row)
            }
            return keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
        }
        func byKey(_ rows: [JSON], _ key: String) -> [JSON] {
            rows.map { ($0[key]?.string ?? "", $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        self.init(rows: [
            .documents: documents,
            .events: byDocument(results.events, key: FeedFile.events.key) { $0["data"]?["document"]?.string },
            .entities: byKey(results.entities.map(\.json), FeedFile.entities.key),
            .links: byDocument(results.links.map(\.json), key: FeedFile.links.key) { $0["document"]?.string },
            .exceptions: byKey(results.exceptions.map(\.json), FeedFile.exceptions.key),
            .readiness: byKey(results.readiness.map(\.json), FeedFile.readiness.key),
        ])
    }

    static func inLocatorOrder(_ rows: [JSON]) -> [JSON] {
        rows.map { (Locator(json: $0) ?? Locator(path: ""), $0["document"]?.string ?? "", $0) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
}
