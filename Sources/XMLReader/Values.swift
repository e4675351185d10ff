import Vocabulary

/// Texts of XML documents as dates and numbers.
enum Values {
    /// A date as documents write it, with the other readings it leaves open.
    ///
    /// ISO 8601 (`2026-03-31`, with time, with zone); digits without separators (`20260331`, `202603311000`,
    /// `20260331100000Z`, `20260331100000+01`, `260331`: UN/EDIFACT 2379 codes 102, 203, 204, 304, 101); day and month with
    /// `/`, `.` or `-`, where both orders are kept if both can be (ASYCUDA World writes them as its country does).
    static func date(_ text: String, time: String? = nil) -> (value: Moment, alternatives: [Moment])? {
        let t = trimmed(text)
        let b = Array(t.utf8)
        if b.count >= 10, b[4] == 0x2D, b[7] == 0x2D, let m = iso(t) {
            return (with(time, m), [])
        }
        if let m = compact(b) { return (with(time, m), []) }
        return separated(b).map { (with(time, $0), $1.map { m in with(time, m) }) }
    }

    private static func iso(_ t: String) -> Moment? {
        if let m = Moment(iso: t) { return m }
        // xsd:date may carry a zone, which says nothing about a day.
        guard t.utf8.count > 10, let day = Moment(iso: t.prefix(10)) else { return nil }
        let next = t.utf8[t.utf8.index(t.startIndex, offsetBy: 10)]
        return next == 0x5A || next == 0x2B || next == 0x2D ? day : nil
    }

    private static func compact(_ b: [UInt8]) -> Moment? {
        let digits = b.prefix { (48...57).contains($0) }
        guard let offset = zone(b[digits.count...]) else { return nil }
        func n(_ from: Int, _ count: Int) -> Int { digits[from..<from + count].reduce(0) { $0 * 10 + Int($1) - 48 } }
        switch digits.count {
        case 6: return Moment(year: 2000 + n(0, 2), month: n(2, 2), day: n(4, 2))
        case 8: return Moment(year: n(0, 4), month: n(4, 2), day: n(6, 2))
        case 12:
            return Moment(
                year: n(0, 4), month: n(4, 2), day: n(6, 2), hour: n(8, 2), minute: n(10, 2), offset: offset)
        case 14...17:
            return Moment(
                year: n(0, 4), month: n(4, 2), day: n(6, 2), hour: n(8, 2), minute: n(10, 2), second: n(12, 2),
                offset: offset)
        default: return nil
        }
    }

    /// Minutes of `Z`, `UTC`, `+01`, `+0100`, `+01:00`; nothing gives nil inside, anything else nil.
    private static func zone(_ b: ArraySlice<UInt8>) -> Int?? {
        if b.isEmpty { return .some(nil) }
        let text = String(decoding: b, as: UTF8.self)
        if text == "Z" || text == "UTC" || text == "GMT" { return 0 }
        guard let sign = b.first, sign == 0x2B || sign == 0x2D else { return nil }
        let d = b.dropFirst().filter { $0 != 0x3A }
        guard d.count == 2 || d.count == 4, d.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let n = d.map { Int($0) - 48 }
        let minutes = (n[0] * 10 + n[1]) * 60 + (d.count == 4 ? n[2] * 10 + n[3] : 0)
        return sign == 0x2D ? -minutes : minutes
    }

    private static func separated(_ b: [UInt8]) -> (Moment, [Moment])? {
        let day = b.prefix { $0 != 0x20 && $0 != 0x54 }
        let parts = day.split(omittingEmptySubsequences: false) { $0 == 0x2F || $0 == 0x2E || $0 == 0x2D }
        let n = parts.compactMap { p in
            p.allSatisfy { (48...57).contains($0) } ? Int(String(decoding: p, as: UTF8.self)) : nil
        }
        guard parts.count == 3, n.count == 3 else { return nil }
        if parts[0].count == 4 { return Moment(year: n[0], month: n[1], day: n[2]).map { ($0, []) } }
        guard parts[2].count == 4 || parts[2].count == 2 else { return nil }
        let year = parts[2].count == 4 ? n[2] : 2000 + n[2]
        let dayFirst = Moment(year: year, month: n[1], day: n[0])
        let monthFirst = Moment(year: year, month: n[0], day: n[1])
        switch (dayFirst, monthFirst) {
        case (let d?, let m?): return (d, d == m ? [] : [m])
        case (let d?, nil): return (d, [])
        case (nil, let m?): return (m, [])
        case (nil, nil): return nil
        }
    }

    /// A time of day that stands apart from its date: `10:00:00Z`, `1000`, `100000`.
    private static func with(_ time: String?, _ day: Moment) -> Moment {
        guard let time, day.second == nil else { return day }
        let t = trimmed(time)
        let c = day.civil
        let date = "\(padded(c.year, 4))-\(padded(c.month, 2))-\(padded(c.day, 2))"
        if let m = Moment(iso: date + "T" + t) { return m }
        let digits = Array(t.utf8.prefix { (48...57).contains($0) })
        guard digits.count == 4 || digits.count >= 6 else { return day }
        func n(_ from: Int) -> Int { (Int(digits[from]) - 48) * 10 + Int(digits[from + 1]) - 48 }
        return Moment(
            year: c.year, month: c.month, day: c.day, hour: n(0), minute: n(2), second: digits.count >= 6 ? n(4) : 0)
            ?? day
    }

    private static func padded(_ n: Int, _ width: Int) -> String {
        let s = String(n)
        return String(repeating: "0", count: max(0, width - s.count)) + s
    }

    /// The words of a code, or of each step of a pointer: `/CC015C/Consignment/HouseConsignment[2]` names the second house
    /// consignment. The key `OTHER` takes what is not listed, the word `=` keeps it as sent, an empty word passes it over.
    static func words(_ text: String, in table: [String: String]) -> String? {
        let steps = text.contains("/") ? text.split(separator: "/") : [Substring(text)]
        let words = steps.compactMap { step -> String? in
            let parts = step.split(whereSeparator: { $0 == "[" || $0 == "]" })
            guard let name = parts.first, let word = table[name.uppercased()] ?? table["OTHER"], !word.isEmpty else {
                return nil
            }
            return ([word == "=" ? String(name) : word] + parts.dropFirst().map(String.init)).joined(separator: " ")
        }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    enum Number {
        case exact(Exact)
        /// A comma where XML Schema wants a point.
        case comma(Exact)
        case none
    }

    static func number(_ text: String) -> Number {
        var plain = text
        if let n = plain.withUTF8({ Exact(bytes: $0) }) { return .exact(n) }
        let t = trimmed(text)
        if let n = Exact(t) { return .exact(n) }
        // xsd:double, as some systems write quantities.
        if let n = scientific(t) { return .exact(n) }
        let commas = t.utf8.filter { $0 == 0x2C }.count
        if commas == 1, !t.utf8.contains(0x2E), let n = Exact(t, mark: 0x2C) { return .comma(n) }
        // 1,234.50 and 1 234.50
        let joined = t.filter { $0 != "," && $0 != " " && $0 != "\u{A0}" }
        if t.utf8.contains(0x2E) || commas == 0, joined != t, let n = Exact(joined) { return .comma(n) }
        // 1.234,50
        let swapped = t.filter { $0 != "." }
        if commas == 1, let n = Exact(swapped, mark: 0x2C) { return .comma(n) }
        return .none
    }

    private static func scientific(_ t: String) -> Exact? {
        guard let e = t.firstIndex(where: { $0 == "e" || $0 == "E" }), let m = Exact(t[..<e]),
            let power = Int(t[t.index(after: e)...]), (-12...12).contains(power)
        else { return nil }
        var factor = Exact(1)
        for _ in 0..<abs(power) { factor = factor * Exact(10) }
        return power >= 0 ? m * factor : m.divided(by: factor)
    }
}
