import Vocabulary

/// Dates and times as EDI writes them: digits, told apart by their number or by a pattern.
enum DateText {
    /// Two-digit years: 70 to 99 are the last century's.
    private static func century(_ year: Int) -> Int { year < 70 ? 2000 + year : 1900 + year }

    private static func number(_ s: ArraySlice<UInt8>) -> Int? {
        var n = 0
        for b in s {
            guard (48...57).contains(b) else { return nil }
            n = n * 10 + Int(b) - 48
        }
        return s.isEmpty ? nil : n
    }

    /// YYMMDD, CCYYMMDD, and both with HHMM or HHMMSS behind; of a range (`…-…`) the first day.
    static func moment(_ text: String, time: String = "", zone: Int? = nil) -> Moment? {
        let digits = Array(text.utf8.prefix { $0 != UInt8(ascii: "-") })
        let pattern: String
        switch digits.count {
        case 6: pattern = "YYMMDD"
        case 8: pattern = "CCYYMMDD"
        case 10: pattern = "YYMMDDHHMM"
        case 12:
            let full = digits.starts(with: [0x31, 0x39]) || digits.starts(with: [0x32, 0x30])
            pattern = full ? "CCYYMMDDHHMM" : "YYMMDDHHMMSS"
        case 14: pattern = "CCYYMMDDHHMMSS"
        default: return nil
        }
        guard var m = moment(text, pattern: pattern, zones: [:]) else { return nil }
        if m.second == nil, let t = second(time) {
            m.second = t
            m.offset = zone
        } else if m.second != nil {
            m.offset = m.offset ?? zone
        }
        return m
    }

    /// HHMM, HHMMSS, HHMMSSD, HHMMSSDD: the second of the day.
    static func second(_ text: String) -> Int? {
        let b = Array(text.utf8)
        guard (4...8).contains(b.count), b.count != 5, let h = number(b[0..<2]), let m = number(b[2..<4]), h < 24,
            m < 60
        else { return nil }
        let s = b.count >= 6 ? number(b[4..<6]) : 0
        guard let s, s < 60 else { return nil }
        return h * 3600 + m * 60 + s
    }

    /// `+01:00`, `-0500`, `+01`, `Z`: minutes east of UTC.
    static func offset(_ text: String, zones: [String: String]) -> Int? {
        let t = zones[text.uppercased()] ?? text.uppercased()
        if ["Z", "UTC", "GMT", "UT"].contains(t) { return 0 }
        guard let sign = t.utf8.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let d = Array(t.utf8.dropFirst().filter { $0 != UInt8(ascii: ":") })
        guard d.count == 2 || d.count == 4, let h = number(d[0..<2]), h <= 14 else { return nil }
        let m = d.count == 4 ? number(d[2..<4]) : 0
        guard let m, m < 60 else { return nil }
        return (sign == UInt8(ascii: "-") ? -1 : 1) * (h * 60 + m)
    }

    /// A text by its pattern: CC century, YY year, MM month (behind HH: minute), DD, HH, SS, WW ISO week, Z a zone to the
    /// pattern's end. At `-` the first of two dates ends.
    static func moment(_ text: String, pattern: String, zones: [String: String]) -> Moment? {
        let b = Array(text.utf8)
        let p = Array(pattern.utf8)
        var at = 0
        var i = 0
        var parts: [String: Int] = [:]
        var zone: Int?
        while i < p.count {
            if p[i] == UInt8(ascii: "-") { break }
            if p[i] == UInt8(ascii: "Z") {
                zone = offset(String(decoding: b[min(at, b.count)...], as: UTF8.self), zones: zones)
                at = b.count
                break
            }
            guard i + 1 < p.count, at + 2 <= b.count, let n = number(b[at..<at + 2]) else { return nil }
            var name = String(decoding: p[i..<i + 2], as: UTF8.self)
            if name == "MM", parts["HH"] != nil { name = "mm" }
            parts[name] = n
            i += 2
            at += 2
        }
        if i >= p.count, at != b.count, b[at] != UInt8(ascii: "-") { return nil }
        guard let yy = parts["YY"] else { return nil }
        let year = parts["CC"].map { $0 * 100 + yy } ?? century(yy)
        if let week = parts["WW"] { return monday(ofWeek: week, year) }
        return Moment(
            year: year, month: parts["MM"] ?? 1, day: parts["DD"] ?? 1, hour: parts["HH"], minute: parts["mm"] ?? 0,
            second: parts["SS"] ?? 0, offset: zone)
    }

    /// ISO 8601: week 1 is the one with 4 January.
    private static func monday(ofWeek week: Int, _ year: Int) -> Moment? {
        guard (1...53).contains(week), let fourth = Moment(year: year, month: 1, day: 4) else { return nil }
        return Moment(day: fourth.day - (fourth.weekday - 1) + (week - 1) * 7)
    }

    /// The date behind one of several phrases in a free text (`EST DEL 20260328`, `ETA 03/28/2026`), with its other
    /// reading where day and month can be taken for each other.
    static func behind(_ phrases: [String], in text: String) -> (value: Moment, other: Moment?)? {
        let t = text.uppercased()
        for phrase in phrases {
            guard let r = t.firstRange(of: phrase) else { continue }
            let token = t[r.upperBound...].drop { !$0.isNumber }.prefix { $0.isNumber || "/.-".contains($0) }
            let parts = token.split { !$0.isNumber }.map(String.init)
            if parts.count == 1, let m = moment(parts[0]) { return (m, nil) }
            guard parts.count == 3, let a = Int(parts[0]), let b = Int(parts[1]), let c = Int(parts[2]) else {
                continue
            }
            if parts[0].count == 4, let m = Moment(year: a, month: b, day: c) { return (m, nil) }
            let year = parts[2].count == 2 ? century(c) : c
            let us = Moment(year: year, month: a, day: b)
            let other = Moment(year: year, month: b, day: a)
            // A slash is the American order first, a point or hyphen the European one.
            if let first = token.contains("/") ? us ?? other : other ?? us {
                let second = token.contains("/") ? other : us
                return (first, second == first ? nil : second)
            }
        }
        return nil
    }
}
