import Vocabulary

/// A first look at rows: most hold nothing sensitive, and to parse each would cost more than to write it.
extension Privacy {
    /// What words that ask for a closer look begin with: for each first letter, folded, a bit for each second one.
    struct Beginnings: Sendable {
        private(set) var seconds = [UInt32](repeating: 0, count: 256)

        init(_ words: [[UInt8]]) {
            for word in words where word.count > 1 {
                seconds[Int(Bytes.folded(word[0]))] |= Beginnings.bit(of: word[1])
            }
        }

        static func bit(of second: UInt8) -> UInt32 { 1 << UInt32(second & 31) }
    }

    /// Whether canonical JSON has to be looked at more closely: something in it has the shape of a sensitive value, or is the
    /// word of a sensitive fact. It may say so too often, never too rarely.
    ///
    /// Complexity: O(n), a few operations a byte.
    func mayBeSensitive(_ b: UnsafeBufferPointer<UInt8>) -> Bool {
        beginnings.seconds.withUnsafeBufferPointer { seconds in
            Privacy.classes.withUnsafeBufferPointer { classes in
                // What the last byte begins is not sensitive, and neither is a word of one letter.
                let last = b.count - 1
                var i = 0
                while i < last {
                    let c = b[i]
                    let next = b[i + 1]
                    switch classes[Int(c)] {
                    case .other: break
                    case .sign:
                        if c == UInt8(ascii: "+") ? number(from: i + 1, 8, b) != nil : address(around: i, b) != nil {
                            return true
                        }
                    // The letter behind it belongs to the escape: `\nTel.`, `\u0007Tel.`
                    case .escape: i += next == UInt8(ascii: "u") ? 5 : 1
                    case .letter:
                        let isLabel = seconds[Int(Bytes.folded(c))] & Beginnings.bit(of: next) != 0
                        if isLabel || Bytes.isUpper(c) && Bytes.isUpper(next), isWorthALook(i, b) { return true }
                        fallthrough
                    case .digit: while i + 1 < last, classes[Int(b[i + 1])].isOfWord { i += 1 }
                    }
                    i += 1
                }
                return false
            }
        }
    }

    private enum Class: UInt8 {
        case other, sign, escape, letter, digit

        var isOfWord: Bool { rawValue >= Class.letter.rawValue }
    }

    private static let classes: [Class] = (0..<256).map { n in
        let b = UInt8(n)
        if Bytes.isWord(b) { return Bytes.isDigit(b) ? .digit : .letter }
        if b == UInt8(ascii: "@") || b == UInt8(ascii: "+") { return .sign }
        return b == UInt8(ascii: "\\") ? .escape : .other
    }

    private func isWorthALook(_ i: Int, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        if word(at: i, b) != nil { return true }
        guard i > 0, b[i - 1] == UInt8(ascii: "\"") else { return false }
        return factWords.contains {
            b[i...].starts(with: $0) && b[i...].dropFirst($0.count).first == UInt8(ascii: "\"")
        }
    }
}
