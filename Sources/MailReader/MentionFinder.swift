import Schemas
import Vocabulary

/// Finds everything that a sentence speaks of, surest forms first; a token belongs to one mention only.
struct MentionFinder {
    let words: MailWords
    let today: Moment?

    func find(in sentence: inout Sentence, of text: MailText) -> [Mention] {
        sentence.tokens = split(sentence.tokens)
        var search = Search(words: words, text: text, tokens: sentence.tokens)
        search.contacts()
        search.dates(DateScanner(words: words.days, today: today))
        search.amounts()
        search.labelled()
        search.formed()
        search.figures()
        return search.mentions.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }

    /// `USD65` and `300pcs` are two tokens each.
    private func split(_ tokens: [RawToken]) -> [RawToken] {
        var out: [RawToken] = []
        for (i, t) in tokens.enumerated() {
            let glued = !t.isApart && i > 0 && ["-", "/", "#", "_"].contains(tokens[i - 1].text)
            guard t.kind == .mixed, !glued, let cut = cut(t) else {
                out.append(t)
                continue
            }
            var a = t
            var b = t
            a.text = String(t.text.prefix(cut))
            a.range = t.range.lowerBound..<t.range.lowerBound + cut
            a.kind = a.digits > 0 ? .digits : .word
            b.text = String(t.text.dropFirst(cut))
            b.range = t.range.lowerBound + cut..<t.range.upperBound
            b.kind = b.digits > 0 ? .digits : .word
            b.isApart = false
            out += [a, b]
        }
        return out
    }

    private func cut(_ t: RawToken) -> Int? {
        guard t.text.count == t.range.count else { return nil }
        let first = t.text.prefix { $0.isNumber }
        let rest = t.text.dropFirst(first.count)
        if !first.isEmpty {
            guard rest.allSatisfy(\.isLetter), words.units[String(rest)] != nil || words.currencies[String(rest)] != nil
            else { return nil }
            return first.count
        }
        let letters = t.text.prefix { $0.isLetter }
        guard words.currencies[String(letters)] != nil, t.text.dropFirst(letters.count).allSatisfy(\.isNumber) else {
            return nil
        }
        return letters.count
    }
}

/// The search in one sentence.
private struct Search {
    let words: MailWords
    let text: MailText
    let t: [RawToken]
    var taken: [Bool]
    var mentions: [Mention] = []
    let scanner: ReferenceScanner

    init(words: MailWords, text: MailText, tokens: [RawToken]) {
        self.words = words
        self.text = text
        t = tokens
        taken = Array(repeating: false, count: tokens.count)
        scanner = ReferenceScanner(words: words.references, units: words.units)
    }

    private mutating func add(_ what: Mention.What, _ tokens: Range<Int>) {
        guard !tokens.isEmpty else { return }
        for i in tokens { taken[i] = true }
        let range =
            t[tokens.lowerBound].range
            .lowerBound..<max(t[tokens.upperBound - 1].range.upperBound, t[tokens.lowerBound].range.upperBound)
        mentions.append(Mention(what: what, tokens: tokens, range: range, raw: text.string(range)))
    }

    /// Addresses of mail and web, telephone numbers, times of day, percentages.
    mutating func contacts() {
        var i = 0
        while i < t.count {
            var end = i + 1
            while end < t.count, !t[end].isApart, t[end - 1].range.upperBound == t[end].range.lowerBound { end += 1 }
            let run = t[i..<end]
            if run.contains(where: { $0.text == "@" }) || run.first?.text == "www" || run.first?.text == "http"
                || run.first?.text == "https"
            {
                add(.nothing, i..<end)
            }
            i = end
        }
        for i in t.indices where !taken[i] {
            if t[i].text == "+", i + 1 < t.count, t[i + 1].kind == .digits, !t[i + 1].isApart, t[i].isApart || i == 0 {
                var end = i + 2
                while end < t.count, t[end].kind == .digits || ["(", ")", "-", "/", "."].contains(t[end].text) {
                    end += 1
                }
                if t[i..<end].reduce(0, { $0 + $1.digits }) >= 8 { add(.nothing, i..<end) }
            } else if t[i].kind == .digits, i + 2 < t.count, t[i + 1].text == ":", !t[i + 1].isApart,
                t[i + 2].kind == .digits, !t[i + 2].isApart,
                t[i].text.count <= 2, t[i + 2].text.count == 2
            {
                add(.nothing, i..<i + 3)
            } else if t[i].kind == .digits, i + 1 < t.count, t[i + 1].text == "%" {
                add(.nothing, i..<i + 2)
            }
        }
    }

    mutating func dates(_ dates: DateScanner) {
        var i = 0
        while i < t.count {
            if !taken[i], let f = dates.find(t, i), !taken[i..<f.end].contains(true) {
                add(.date(f.date), i..<f.end)
                i = f.end
            } else {
                i += 1
            }
        }
    }

    mutating func amounts() {
        for i in t.indices where !taken[i] && t[i].kind == .digits {
            guard let (value, end) = Figures.find(t, i), !taken[i..<end].contains(true) else { continue }
            if i > 0, !t[i].isApart, t[i - 1].text == "-" || t[i - 1].kind == .mixed { continue }
            if i > 0, !taken[i - 1], let c = words.currencies[t[i - 1].text] {
                add(.amount(value, currency: c), i - 1..<end)
            } else if end < t.count, !taken[end], let c = words.currencies[t[end].text], t[end].line == t[i].line {
                add(.amount(value, currency: c), i..<end + 1)
            }
        }
    }

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
        let values = Search.list(value)
        let behind = line(c.end)
        for v in values.numbers {
            add(.reference(kind: kind, value: v, line: values.line ?? behind, isLabelled: true), c.start..<c.end)
        }
    }

    private func hasFigure(before i: Int) -> Bool { t[..<i].contains { $0.kind == .digits } }

    func written(_ r: Range<Int>) -> String {
        text.string(t[r.lowerBound].range.lowerBound..<t[r.upperBound - 1].range.upperBound).uppercased()
    }

    /// `4500012345/46` names two numbers, `4500012345/20` and `4500012345/00020` a line of one: what stands behind the
    /// slash goes on counting, or it does not.
    private static func list(_ value: String) -> (numbers: [String], line: String?) {
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
    private func line(_ from: Int) -> String? {
        var i = from
        while i < t.count, [",", "/", "-", "(", "."].contains(t[i].text) { i += 1 }
        guard i < t.count, words.references.lines.contains(t[i].text) else { return nil }
        i = scanner.skip(t, i + 1)
        guard i < t.count, t[i].kind == .digits, t[i].text.count <= 6 else { return nil }
        return t[i].text
    }

    /// Numbers that show by their form what they are, without a label.
    mutating func formed() {
        for i in t.indices
        where !taken[i] && t[i].digits + (i + 2 < t.count ? t[i + 1].digits + t[i + 2].digits : 0) > 0 {
            guard i == 0 || t[i].isApart || !t[i - 1].isAlnum || t[i - 1].range.upperBound != t[i].range.lowerBound,
                let c = scanner.chunk(t, i, taken: taken), c.digits >= 3
            else { continue }
            let whole = scanner.joined(t, c, taken: taken)
            var value = written(whole.start..<whole.end)
            if let kind = scanner.kind(ofForm: value) {
                if let hash = value.lastIndex(of: "#") { value = String(value[value.index(after: hash)...]) }
                add(
                    .reference(kind: kind, value: value, line: line(whole.end), isLabelled: true),
                    whole.start..<whole.end)
            }
        }
    }

    /// What is left: numbers of business without a label, articles in brackets, figures with and without a unit.
    mutating func figures() {
        var i = 0
        while i < t.count {
            guard !taken[i], let c = scanner.chunk(t, i, taken: taken), c.digits > 0 else {
                i += 1
                continue
            }
            let whole = scanner.joined(t, c, taken: taken)
            let value = written(whole.start..<whole.end)
            let isGrouped = whole.end > c.end
            if looksDialled(i, whole) {
                add(.nothing, whole.start..<whole.end)
            } else if i > 0, t[i - 1].text == "(", whole.end < t.count, t[whole.end].text == ")", whole.letters > 0,
                whole.digits >= 2, hasFigure(before: i)
            {
                add(.part("seller-part", value: value), whole.start..<whole.end)
            } else if (!isGrouped || whole.letters == 0 && t[whole.start].text.count >= 5),
                scanner.standsAlone(whole, t, written: value), !isQuantity(whole.end)
            {
                if value.contains("/"), whole.letters == 0 {
                    let l = Search.list(value)
                    for v in l.numbers {
                        add(
                            .reference(kind: "other", value: v, line: l.line, isLabelled: false),
                            whole.start..<whole.end)
                    }
                } else {
                    add(
                        .reference(kind: "other", value: value, line: line(whole.end), isLabelled: false),
                        whole.start..<whole.end)
                }
            } else if t[i].kind == .digits, let (n, end) = Figures.find(t, i), !taken[i..<end].contains(true),
                isFree(end)
            {
                var last = end
                // 300 of them: a unit may stand one word on (300 more pcs).
                let unit = last < t.count ? words.units[t[last].text] : nil
                if unit != nil { last += 1 }
                add(.number(n, unit: unit), i..<last)
                i = last
                continue
            }
            i = max(c.end, i + 1)
        }
    }

    /// 0221 5567788, 0221-5567788: an area code with its zero, and a number behind it.
    private func looksDialled(_ i: Int, _ c: ReferenceScanner.Chunk) -> Bool {
        func isCode(_ t: RawToken) -> Bool {
            t.kind == .digits && t.text.first == "0" && (3...5).contains(t.text.count)
        }
        let groups = t[c.start..<c.end].filter(\.isAlnum)
        guard groups.allSatisfy({ $0.kind == .digits }) else { return false }
        if groups.count > 1, isCode(groups[0]), groups[1].text.count >= 4 { return true }
        return i > 0 && isCode(t[i - 1]) && groups[0].text.count >= 5
    }

    private func isQuantity(_ end: Int) -> Bool { end < t.count && words.units[t[end].text] != nil }

    /// Not glued to a word behind it: 3-pack, 20x30.
    private func isFree(_ end: Int) -> Bool {
        guard end < t.count, !t[end].isApart else { return true }
        if t[end].isAlnum { return words.units[t[end].text] != nil }
        return !(["-", "/"].contains(t[end].text) && end + 1 < t.count && t[end + 1].isAlnum && !t[end + 1].isApart)
    }
}
