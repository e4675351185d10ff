import Vocabulary

/// Puts right numbers that were recognised on a picture with a wrong letter: only into a number that text or data of another
/// document gives, and only where exactly one fits. What was read stays in `raw`, and the reference is marked as repaired.
///
/// Complexity: linear in the references, but for those that nothing knows: they look at what stands beside their neighbours.
struct Repair {
    private let tables: MatchingTables
    /// Every form of every number that was not recognised, by its space.
    private var known: Set<String> = []
    /// Space and look → the numbers that look so.
    private var looks: [String: Set<Number>] = [:]
    /// Space and strict form → the events that name the number.
    private var events: [String: [Int]] = [:]
    /// The numbers that each event names.
    private var named: [[Number]] = []

    private struct Number: Hashable {
        let space: String
        let strict: String
        let value: String
    }

    /// Events of one number whose neighbours are looked at; a number in more of them is a hub and tells nothing.
    private static let hub = 100
    /// A number that no neighbour speaks for is told from another only where it is long.
    private static let long = 8
    /// From this certainty on (thousandths) what was read stands.
    private static let sure = 950

    init(_ all: [Event], _ tables: MatchingTables) {
        self.tables = tables
        for (n, event) in all.enumerated() {
            var numbers: [Number] = []
            for r in event.facts.references where r.at.confidence == nil {
                guard let number = number(r) else { continue }
                numbers.append(number)
                for form in tables.forms(r.kind, r.value) { known.insert(number.space + "|" + form) }
                looks[number.space + "|" + LookAlike.number(number.strict), default: []].insert(number)
                events[number.space + "|" + number.strict, default: []].append(n)
            }
            named.append(numbers)
        }
    }

    /// The event with its doubtful numbers put right.
    func repaired(_ event: Event) -> Event {
        guard event.facts.references.contains(where: { $0.at.confidence != nil }) else { return event }
        var out = event
        for (i, r) in event.facts.references.enumerated() where r.at.confidence != nil {
            guard let value = meant(r, in: event),
                !out.facts.references.contains(where: { $0.kind == r.kind && $0.value == value })
            else { continue }
            out.facts.references[i].value = value
            out.facts.references[i].isRepaired = true
        }
        return out
    }

    private func number(_ r: Reference) -> Number? {
        let strict = NormalForm.strict(r.value)
        guard strict.count >= 5, !tables.forms(r.kind, r.value).isEmpty else { return nil }
        return Number(space: tables.space(r.kind), strict: strict, value: r.value)
    }

    private func meant(_ r: Reference, in event: Event) -> String? {
        guard let number = number(r), r.at.confidence ?? 1000 < Repair.sure,
            !tables.forms(r.kind, r.value).contains(where: { known.contains(number.space + "|" + $0) })
        else { return nil }
        let near = neighbours(of: event, but: r).filter { $0.space == number.space }
        let same = looks[number.space + "|" + LookAlike.number(number.strict)] ?? []
        if let one = only(same.intersection(near)) { return one }
        guard number.strict.count >= Repair.long else { return nil }
        if let one = only(same) { return one }
        return same.isEmpty ? only(near.filter { isOneApart($0.strict, number.strict) }) : nil
    }

    /// The numbers that stand in events with another number of this one.
    private func neighbours(of event: Event, but r: Reference) -> Set<Number> {
        var out: Set<Number> = []
        for other in event.facts.references where other != r {
            guard let n = number(other), let at = events[n.space + "|" + n.strict], at.count <= Repair.hub else {
                continue
            }
            for e in at { out.formUnion(named[e]) }
        }
        return out
    }

    /// The value of numbers that are one and the same, the shortest way of writing it.
    private func only(_ numbers: Set<Number>) -> String? {
        guard Set(numbers.map(\.strict)).count == 1 else { return nil }
        return numbers.map(\.value).min { ($0.count, $0) < ($1.count, $1) }
    }

    /// One character apart, whatever else is taken for each other.
    private func isOneApart(_ a: String, _ b: String) -> Bool {
        let (x, y) = (Array(LookAlike.number(a).utf8), Array(LookAlike.number(b).utf8))
        return min(x.count, y.count) >= Repair.long - 1 && LookAlike.isOneApart(x, y)
    }
}
