/// Tells print from what was taken for it: signatures, rules, dirt.
struct Print {
    /// Height of most words that were read with certainty, in points.
    private let height: Double

    init(_ words: [Word]) {
        let sure = words.filter { ($0.confidence ?? 0) >= 800 }.map(\.box.height).sorted()
        height = sure.isEmpty ? 10 : sure[sure.count / 2]
    }

    /// A number of little certainty stays: it is a hypothesis that others may confirm. A word of little certainty that is
    /// higher than the page's letters is a hand's.
    func isPrint(_ w: Word) -> Bool {
        let c = w.confidence ?? 0
        guard !w.tokens.isEmpty, c > 0 else { return false }
        if c < 800, w.box.height > 1.6 * height { return false }
        return c >= 300 || w.text.contains(where: \.isNumber)
    }

    /// Of the size that a few printed letters have.
    func isSmall(_ b: Box) -> Bool {
        (0.6 * height...1.7 * height).contains(b.height) && b.width < 8 * height && b.width > 0.3 * height
    }
}
