import Vocabulary

/// Reads figures with their marks: 1,250.00 · 1.250,00 · 1 250 · 1'250.5 · 120,-.
enum Figures {
    /// The figure that begins at a token, and the index behind it.
    static func find(_ t: [RawToken], _ i: Int) -> (value: Exact, end: Int)? {
        guard t[i].kind == .digits else { return nil }
        var groups = [t[i].text]
        var marks: [String] = []
        var end = i + 1
        while end + 1 < t.count, t[end].kind == .mark, !t[end].isApart, [".", ",", "'"].contains(t[end].text),
            t[end + 1].kind == .digits, !t[end + 1].isApart
        {
            marks.append(t[end].text)
            groups.append(t[end + 1].text)
            end += 2
        }
        // 18 127,76: blanks between groups of three.
        if marks.isEmpty, groups[0].count <= 3 {
            while end < t.count, t[end].kind == .digits, t[end].text.count == 3, t[end].isApart,
                t[end].line == t[i].line,
                t[end].range.lowerBound - t[end - 1].range.upperBound == 1
            {
                groups[0] += t[end].text
                end += 1
            }
            if end > i + 1, end + 1 < t.count, [",", "."].contains(t[end].text), !t[end].isApart,
                t[end + 1].kind == .digits,
                t[end + 1].text.count <= 2, !t[end + 1].isApart
            {
                marks.append(t[end].text)
                groups.append(t[end + 1].text)
                end += 2
            }
        }
        guard let value = exact(groups, marks) else { return nil }
        // 120,- and 120.--
        if end + 1 < t.count, [",", "."].contains(t[end].text), !t[end].isApart, ["-", "–"].contains(t[end + 1].text),
            !t[end + 1].isApart
        {
            end += 2
            if end < t.count, t[end].text == "-", !t[end].isApart { end += 1 }
        }
        return (value, end)
    }

    private static func exact(_ groups: [String], _ marks: [String]) -> Exact? {
        guard let last = marks.last else { return Exact(groups[0]) }
        let tail = groups[groups.count - 1]
        let same = marks.count { $0 == last }
        // A mark that stands once, as the last one, with other than three digits behind it, is the decimal mark; three digits
        // behind the only mark are thousands, as is every mark that stands twice.
        let isDecimal = last != "'" && same == 1 && (tail.count != 3 || marks.count > 1)
        if isDecimal { return Exact(groups.dropLast().joined() + "." + tail) }
        guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return Exact(groups.joined())
    }
}
