/// How much was read, by document type.
package struct ReadTally: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package var documents = 0
        package var events = 0
        package var rejected = 0

        mutating func add(_ other: Row) {
            documents += other.documents
            events += other.events
            rejected += other.rejected
        }
    }

    package struct Kind: Hashable, Comparable, Sendable {
        package let format: Format
        package let type: String

        package static func < (a: Kind, b: Kind) -> Bool { (a.format.rawValue, a.type) < (b.format.rawValue, b.type) }
    }

    package var types: [Kind: Row] = [:]
    /// By code, how many documents have it.
    package var findings: [String: Int] = [:]

    package init() {}

    package mutating func count(_ d: Document, events: Int) {
        types[Kind(format: d.format, type: d.type), default: Row()].add(
            Row(documents: 1, events: events, rejected: d.status == .rejected ? 1 : 0))
        for f in d.findings { findings[f.code, default: 0] += 1 }
    }

    package mutating func add(_ other: ReadTally) {
        for (type, row) in other.types {
            types[type, default: Row()].add(row)
        }
        for (code, n) in other.findings { findings[code, default: 0] += n }
    }

    package var total: Row {
        types.values.reduce(into: Row()) { $0.add($1) }
    }

    package var json: JSON {
        func row(_ r: Row) -> JSON {
            .object(["documents": .int(r.documents), "events": .int(r.events), "rejected": .int(r.rejected)])
        }
        return .object([
            "total": row(total),
            "types": .object(
                JSON.Members(
                    Dictionary(
                        uniqueKeysWithValues: types.map { ("\($0.key.format.rawValue) \($0.key.type)", row($0.value)) })
                )
            ),
            "findings": .object(JSON.Members(findings.mapValues(JSON.int))),
        ])
    }
}
