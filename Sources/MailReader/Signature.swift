import Schemas

/// Splits signatures and legal notices off the news: their dates and numbers say nothing about goods.
struct Signature {
    let words: QuotingWords

    func split(_ text: inout MailText) {
        var start = 0
        while start < text.lines.count {
            guard text.lines[start].kind == .news else {
                start += 1
                continue
            }
            var end = start
            while end < text.lines.count, text.lines[end].kind == .news { end += 1 }
            split(&text, start..<end)
            start = end
        }
    }

    private func split(_ text: inout MailText, _ block: Range<Int>) {
        markNotices(&text, block)
        for n in block where text.lines[n].kind == .news {
            let line = text.text(n)
            if line.isEmpty { continue }
            // RFC 3676, section 4.3; many programs lose the blank behind the dashes.
            if line == "--" || line == "—" || isDevice(line) || isFooterRule(text, n, block.upperBound) {
                return mark(&text, n..<block.upperBound)
            }
            let hasNewsBefore = (block.lowerBound..<n).contains { text.text($0).contains(where: \.isLetter) }
            if let weak = closing(line), isTail(text, (n + 1)..<block.upperBound, weak: weak, first: !hasNewsBefore) {
                return mark(&text, n..<block.upperBound)
            }
        }
        markContacts(&text, block)
    }

    private func mark(_ text: inout MailText, _ lines: Range<Int>) {
        for n in lines where text.lines[n].kind == .news { text.lines[n].kind = .signature }
    }

    /// False for words that only ever close a mail, true for those that also open sentences; nil for neither.
    private func closing(_ line: String) -> Bool? {
        let w = PhraseText.words(line)
        guard w.count <= 8, !line.hasSuffix("?") else { return nil }
        func fits(_ phrases: [[String]], extra: Int) -> Bool {
            phrases.contains { w.starts(with: $0) && w.count <= $0.count + extra }
        }
        if fits(words.closings, extra: 4) { return false }
        return fits(words.thanks, extra: 3) ? true : nil
    }

    /// Whether what follows a closing looks like a signature: few and short lines without a sentence.
    private func isTail(_ text: MailText, _ rest: Range<Int>, weak: Bool, first: Bool) -> Bool {
        let lines = rest.filter { text.lines[$0].kind == .news }.map { text.text($0) }.filter { !$0.isEmpty }
        if weak, lines.isEmpty { return true }
        if first, lines.count > 8 { return false }
        let most = weak ? 8 : 25
        guard lines.count <= most else { return false }
        return lines.prefix(weak ? 2 : 6).allSatisfy { l in
            let w = PhraseText.words(l)
            let isContact = l.contains("@") || w.contains { words.contacts.contains($0) } || l.contains("|")
            return isContact || (w.count <= (weak ? 4 : 10) && !(l.hasSuffix(".") && w.count > 4) && !l.hasSuffix("?"))
        }
    }

    /// Underscores above what a mailing list adds: few lines, one of them an address.
    private func isFooterRule(_ text: MailText, _ n: Int, _ end: Int) -> Bool {
        let line = text.text(n)
        guard line.count >= 2, line.allSatisfy({ $0 == "_" }) else { return false }
        let rest = ((n + 1)..<end).map { text.text($0) }.filter { !$0.isEmpty }
        return rest.count <= 8 && rest.contains { $0.contains("@") || $0.contains("://") }
    }

    private func isDevice(_ line: String) -> Bool {
        let w = PhraseText.words(line)
        return words.devices.contains { w.starts(with: $0) && w.count <= $0.count + 6 }
    }

    /// Paragraphs that hold the words of a notice, with what follows them in the same paragraph.
    private func markNotices(_ text: inout MailText, _ block: Range<Int>) {
        var n = block.lowerBound
        while n < block.upperBound {
            var end = n
            while end < block.upperBound, !text.text(end).isEmpty { end += 1 }
            var words: [String] = []
            var starts: [Int] = []
            for l in n..<end {
                starts.append(words.count)
                words += PhraseText.words(text.text(l))
            }
            if let hit = firstNotice(words), let line = starts.lastIndex(where: { $0 <= hit }) {
                // In prose the notice begins with its paragraph; below a name with its own line.
                let from = end - n > 1 && text.text(n).count < 60 ? n + line : n
                for l in from..<end { text.lines[l].kind = .notice }
            }
            n = end + 1
        }
    }

    private func firstNotice(_ w: [String]) -> Int? {
        w.indices.first { i in words.notices.contains { w[i...].starts(with: $0) } }
    }

    /// Without a closing: the last paragraph from its first line with a telephone, address or web page on.
    private func markContacts(_ text: inout MailText, _ block: Range<Int>) {
        guard let last = block.last(where: { text.lines[$0].kind == .news && !text.text($0).isEmpty }) else { return }
        var first = last
        while first > block.lowerBound, text.lines[first - 1].kind == .news, !text.text(first - 1).isEmpty {
            first -= 1
        }
        guard first > block.lowerBound else { return }
        let contacts = (first...last).filter { n in
            let line = text.text(n)
            let w = PhraseText.words(line)
            return w.count <= 14
                && (w.contains { words.contacts.contains($0) } && line.contains(where: \.isNumber)
                    || line.contains("www."))
        }
        guard let c = contacts.first else { return }
        // Name and company above the first of them belong to it where they are short.
        var from = c
        while from > first, PhraseText.words(text.text(from - 1)).count <= 6, !text.text(from - 1).hasSuffix(".") {
            from -= 1
        }
        mark(&text, from..<(last + 1))
    }
}
