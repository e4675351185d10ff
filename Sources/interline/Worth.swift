import Vocabulary

/// Money of exceptions: kept apart by currency, never added over them.
struct Worth {
    private(set) var sums: [String: Exact] = [:]

    mutating func add(_ exception: JSON) {
        guard let (value, currency) = Worth.amount(of: exception) else { return }
        sums[currency] = (sums[currency] ?? .zero) + value
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
    /// `in 6 h`, `in 3 d`, `2 d ago`.
    static func text(from now: Moment, to then: Moment) -> String {
        let seconds = (then.second == nil ? then.lastSecond : then.epochSeconds) - now.epochSeconds
        let hours = abs(seconds) / 3600
        let span = hours >= 48 ? "\(hours / 24) d" : hours >= 1 ? "\(hours) h" : "\(abs(seconds) / 60) min"
        return seconds >= 0 ? "in \(span)" : "\(span) ago"
    }

    /// `2026-03-31 10:00` with the distance: `in 6 h (2026-03-31 10:00 UTC)`.
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
