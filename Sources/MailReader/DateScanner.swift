import Schemas
import Vocabulary

/// Finds dates in a sentence: 13/03/2026, 13.03.26, 2026-03-13, 13 March, March 13th, KW 32, end of April, next Tuesday,
/// tomorrow, two weeks later.
struct DateScanner {
    let words: DayWords
    /// The mail's own day, by which years that are not written, weekdays and weeks are settled.
    let today: Moment?

    struct Found {
        var date: DateMention
        /// Index behind its last token.
        var end: Int
    }

    func find(_ t: [RawToken], _ i: Int) -> Found? {
        if i > 0, t[i].kind != .word, isGlued(t, i) { return nil }
        return numeric(t, i) ?? named(t, i) ?? week(t, i) ?? part(t, i) ?? day(t, i) ?? shift(t, i)
    }

    /// Something stands directly before it that makes it a piece of a longer number.
    private func isGlued(_ t: [RawToken], _ i: Int) -> Bool {
        guard !t[i].isApart, t[i - 1].range.upperBound == t[i].range.lowerBound else { return false }
        return t[i - 1].isAlnum
            || (["-", "/", ".", "_", "#", "+", "$", "€", "£"].contains(t[i - 1].text) && i > 1 && t[i - 2].isAlnum
                && !t[i - 1].isApart && t[i - 2].range.upperBound == t[i - 1].range.lowerBound)
            || ["#", "+", "$", "€", "£"].contains(t[i - 1].text)
    }

    private func number(_ t: [RawToken], _ i: Int) -> (value: Int, digits: Int)? {
        guard i < t.count, t[i].kind == .digits, t[i].text.count <= 8, let n = Int(t[i].text) else { return nil }
        return (n, t[i].text.count)
    }

    /// 3rd, 14th, 1er: the number in it.
    private func ordinal(_ t: [RawToken], _ i: Int) -> Int? {
        if let (n, d) = number(t, i), d <= 2 { return (1...31).contains(n) ? n : nil }
        guard i < t.count, t[i].kind == .mixed else { return nil }
        let digits = t[i].text.prefix { $0.isNumber }
        let rest = String(t[i].text.dropFirst(digits.count))
        guard digits.count <= 2, let n = Int(digits), (1...31).contains(n), words.names.fillers.contains(rest) else {
            return nil
        }
        return n
    }

    private func mark(_ t: [RawToken], _ i: Int) -> String? {
        guard i < t.count, t[i].kind == .mark else { return nil }
        return t[i].text
    }

    private func year(_ n: Int, _ digits: Int) -> Int? {
        if digits == 4 { return (1990...2099).contains(n) ? n : nil }
        return digits == 2 ? 2000 + n : nil
    }

    /// Without a year: the one that puts the day nearest to the mail's own, at most 60 days before and 300 after it.
    private func nearest(_ month: Int, _ day: Int) -> Moment? {
        guard let today else { return nil }
        let y = today.civil.year
        return (y - 1...y + 1).compactMap { Moment(year: $0, month: month, day: day) }
            .first { (today.day - 60...today.day + 305).contains($0.day) }
    }

    private func found(_ m: Moment?, _ end: Int, proves: Bool? = nil, vague: Bool = false) -> Found? {
        guard let m else { return nil }
        return Found(date: DateMention(readings: .days([m]), proves: proves, isVague: vague), end: end)
    }

    private func numeric(_ t: [RawToken], _ i: Int) -> Found? {
        guard let (a, da) = number(t, i), let sep = mark(t, i + 1), ["-", "/", "."].contains(sep), !t[i + 1].isApart,
            let (b, db) = number(t, i + 2), db <= 2, sep == "." || !t[i + 2].isApart
        else { return nil }
        if mark(t, i + 3) == sep, !t[i + 3].isApart, let (c, dc) = number(t, i + 4), sep == "." || !t[i + 4].isApart {
            // A fourth group makes it a version or an address.
            if mark(t, i + 5) == sep, !t[i + 5].isApart, i + 6 < t.count, t[i + 6].isAlnum, !t[i + 6].isApart {
                return nil
            }
            if da == 4, dc <= 2 { return found(year(a, da).flatMap { Moment(year: $0, month: b, day: c) }, i + 5) }
            guard da <= 2, let y = year(c, dc) else { return nil }
            return settle(Moment(year: y, month: b, day: a), Moment(year: y, month: a, day: b), a, b, sep, i + 5)
        }
        guard da <= 2, a >= 1, b >= 1 else { return nil }
        // 14/03 and 14.03. without a year; 1.5 and 3/4 may be figures, so both parts have to be written like a day's.
        let isPoint = sep == "."
        let closes = isPoint && mark(t, i + 3) == "." && !t[i + 3].isApart
        guard
            closes || (!isPoint && da == 2 && db == 2) || (isPoint && da == 2 && db == 2)
                || (sep == "/" && (a > 12) != (b > 12))
        else {
            return nil
        }
        if sep == "-" { return nil }
        return settle(nearest(b, a), nearest(a, b), a, b, sep, closes ? i + 4 : i + 3)
    }

    private func settle(_ dmy: Moment?, _ mdy: Moment?, _ a: Int, _ b: Int, _ sep: String, _ end: Int) -> Found? {
        // Points stand between day, month and year in every country that writes them so.
        if sep == "." { return found(dmy, end) }
        switch (dmy, mdy) {
        case (let d?, let m?) where a != b:
            return Found(date: DateMention(readings: .open(dayFirst: d, monthFirst: m)), end: end)
        case (let d?, _): return found(d, end, proves: a > 12 ? true : nil)
        case (_, let m?): return found(m, end, proves: false)
        default: return nil
        }
    }

    /// Passes over points, commas, dashes and filler words between the parts of a date.
    private func skip(_ t: [RawToken], _ from: Int) -> Int {
        var i = from
        while i < t.count, i < from + 3 {
            if t[i].kind == .mark
                ? [".", ",", "-", "/", "'"].contains(t[i].text) : words.names.fillers.contains(t[i].text)
            {
                i += 1
            } else {
                break
            }
        }
        return i
    }

    private func month(_ t: [RawToken], _ i: Int) -> Int? {
        guard i < t.count, t[i].kind == .word else { return nil }
        return words.names.months[t[i].text]
    }

    /// 14. März 2026, 18-Jan, 14th of March, 14 de marzo de 2026, March 14th, 2026; 14MAR26.
    private func named(_ t: [RawToken], _ i: Int) -> Found? {
        if let d = ordinal(t, i) {
            let m = skip(t, i + 1)
            if let month = month(t, m) {
                let y = skip(t, m + 1)
                if let (c, dc) = number(t, y), let full = year(c, dc),
                    dc == 4 || t[y - 1].text == "-" || t[y - 1].text == "/"
                {
                    return found(Moment(year: full, month: month, day: d), y + 1)
                }
                return found(nearest(month, d), m + 1)
            }
        }
        if t[i].kind == .mixed, let f = fused(t[i].text) { return found(f, i + 1) }
        if let month = month(t, i) {
            let d = skip(t, i + 1)
            if let day = ordinal(t, d), t[i].text != "may" || d == i + 1 {
                let y = skip(t, d + 1)
                if let (c, dc) = number(t, y), dc == 4, let full = year(c, dc) {
                    return found(Moment(year: full, month: month, day: day), y + 1)
                }
                return found(nearest(month, day), d + 1)
            }
        }
        return nil
    }

    private func fused(_ s: String) -> Moment? {
        let d = s.prefix { $0.isNumber }
        let m = s.dropFirst(d.count).prefix { $0.isLetter }
        let y = s.dropFirst(d.count + m.count)
        guard (1...2).contains(d.count), m.count >= 3, let day = Int(d), let month = words.names.months[String(m)]
        else { return nil }
        if y.isEmpty { return nearest(month, day) }
        return Int(y).flatMap { year($0, y.count) }.flatMap { Moment(year: $0, month: month, day: day) }
    }

    /// A calendar week (ISO 8601) stands for its Friday: by then the goods are promised. `end` and `beginning` before it
    /// shift it to Friday and Monday.
    private func week(_ t: [RawToken], _ i: Int) -> Found? {
        guard let today else { return nil }
        var week: Int?
        var end = i + 1
        if t[i].kind == .word, words.weeks.contains(t[i].text) {
            while end < t.count, end < i + 3,
                [".", "-", ":"].contains(t[end].text) || words.names.fillers.contains(t[end].text)
            { end += 1 }
            if let (n, d) = number(t, end), d <= 2 {
                week = n
                end += 1
            }
        } else if t[i].kind == .mixed,
            let w = words.weeks.first(where: {
                t[i].text.hasPrefix($0) && t[i].text.dropFirst($0.count).allSatisfy(\.isNumber)
            })
        {
            week = Int(t[i].text.dropFirst(w.count))
        }
        guard var w = week, (1...53).contains(w) else { return nil }
        if let sep = mark(t, end), ["-", "/"].contains(sep), let (n, d) = number(t, end + 1), d <= 2,
            (w...53).contains(n), n <= w + 3
        {
            w = n
            end += 2
        }
        var y = today.civil.year
        if let sep = mark(t, end), ["/", "-"].contains(sep), let (n, d) = number(t, end + 1), let full = year(n, d) {
            y = full
            end += 2
        } else if let (n, d) = number(t, end), d == 4, let full = year(n, d) {
            y = full
            end += 1
        } else if let friday = DateScanner.friday(w, y), friday.day < today.day - 60 {
            y += 1
        }
        return found(DateScanner.friday(w, y), end, vague: true)
    }

    /// The week with 4 January in it is week 1.
    static func friday(_ week: Int, _ year: Int) -> Moment? {
        guard let fourth = Moment(year: year, month: 1, day: 4) else { return nil }
        return fourth.adding(days: 5 - fourth.weekday + (week - 1) * 7)
    }

    /// End of March, mid April, beginning of KW 12: the last day, the 15th, the 5th; of a week Friday, Wednesday, Monday.
    private func part(_ t: [RawToken], _ i: Int) -> Found? {
        guard t[i].kind == .word, let which = words.parts[t[i].text] else { return nil }
        let m = skip(t, i + 1)
        guard m < t.count else { return nil }
        if let w = week(t, m), case .days(let d) = w.date.readings, let friday = d.first {
            return found(friday.adding(days: which == "begin" ? -4 : which == "middle" ? -2 : 0), w.end, vague: true)
        }
        guard let month = month(t, m), let near = nearest(month, 15) else { return nil }
        var y = near.civil.year
        var end = m + 1
        if let (c, dc) = number(t, skip(t, m + 1)), dc == 4, let full = year(c, dc) {
            y = full
            end = skip(t, m + 1) + 1
        }
        let day = which == "begin" ? 5 : which == "middle" ? 15 : Moment.days(inMonth: month, of: y)
        return found(Moment(year: y, month: month, day: day), end, vague: true)
    }

    /// Tomorrow; Friday, next Tuesday: the first such day after the mail's own. `next` of a day that still comes in the
    /// mail's own week may mean the week after: both readings are kept.
    private func day(_ t: [RawToken], _ i: Int) -> Found? {
        guard let today, t[i].kind == .word else { return nil }
        if let n = words.relative[t[i].text] { return found(today.dateOnly.adding(days: n), i + 1, vague: true) }
        let isNext = words.next.contains(t[i].text)
        let at = isNext ? i + 1 : i
        guard at < t.count, t[at].kind == .word, t[at].text.count > 3 || isNext,
            let wanted = words.names.weekdays[t[at].text]
        else { return nil }
        // Tuesday 14 March: the date behind it says more.
        let behind = skip(t, at + 1)
        if behind < t.count, let exact = numeric(t, behind) ?? named(t, behind) {
            return Found(date: exact.date, end: exact.end)
        }
        let ahead = (wanted - today.weekday + 7) % 7
        let first = today.dateOnly.adding(days: ahead == 0 ? 7 : ahead)
        let isThisWeek = ahead > 0 && wanted > today.weekday
        let readings = isNext && isThisWeek ? [first.adding(days: 7), first] : [first]
        return Found(date: DateMention(readings: .days(readings), isVague: true), end: at + 1)
    }

    /// Two weeks later, 5 Tage später, um 3 Tage: so many days after a date that is named beside it.
    private func shift(_ t: [RawToken], _ i: Int) -> Found? {
        let count: Int
        if let (n, d) = number(t, i), d <= 2 {
            count = n
        } else if t[i].kind == .word, let w = words.numbers[t[i].text], let n = Int(w) {
            count = n
        } else {
            return nil
        }
        var at = i + 1
        if at < t.count, t[at].text == "-" { at += 1 }
        guard at < t.count, let unit = words.units[t[at].text], let days = Int(unit), count > 0, count < 60 else {
            return nil
        }
        return Found(date: DateMention(readings: .shift(days: count * days), isVague: true), end: at + 1)
    }
}
