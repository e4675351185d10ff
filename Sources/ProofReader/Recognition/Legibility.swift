import Vocabulary

/// Whether the text that a page holds can be what is printed on it, or has to be recognised.
enum Legibility {
    /// Nothing to recognise: the page has text, or no pictures.
    case text
    /// No text, or a few words beside pictures that cover the page.
    case picture
    /// Text, but it looks like none of a language: a font that does not tell its characters, or what a bad scanner added.
    case doubtful

    init(_ page: Page) {
        let words = page.chunks.flatMap(\.words)
        let covered = page.images.map { $0.width * $0.height }.max() ?? 0
        let isCovered = covered > 0.5 * page.width * page.height
        if !page.hasText {
            self = page.images.isEmpty ? .text : .picture
        } else if isCovered, words.count < 25 {
            self = .picture
        } else {
            self = Legibility.isGarbled(words.map(\.text).joined(separator: " ")) ? .doubtful : .text
        }
    }

    /// Characters that stand for none, or letters without the vowels that every language of Latin script writes.
    private static func isGarbled(_ text: String) -> Bool {
        var (letters, vowels, strange, all) = (0, 0, 0, 0)
        for u in text.unicodeScalars {
            // Most of it is ASCII, and what Unicode says of a character takes long to look up.
            if u.isASCII {
                if u.value == 0x20 || (0x09...0x0D).contains(u.value) { continue }
                all += 1
                if u.value < 0x20 || u.value == 0x7F { strange += 1 }
                guard (0x61...0x7A).contains(u.value | 0x20) else { continue }
                letters += 1
                if "aeiouy".unicodeScalars.contains(Unicode.Scalar(UInt8(u.value | 0x20))) { vowels += 1 }
                continue
            }
            if u.properties.isWhitespace { continue }
            all += 1
            switch u.properties.generalCategory {
            case .privateUse, .unassigned, .control, .surrogate: strange += 1
            default: if u == "\u{FFFD}" { strange += 1 }
            }
            guard u.value < 0x250, u.properties.isAlphabetic else { continue }
            letters += 1
            if "àáâäãåèéêëìíîïòóôöõùúûüÀÁÂÄÉÈÊÖÜ".unicodeScalars.contains(u) { vowels += 1 }
        }
        if strange * 10 > all { return true }
        return letters >= 60 && !(20...65).contains(vowels * 100 / letters)
    }
}
