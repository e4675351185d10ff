import Vocabulary

/// The Date header (RFC 5322, section 3.3), with the obsolete forms and the liberties of real mail programs.
enum MailDate {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    /// Section 4.3; other letters say nothing.
    private static let zones = [
        "ut": 0, "gmt": 0, "utc": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
        "mdt": -360,
        "pst": -480, "pdt": -420, "cet": 60, "cest": 120, "bst": 60,
    ]

    static func moment(_ header: String) -> Moment? {
        var text = ""
        var depth = 0
        for c in header.prefix(200) {
            if c == "(" {
                depth += 1
            } else if c == ")" {
                depth = max(0, depth - 1)
            } else if depth == 0 {
                text.append(c)
            }
        }
        if let m = Moment(iso: text.filter { !$0.isWhitespace || $0 == " " }.trimmed) { return m }
        var day: Int?
        var month: Int?
        var year: Int?
        var clock: (Int, Int, Int)?
        var offset: Int?
        // 10-Mar-2026 has hyphens in it; the one of -0500 stands behind a blank and is a sign.
        var plain = ""
        for c in text { plain.append(c == "-" && plain.last.map { $0.isLetter || $0.isNumber } == true ? " " : c) }
        for word in plain.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
            let w = word.lowercased()
            if w.contains(":"), clock == nil {
                let p = w.split(separator: ":").map { Int($0) ?? -1 }
                guard p.count >= 2, p.allSatisfy({ $0 >= 0 }) else { return nil }
                clock = (p[0], p[1], p.count > 2 ? p[2] : 0)
            } else if clock != nil, w.first == "+" || w.first == "-", let n = Int(w.dropFirst()), w.count == 5 {
                offset = (n / 100 * 60 + n % 100) * (w.first == "-" ? -1 : 1)
            } else if clock != nil, let z = zones[w], offset == nil {
                offset = z
            } else if let m = months.firstIndex(of: String(w.prefix(3))), month == nil {
                month = m + 1
            } else if let n = Int(w) {
                if day == nil, n <= 31 {
                    day = n
                } else if year == nil {
                    year = n < 50 ? 2000 + n : n < 1000 ? 1900 + n : n
                }
            }
        }
        guard let day, let month, let year else { return nil }
        guard let clock else { return Moment(year: year, month: month, day: day) }
        // An offset of more than 14 hours is a fault; the time stays, without a zone.
        let zone = offset.flatMap { abs($0) <= 840 ? $0 : nil }
        return Moment(
            year: year, month: month, day: day, hour: clock.0, minute: clock.1, second: clock.2, offset: zone)
            ?? Moment(year: year, month: month, day: day)
    }
}

extension StringProtocol {
    var trimmed: String {
        var s = self[...]
        while let f = s.first, f.isWhitespace { s = s.dropFirst() }
        while let l = s.last, l.isWhitespace { s = s.dropLast() }
        return String(s)
    }
}

enum Text {
    /// Decoded headers may hold line breaks and control characters (RFC 2047, section 7 warns of it).
    static func oneLine(_ s: String) -> String {
        var out = ""
        for u in s.unicodeScalars { out.unicodeScalars.append(u.value < 0x20 || u.value == 0x7F ? " " : u) }
        return out.trimmed
    }
}
