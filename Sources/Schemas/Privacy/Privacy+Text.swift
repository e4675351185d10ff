import Vocabulary

/// Sensitive values that are told by their shape: IBANs, telephone numbers, mail addresses.
extension Privacy {
    /// The text with what is sensitive in it masked.
    ///
    /// - Parameter keepingMail: leaves mail addresses, where they say who wrote.
    /// - Complexity: O(n), with no allocation where nothing is found.
    package func text(_ text: String, keepingMail: Bool = false) -> String {
        var text = text
        let found = text.withUTF8(spans)
            .filter { !keepingMail || $0.kind != email }
        guard !found.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var at = 0
        for span in found {
            out += bytes[at..<span.range.lowerBound]
            out += mask(String(decoding: bytes[span.range], as: UTF8.self), span.kind).utf8
            at = span.range.upperBound
        }
        out += bytes[at...]
        return String(decoding: out, as: UTF8.self)
    }

    struct Span {
        var range: Range<Int>
        var kind: Kind
    }

    private func spans(in b: UnsafeBufferPointer<UInt8>) -> [Span] {
        var found: [Span] = []
        var i = 0
        var isInWord = false
        while i < b.count {
            let c = b[i]
            if c == UInt8(ascii: "@"), let range = address(around: i, b) {
                while let last = found.last, last.range.upperBound > range.lowerBound { found.removeLast() }
                found.append(Span(range: range, kind: email))
                i = range.upperBound
                isInWord = true
                continue
            }
            let isWord = Bytes.isWord(c)
            if !isInWord {
                let span =
                    c == UInt8(ascii: "+")
                    ? number(from: i + 1, 8, b).map { Span(range: i..<$0, kind: phone) }
                    : isWord && !Bytes.isDigit(c) ? word(at: i, b) : nil
                if let span {
                    found.append(span)
                    i = span.range.upperBound
                    isInWord = true
                    continue
                }
            }
            isInWord = isWord
            i += 1
        }
        return found
    }

    /// What begins with a letter at the beginning of a word: an IBAN, or a label with the number behind it.
    func word(at i: Int, _ b: UnsafeBufferPointer<UInt8>) -> Span? {
        if let end = iban(at: i, b) { return Span(range: i..<end, kind: iban) }
        if let length = label(at: i, b, credentialLabels), let token = token(behind: i + length, b) {
            return Span(range: token, kind: credential)
        }
        guard let length = label(at: i, b, phoneLabels) else { return nil }
        let end = i + length
        var start = separators(from: end, b)
        // `Tel. no. 0201 123456`
        if start + 2 < b.count, b[start] | 0x20 == UInt8(ascii: "n"), "or".utf8.contains(b[start + 1] | 0x20),
            !Bytes.isWord(b[start + 2])
        {
            start = separators(from: start + 2, b)
        }
        guard start < b.count, !isDate(from: start, b) else { return nil }
        let digits = b[start] == UInt8(ascii: "+") ? start + 1 : start
        return number(from: digits, 6, b).map { Span(range: start..<$0, kind: phone) }
    }

    /// The length of the label that stands here as a word.
    private func label(at i: Int, _ b: UnsafeBufferPointer<UInt8>, _ labels: [[[UInt8]]]) -> Int? {
        for label in labels[Int(Bytes.folded(b[i]))] where i + label.count < b.count {
            var n = 1
            while n < label.count, Bytes.folded(b[i + n]) == label[n] { n += 1 }
            let after = b[i + label.count]
            if n == label.count, Bytes.isDigit(after) || !Bytes.isWord(after) { return n }
        }
        return nil
    }

    /// A password or token: at least eight characters without a blank, with a digit, a sign of base64 or a capital in the middle, as
    /// no word has.
    private func token(behind end: Int, _ b: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        let start = b[end...].prefix(4).prefix { " :=,\"'".utf8.contains($0) }.endIndex
        let token = b[start...].prefix { $0 > 0x20 && !",;\"')<>".utf8.contains($0) }
        guard start > end, token.count >= 8 else { return nil }
        func isCapital(_ c: UInt8) -> Bool { (65...90).contains(c) }
        let isOdd =
            token.contains { Bytes.isDigit($0) || "=+/".utf8.contains($0) }
            || zip(token, token.dropFirst()).contains { (97...122).contains($0) && isCapital($1) }
        guard isOdd else { return nil }
        return start..<token.endIndex
    }

    private func separators(from start: Int, _ b: UnsafeBufferPointer<UInt8>) -> Int {
        b[start...].prefix(4).prefix { " .:=#/".utf8.contains($0) }.endIndex
    }

    /// `fax 2026-03-31` says when, and so does `31.03.2026`.
    private func isDate(from start: Int, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        var groups = [0]
        for c in b[start...].prefix(11) {
            if Bytes.isDigit(c) {
                groups[groups.count - 1] += 1
            } else if "-./".utf8.contains(c) {
                groups.append(0)
            } else {
                break
            }
        }
        return groups.prefix(3) == [4, 2, 2] || groups.prefix(3) == [2, 2, 4]
    }

    /// The end of a telephone number: digits in groups, at least so many and at most 15 (ITU-T E.164).
    func number(from start: Int, _ least: Int, _ b: UnsafeBufferPointer<UInt8>) -> Int? {
        var digits = 0
        var end = start
        var i = start
        var gap = 0
        while i < b.count {
            if Bytes.isDigit(b[i]) {
                digits += 1
                gap = 0
                end = i + 1
            } else if gap < 3, " -./()".utf8.contains(b[i]) {
                gap += 1
            } else {
                break
            }
            i += 1
        }
        guard digits >= least, digits <= 15, end >= b.count || !Bytes.isWord(b[end]) else { return nil }
        return end
    }

    /// The range of a mail address around its @.
    func address(around at: Int, _ b: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var low = at
        while low > 0, Bytes.isWord(b[low - 1]) || "._%+-".utf8.contains(b[low - 1]) { low -= 1 }
        var high = at + 1
        var lastPoint: Int?
        while high < b.count, Bytes.isWord(b[high]) || ".-".utf8.contains(b[high]) {
            if b[high] == UInt8(ascii: ".") { lastPoint = high }
            high += 1
        }
        while high > at, b[high - 1] == UInt8(ascii: ".") || b[high - 1] == UInt8(ascii: "-") {
            high -= 1
            if lastPoint == high { lastPoint = b[at..<high].lastIndex(of: UInt8(ascii: ".")) }
        }
        guard low < at, let lastPoint, lastPoint > at + 1, high - lastPoint > 2 else { return nil }
        return low..<high
    }
}

// MARK: IBAN

extension Privacy {
    /// The end of an IBAN that begins here, as one word or in groups parted by single blanks.
    private func iban(at i: Int, _ b: UnsafeBufferPointer<UInt8>) -> Int? {
        guard i + 14 < b.count, Bytes.isUpper(b[i]), Bytes.isUpper(b[i + 1]), Bytes.isDigit(b[i + 2]),
            Bytes.isDigit(b[i + 3]), let length = ibanLengths[String(decoding: b[i..<i + 2], as: UTF8.self)]
        else { return nil }
        var value: [UInt8] = []
        var at = i
        while at < b.count, value.count < length {
            if Bytes.isUpper(b[at]) || Bytes.isDigit(b[at]) {
                value.append(b[at])
            } else if b[at] != 0x20 || b[at - 1] == 0x20 {
                return nil
            }
            at += 1
        }
        guard at >= b.count || !Bytes.isWord(b[at]), isIBAN(value) else { return nil }
        return at
    }

    /// Whether the bytes, without blanks, are an IBAN: the country's length and the check digits (ISO 13616, ISO 7064 mod 97-10).
    func isIBAN(_ value: [UInt8]) -> Bool {
        guard value.count > 4, ibanLengths[String(decoding: value[..<2], as: UTF8.self)] == value.count else {
            return false
        }
        var rest = 0
        for c in value[4...] + value[..<4] {
            switch c {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): rest = (rest * 10 + Int(c) - 48) % 97
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): rest = (rest * 100 + Int(c) - 55) % 97
            default: return false
            }
        }
        return rest == 1
    }
}

enum Bytes {
    static func isDigit(_ b: UInt8) -> Bool { b &- 48 < 10 }
    static func isUpper(_ b: UInt8) -> Bool { b &- 65 < 26 }
    /// Small for capital letters, those of Latin-1 in UTF-8 too.
    static func folded(_ b: UInt8) -> UInt8 { b | 0x20 }
    /// A letter or digit; bytes of letters beyond ASCII count.
    static func isWord(_ b: UInt8) -> Bool { isDigit(b) || (b | 0x20) &- 97 < 26 || b >= 0x80 }
}
