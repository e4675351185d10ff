import Schemas
import Vocabulary

/// Numbers behind labels.
extension MentionSearch {
    mutating func labelled() {
        var i = 0
        while i < t.count {
            guard !taken[i], let (label, end) = scanner.label(t, i) else {
                i += 1
                continue
            }
            var at = scanner.skip(t, end)
            // A label before a label: PO PO#4500010406, order no. of the invoice; the last one counts.
            if at < t.count, !taken[at], t[at].digits == 0, scanner.label(t, at) != nil, label.kind != nil {
                i = max(at, i + 1)
                continue
            }
            if label.kind == nil, label.term == nil {
                mask(from: at)
                i = max(end, i + 1)
                continue
            }
            var isFirst = true
            while let c = scanner.chunk(t, at, taken: taken),
                scanner.fits(scanner.joined(t, c, taken: taken), label: label, t)
            {
                let whole = scanner.joined(t, c, taken: taken)
                if !isFirst, !isAlike(whole.start..<whole.end, to: mentions.last?.tokens ?? 0..<0) { break }
                take(whole, label: label, opensBracket: i > 0 && t[i - 1].text == "(")
                isFirst = false
                // Lists: 4500012345, 4500012346 and 4500012347.
                at = whole.end
                guard at < t.count,
                    [",", ";", "/", "&", "+"].contains(t[at].text) || words.references.joiners.contains(t[at].text)
                else { break }
                at += 1
                if at < t.count, words.references.joiners.contains(t[at].text) { at += 1 }
            }
            i = max(at, i + 1)
        }
    }

    /// The figures behind a label of something that is no number of business.
    private mutating func mask(from start: Int) {
        var end = start
        var groups = 0
        while end < t.count, !taken[end], groups < 6 {
            if t[end].digits > 0
                || (groups == 0 && t[end].kind == .word && t[end].text.count <= 3 && end + 1 < t.count
                    && t[end + 1].digits > 0)
            {
                groups += 1
            } else if !["(", ")", "-", "/", ".", "+"].contains(t[end].text) {
                break
            }
            end += 1
        }
        if groups > 0 { add(.nothing, start..<end) }
    }

    private func isAlike(_ a: Range<Int>, to b: Range<Int>) -> Bool {
        func form(_ r: Range<Int>) -> (Int, Int) {
            (t[r].reduce(0) { $0 + $1.digits }, t[r].reduce(0) { $0 + ($1.isAlnum ? $1.text.count - $1.digits : 0) })
        }
        return form(a).0 == form(b).0 && form(a).1 == form(b).1
    }

    private mutating func take(_ c: ReferenceScanner.Chunk, label: ReferenceWords.Label, opensBracket: Bool) {
        if let term = label.term { return add(.part(term, value: written(c.start..<c.end)), c.start..<c.end) }
        guard var kind = label.kind else { return }
        // (our ref IT-97268) behind an article is its number.
        if kind == "other", opensBracket, hasFigure(before: c.start) {
            return add(.part("seller-part", value: written(c.start..<c.end)), c.start..<c.end)
        }
        var value = written(c.start..<c.end)
        if let hash = value.lastIndex(of: "#") { value = String(value[value.index(after: hash)...]) }
        if let form = scanner.kind(ofForm: value), form == "mrn" || form == "container" || label.isWeak { kind = form }
        let values = MentionSearch.list(value)
        let behind = line(c.end)
        for v in values.numbers {
            add(.reference(kind: kind, value: v, line: values.line ?? behind, isLabelled: true), c.start..<c.end)
        }
    }

    func hasFigure(before i: Int) -> Bool { t[..<i].contains { $0.kind == .digits } }

    func written(_ r: Range<Int>) -> String {
        text.string(t[r.lowerBound].range.lowerBound..<t[r.upperBound - 1].range.upperBound).uppercased()
    }

    /// `4500012345/46` names two numbers, `4500012345/20` and `4500012345/00020` a line of one: what stands behind the
    /// slash goes on counting, or it does not.
    static func list(_ value: String) -> (numbers: [String], line: String?) {
        let parts = value.split(separator: "/").map(String.init)
        guard parts.count >= 2, parts[0].count >= 6, parts.allSatisfy({ $0.allSatisfy(\.isNumber) }) else {
            return ([value], nil)
        }
        var numbers = [parts[0]]
        for p in parts.dropFirst() {
            let last = numbers[numbers.count - 1]
            if p.count == last.count {
                numbers.append(p)
                continue
            }
            guard p.count <= 4, p.count < last.count, let tail = Int(last.suffix(p.count)), let n = Int(p), n > tail,
                n - tail < 10
            else {
                return parts.count == 2 && p.count <= 6 ? ([parts[0]], p) : ([value], nil)
            }
            numbers.append(last.dropLast(p.count) + p)
        }
        return (numbers, nil)
    }

    /// `pos. 20`, `line 3` behind a number.
    func line(_ from: Int) -> String? {
        var i = from
        while i < t.count, [",", "/", "-", "(", "."].contains(t[i].text) { i += 1 }
        guard i < t.count, words.references.lines.contains(t[i].text) else { return nil }
        i = scanner.skip(t, i + 1)
        guard i < t.count, t[i].kind == .digits, t[i].text.count <= 6 else { return nil }
        return t[i].text
    }
}
