import Vocabulary

extension Formats {
    /// How far the search for a document behind other text goes before the whole is taken for that other text.
    private static let window = 4096

    /// Tells by its content what a file is; its name counts for nothing.
    ///
    /// What stands at the very start comes first; then an EDI interchange, XML or PDF behind transfer headers or a few lines
    /// of something else; then, where nothing else fits, an interchange anywhere in the text.
    package func identify(_ bytes: [UInt8]) -> FormatGuess {
        identify(bytes, nested: false)
    }

    private func identify(_ bytes: [UInt8], nested: Bool) -> FormatGuess {
        let head = Array(bytes.prefix(Formats.window))
        if let e = entries.first(where: { $0.signatures.contains { $0.fits(head) } }) { return guess(e) }
        if let text = UTF16Text.decoded(bytes: head) {
            var inner = identify(text, nested: nested)
            inner.start = 0
            inner.wide = inner.route == .edi || inner.route == .mail
            return inner
        }
        let start = Formats.textStart(head)
        let text = head[start...]
        if EDIStart.isLive(text, strict: false) { return FormatGuess(route: .edi, name: "EDI interchange") }
        let low = lowered(Array(text))
        if let e = entries.first(where: { e in
            e.begins.contains { low.starts(with: $0) }
                && (e.contains.isEmpty || e.contains.contains { low.firstPlace(of: $0) != nil })
        }) {
            return guess(e)
        }
        if Formats.isXML(text) { return FormatGuess(route: .xml, name: "XML") }
        if mail.isMail(text) { return FormatGuess(route: .mail, name: "e-mail") }
        return embedded(bytes, head: head, textStart: start, nested: nested)
    }

    /// What stands behind other text: transfer headers, a line of a vendor's, a log.
    private func embedded(_ bytes: [UInt8], head: [UInt8], textStart: Int, nested: Bool) -> FormatGuess {
        if EDIStart.first(in: head[textStart...]) != nil { return FormatGuess(route: .edi, name: "EDI interchange") }
        if let at = head.prefix(1024 + 5).firstPlace(of: Array("%PDF-".utf8)) {
            return FormatGuess(route: .pdf, name: "PDF", start: at)
        }
        if !nested, let end = Formats.headerEnd(head[textStart...]) {
            var inner = identify(Array(bytes[end...]), nested: true)
            if inner.route != .unidentified {
                inner.start += end
                return inner
            }
        }
        if let at = head.firstPlace(of: Array("<?xml ".utf8)) {
            return FormatGuess(route: .xml, name: "XML", start: at)
        }
        if EDIStart.first(in: bytes[...]) != nil { return FormatGuess(route: .edi, name: "EDI interchange") }
        return FormatGuess(route: .unidentified, name: Formats.kind(of: head))
    }

    private func guess(_ e: Entry) -> FormatGuess { FormatGuess(route: e.route, name: e.name) }

    /// Behind byte order mark, white space and control characters (a transfer may leave XON, NUL or ^Z).
    private static func textStart(_ head: [UInt8]) -> Int {
        var at = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while at < head.count, head[at] <= 0x20 || head[at] == 0x7F { at += 1 }
        return at
    }

    /// `<` and a name, `?` or `!`, and a `>` later on unless the tag is very long: well formed or not is its reader's business.
    private static func isXML(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.first == UInt8(ascii: "<"), let second = text.dropFirst().first else { return false }
        let named = (second | 0x20 >= 0x61 && second | 0x20 <= 0x7A) || second == UInt8(ascii: "_") || second >= 0x80
        return (named || second == UInt8(ascii: "?") || second == UInt8(ascii: "!"))
            && (text.contains(UInt8(ascii: ">")) || text.starts(with: Array("<?xml".utf8)) || text.endIndex >= window)
    }

    /// Where a block of `Name: value` lines, which a status or request line of HTTP may lead, ends with an empty line.
    private static func headerEnd(_ text: ArraySlice<UInt8>) -> Int? {
        var at = text.startIndex
        var lines = 0
        while at < text.endIndex {
            let end = text[at...].firstIndex(of: 0x0A) ?? text.endIndex
            var line = text[at..<end]
            if line.last == 0x0D { line.removeLast() }
            if line.isEmpty { return lines > 0 && end < text.endIndex ? end + 1 : nil }
            let http = lines == 0 && line.firstPlace(of: Array("HTTP/".utf8)) != nil
            guard http || MailHeaders.name(of: line) != nil || line.first == 0x20 || line.first == 0x09 else {
                return nil
            }
            lines += 1
            at = end + 1
        }
        return nil
    }

    private static func kind(of head: [UInt8]) -> String {
        let odd = head.count { ($0 < 0x20 && !(0x09...0x0D).contains($0) && $0 != 0x1A && $0 != 0x1B) || $0 == 0x7F }
        return odd * 50 > head.count ? "binary data" : "text"
    }
}

extension Collection<UInt8> where Index == Int {
    /// The place of the first occurrence of some bytes.
    func firstPlace(of needle: [UInt8]) -> Int? {
        guard let first = needle.first else { return startIndex }
        var at = startIndex
        while at + needle.count <= endIndex {
            if self[at] == first, self[at..<at + needle.count].elementsEqual(needle) { return at }
            at += 1
        }
        return nil
    }
}
