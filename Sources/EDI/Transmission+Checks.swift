extension Transmission {
    mutating func note(
        _ code: String, _ severity: SyntaxFinding.Severity, _ text: String, _ place: Range<Int>,
        _ messages: Range<Int>, segment: Int? = nil, tag: String? = nil, element: Int? = nil
    ) {
        guard findings.count < EnvelopeReader.maxFindings else { return }
        findings.append(
            SyntaxFinding(
                code, severity, text, offset: place.lowerBound, length: place.count, messages: messages,
                segment: segment, tag: tag, element: element))
    }

    func trimmed(_ s: Int, _ element: Int, _ component: Int, _ interchange: Interchange) -> String {
        Transmission.trim(text(s, element, component, in: interchange) ?? "")
    }

    /// An element with all separators in it but the element's.
    func wholeText(_ s: Int, _ element: Int, _ interchange: Interchange) -> String {
        whole(s, element, interchange.delimiters).map { Transmission.trim(decoded($0, interchange)) } ?? ""
    }

    static func trim(_ s: String) -> String {
        let u = s.utf8
        guard let f = u.first, let l = u.last, f <= 0x20 || l <= 0x20 else { return s }
        var v = u[...]
        while let f = v.first, f <= 0x20 { v.removeFirst() }
        while let l = v.last, l <= 0x20 { v.removeLast() }
        return String(Substring(v))
    }

    /// A trailer's first element against what was counted; leading zeros are allowed.
    mutating func check(
        count s: Int, _ counted: Int, _ text: String, _ code: String, _ severity: SyntaxFinding.Severity,
        _ messages: Range<Int>, _ interchange: Interchange, segment: Int? = nil
    ) {
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
        if i.standard == .x12 {
            i.sender = Address(id: wholeText(head, 6, i), qualifier: wholeText(head, 5, i))
            i.receiver = Address(id: wholeText(head, 8, i), qualifier: wholeText(head, 7, i))
            (i.date, i.time, i.version) = (wholeText(head, 9, i), wholeText(head, 10, i), wholeText(head, 12, i))
            i.control = wholeText(head, 13, i)
            i.isTest = wholeText(head, 15, i) == "T"
        } else {
            i.sender = Address(id: trimmed(head, 2, 1, i), qualifier: trimmed(head, 2, 2, i))
            i.receiver = Address(id: trimmed(head, 3, 1, i), qualifier: trimmed(head, 3, 2, i))
            (i.date, i.time, i.control) = (trimmed(head, 4, 1, i), trimmed(head, 4, 2, i), trimmed(head, 5, 1, i))
            i.version = trimmed(head, 1, 1, i) + ":" + trimmed(head, 1, 2, i)
            i.isTest = trimmed(head, 11, 1, i) == "1"
        }
    }

    /// The character set: what UNB announces, unless the bytes say otherwise. X12 announces none.
    mutating func settleCharset(_ i: inout Interchange, _ head: Int?, _ range: Range<Int>) {
        let all = bytes[range.lowerBound..<max(range.lowerBound, range.upperBound)]
        let name = i.standard == .edifact ? head.map { trimmed($0, 1, 1, i).uppercased() } ?? "" : ""
        let announced = Charset.announced[name]
        i.charset = announced ?? .latin1
        guard let high = all.firstIndex(where: { $0 >= 0x80 }) else { return }
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
        } else if i.standard == .edifact, announced == nil || name == "UNOA" || name == "UNOB" || name == "UNOL" {
            note(
                "charset-differs", .info,
                "Characters outside the announced set \(name) were read as \(i.charset.rawValue).",
                at..<at + 1, i.messages)
        }
    }

    /// Control numbers that occur twice in the file: interchanges of one pair, messages of one group.
    mutating func noteDuplicates() {
        var seen: Set<[String]> = []
        for i in interchanges where i.hasEnvelope && !i.messages.isEmpty {
            if !seen.insert([i.standard.rawValue, i.sender.id, i.receiver.id, i.control]).inserted {
                note(
                    "control-number-duplicate", .info,
                    "Another interchange of this file has control number \(i.control).",
                    i.span.lowerBound..<i.span.lowerBound, i.messages)
            }
        }
        var numbers: Set<[String]> = []
        for (n, m) in messages.enumerated() where !m.control.isEmpty {
            if !numbers.insert([String(m.interchange), m.group.map(String.init) ?? "", m.type, m.control]).inserted {
                note(
                    "control-number-duplicate", .info, "Another message of its group has control number \(m.control).",
                    m.span.lowerBound..<m.span.lowerBound, n..<n + 1)
            }
        }
    }
}

extension Transmission {
    init() {}
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
