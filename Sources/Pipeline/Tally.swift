import Feeds
import Vocabulary

/// What became of every document, so that the sum is what was dropped.
package struct Tally: Sendable {
    /// A document's fate. The first that fits counts, in this order.
    package enum Fate: String, Sendable, CaseIterable {
        case unknown, rejected, duplicates, test
        case acknowledgements
        case linked
        case notLinked
    }

    /// Files of the drop that gave documents.
    package private(set) var files = 0
    /// By format, how many documents met which fate.
    package private(set) var fates: [String: [Fate: Int]] = [:]
    private var types: [String: Int] = [:]
    private var statuses: [String: Int] = [:]
    private let feed: Feed

    package init(_ feed: Feed) {
        self.feed = feed
        let linked = Set(feed[.links].compactMap { $0["document"]?.string })
        var events: [String: Set<String>] = [:]
        for e in feed.events { events[e.document, default: []].insert(e.type) }
        var roots: Set<Substring> = []
        for d in feed[.documents] {
            let id = d["document"]?.string ?? ""
            let fate = Tally.fate(of: d, events: events[id] ?? [], linked: linked.contains(id))
            fates[d["format"]?.string ?? "", default: [:]][fate, default: 0] += 1
            types[d["type"]?.string ?? "", default: 0] += 1
            statuses[d["status"]?.string ?? "", default: 0] += 1
            roots.insert((d["path"]?.string ?? "").prefix { $0 != "!" })
        }
        files = roots.count
    }

    private static func fate(of document: JSON, events: Set<String>, linked: Bool) -> Fate {
        let status = document["status"]?.string.flatMap(DocumentStatus.init)
        let findings = document["findings"]?.items ?? []
        if document["format"]?.string == Format.unknown.rawValue { return .unknown }
        if status == .rejected { return .rejected }
        if status == .duplicate { return .duplicates }
        if findings.contains(where: { $0["code"]?.string == "test-indicator" }) { return .test }
        if events == ["interline.exchange.acknowledged"] { return .acknowledgements }
        return linked ? .linked : .notLinked
    }

    package var documents: Int { fates.values.reduce(0) { $0 + $1.values.reduce(0, +) } }

    package func count(_ fate: Fate) -> Int { fates.values.reduce(0) { $0 + ($1[fate] ?? 0) } }

    /// The counts as `run.json` holds them.
    package var json: JSON {
        func counts(_ c: [String: Int]) -> JSON { .object(JSON.Members(c.mapValues(JSON.int))) }
        func tally(_ words: [String]) -> JSON { counts(words.reduce(into: [:]) { $0[$1, default: 0] += 1 }) }
        func tally(_ file: FeedFile, _ member: String) -> JSON { tally(feed[file].map { $0[member]?.string ?? "" }) }
        let all = Dictionary(uniqueKeysWithValues: Fate.allCases.map { ($0.rawValue, count($0)) })
        return .object([
            "files": .int(files),
            "documents": .object([
                "total": .int(documents), "fate": counts(all), "type": counts(types), "status": counts(statuses),
                "format": .object(
                    JSON.Members(
                        fates.mapValues { f in
                            counts(Dictionary(uniqueKeysWithValues: f.map { ($0.key.rawValue, $0.value) }))
                        })),
            ]),
            "events": .object(["total": .int(feed.events.count), "type": tally(feed.events.map(\.type))]),
            "entities": .object(["total": .int(feed[.entities].count), "kind": tally(.entities, "kind")]),
            "links": .object(["total": .int(feed[.links].count), "relation": tally(.links, "relation")]),
            "exceptions": .object([
                "total": .int(feed[.exceptions].count), "code": tally(.exceptions, "code"),
                "owner": tally(.exceptions, "owner"), "severity": tally(.exceptions, "severity"),
                "status": tally(.exceptions, "status"),
            ]),
            "readiness": .object(["total": .int(feed[.readiness].count), "verdict": tally(.readiness, "verdict")]),
        ])
    }
}
