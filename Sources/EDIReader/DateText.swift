import Vocabulary

/// A date's form: CC century, YY year, MM month (behind HH: minute), DD, HH, SS, WW ISO week, Z a zone to the pattern's end. At
/// `-` the first of two dates ends.
struct DatePattern: Sendable {
    enum Part: UInt8, Sendable { case century, year, month, day, hour, minute, second, week, zone, end }

    let parts: [Part]
    /// Holds for the text: nothing may stand behind it, but the second of two dates.
    let isWhole: Bool
    private(set) var isKnown = true

    init(_ pattern: String) {
        let p = Array(pattern.utf8)
        var parts: [Part] = []
        var i = 0
        var whole = true
        while i < p.count {
            if p[i] == UInt8(ascii: "-") || p[i] == UInt8(ascii: "Z") {
                whole = p[i] == UInt8(ascii: "Z")
                parts.append(whole ? .zone : .end)
                break
            }
            let name = String(decoding: p[i..<min(i + 2, p.count)], as: UTF8.self)
            switch name {
            case "CC": parts.append(.century)
            case "YY": parts.append(.year)
            case "MM": parts.append(parts.contains(.hour) ? .minute : .month)
            case "DD": parts.append(.day)
            case "HH": parts.append(.hour)
            case "SS": parts.append(.second)
            case "WW": parts.append(.week)
            default: isKnown = false
            }
            i += 2
        }
        self.parts = parts
        isWhole = !parts.contains(.end)
    }

    static let six = DatePattern("YYMMDD")
    static let eight = DatePattern("CCYYMMDD")
    static let ten = DatePattern("YYMMDDHHMM")
    static let twelve = DatePattern("CCYYMMDDHHMM")
    static let twelveShort = DatePattern("YYMMDDHHMMSS")
    static let fourteen = DatePattern("CCYYMMDDHHMMSS")
}

/// Dates and times as EDI writes them: digits, told apart by their number or by a pattern.
enum DateText {
    /// Two-digit years: 70 to 99 are the last century's.
    private static func century(_ year: Int) -> Int { year < 70 ? 2000 + year : 1900 + year }

    @inline(__always)
    private static func two(_ b: Bytes, _ at: Int) -> Int? {
        let high = b[at] &- 48
        let low = b[at + 1] &- 48
        return high < 10 && low < 10 ? Int(high) * 10 + Int(low) : nil
    }

    /// YYMMDD, CCYYMMDD, and both with HHMM or HHMMSS behind; of a range (`…-…`) the first day.
    static func moment(_ text: Bytes) -> Moment? {
        var n = 0
        while n < text.count, text[n] != UInt8(ascii: "-") { n += 1 }
        switch n {
        case 6: return moment(text, .six)
        case 8: return moment(text, .eight)
        case 10: return moment(text, .ten)
        case 12:
            let isFull = (text[0] == 0x31 && text[1] == 0x39) || (text[0] == 0x32 && text[1] == 0x30)
            return moment(text, isFull ? .twelve : .twelveShort)
        case 14: return moment(text, .fourteen)
        default: return nil
        }
    }

    /// The same with a time from another element, which counts where the date has none.
    static func moment(_ text: Bytes, time: Bytes, zone: Int?) -> Moment? {
        guard var m = moment(text) else { return nil }
        if m.second == nil, let t = second(time) {
            m.second = t
            m.offset = zone
        } else if m.second != nil {
            m.offset = m.offset ?? zone
        }
        return m
    }

    static func moment(_ text: String, time: String = "") -> Moment? {
        var (text, time) = (text, time)
        return text.withUTF8 { t in time.withUTF8 { moment(t, time: $0, zone: nil) } }
    }

    /// HHMM, HHMMSS, HHMMSSD, HHMMSSDD: the second of the day.
    static func second(_ b: Bytes) -> Int? {
        guard (4...8).contains(b.count), b.count != 5, let h = two(b, 0), let m = two(b, 2), h < 24, m < 60 else {
            return nil
        }
        let s = b.count >= 6 ? two(b, 4) : 0
        guard let s, s < 60 else { return nil }
        return h * 3600 + m * 60 + s
    }

    /// `+01:00`, `-0500`, `+01`, `Z`: minutes east of UTC.
    static func offset(_ text: String, zones: [String: String]) -> Int? {
        let t = zones[text.uppercased()] ?? text.uppercased()
        if ["Z", "UTC", "GMT", "UT"].contains(t) { return 0 }
        guard let sign = t.utf8.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let d = Array(t.utf8.dropFirst().filter { $0 != UInt8(ascii: ":") })
        return d.withUnsafeBufferPointer { d in
            guard d.count == 2 || d.count == 4, let h = two(d, 0), h <= 14 else { return nil }
            let m = d.count == 4 ? two(d, 2) : 0
            guard let m, m < 60 else { return nil }
            return (sign == UInt8(ascii: "-") ? -1 : 1) * (h * 60 + m)
        }
    }

    /// A text by its pattern.
    static func moment(_ b: Bytes, _ pattern: DatePattern, zones: [String: String] = [:]) -> Moment? {
        guard pattern.isKnown else { return nil }
        var at = 0
        var (cc, yy, month, day, hour, minute, second, week) = (-1, -1, 1, 1, -1, 0, 0, -1)
        var zone: Int?
        for part in pattern.parts {
            if part == .end { break }
            if part == .zone {
                zone = offset(Bytes(rebasing: b[min(at, b.count)...]).string, zones: zones)
                at = b.count
                break
            }
            guard at + 2 <= b.count, let n = two(b, at) else { return nil }
            at += 2
            switch part {
            case .century: cc = n
            case .year: yy = n
            case .month: month = n
            case .day: day = n
            case .hour: hour = n
            case .minute: minute = n
            case .second: second = n
            case .week: week = n
            case .zone, .end: break
            }
        }
        if pattern.isWhole, at != b.count, b[at] != UInt8(ascii: "-") { return nil }
        guard yy >= 0 else { return nil }
        let year = cc >= 0 ? cc * 100 + yy : century(yy)
        if week >= 0 { return monday(ofWeek: week, year) }
        return Moment(
            year: year, month: month, day: day, hour: hour >= 0 ? hour : nil, minute: minute, second: second,
            offset: zone)
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
