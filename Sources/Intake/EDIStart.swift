/// Where an X12 or EDIFACT interchange begins in other bytes, told by its first segment. Whether it holds is the EDI reader's
/// business.
enum EDIStart {
    /// The first place where an envelope begins; a message without one only counts at the start of a line.
    static func first(in text: ArraySlice<UInt8>) -> Int? {
        var at = text.startIndex
        var before: UInt8 = 0x0A
        while at + 4 < text.endIndex {
            let b = text[at]
            // The second letter spares a look at most words.
            let next: UInt8? =
                switch b {
                case UInt8(ascii: "I"), UInt8(ascii: "G"): UInt8(ascii: "S")
                case UInt8(ascii: "U"): UInt8(ascii: "N")
                case UInt8(ascii: "S"): UInt8(ascii: "T")
                default: nil
                }
            if next == text[at + 1], !isAlphanumeric(before), isLive(text[at...], strict: true) { return at }
            before = b
            at += 1
        }
        return nil
    }

    /// Whether the text begins with ISA, GS, ST, UNA, UNB, UNG or UNH, used as a segment. At a file's start little is asked
    /// (`strict` false): it may be cut off or damaged. Elsewhere more of the segment has to be in order.
    static func isLive(_ text: ArraySlice<UInt8>, strict: Bool) -> Bool {
        let line = Array(text.prefix(256))
        guard line.count >= 4 else { return false }
        switch String(decoding: line[0..<3], as: UTF8.self) {
        case "ISA": return isISA(line, strict: strict)
        case "UNA": return isUNA(line, strict: strict)
        case "UNB": return isSeparator(line[3]) && (!strict || hasSyntax(line))
        case "UNG", "UNH": return isSeparator(line[3]) && hasMessage(line, strict: strict)
        default: return isHeadless(line)
        }
    }

    /// X12 ISA: sixteen elements of fixed width, so the separator stands sixteen times in 106 bytes; partners that
    /// do not pad send fewer bytes.
    private static func isISA(_ line: [UInt8], strict: Bool) -> Bool {
        // A blank in place of the first separator is a known slip; the others tell.
        let slipped = line[3] == 0x20 && !strict && line.count > 6
        let s = slipped ? line[6] : line[3]
        guard isSeparator(s) else { return false }
        let count = line.prefix(160).count { $0 == s }
        if slipped { return count >= 15 }
        if count >= 16 { return true }
        return !strict && (count >= 4 || (line.count < 110 && (line.count < 7 || line[6] == s)))
    }

    /// UNA: six service characters, then (a line break may stand between) UNB. ISO 9735, section 7.
    private static func isUNA(_ line: [UInt8], strict: Bool) -> Bool {
        guard line.count >= 9 else { return !strict }
        guard !isAlphanumeric(line[3]), !isAlphanumeric(line[4]) else { return false }
        let next = line.dropFirst(8).drop { $0 <= 0x20 || !isAlphanumeric($0) }
        if next.starts(with: Array("UN".utf8)) { return true }
        return !strict && line[3..<9].allSatisfy { !isAlphanumeric($0) }
    }

    /// UNB+UNOC:3: syntax identifier and version.
    private static func hasSyntax(_ line: [UInt8]) -> Bool {
        guard line.count >= 10, line[4..<8].allSatisfy(isAlphanumeric) else { return false }
        return isSeparator(line[8]) && line[8] != line[3] && (0x30...0x39).contains(line[9])
    }

    /// UNH+reference+ORDERS:D: a message's name of six letters behind the second separator.
    private static func hasMessage(_ line: [UInt8], strict: Bool) -> Bool {
        let parts = line.prefix(64).split(separator: line[3], maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return !strict && line[3] == UInt8(ascii: "+") }
        let name = parts[2].prefix { isAlphanumeric($0) }
        return name.count == 6 || (!strict && line[3] == UInt8(ascii: "+"))
    }

    /// X12 without its interchange: GS with a functional code of two letters, ST with a set's number of three digits.
    private static func isHeadless(_ line: [UInt8]) -> Bool {
        let s = line[2]
        guard isSeparator(s), line.count >= 8 else { return false }
        switch String(decoding: line[0..<2], as: UTF8.self) {
        case "GS": return isLetter(line[3]) && isLetter(line[4]) && line[5] == s
        case "ST": return line[3..<6].allSatisfy { (0x30...0x39).contains($0) } && line[6] == s
        default: return false
        }
    }

    private static func isLetter(_ b: UInt8) -> Bool { (0x41...0x5A).contains(b) }

    private static func isAlphanumeric(_ b: UInt8) -> Bool {
        (0x30...0x39).contains(b) || (0x41...0x5A).contains(b) || (0x61...0x7A).contains(b)
    }

    /// Any separator that partners are known to use: punctuation, or a control character but no line end.
    private static func isSeparator(_ b: UInt8) -> Bool {
        !isAlphanumeric(b) && b < 0x7F && b != 0x20 && b != 0x0A && b != 0x0D && b != 0 && b != UInt8(ascii: ".")
            && b != UInt8(ascii: ",")
    }
}
