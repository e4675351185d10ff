import Schemas
import Vocabulary

/// Finds numbers of business in a sentence: those behind a label, those whose form says what they are, and those that
/// can be nothing else.
struct ReferenceScanner {
    let words: ReferenceWords
    let units: [String: String]

    struct Chunk {
        var start: Int
        var end: Int
        var digits: Int
        var letters: Int
    }

    /// Letters and digits with `-` `/` `_` `.` `#` between them and no blank.
    func chunk(_ t: [RawToken], _ start: Int, taken: [Bool]) -> Chunk? {
        guard start < t.count, t[start].isAlnum, !taken[start] else { return nil }
        var end = start + 1
        while end < t.count, !t[end].isApart, t[end - 1].range.upperBound == t[end].range.lowerBound, !taken[end] {
            if t[end].isAlnum {
                end += 1
            } else if ["-", "/", "_", ".", "#"].contains(t[end].text), end + 1 < t.count, t[end + 1].isAlnum,
                !t[end + 1].isApart,
                !taken[end + 1]
            {
                end += 2
            } else {
                break
            }
        }
        return Chunk(
            start: start, end: end, digits: t[start..<end].reduce(0) { $0 + $1.digits },
            letters: t[start..<end].reduce(0) { $0 + ($1.isAlnum ? $1.text.utf8.count - $1.digits : 0) })
    }

    /// The longest label that begins at a token, and the index behind it. Points, dashes and slashes in it do not count:
    /// `P.O.`, `B/L`, `Ref-Nr`.
    func label(_ t: [RawToken], _ i: Int) -> (label: ReferenceWords.Label, end: Int)? {
        guard t[i].isAlnum, let candidates = words.labels[t[i].text] else { return nil }
        for l in candidates {
            var at = i + 1
            var fits = true
            for w in l.words.dropFirst() {
                while at < t.count, t[at].kind == .mark, [".", "/", "-", "'", "’"].contains(t[at].text), !t[at].isApart
                { at += 1 }
                guard at < t.count, t[at].isAlnum, t[at].text == w else {
                    fits = false
                    break
                }
                at += 1
            }
            if fits { return (l, at) }
        }
        return nil
    }

    /// Marks and words between a label and its number.
    func skip(_ t: [RawToken], _ from: Int) -> Int {
        var i = from
        var marks = 0
        while i < t.count, marks < 5 {
            if t[i].kind == .mark
                ? "#:.-–=(['\"*<>|„“”«»,".contains(t[i].text) && (t[i].text != "," || i > from)
                : words.fillers.contains(t[i].text)
            {
                i += 1
                marks += 1
            } else {
                break
            }
        }
        return i
    }

    /// A second group that belongs to the number: `450001 0253`, `CMR124 4321`. A short figure with a unit or noun of
    /// quantity behind it does not.
    func joined(_ t: [RawToken], _ c: Chunk, taken: [Bool]) -> Chunk {
        guard c.digits < 8, c.end < t.count, !taken[c.end], t[c.end].kind == .digits,
            (3...6).contains(t[c.end].text.count),
            t[c.end].isApart, t[c.end].line == t[c.end - 1].line, c.digits >= 3, c.digits + t[c.end].digits >= 7,
            t[c.end].range.lowerBound - t[c.end - 1].range.upperBound == 1
        else { return c }
        if c.end + 1 < t.count, t[c.end + 1].isApart, units[t[c.end + 1].text] != nil { return c }
        if c.end + 1 < t.count, !t[c.end + 1].isApart,
            t[c.end + 1].isAlnum
                || ["/", ":"].contains(t[c.end + 1].text) && c.end + 2 < t.count && t[c.end + 2].isAlnum
                    && !t[c.end + 2].isApart
        {
            return c
        }
        var out = c
        out.end += 1
        out.digits += t[c.end].digits
        return out
    }

    /// What the form of a value says of its kind: check characters first, then the letters it begins with.
    func kind(ofForm value: String) -> String? {
        let strict = NormalForm.strict(value)
        if CheckDigit.mrn(strict) { return "mrn" }
        if CheckDigit.container(strict) { return "container" }
        for p in words.prefixes where strict.hasPrefix(p.letters) {
            let rest = strict.dropFirst(p.letters.count)
            if rest.count(where: \.isNumber) >= 4, rest.first?.isNumber == true { return p.kind }
        }
        return nil
    }

    /// Whether what stands behind a label can be its number.
    func fits(_ c: Chunk, label: ReferenceWords.Label, _ t: [RawToken]) -> Bool {
        guard c.digits >= (label.isWeak ? 4 : 3), c.digits + c.letters <= 35 else { return false }
        // Words that hold a figure: 3rd, 40ft, 500kg.
        if c.end == c.start + 1, t[c.start].kind == .mixed, t[c.start].text.first?.isNumber == true,
            units[String(t[c.start].text.drop { $0.isNumber })] != nil
        {
            return false
        }
        // A year is no number behind a common word.
        if label.isWeak, c.letters == 0, c.end == c.start + 1, let n = Int(t[c.start].text), (1990...2099).contains(n) {
            return false
        }
        return true
    }

    /// Whether a number without a label looks like one of business and like nothing else.
    func standsAlone(_ c: Chunk, _ t: [RawToken], written: String) -> Bool {
        guard !written.contains("."), !written.contains("_") else { return false }
        if c.letters == 0 {
            let groups = t[c.start..<c.end].filter(\.isAlnum).map(\.text.count)
            guard c.digits >= (groups.count == 1 ? 7 : 8), c.digits <= 20, let longest = groups.max() else {
                return false
            }
            return longest >= 5
        }
        guard written == written.uppercased(), c.digits >= 6, c.digits + c.letters <= 25 else { return false }
        return c.letters <= 12
    }
}
