extension Transmission {
    /// A file of nothing but junk would give one for every few bytes.
    private static let maxFindings = 10_000

    mutating func note(
        _ code: String, _ severity: SyntaxFinding.Severity, _ text: String, _ place: Range<Int>,
        _ messages: Range<Int>, segment: Int? = nil, tag: String? = nil, element: Int? = nil
    ) {
        guard findings.count < Transmission.maxFindings else { return }
        findings.append(
            SyntaxFinding(
                code, severity, text, offset: place.lowerBound, length: place.count, messages: messages,
                segment: segment, tag: tag, element: element))
    }

    func trimmed(_ s: Int, _ element: Int, _ component: Int, _ interchange: Interchange) -> String {
        Transmission.trim(text(s, element, component, in: interchange) ?? "")
    }

    static func trim(_ s: String) -> String {
        let u = s.utf8
        guard let f = u.first, let l = u.last, f <= 0x20 || l <= 0x20 else { return s }
        var v = u[...]
        while let f = v.first, f <= 0x20 { v.removeFirst() }
        while let l = v.last, l <= 0x20 { v.removeLast() }
        return String(Substring(v))
    }

    /// An element that is nothing but up to nine digits; nil where it is anything else.
    private func number(_ s: Int, _ element: Int, _ interchange: Interchange) -> Int? {
        guard let r = range(s, element, 1, repetition: 0, interchange.delimiters), (1...9).contains(r.count) else {
            return nil
        }
        var n = 0
        for b in bytes[r] {
            guard b.isDigit else { return nil }
            n = n * 10 + Int(b - 0x30)
        }
        return n
    }

    /// A trailer's first element against what was counted; leading zeros are allowed.
    mutating func check(
        count s: Int, _ counted: Int, _ text: String, _ code: String, _ severity: SyntaxFinding.Severity,
        _ messages: Range<Int>, _ interchange: Interchange, segment: Int? = nil
    ) {
        if number(s, 1, interchange) == counted { return }
        let said = trimmed(s, 1, 1, interchange)
        guard Int(said) != counted else { return }
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        note(
            code, severity, parts.joined(separator: said.isEmpty ? "nothing" : said),
            place(s, 1, in: interchange) ?? place(s), messages, segment: segment, tag: tag(s), element: 1)
    }

    /// A trailer's control number against its header's. Zeros in front do not make it another number.
    mutating func check(
        control s: Int, _ expected: String, _ code: String, _ severity: SyntaxFinding.Severity,
        _ messages: Range<Int>, _ interchange: Interchange, segment: Int? = nil
    ) {
        let said = trimmed(s, 2, 1, interchange)
        guard said != expected else { return }
        let zeros = !said.isEmpty && said.drop { $0 == "0" } == expected.drop { $0 == "0" }
        note(
            zeros ? "control-number-zeros" : code, zeros ? .info : severity,
            "\(tag(s)) names control number \(said.isEmpty ? "nothing" : said), its header \(expected).",
            place(s, 2, in: interchange) ?? place(s), messages, segment: segment, tag: tag(s), element: 2)
    }

    /// Fills the interchange's members from ISA or UNB.
    func fill(_ i: inout Interchange, _ head: Int) {
        let elements = elementRanges(head, i.delimiters)
        let isX12 = i.standard == .x12
        // ISA has separators among its values: its elements are whole, UNB's by component.
        func text(_ element: Int, _ component: Int = 1) -> String {
            guard element <= elements.count else { return "" }
            var r = elements[element - 1]
            if !isX12 {
                guard let part = self.component(component, of: r, i.delimiters) else { return "" }
                r = part
            }
            while r.lowerBound < r.upperBound, bytes[r.lowerBound] <= 0x20 { r = r.lowerBound + 1..<r.upperBound }
            while r.lowerBound < r.upperBound, bytes[r.upperBound - 1] <= 0x20 { r = r.lowerBound..<r.upperBound - 1 }
            return r.isEmpty ? "" : decoded(r, i)
        }
        if isX12 {
            i.sender = Address(id: text(6), qualifier: text(5))
            i.receiver = Address(id: text(8), qualifier: text(7))
            (i.date, i.time, i.version, i.control) = (text(9), text(10), text(12), text(13))
            i.wantsAcknowledgement = text(14) == "1"
            i.isTest = text(15) == "T"
        } else {
            func address(_ element: Int) -> Address {
                let routing = text(element, 3)
                return Address(
                    id: text(element), qualifier: text(element, 2), routing: routing.isEmpty ? nil : routing)
            }
            (i.sender, i.receiver) = (address(2), address(3))
            (i.date, i.time, i.control) = (text(4), text(4, 2), text(5))
            i.version = text(1) + ":" + text(1, 2)
            i.wantsAcknowledgement = text(9) == "1"
            i.isTest = text(11) == "1"
        }
    }

    /// Byte ranges of a segment's elements.
    private func elementRanges(_ s: Int, _ d: Delimiters) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var before = -1
        let all = segments.markRange(s)
        for i in all where i + 1 == all.upperBound || bytes[Int(segments.marks[i])] == d.element {
            let m = Int(segments.marks[i])
            if before >= 0 { out.append(before + 1..<max(before + 1, m)) }
            before = m
        }
        return out
    }

    /// A component of an element.
    private func component(_ n: Int, of element: Range<Int>, _ d: Delimiters) -> Range<Int>? {
        var from = element.lowerBound
        var at = from
        var left = n - 1
        while at < element.upperBound {
            let b = bytes[at]
            if b == d.release {
                at += 2
                continue
            }
            if b == d.component {
                if left == 0 { return from..<at }
                left -= 1
                from = at + 1
            }
            at += 1
        }
        return left == 0 ? from..<element.upperBound : nil
    }

    /// The first byte that is no ASCII.
    private func firstHigh(_ range: Range<Int>) -> Int? {
        bytes.withUnsafeBytes { b in
            var at = range.lowerBound
            while at + 64 <= range.upperBound {
                var all: UInt64 = 0
                for i in 0..<8 { all |= b.loadUnaligned(fromByteOffset: at &+ 8 &* i, as: UInt64.self) }
                if all & 0x8080_8080_8080_8080 != 0 { break }
                at &+= 64
            }
            while at + 8 <= range.upperBound {
                if b.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { break }
                at += 8
            }
            while at < range.upperBound, b[at] < 0x80 { at += 1 }
            return at < range.upperBound ? at : nil
        }
    }

    /// What a syntax identifier allows: UNOA has no lower case (ISO 9735, annex A), and UNOL is none of the standard's.
    private mutating func checkLevel(_ i: Interchange, _ name: String, _ range: Range<Int>) {
        if name == "UNOA", let low = bytes[range].firstIndex(where: { $0 >= 0x61 && $0 <= 0x7A }) {
            let at = origin(low)
            note(
                "charset-differs", .info, "UNOA is announced, but there are lower-case letters.", at..<at + 1,
                i.messages)
        } else if name == "UNOL" {
            let at = origin(range.lowerBound)
            note(
                "charset-differs", .info, "UNOL is no syntax identifier of the standard; it was read as ISO 8859-15.",
                at..<at, i.messages)
        }
    }

    /// The character set: what UNB announces, unless the bytes say otherwise. X12 announces none.
    ///
    /// - Parameter name: the syntax identifier of UNB.
    mutating func settleCharset(_ i: inout Interchange, _ name: String, _ range: Range<Int>) {
        let announced = Charset.announced[name]
        i.charset = announced ?? .latin1
        if i.standard == .edifact { checkLevel(i, name, range) }
        guard let high = firstHigh(range) else { return }
        let all = bytes[range]
        let isUTF8 = String(validating: all, as: UTF8.self) != nil
        let at = origin(high)
        if announced == .utf8, !isUTF8 {
            i.charset = .latin1
            note(
                "charset-differs", .info,
                "\(name) announces UTF-8, but the bytes are none; they were read as ISO 8859-1.",
                at..<at + 1, i.messages)
        } else if isUTF8, announced != .utf8, ![.cyrillic, .greek, .arabic, .hebrew].contains(i.charset) {
            i.charset = .utf8
            if i.standard == .edifact {
                note(
                    "charset-differs", .info,
                    "\(name.isEmpty ? "No syntax identifier" : name) is announced, but the bytes are UTF-8.",
                    at..<at + 1, i.messages)
            }
        } else if i.standard == .edifact, announced == nil || name == "UNOA" || name == "UNOB" {
            note(
                "charset-differs", .info,
                "Characters outside the announced set \(name) were read as \(i.charset.rawValue).",
                at..<at + 1, i.messages)
        }
    }

    /// Control numbers that occurred before in the file: interchanges of one pair, messages of one group.
    mutating func noteDuplicates(of i: Interchange, _ isWhole: Bool, _ seen: inout Duplicates) {
        if isWhole, i.hasEnvelope, !i.messages.isEmpty,
            !seen.isNew([i.standard.rawValue, i.sender.id, i.receiver.id, i.control])
        {
            note(
                "control-number-duplicate", .info, "Another interchange of this file has control number \(i.control).",
                i.span.lowerBound..<i.span.lowerBound, i.messages)
        }
        guard i.messages.count > 1 else { return }
        var numbers = Duplicates()
        for n in i.messages where !messages[n].control.isEmpty {
            let m = messages[n]
            if !numbers.isNew([m.type, m.control], m.group ?? -1) {
                note(
                    "control-number-duplicate", .info, "Another message of its group has control number \(m.control).",
                    m.span.lowerBound..<m.span.lowerBound, n..<n + 1)
            }
        }
    }
}

/// Which control numbers have been seen, as hashes: eight bytes each, so that long files can be watched too.
struct Duplicates {
    private var seen: Set<UInt64> = []

    /// FNV-1a over the texts, a zero byte between them.
    mutating func isNew(_ texts: [String], _ number: Int = 0) -> Bool {
        // The number is mixed in before the texts, or it could stand for a difference of their first letters.
        var h = (0xCBF2_9CE4_8422_2325 ^ UInt64(bitPattern: Int64(number))) &* 0x9E37_79B9_7F4A_7C15
        for t in texts {
            for b in t.utf8 { h = (h ^ UInt64(b)) &* 0x100_0000_01B3 }
            h = h &* 0x100_0000_01B3
        }
        return seen.insert(h).inserted
    }
}

extension Message {
    /// A directory's name from S009's version and release: D and 96A are `D96A`, 1 and 921 are `92.1`. CONTRL and its
    /// like belong to the syntax (D:3, 4:1) and to no directory.
    static func directory(_ version: String, _ release: String) -> String {
        if release.utf8.count < 2 { return "" }
        if version.utf8.allSatisfy(\.isDigit), release.utf8.count == 3, release.utf8.allSatisfy(\.isDigit) {
            return release.prefix(2) + "." + release.suffix(1)
        }
        return version + release
    }
}
