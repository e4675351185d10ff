/// What bytes beyond ASCII stand for in a document: parts of UTF-8, or a letter each.
///
/// Bytes are turned into UTF-8 where a text is kept and nowhere else, so that every place is a byte of the file as sent.
struct ByteCode: @unchecked Sendable {
    /// The character of each byte from 0x80 on, kept for good; nil for UTF-8.
    private let table: UnsafePointer<Unicode.Scalar>?

    static let utf8 = ByteCode(table: nil)
    /// All of ISO-8859-1 that is printed is windows-1252 too (WHATWG encoding standard).
    static let windows1252 = ByteCode(
        table: (0x80...0xFF).map { $0 < 0xA0 ? windows[$0 - 0x80] : Unicode.Scalar(UInt8($0)) })
    static let latin9 = ByteCode(
        table: (0x80...0xFF).map { euro[UInt8($0)] ?? ($0 < 0xA0 ? windows[$0 - 0x80] : Unicode.Scalar(UInt8($0))) })

    private init(table: [Unicode.Scalar]?) {
        self.table = table.map {
            let copy = UnsafeMutablePointer<Unicode.Scalar>.allocate(capacity: $0.count)
            copy.initialize(from: $0, count: $0.count)
            return UnsafePointer(copy)
        }
    }

    /// The code that an XML declaration names; nil for a name that is not known.
    static func named(_ name: String) -> ByteCode? {
        switch name.lowercased() {
        case "iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252": windows1252
        case "iso-8859-15", "latin9", "latin-9": latin9
        case "utf-8", "utf8", "us-ascii", "ascii": utf8
        default: nil
        }
    }

    enum Piece {
        /// So many bytes are one UTF-8 character.
        case sequence(Int)
        /// A byte that is a letter by itself; `isDamage` where it ought to have been UTF-8.
        case letter(Unicode.Scalar, isDamage: Bool)
        /// The bytes end within a character.
        case unfinished
    }

    /// What begins at the first of some bytes, which is beyond ASCII. What is no UTF-8 although it ought to be is read as
    /// windows-1252, byte by byte.
    ///
    /// - Parameter isLast: nothing follows the bytes.
    func piece(_ p: UnsafePointer<UInt8>, _ count: Int, isLast: Bool) -> Piece {
        if let table { return .letter(table[Int(p[0]) - 0x80], isDamage: false) }
        let b = p[0]
        let (length, low, high): (Int, UInt8, UInt8) =
            switch b {
            case 0xC2...0xDF: (2, 0x80, 0xBF)
            case 0xE0: (3, 0xA0, 0xBF)
            case 0xED: (3, 0x80, 0x9F)
            case 0xE1...0xEF: (3, 0x80, 0xBF)
            case 0xF0: (4, 0x90, 0xBF)
            case 0xF1...0xF3: (4, 0x80, 0xBF)
            case 0xF4: (4, 0x80, 0x8F)
            default: (1, 0, 0)
            }
        var good = length > 1
        for i in 1..<max(2, length) where good {
            if i >= count {
                if !isLast { return .unfinished }
                good = false
            } else if i == 1 ? !(low...high).contains(p[1]) : p[i] & 0xC0 != 0x80 {
                good = false
            }
        }
        if good { return .sequence(length) }
        return .letter(b < 0xA0 ? ByteCode.windows[Int(b) - 0x80] : Unicode.Scalar(b), isDamage: true)
    }

    /// A name's bytes as text, and whether none of them were damaged.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: String, isWhole: Bool) {
        var out: [UInt8] = []
        var isWhole = true
        var i = 0
        while i < bytes.count {
            guard bytes[i] >= 0x80, let base = bytes.baseAddress else {
                out.append(bytes[i])
                i += 1
                continue
            }
            switch piece(base + i, bytes.count - i, isLast: true) {
            case .sequence(let n):
                out.append(contentsOf: bytes[i..<i + n])
                i += n
            case .letter(let s, let isDamage):
                if isDamage { isWhole = false }
                out.append(contentsOf: UTF8.encode(s) ?? UTF8.encodedReplacementCharacter)
                i += 1
            case .unfinished: i = bytes.count
            }
        }
        return (String(decoding: out, as: UTF8.self), isWhole)
    }

    private static let euro: [UInt8: Unicode.Scalar] = [
        0xA4: "\u{20AC}", 0xA6: "\u{160}", 0xA8: "\u{161}", 0xB4: "\u{17D}", 0xB8: "\u{17E}", 0xBC: "\u{152}",
        0xBD: "\u{153}", 0xBE: "\u{178}",
    ]

    /// 0x80 to 0x9F; the five that windows-1252 leaves open stay control characters.
    private static let windows: [Unicode.Scalar] = [
        "\u{20AC}", "\u{81}", "\u{201A}", "\u{192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}", "\u{2C6}",
        "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{8D}", "\u{17D}", "\u{8F}", "\u{90}", "\u{2018}", "\u{2019}",
        "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}", "\u{2DC}", "\u{2122}", "\u{161}", "\u{203A}",
        "\u{153}", "\u{9D}", "\u{17E}", "\u{178}",
    ]
}
