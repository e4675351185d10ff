import Schemas
import Vocabulary

/// A date found in printed text, with every reading its figures allow.
struct FoundDate: Hashable {
    /// The best reading first.
    var readings: [Moment]
    /// Where it stands in the text, in characters.
    var range: Range<Int>
    /// Day and month may change places: figures with `/` or `-` between them, both 12 or less.
    var isOpen: Bool
    /// True where figures prove day first, false where they prove month first.
    var provesDayFirst: Bool?
}

extension FoundDate {
    func fact(_ role: String, raw: String, at place: @autoclosure () -> Place) -> DateFact? {
        readings.first.map {
            DateFact(role, $0, alternatives: Array(readings.dropFirst()), raw: raw, at: place())
        }
    }
}

extension DateFact {
    /// The day in each of its readings, with a time that stands elsewhere.
    func timed(_ time: (second: Int, offset: Int?)) -> DateFact {
        func moment(_ m: Moment) -> Moment { Moment(day: m.day, second: time.second, offset: time.offset) }
        return DateFact(role, moment(value), alternatives: alternatives.map(moment), raw: raw, at: at)
    }
}

/// Reads dates and times from printed text.
struct DateText {
    let words: DateWords
    /// The order that the document's other dates prove, or its language and country make likely.
    var dayFirst: Bool?
    /// Figures of the document prove `dayFirst`; without that the other reading is kept as an alternative.
    var isProved = false

    private enum Piece {
        case number(Int, digits: Int)
        case word(String)
        case mark(Character)
    }

    private struct Token {
        var piece: Piece
        var range: Range<Int>
    }

    private func tokens(_ text: String) -> [Token] {
        var out: [Token] = []
        let all = Array(text)
        var i = 0
        while i < all.count {
            let c = all[i]
            var j = i + 1
            if c.isASCII, c.isNumber {
                while j < all.count, all[j].isASCII, all[j].isNumber { j += 1 }
                out.append(
                    Token(piece: .number(j - i <= 9 ? Int(String(all[i..<j])) ?? -1 : -1, digits: j - i), range: i..<j))
            } else if c.isLetter {
                while j < all.count, all[j].isLetter || (all[j] == "." && j + 1 < all.count && all[j + 1].isLetter) {
                    j += 1
                }
                out.append(Token(piece: .word(Fold.plain(String(all[i..<j]))), range: i..<j))
            } else if !c.isWhitespace {
                out.append(Token(piece: .mark(c), range: i..<j))
            }
            i = j
        }
        return out
    }

    /// All dates in a text, from left to right, each with the time that follows it.
    ///
    /// - Parameter compact: eight figures in a row are a date too (20260331), where a label says that one stands here.
    func dates(in text: String, compact: Bool = false) -> [FoundDate] {
        let t = tokens(text)
        var out: [FoundDate] = []
        var i = 0
        while i < t.count {
            if var (found, next) = date(t, i, compact: compact) {
                if let (second, offset, after) = time(t, from: next, labelled: true) {
                    found.readings = found.readings.map { Moment(day: $0.day, second: second, offset: offset) }
                    next = after
                }
                found.range = t[i].range.lowerBound..<t[next - 1].range.upperBound
                out.append(found)
                i = next
            } else {
                i += 1
            }
        }
        return out
    }

    /// The first date in a text as a fact, its other readings as alternatives.
    func fact(_ role: String, in text: String, compact: Bool = false, at place: @autoclosure () -> Place) -> DateFact? {
        dates(in: text, compact: compact).first?.fact(role, raw: text, at: place())
    }

    /// The first time of day in a text that holds nothing else of weight; seconds, and the zone's minutes where one is named.
    func time(in text: String) -> (second: Int, offset: Int?)? {
        let t = tokens(text)
        guard let (s, o, _) = time(t, from: 0, labelled: true) else { return nil }
        return (s, o)
    }

    /// The first time of day that stands outside a part of the text, anywhere in it.
    func time(anywhereIn text: String, except range: Range<Int>) -> (second: Int, offset: Int?)? {
        let t = tokens(text)
        for i in t.indices where !range.overlaps(t[i].range) {
            guard case .number = t[i].piece, i == 0 || t[i - 1].range.upperBound < t[i].range.lowerBound,
                let (s, o, _) = time(t, from: i, labelled: true)
            else { continue }
            return (s, o)
        }
        return nil
    }

    private func number(_ t: [Token], _ i: Int) -> (Int, Int)? {
        guard i < t.count, case .number(let n, let digits) = t[i].piece, n >= 0 else { return nil }
        return (n, digits)
    }

    private func mark(_ t: [Token], _ i: Int, _ set: String) -> Character? {
        guard i < t.count, case .mark(let c) = t[i].piece, set.contains(c) else { return nil }
        return c
    }

    private func word(_ t: [Token], _ i: Int) -> String? {
        guard i < t.count, case .word(let w) = t[i].piece else { return nil }
        return w
    }

    private func year(_ n: Int, _ digits: Int) -> Int? {
        switch digits {
        case 4 where (1990...2099).contains(n): n
        case 2: 2000 + n
        default: nil
        }
    }

    private func date(_ t: [Token], _ i: Int, compact: Bool) -> (FoundDate, Int)? {
        func found(_ readings: [Moment?], _ next: Int, open: Bool = false, proves: Bool? = nil) -> (FoundDate, Int)? {
            let r = readings.compactMap { $0 }
            guard !r.isEmpty else { return nil }
            return (FoundDate(readings: r, range: 0..<0, isOpen: open && r.count > 1, provesDayFirst: proves), next)
        }
        if i > 0, t[i - 1].range.upperBound == t[i].range.lowerBound, case .word = t[i - 1].piece, number(t, i) != nil {
            return nil
        }
        if let (a, da) = number(t, i) {
            if let s = mark(t, i + 1, "-/."), let (b, db) = number(t, i + 2), mark(t, i + 3, String(s)) != nil,
                let (c, dc) = number(t, i + 4), t[i].range.upperBound + 1 == t[i + 2].range.lowerBound || s == "."
            {
                if da == 4, let y = year(a, da), db <= 2, dc <= 2 {
                    return found([Moment(year: y, month: b, day: c)], i + 5)
                }
                guard da <= 2, db <= 2, let y = year(c, dc) else { return nil }
                let dmy = Moment(year: y, month: b, day: a)
                let mdy = Moment(year: y, month: a, day: b)
                // Points stand between day, month and year in every country that writes them so.
                if s == "." { return found([dmy], i + 5) }
                if a > 12 { return found([dmy], i + 5, proves: true) }
                if b > 12 { return found([mdy], i + 5, proves: false) }
                if a == b { return found([dmy], i + 5) }
                if isProved { return found([dayFirst == false ? mdy : dmy], i + 5) }
                return found(dayFirst == false ? [mdy, dmy] : [dmy, mdy], i + 5, open: true)
            }
            if compact, da == 8, let m = Moment(year: a / 10_000, month: a / 100 % 100, day: a % 100) {
                return found([m], i + 1)
            }
            // 14. März 2026, 18-Jan-2026, 14th of March, 2026, 14 de marzo de 2026
            if da <= 2 {
                let m = skip(t, i + 1)
                if let w = word(t, m), let month = words.months[trim(w)] {
                    let y = skip(t, m + 1)
                    if let (c, dc) = number(t, y), let full = year(c, dc) {
                        return found([Moment(year: full, month: month, day: a)], y + 1)
                    }
                }
            }
            if da == 4, let y = year(a, da) {
                let m = skip(t, i + 1)
                if let w = word(t, m), let month = words.months[trim(w)], let (d, dd) = number(t, skip(t, m + 1)),
                    dd <= 2
                {
                    return found([Moment(year: y, month: month, day: d)], skip(t, m + 1) + 1)
                }
            }
        }
        // March 14, 2026
        if let w = word(t, i), let month = words.months[trim(w)], let (d, dd) = number(t, skip(t, i + 1)), dd <= 2 {
            let y = skip(t, skip(t, i + 1) + 1)
            if let (c, dc) = number(t, y), dc == 4, let full = year(c, dc) {
                return found([Moment(year: full, month: month, day: d)], y + 1)
            }
        }
        return nil
    }

    private func trim(_ w: String) -> String { w.hasSuffix(".") ? String(w.dropLast()) : w }

    /// Passes over points, commas, dashes and filler words between the parts of a date.
    private func skip(_ t: [Token], _ from: Int) -> Int {
        var i = from
        while i < t.count, i < from + 4 {
            if mark(t, i, ".,-/'’") != nil || word(t, i).map({ words.fillers.contains($0) }) == true {
                i += 1
            } else {
                break
            }
        }
        return i
    }

    /// A time of day: 14:20, 14.20, 14h20, 2:20 PM, 1420 hrs, with seconds and zone.
    private func time(_ t: [Token], from: Int, labelled: Bool) -> (second: Int, offset: Int?, next: Int)? {
        var i = from
        while i < t.count, i < from + 4 {
            if mark(t, i, ",-@|(;/") != nil
                || word(t, i).map({ words.beforeTime.contains($0) || $0 == "t" || words.weekdays[$0] != nil }) == true
            {
                i += 1
            } else {
                break
            }
        }
        guard let (h, dh) = number(t, i), dh <= 2 || dh == 4 else { return nil }
        var hour = h
        var minute = 0
        var second = 0
        var hasSeconds = false
        var next = i + 1
        if dh == 4 {
            guard let w = word(t, next), words.beforeTime.contains(w) || words.afterFigures.contains(w) else {
                return nil
            }
            hour = h / 100
            minute = h % 100
        } else if mark(t, next, ":.") != nil || word(t, next).map(words.beforeMinutes.contains) == true,
            let (m, dm) = number(t, next + 1),
            dm == 2, m < 60
        {
            // 12.50 EUR is a price.
            if mark(t, i + 1, ".") != nil,
                mark(t, i + 3, "€$£%") != nil || word(t, i + 3).map(words.amounts.contains) == true
            {
                return nil
            }
            minute = m
            next += 2
            if mark(t, next, ":") != nil, let (s, ds) = number(t, next + 1), ds == 2, s < 60 {
                second = s
                hasSeconds = true
                next += 2
                if mark(t, next, ".") != nil, number(t, next + 1) != nil { next += 2 }
            }
        } else if let w = word(t, next), words.afterHour.contains(w) {
            next += 1
        } else if word(t, next).map({ words.am.contains($0) || words.pm.contains($0) }) != true {
            return nil
        }
        if let w = word(t, next).map(trim), words.am.contains(w) || words.pm.contains(w) {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (words.pm.contains(w) ? 12 : 0)
            next += 1
        }
        guard hour < 24, minute < 60 else { return nil }
        var offset: Int?
        if let w = word(t, next), let z = words.zones[w] {
            offset = z
            next += 1
        }
        // "08:00-12:00" is a span of time; a zone behind bare minutes stands apart or behind the T of ISO 8601.
        let isSpan =
            mark(t, next, "-") != nil && t[next - 1].range.upperBound == t[next].range.lowerBound && !hasSeconds
            && !(i > 0 && word(t, i - 1) == "t")
        if !isSpan, let sign = mark(t, next, "+-"), let (oh, doh) = number(t, next + 1),
            t[next].range.upperBound == t[next + 1].range.lowerBound,
            doh == 4 || (doh == 2 && mark(t, next + 2, ":") != nil)
        {
            let om = doh == 4 ? oh % 100 : number(t, next + 3)?.0 ?? 0
            let minutes = (doh == 4 ? oh / 100 : oh) * 60 + om
            if minutes <= 840 {
                offset = (offset ?? 0) + (sign == "-" ? -minutes : minutes)
                next += doh == 4 ? 2 : 4
            }
        }
        return (hour * 3600 + minute * 60 + second, offset, min(next, t.count))
    }
}
