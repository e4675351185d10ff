import Foundation
import Vocabulary

/// Recorded outcomes of real filings: tables in our own form, none of the filings' contents.
enum Goldens {
    static let folder = Ground.samples.deletingLastPathComponent().appendingPathComponent("Goldens")

    static func rows(_ name: String) throws -> [[String]] { try rows(folder.appendingPathComponent(name)) }

    static func rows(_ file: URL) throws -> [[String]] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Whether the rows are those of the file, which is written first where `RECORD_GOLDENS` asks for it.
    static func agrees(_ rows: [String], with name: String) throws -> Bool {
        let text = rows.joined(separator: "\n") + "\n"
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        return try String(contentsOf: file, encoding: .utf8) == text
    }

    /// A reading's facts as `facts.tsv` writes them: `document number X`, `event customs.declared`, `reference mrn X`, and
    /// `line 2 quantity net-mass 81.5` for those of a line.
    static func facts(of reading: Reading) -> Set<String> {
        var all: Set<String> = ["document type \(reading.document.type)"]
        if let n = reading.document.number { all.insert("document number \(n)") }
        if let d = reading.document.date { all.insert("document date \(d)") }
        for e in reading.events {
            all.insert("event type \(e.type)")
            all.formUnion(facts(of: e.facts, ""))
            for l in e.lines { all.formUnion(facts(of: l.facts, "line \(l.number ?? "-") ")) }
        }
        return all
    }

    private static func facts(of f: Facts, _ line: String) -> Set<String> {
        var all: Set<String> = []
        for r in f.references { all.insert("reference \(r.kind) \(r.value)") }
        for p in f.parties { for t in [p.id, p.name].compactMap({ $0 }) { all.insert("party \(p.role) \(t)") } }
        for d in f.dates { all.insert("date \(d.role) \(d.value)") }
        for a in f.amounts { all.insert("amount \(a.role) \(a.value) \(a.currency ?? "-")") }
        for q in f.quantities { all.insert("quantity \(q.role) \(q.value)") }
        for l in f.locations { for t in [l.code, l.name].compactMap({ $0 }) { all.insert("location \(l.role) \(t)") } }
        for e in f.equipment { all.insert("equipment \(e.kind) \(e.id)") }
        for t in f.terms { all.insert("term \(t.name) \(t.value)") }
        return Set(all.map { line + $0 })
    }
}
