import Schemas
import Vocabulary

/// The search in one sentence.
struct MentionSearch {
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

    mutating func add(_ what: Mention.What, _ tokens: Range<Int>) {
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
                    let l = MentionSearch.list(value)
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
