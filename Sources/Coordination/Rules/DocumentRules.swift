import Schemas
import Vocabulary

/// Exceptions on documents: what cannot be read, is invalid, came again, or names what nothing else knows.
enum DocumentRules {
    static func apply(_ world: World, _ alarms: inout Alarms) {
        for (p, paper) in world.papers.enumerated() {
            let d = paper.document
            let worst = d.findings.filter { $0.severity == .critical }
            if d.status == .rejected {
                let code = d.type == "unknown" ? "document-unreadable" : "document-invalid"
                alarms.raise(
                    code, document: p,
                    Alarms.Hit(
                        figures: worst.first.map { ["reason": sentence($0.message)] } ?? [:], detected: paper.time,
                        evidence: worst.map { Evidence($0.message, document: paper.id, at: $0.at) }))
            }
            if let first = paper.copyOf, let original = world.papers.first(where: { $0.id == first }) {
                alarms.raise(
                    "document-duplicate", document: p,
                    Alarms.Hit(
                        figures: ["first": original.document.locator.description], detected: paper.time,
                        evidence: [
                            Evidence("the same content", document: first, at: Place()),
                            Evidence("came again", document: paper.id, at: Place()),
                        ]))
            }
        }
        for n in world.acts.indices { references(n, world, &alarms) }
    }

    private static func references(_ n: Int, _ world: World, _ alarms: inout Alarms) {
        let act = world.acts[n]
        let paper = world.papers[act.paper]
        let ties = world.linker.ties[n]
        guard paper.counts else { return }
        if let (ref, hits) = ties.ambiguous.first, ties.direct.isEmpty {
            alarms.raise(
                "match-ambiguous", document: act.paper,
                Alarms.Hit(
                    figures: [
                        "reference": ref.raw,
                        "candidates": hits.prefix(5).map { world.title($0.thing) }.joined(separator: " or "),
                    ],
                    detected: paper.time,
                    evidence: [Evidence("\(ref.kind) \(ref.raw)", document: paper.id, at: ref.at)],
                    candidates: hits.prefix(5).map { .init(entity: world.ids[$0.thing], weight: $0.weight) }))
            return
        }
        let named =
            world.tables.shipments.contains(act.type) || act.type == "goods.received" || act.type.hasPrefix("order.")
            || act.type.hasPrefix("customs.") || act.type == "certificate.issued"
        guard named, act.event.intent == nil, ties.direct.isEmpty, ties.ambiguous.isEmpty, let ref = ties.unknown.first
        else {
            return
        }
        alarms.raise(
            "reference-unknown", document: act.paper,
            Alarms.Hit(
                figures: ["reference": "\(ref.kind) \(ref.raw)"], detected: paper.time,
                evidence: [Evidence("\(ref.kind) \(ref.raw)", document: paper.id, at: ref.at)]))
    }

    /// A finding's message inside a sentence of ours: without its full stop.
    private static func sentence(_ s: String) -> String { s.hasSuffix(".") ? String(s.dropLast()) : s }
}
