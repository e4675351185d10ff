extension ValueType {
    /// What is wrong with a value that is not empty; nil where nothing is.
    ///
    /// Lengths are of characters; those of numbers without sign, decimal mark and exponent (X12.6; ISO 9735, 10).
    func fault(_ value: String) -> (code: String, text: String)? {
        var length = value.unicodeScalars.count
        switch kind {
        case .binary: return nil
        case .text: break
        case .letters:
            if value.utf8.contains(where: \.isDigit) { return ("element-type", "has digits in it: \(short(value)).") }
        case .integer, .decimal, .numeric:
            guard let digits = digits(value) else { return ("element-type", "is no number: \(short(value)).") }
            length = digits
        case .date, .time: break
        }
        // In a temperature of three digits, -18 is as common as -018.
        let least = kind == .numeric ? value.unicodeScalars.count : length
        if least < minimum { return ("element-too-short", "has \(length) characters; \(minimum) is the least.") }
        if length > maximum { return ("element-too-long", "has \(length) characters; \(maximum) is the most.") }
        if kind == .date, !DateShape.isDate(value) { return ("date-invalid", "is no date: \(short(value)).") }
        if kind == .time, !DateShape.isTime(value) { return ("time-invalid", "is no time: \(short(value)).") }
        return nil
    }

    /// A date of six digits where eight are asked for, as releases before 004010 have it.
    func isShortDate(_ value: String) -> Bool {
        kind == .date && minimum == 8 && value.utf8.count == 6 && DateShape.isDate(value)
    }

    private func short(_ value: String) -> String { value.count > 40 ? value.prefix(40) + "…" : value }

    /// Digits of a number; nil where it is none.
    private func digits(_ value: String) -> Int? {
        var rest = Substring(value)
        if let sign = rest.first, sign == "-" || (kind == .numeric && sign == "+") { rest = rest.dropFirst() }
        var count = 0
        var hasMark = false
        for (i, b) in rest.utf8.enumerated() {
            if b.isDigit {
                count += 1
            } else if !hasMark, isMark(b) {
                hasMark = true
            } else if kind == .decimal, b == UInt8(ascii: "E"), count > 0 {
                let power = rest.utf8.dropFirst(i + 1)
                let digits = power.first == UInt8(ascii: "-") ? power.dropFirst() : power
                return digits.allSatisfy(\.isDigit) && !digits.isEmpty ? count : nil
            } else {
                return nil
            }
        }
        return count > 0 ? count : nil
    }

    private func isMark(_ b: UInt8) -> Bool {
        switch kind {
        case .decimal: b == UInt8(ascii: ".")
        case .numeric: b == UInt8(ascii: ".") || b == UInt8(ascii: ",")
        default: false
        }
    }
}

/// Dates and times by their digits.
enum DateShape {
    /// Formats of element 2379 that are checked, with their digits: all others may be anything.
    private static let formats: [String: (date: Int, time: Int, hasZone: Bool)] = [
        "101": (6, 0, false), "102": (8, 0, false), "203": (8, 4, false), "204": (8, 6, false), "303": (8, 4, true),
        "304": (8, 6, true),
    ]

    /// Whether an EDIFACT date is one of its format (2379); true where the format is not one of those above or either is empty.
    static func isValid(_ value: String, format: String) -> Bool {
        guard !value.isEmpty, let f = formats[format] else { return true }
        let all = value.utf8
        guard f.hasZone ? all.count > f.date + f.time : all.count == f.date + f.time else { return false }
        return isDate(String(value.prefix(f.date)))
            && (f.time == 0 || isTime(String(value.dropFirst(f.date).prefix(f.time))))
    }

    /// YYMMDD or CCYYMMDD, a day of the calendar.
    static func isDate(_ value: String) -> Bool {
        guard let d = digits(value), d.count == 6 || d.count == 8 else { return false }
        let month = d[d.count - 4] * 10 + d[d.count - 3]
        let day = d[d.count - 2] * 10 + d[d.count - 1]
        let short = d[d.count - 6] * 10 + d[d.count - 5]
        // Of a year of two digits, 00 is 2000, which was a leap year.
        let year = d.count == 8 ? (d[0] * 10 + d[1]) * 100 + short : 2000 + short
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...days[month - 1]).contains(day)
    }

    /// HHMM, HHMMSS, HHMMSSD or HHMMSSDD.
    static func isTime(_ value: String) -> Bool {
        guard let d = digits(value), d.count == 4 || (6...8).contains(d.count) else { return false }
        return d[0] * 10 + d[1] < 24 && d[2] < 6 && (d.count == 4 || d[4] < 6)
    }

    private static func digits(_ value: String) -> [Int]? {
        value.utf8.allSatisfy(\.isDigit) ? value.utf8.map { Int($0) - 0x30 } : nil
    }
}
