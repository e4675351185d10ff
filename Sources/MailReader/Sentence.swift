import Schemas

/// A sentence, a line of a list, or a row of a table with its column heads put before the cells.
struct Sentence {
    var tokens: [RawToken]
    /// In Unicode scalars of the text it stands in.
    var range: Range<Int>
    var isQuestion = false
    var isSubject = false
}

/// Cuts the news of a text into sentences.
struct SentenceCutter {
    let words: MailWords

    func sentences(of text: MailText) -> [Sentence] {
        var out: [Sentence] = []
        var paragraph: [Int] = []
        var head: [[RawToken]]?
        for n in text.lines.indices {
            let isNews = text.lines[n].kind == .news
            let line = isNews ? text.string(text.lines[n].range) : ""
            let cells = line.contains("\t") ? self.cells(text, n) : []
            if cells.count >= 3 {
                flush(&paragraph, text, &out)
                if let h = head, h.count == cells.count {
                    out.append(row(h, cells, text.lines[n].range))
                } else if cells.allSatisfy({ $0.allSatisfy { $0.digits == 0 } }) {
                    head = cells
                } else {
                    out.append(row([], cells, text.lines[n].range))
                }
                continue
            }
            if line.trimmed.isEmpty {
                flush(&paragraph, text, &out)
                if !line.isEmpty || !isNews { head = nil }
                continue
            }
            head = nil
            if let last = paragraph.last, !goesOn(text, last, n) { flush(&paragraph, text, &out) }
            paragraph.append(n)
        }
        flush(&paragraph, text, &out)
        return out
    }

    /// One sentence, whatever marks are in it.
    func subject(_ text: MailText) -> Sentence {
        let tokens = Tokens.cut(text, lines: Array(text.lines.indices))
        return Sentence(
            tokens: tokens, range: 0..<text.scalars.count, isQuestion: text.scalars.last == "?", isSubject: true)
    }

    private func cells(_ text: MailText, _ n: Int) -> [[RawToken]] {
        var out: [[RawToken]] = [[]]
        var at = text.lines[n].range.lowerBound
        for t in Tokens.cut(text, lines: [n]) {
            while at < t.range.lowerBound {
                if text.scalars[at] == "\t" { out.append([]) }
                at += 1
            }
            out[out.count - 1].append(t)
            at = t.range.upperBound
        }
        while at < text.lines[n].range.upperBound {
            if text.scalars[at] == "\t" { out.append([]) }
            at += 1
        }
        return out
    }

    private func row(_ head: [[RawToken]], _ cells: [[RawToken]], _ range: Range<Int>) -> Sentence {
        var tokens: [RawToken] = []
        for (i, c) in cells.enumerated() where !c.isEmpty {
            if i < head.count, let last = head[i].last {
                tokens += head[i]
                tokens.append(
                    RawToken(
                        kind: .mark, text: ":", range: last.range.upperBound..<last.range.upperBound, isApart: true,
                        line: c[0].line))
            }
            tokens += c
            if let last = c.last {
                tokens.append(
                    RawToken(
                        kind: .mark, text: ";", range: last.range.upperBound..<last.range.upperBound, isApart: true,
                        line: last.line))
            }
        }
        return Sentence(tokens: tokens, range: range)
    }

    /// Whether a line was only broken for its length: it is long, and the next begins in the middle of a sentence.
    private func goesOn(_ text: MailText, _ last: Int, _ next: Int) -> Bool {
        if text.lines[last].flows { return true }
        let a = text.text(last)
        let b = text.text(next)
        guard a.count >= 45, let f = b.first, let end = a.last, !".:;!?".contains(end) else { return false }
        if let colon = b.firstIndex(of: ":"), b.distance(from: b.startIndex, to: colon) <= 25 { return false }
        return f.isLowercase || f.isNumber || f == "("
    }

    private func flush(_ paragraph: inout [Int], _ text: MailText, _ out: inout [Sentence]) {
        defer { paragraph = [] }
        guard !paragraph.isEmpty else { return }
        var current: [RawToken] = []
        let tokens = Tokens.cut(text, lines: paragraph)
        for (i, t) in tokens.enumerated() {
            current.append(t)
            if ends(tokens, i, text) { close(&current, &out) }
        }
        close(&current, &out)
    }

    private func close(_ tokens: inout [RawToken], _ out: inout [Sentence]) {
        defer { tokens = [] }
        guard tokens.contains(where: \.isAlnum), let f = tokens.first, let l = tokens.last else { return }
        out.append(
            Sentence(tokens: tokens, range: f.range.lowerBound..<l.range.upperBound, isQuestion: l.text == "?"))
    }

    private func ends(_ t: [RawToken], _ i: Int, _ text: MailText) -> Bool {
        guard t[i].kind == .mark else { return false }
        let isLast = i + 1 == t.count
        switch t[i].text {
        case "?", "!": return isLast || t[i + 1].kind != .mark
        case ".":
            guard isLast || t[i + 1].isApart else { return false }
            guard i > 0, !t[i].isApart, !isLast else { return true }
            let before = t[i - 1]
            if words.abbreviations.contains(before.text) { return false }
            // A.m., z.B.: single letters.
            if before.kind == .word, before.text.count == 1, before.text != "i" { return false }
            // 14. März, 3. 4. 2026, Nr. 5.
            if before.kind == .digits, before.text.count <= 2 {
                if text.scalars[t[i + 1].range.lowerBound].properties.isLowercase { return false }
                return !(t[i + 1].kind == .digits || words.days.names.months[t[i + 1].text] != nil)
            }
            return true
        default: return false
        }
    }
}
