/// A day, or a time of a day, with the precision and zone its document gave it, and no more.
///
/// An instant without a zone keeps none; it is compared as if it were UTC only where a deadline has to be judged.
package struct Moment: Hashable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01, Gregorian.
    package var day: Int
    /// Second of the day, nil where only the day is known.
    package var second: Int?
    /// Offset from UTC in minutes, nil where the document names no zone.
    package var offset: Int?

    package init(day: Int, second: Int? = nil, offset: Int? = nil) {
        self.day = day
        self.second = second
        self.offset = offset
    }

    /// Nil unless the date exists (Gregorian, years 1900 to 2199) and the time is one of a day.
    package init?(
        year: Int, month: Int, day: Int, hour: Int? = nil, minute: Int = 0, second: Int = 0, offset: Int? = nil
    ) {
        guard (1900...2199).contains(year), (1...12).contains(month), day >= 1,
            day <= Moment.days(inMonth: month, of: year)
        else { return nil }
        self.day = Moment.daysSinceEpoch(year, month, day)
        self.offset = offset
        self.second = nil
        if let hour {
            guard (0...24).contains(hour), (0...59).contains(minute), (0...60).contains(second),
                hour < 24 || (minute == 0 && second == 0)
            else { return nil }
            self.second = hour * 3600 + minute * 60 + min(second, 59)
        }
    }

    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    package var civil: (year: Int, month: Int, day: Int) {
        let z = day + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let mp = (5 * dayOfYear + 2) / 153
        let month = mp + (mp < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * mp + 2) / 5 + 1)
    }

    /// Seconds since 1970-01-01T00:00:00Z; a missing zone counts as UTC, a missing time as the day's start.
    package var epochSeconds: Int { day * 86_400 + (second ?? 0) - (offset ?? 0) * 60 }

    /// The day's end where only a day is known: what a deadline that names a day means.
    package var lastSecond: Int { second == nil ? epochSeconds + 86_399 : epochSeconds }

    package init(epochSeconds: Int) {
        let d = epochSeconds >= 0 ? epochSeconds / 86_400 : (epochSeconds - 86_399) / 86_400
        self.init(day: d, second: epochSeconds - d * 86_400, offset: 0)
    }

    package func adding(hours: Int) -> Moment {
        Moment(epochSeconds: epochSeconds + hours * 3600)
    }

    package func adding(days: Int) -> Moment {
        Moment(day: day + days, second: second, offset: offset)
    }

    package var dateOnly: Moment { Moment(day: day) }

    /// Monday is 1, Sunday 7 (ISO 8601).
    package var weekday: Int { (day % 7 + 7 + 3) % 7 + 1 }

    /// `2026-03-31`; `2026-03-31T10:00:00Z` for an instant; without the `Z` where the zone is not known.
    package var description: String {
        var m = self
        if offset != nil, second != nil { m = Moment(epochSeconds: epochSeconds) }
        let c = m.civil
        var text: [UInt8] = []
        text.reserveCapacity(20)
        Moment.write(c.year, 4, to: &text)
        for n in [c.month, c.day] {
            text.append(UInt8(ascii: "-"))
            Moment.write(n, 2, to: &text)
        }
        if let s = m.second {
            for (mark, n) in [("T", s / 3600), (":", s / 60 % 60), (":", s % 60)] as [(Unicode.Scalar, Int)] {
                text.append(UInt8(ascii: mark))
                Moment.write(n, 2, to: &text)
            }
            if offset != nil { text.append(UInt8(ascii: "Z")) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The instant as RFC 3339 UTC, a missing zone read as UTC.
    package var instant: String { Moment(epochSeconds: epochSeconds).description }

    /// A number with leading zeros; a longer one as it is.
    private static func write(_ n: Int, _ width: Int, to out: inout [UInt8]) {
        let digits = String(n).utf8
        out += repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.count))
        out += digits
    }

    /// Reads ISO 8601 / RFC 3339 text: `2026-03-31`, `2026-03-31T10:00`, `…:00Z`, `…+01:00`, fractions cut.
    package init?(iso text: some StringProtocol) {
        let b = Array(text.utf8)
        func number(_ from: Int, _ n: Int) -> Int? {
            guard from + n <= b.count else { return nil }
            return Moment.digits(b[from..<from + n])
        }
        guard b.count >= 10, b[4] == UInt8(ascii: "-"), b[7] == UInt8(ascii: "-"),
            let y = number(0, 4), let mo = number(5, 2), let d = number(8, 2)
        else { return nil }
        if b.count == 10 {
            self.init(year: y, month: mo, day: d)
            return
        }
        guard b[10] == UInt8(ascii: "T") || b[10] == UInt8(ascii: " "), b.count >= 16, b[13] == UInt8(ascii: ":"),
            let h = number(11, 2), let mi = number(14, 2)
        else { return nil }
        var at = 16
        var s = 0
        if at < b.count, b[at] == UInt8(ascii: ":") {
            guard let v = number(at + 1, 2) else { return nil }
            s = v
            at += 3
            if at < b.count, b[at] == UInt8(ascii: ".") || b[at] == UInt8(ascii: ",") {
                at += 1
                while at < b.count, Moment.digits(b[at..<at + 1]) != nil { at += 1 }
            }
        }
        var offset: Int?
        if at < b.count {
            if b[at] == UInt8(ascii: "Z"), at + 1 == b.count {
                offset = 0
            } else if b[at] == UInt8(ascii: "+") || b[at] == UInt8(ascii: "-"), let oh = number(at + 1, 2) {
                let minutesAt = at + 3 < b.count && b[at + 3] == UInt8(ascii: ":") ? at + 4 : at + 3
                let om = minutesAt < b.count ? number(minutesAt, 2) : 0
                guard let om, oh <= 14, om < 60 else { return nil }
                offset = (oh * 60 + om) * (b[at] == UInt8(ascii: "-") ? -1 : 1)
            } else {
                return nil
            }
        }
        self.init(year: y, month: mo, day: d, hour: h, minute: mi, second: s, offset: offset)
    }

    static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        var n = 0
        for b in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(b) else { return nil }
            n = n * 10 + Int(b - UInt8(ascii: "0"))
        }
        return bytes.isEmpty ? nil : n
    }
}

extension Moment: Comparable {
    package static func < (a: Moment, b: Moment) -> Bool {
        (a.epochSeconds, a.second == nil ? 0 : 1, a.offset ?? Int.min)
            < (b.epochSeconds, b.second == nil ? 0 : 1, b.offset ?? Int.min)
    }
}
