import Vocabulary

/// Money of exceptions: kept apart by currency, never added over them.
///
/// What follows from another exception is left out, and of an order's or invoice's exceptions only those of the code
/// that comes to most are added: others speak of the same lines once more.
struct Worth {
    private let sums: [String: Exact]

    init(_ exceptions: [JSON]) {
        var byCode: [Share: [String: Exact]] = [:]
        for e in Roots.causes(exceptions) {
            guard let (value, currency) = Worth.amount(of: e) else { continue }
            let share = Share(subject: e["entity"]?.string ?? e["document"]?.string ?? "", currency: currency)
            let code = e["code"]?.string ?? ""
            byCode[share, default: [:]][code] = (byCode[share]?[code] ?? .zero) + value
        }
        var sums: [String: Exact] = [:]
        for (share, codes) in byCode {
            sums[share.currency] = (sums[share.currency] ?? .zero) + (codes.values.max() ?? .zero)
        }
        self.sums = sums
    }

    private struct Share: Hashable {
        var subject: String
        var currency: String
    }

    static func amount(of exception: JSON) -> (value: Exact, currency: String)? {
        guard let money = exception["amountAtRisk"], let value = money["amount"]?.string.flatMap({ Exact($0) }),
            let currency = money["currency"]?.string
        else { return nil }
        return (value, currency)
    }

    static func text(of exception: JSON) -> String {
        amount(of: exception).map { "\($0.value.fixed(2)) \($0.currency)" } ?? ""
    }

    /// `1200.50 EUR, 80.00 GBP`.
    var text: String {
        sums.sorted { $0.key < $1.key }.map { "\($0.value.fixed(2)) \($0.key)" }.joined(separator: ", ")
    }
}

/// Times as a person at a desk reads them, seen from the run's clock.
enum Span {
    /// `in 6 h`, `in 3 d`, `overdue 2 d`.
    static func text(from now: Moment, to then: Moment) -> String {
        let seconds = (then.second == nil ? then.lastSecond : then.epochSeconds) - now.epochSeconds
        let hours = abs(seconds) / 3600
        let span = hours >= 48 ? "\(hours / 24) d" : hours >= 1 ? "\(hours) h" : "\(abs(seconds) / 60) min"
        return seconds >= 0 ? "in \(span)" : "overdue \(span)"
    }

    /// The distance with the time itself: `in 6 h (2026-03-31 10:00 UTC)`.
    static func due(_ text: String?, from now: Moment) -> String {
        guard let text, let then = Moment(iso: text) else { return "" }
        return "\(self.text(from: now, to: then)) (\(plain(then)))"
    }

    static func plain(_ moment: Moment) -> String {
        var s = moment.description
        if let t = s.firstIndex(of: "T") {
            s.replaceSubrange(t...t, with: " ")
            if s.hasSuffix("Z") { s = s.dropLast() + " UTC" }
            if s.hasSuffix(":00 UTC") { s = s.dropLast(7) + " UTC" }
        }
        return s
    }
}
