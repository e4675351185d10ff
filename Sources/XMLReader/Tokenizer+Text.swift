extension Tokenizer {
    /// The text at `at`, up to the next `<` or a fault.
    ///
    /// - Returns: false where the bytes end before.
    func text() -> Bool {
        let p = window.base
        let count = window.count
        while at < count {
            var i = at
            if part.isTextEmpty {
                while i < count, p[i] == 0x20 || p[i] == 0x0A || p[i] == 0x09 { i &+= 1 }
                at = i
            }
            while i < count, classes.inText(p[i]) == ByteClasses.plain { i &+= 1 }
            if i > at {
                part.append(p + at, i - at)
                at = i
            }
            guard at < count else { return false }
            let kind = classes.inText(p[at])
            if kind == ByteClasses.less { return true }
            guard special(kind, inSection: false) else { return false }
            if part.isBroken { return true }
        }
        return false
    }

    /// A CDATA section's text, up to its end.
    func section() -> Bool {
        let p = window.base
        let count = window.count
        while at < count {
            var i = at
            var kind = classes.inText(p[i])
            while kind <= ByteClasses.ampersand {
                i &+= 1
                guard i < count else { break }
                kind = classes.inText(p[i])
            }
            if i > at {
                if isReading { part.append(p + at, i - at) }
                at = i
            }
            guard at < count else { return false }
            if p[at] == UInt8(ascii: "]") {
                guard at + 2 < count || isLast else { return false }
                if begins("]]>") {
                    at += 3
                    mode = .content
                    return true
                }
            }
            if isReading {
                guard special(kind, inSection: true) else { return false }
            } else {
                at += 1
            }
        }
        return false
    }

    private var isReading: Bool { part.isOpen && !part.isBroken }

    /// The byte at `at`, which is no plain text.
    ///
    /// - Returns: false where more bytes are needed.
    private func special(_ kind: UInt8, inSection: Bool) -> Bool {
        let p = window.base + at
        let left = window.count - at
        switch kind {
        case ByteClasses.carriageReturn:
            // XML 1.0, 2.11: a line ends in one LF however it was sent.
            guard left > 1 || isLast else { return false }
            part.append(byte: 0x0A)
            at += left > 1 && p[1] == 0x0A ? 2 : 1
        case ByteClasses.bracket:
            guard left > 2 || isLast else { return false }
            if !inSection, begins("]]>") {
                fault("\"]]>\" within a text")
                return true
            }
            part.append(byte: p[0])
            at += 1
        case ByteClasses.ampersand: return reference()
        case ByteClasses.beyondASCII:
            switch code.piece(p, left, isLast: isLast) {
            case .unfinished: return false
            case .sequence(let n):
                // What half a pair of UTF-16 was turned into.
                if part.wide != nil, n == 3, p[0] == 0xEF, p[1] == 0xBF, p[2] == 0xBD { part.damaged(at: position) }
                part.append(p, n)
                at += n
            case .letter(let s, let isDamage):
                if isDamage { part.damaged(at: position) }
                for b in UTF8.encode(s) ?? UTF8.encodedReplacementCharacter { part.append(byte: b) }
                at += 1
            }
        default: fault("a control character (\(p[0]))")
        }
        return true
    }

    private func reference() -> Bool {
        let left = window.count - at
        switch CharacterReference.read(window.base + at, left, isLast: isLast) {
        case .unfinished: return false
        case .wrong(let words): fault(words)
        case .character(let s, let length):
            for b in UTF8.encode(s) ?? UTF8.encodedReplacementCharacter { part.append(byte: b) }
            at += length
        }
        return true
    }
}

/// `&amp;` and its like: the five entities that XML has by itself and characters by number. No other entity is ever
/// looked up.
enum CharacterReference {
    case character(Unicode.Scalar, length: Int)
    case wrong(String)
    case unfinished

    private static let longest = 64
    private static let entities: [(name: StaticString, character: Unicode.Scalar)] = [
        ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"),
    ]

    /// What begins at the `&` that is the first of some bytes.
    static func read(_ p: UnsafePointer<UInt8>, _ count: Int, isLast: Bool) -> CharacterReference {
        var n = 1
        while n < min(count, longest), p[n] != 0x3B, p[n] == 0x23 || ByteClasses.shared.isOfName(p[n]) { n += 1 }
        guard n < count else { return isLast ? .wrong("an \"&\" without its \";\"") : .unfinished }
        guard p[n] == 0x3B, n > 1 else { return .wrong("an \"&\" without its \";\"") }
        let name = UnsafeBufferPointer(start: p + 1, count: n - 1)
        if name[0] == 0x23 {
            let isHex = name.count > 1 && name[1] == UInt8(ascii: "x")
            let digits = String(decoding: name.dropFirst(isHex ? 2 : 1), as: UTF8.self)
            guard let value = UInt32(digits, radix: isHex ? 16 : 10), let s = Unicode.Scalar(value), isCharacter(value)
            else { return .wrong("&\(String(decoding: name, as: UTF8.self)); is no character") }
            return .character(s, length: n + 1)
        }
        for e in entities where e.name.utf8CodeUnitCount == name.count {
            if name.indices.allSatisfy({ name[$0] == e.name.utf8Start[$0] }) {
                return .character(e.character, length: n + 1)
            }
        }
        return .wrong("the entity \(String(decoding: name, as: UTF8.self)), which is not declared")
    }

    /// XML 1.0, production 2.
    private static func isCharacter(_ n: UInt32) -> Bool {
        n >= 0x20 ? n != 0xFFFE && n != 0xFFFF : n == 0x09 || n == 0x0A || n == 0x0D
    }
}
