/// Characters that recognition takes for each other, and texts that are a character apart.
///
/// Numbers and words have tables of their own: capitals and small letters look like other figures (`G` like 6, `g` like 9), and
/// in a number a letter is the error, in a word the figure is.
package enum LookAlike {
    /// A number in its strict form (capitals and figures) with each letter that is taken for a figure written as that figure.
    package static func number(_ strict: String) -> String { String(strict.map { figures[$0] ?? $0 }) }

    /// A word in small letters with each character replaced by the first of those it is taken for.
    package static func word(_ word: String) -> String {
        var out = ""
        for c in word { if let look = letters[c] { out += look } else { out.append(c) } }
        return out
    }

    private static let figures: [Character: Character] = [
        "O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8",
    ]

    private static let letters: [Character: String] = [
        "1": "i", "l": "i", "!": "i", "0": "o", "q": "o", "5": "s", "$": "s", "8": "b", "6": "b", "e": "c", "u": "v",
        "2": "z", "9": "g", "w": "vv", "m": "rn",
    ]

    /// Whether one character replaced, added or left out makes one text the other; false for equal ones.
    ///
    /// Complexity: linear.
    package static func isOneApart<Text: BidirectionalCollection>(_ a: Text, _ b: Text) -> Bool
    where Text.Element: Equatable {
        let (short, long) = a.count <= b.count ? (a, b) : (b, a)
        guard long.count - short.count <= 1 else { return false }
        let same = zip(short, long).prefix { $0 == $1 }.count
        guard same < long.count else { return false }
        return short.dropFirst(short.count == long.count ? same + 1 : same).elementsEqual(long.dropFirst(same + 1))
    }
}
