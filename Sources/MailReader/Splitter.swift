import Schemas

/// Parts what is new in a mail from the mails it answers or hands on.
///
/// Quotes behind `>` are history line by line, since answers may stand between them. Header blocks (Outlook) and dashed
/// separators begin history that goes to the end: such programs put the answer on top.
struct Splitter {
    let words: QuotingWords
    /// Where a forwarded mail begins, if there is one.
    private(set) var forwarded: Int?

    init(words: QuotingWords) { self.words = words }

    mutating func split(_ text: inout MailText) {
        let count = text.lines.count
        var i = 0
        while i < count {
            let raw = text.text(i)
            let bare = Splitter.unquoted(raw)
            if isForward(bare) {
                if forwarded == nil { forwarded = i + 1 }
                return quote(&text, from: i)
            }
            if raw.hasPrefix(">") {
                text.lines[i].kind = .quoted
                i += 1
                continue
            }
            if isSeparator(raw) { return quote(&text, from: i) }
            if isHeaderBlock(text, i) {
                // The rule above a block belongs to it.
                var from = i
                while from > 0, Splitter.isRule(text.text(from - 1)) || text.text(from - 1).isEmpty { from -= 1 }
                if forwarded == nil { forwarded = i }
                return quote(&text, from: from)
            }
            if let end = attributionEnd(text, i) {
                for n in i...end { text.lines[n].kind = .quoted }
                // Without marks before its lines the quote goes to the end.
                var next = end + 1
                while next < count, text.text(next).isEmpty { next += 1 }
                if next >= count || !text.text(next).hasPrefix(">") { return quote(&text, from: i) }
                i = end + 1
                continue
            }
            i += 1
        }
    }

    private func quote(_ text: inout MailText, from: Int) {
        for n in from..<text.lines.count { text.lines[n].kind = .quoted }
    }

    static func unquoted(_ line: String) -> String {
        var s = Substring(line)
        while let f = s.first, f == ">" || f == " " { s.removeFirst() }
        return String(s)
    }

    private static let dashes: Set<Character> = ["-", "_", "—", "–", "=", "*"]

    /// Nothing but dashes.
    private static func isRule(_ line: String) -> Bool { line.count >= 5 && line.allSatisfy { dashes.contains($0) } }

    private func words(between line: String) -> [String]? {
        guard line.count < 120, let f = line.first, Splitter.dashes.contains(f) else { return nil }
        return PhraseText.words(line)
    }

    private func isForward(_ line: String) -> Bool {
        if let w = words(between: line), words.forwards.contains(w) { return true }
        // Apple Mail writes it without dashes.
        return line.hasSuffix(":") && line.count < 60 && words.forwards.contains(PhraseText.words(line))
    }

    private func isSeparator(_ line: String) -> Bool {
        guard let w = words(between: line) else { return false }
        return words.separators.contains { w.starts(with: $0) && w.count <= $0.count + 8 }
    }

    /// `From: …` `*Von:* …`: the meaning of a header label at the line's beginning.
    private func header(_ line: String) -> String? {
        guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }),
            line.distance(from: line.startIndex, to: colon) <= 24
        else { return nil }
        let label = line[..<colon].filter { !"*_ \t".contains($0) || $0 == " " }.trimmed
        return words.headers[Fold.plain(label)]
    }

    /// Two or more header lines in a row, among them the sender and one other.
    private func isHeaderBlock(_ text: MailText, _ start: Int) -> Bool {
        guard header(text.text(start)) != nil else { return false }
        var seen: Set<String> = []
        var n = start
        var blanks = 0
        while n < text.lines.count, n < start + 12 {
            let line = text.text(n)
            if line.isEmpty {
                blanks += 1
                if blanks > 1 { break }
            } else if let h = header(line) {
                seen.insert(h)
            } else if blanks > 0 || n - start > 8 {
                break
            }
            n += 1
        }
        return seen.contains("from") && seen.count >= 3 || seen.isSuperset(of: ["from", "date"])
            || seen.isSuperset(of: ["from", "subject"])
    }

    /// The last line of `On … wrote:` that begins here, over up to four lines.
    private func attributionEnd(_ text: MailText, _ start: Int) -> Int? {
        let first = text.text(start)
        guard !first.isEmpty else { return nil }
        var joined = ""
        for n in start..<min(start + 4, text.lines.count) {
            let line = text.text(n)
            if n > start, line.isEmpty || line.hasPrefix(">") { return nil }
            joined += (joined.isEmpty ? "" : " ") + line
            guard joined.count < 400 else { return nil }
            guard joined.hasSuffix(":") || joined.hasSuffix("：") || joined.hasSuffix(":*") else { continue }
            return isAttribution(joined, isOneLine: n == start) ? n : nil
        }
        return nil
    }

    /// - Parameter isOneLine: a line that breaks has to begin like one, or what stands before it would be taken along.
    private func isAttribution(_ line: String, isOneLine: Bool) -> Bool {
        let w = PhraseText.words(line)
        // A date or an address has to stand in it: "she wrote:" alone may be prose.
        guard
            line.contains("@") || w.contains(where: { $0.count == 4 && $0.hasPrefix("20") })
                || w.count(where: { $0.first?.isNumber == true }) >= 2
        else { return false }
        // 26.06.2014, 14:41, "A. Lee" <lee@example.com>: says so in any language.
        if isOneLine, line.contains("@"), line.contains(">:"), hasClock(line) { return true }
        return words.attributions.contains { a in
            (a.begin.isEmpty ? isOneLine : w.starts(with: a.begin))
                && (a.end.isEmpty || w.indices.contains { w[$0...].starts(with: a.end) })
        }
    }

    private func hasClock(_ line: String) -> Bool {
        let c = Array(line.utf8)
        return c.indices.dropFirst().dropLast(2).contains { i in
            c[i] == UInt8(ascii: ":") && [i - 1, i + 1, i + 2].allSatisfy { (48...57).contains(c[$0]) }
        }
    }
}
