import Vocabulary

/// Order and choice of exceptions for the eye.
enum Roots {
    static func isOpen(_ e: JSON) -> Bool { e["status"]?.string == ExceptionRecord.Status.open.rawValue }

    static func severity(_ e: JSON) -> Severity { e["severity"]?.string.flatMap(Severity.init) ?? .info }

    /// Causes that are open and ask for something to be done. What follows from one of them is shown with it.
    static func attention(_ exceptions: [JSON]) -> [JSON] {
        causes(exceptions.filter { isOpen($0) && severity($0) > .info })
    }

    /// Those of which no other of these is the cause.
    static func causes(_ exceptions: [JSON]) -> [JSON] {
        let ids = Set(exceptions.compactMap { $0["exception"]?.string })
        return exceptions.filter { e in
            guard let cause = e["causedBy"]?.string else { return true }
            return !ids.contains(cause)
        }
    }

    /// New ones first, then by severity, money, due time and id.
    static func sorted(_ exceptions: [JSON], news: Set<String> = []) -> [JSON] {
        struct Rank: Comparable {
            var isOld: Bool
            var severity: Severity
            var money: Exact
            var due: Int
            var id: String

            static func < (a: Rank, b: Rank) -> Bool {
                if a.isOld != b.isOld { return !a.isOld }
                if a.severity != b.severity { return a.severity > b.severity }
                if a.money != b.money { return a.money > b.money }
                return (a.due, a.id) < (b.due, b.id)
            }
        }
        let ranked = exceptions.map { e in
            let id = e["exception"]?.string ?? ""
            let rank = Rank(
                isOld: !news.contains(id), severity: severity(e), money: Worth.amount(of: e)?.value ?? .zero,
                due: e["due"]?.string.flatMap { Moment(iso: $0) }?.lastSecond ?? Int.max, id: id)
            return (rank, e)
        }
        return ranked.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
