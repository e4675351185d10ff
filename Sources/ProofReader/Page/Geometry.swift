import Schemas
import Vocabulary

/// A rectangle on a page in points, the origin in the page's top left corner, y growing downwards.
struct Box: Hashable, Sendable {
    var x0: Double
    var y0: Double
    var x1: Double
    var y1: Double

    var width: Double { x1 - x0 }
    var height: Double { y1 - y0 }
    var midX: Double { (x0 + x1) / 2 }
    var midY: Double { (y0 + y1) / 2 }

    func union(_ b: Box) -> Box {
        Box(x0: min(x0, b.x0), y0: min(y0, b.y0), x1: max(x1, b.x1), y1: max(y1, b.y1))
    }

    /// The box that encloses all of some; nil where there are none.
    static func around(_ boxes: some Sequence<Box>) -> Box? {
        boxes.reduce(nil as Box?) { $0?.union($1) ?? $1 }
    }

    func inset(_ d: Double) -> Box { Box(x0: x0 + d, y0: y0 + d, x1: x1 - d, y1: y1 - d) }

    func meets(_ b: Box) -> Bool { x0 < b.x1 && b.x0 < x1 && y0 < b.y1 && b.y0 < y1 }

    /// How much of the two horizontal extents is common, in points; negative is the distance between them.
    func overlapX(_ b: Box) -> Double { min(x1, b.x1) - max(x0, b.x0) }

    /// Whole points, for a `Place`.
    var ints: [Int] { [x0, y0, x1, y1].map { Int(max(-1e6, min(1e6, $0)).rounded()) } }

    /// False for boxes that a broken file makes of infinities and not-numbers.
    var isUsable: Bool {
        [x0, y0, x1, y1].allSatisfy { $0.isFinite && abs($0) < 1e6 } && x1 >= x0 && y1 >= y0
    }
}

struct Word: Hashable, Sendable {
    var text: String
    var box: Box
    var bold = false
    /// How certain its recognition is, in thousandths; nil where the file gives the text itself.
    var confidence: Int?
    /// The folded pieces that labels are compared with (`B/L` is `b`, `l`).
    var tokens: [String] = []

    init(_ text: String, _ box: Box, bold: Bool = false, confidence: Int? = nil) {
        self.text = text
        self.box = box
        self.bold = bold
        self.confidence = confidence
        tokens = Fold.tokens(text)
    }

    /// Dots that lead from a label to its value.
    var isLeader: Bool { text.count >= 3 && text.allSatisfy { ".…·".contains($0) } }

    var endsWithColon: Bool { text.hasSuffix(":") || text.hasSuffix("：") }
}

/// Words that stand on one line with no more than a blank or two between them: a cell, a label with its value, a sentence.
struct Chunk: Hashable, Sendable {
    let words: [Word]
    /// Index of its line on the page.
    let line: Int
    let box: Box

    /// - Parameter words: at least one.
    init(words: [Word], line: Int) {
        self.words = words
        self.line = line
        box = words.box ?? Box(x0: 0, y0: 0, x1: 0, y1: 0)
    }

    var text: String { words.text }
    var tokens: [String] { words.flatMap(\.tokens) }
    var height: Double { words.map(\.box.height).max() ?? 0 }
}

extension Collection where Element == Word {
    var box: Box? { .around(map(\.box)) }

    /// As printed. Two blanks stand between two figures that are further apart than the groups of one: "1  278.61" are two.
    var text: String {
        var out = ""
        var last: Word?
        for w in self {
            if let last { out += last.isFigure(apartFrom: w) ? "  " : " " }
            out += w.text
            last = w
        }
        return out
    }

    /// The box of the characters `range` of `text`; nil where no word has any of them.
    func box(of range: Range<Int>) -> Box? {
        var out: Box?
        var offset = 0
        var last: Word?
        for w in self {
            if let last { offset += last.isFigure(apartFrom: w) ? 2 : 1 }
            let end = offset + w.text.count
            if offset < range.upperBound, range.lowerBound < end { out = out?.union(w.box) ?? w.box }
            offset = end
            last = w
        }
        return out
    }
}

extension Collection where Element == Chunk {
    var box: Box? { .around(map(\.box)) }
}

extension Word {
    /// Whether what looks like the next group of three of this figure is a number of its own: a blank between groups is a
    /// quarter of the type's size, and the box of a recognised word ends where its ink does.
    func isFigure(apartFrom next: Word) -> Bool {
        guard text.last?.isNumber == true, next.text.prefix(while: \.isNumber).count == 3 else { return false }
        let recognised = confidence != nil || next.confidence != nil
        return next.box.x0 - box.x1 > (recognised ? 0.75 : 0.5) * Swift.max(box.height, next.box.height)
    }
}

/// One page as words in their places.
struct Page: Sendable {
    /// 1-based.
    var number: Int
    var width: Double
    var height: Double
    /// Line by line from the top, from left to right in a line.
    var chunks: [Chunk]
    /// Pictures on the page.
    var images: [Box]
    /// Ink and stamp annotations, filled signature fields.
    var marks: [Mark]
    /// Where the words were recognised on a picture that had to be turned: boxes are those of the upright page.
    var turn: Turn?
    /// Ink that looks like writing and could not be read.
    var unread: [Box] = []
    /// Names of the fonts that its text layer is set in.
    var fonts: Set<String> = []
    /// Barcodes, in the frame of the page as it was sent.
    var codes: [Barcode] = []

    var hasText: Bool { chunks.contains { $0.words.contains { !$0.tokens.isEmpty } } }

    /// Height of the words that most of the page is set in.
    var bodyHeight: Double {
        let h = chunks.flatMap { c in c.words.map(\.box.height) }.sorted()
        return h.isEmpty ? 10 : h[h.count / 2]
    }

    /// The place of a box on the page as it was sent, with how certain the words in it are.
    func place(_ box: Box, _ quote: String) -> Place {
        let read = chunks.lazy.filter { $0.box.meets(box) }.flatMap(\.words).filter { $0.box.meets(box) }
        return Place(
            page: number, box: (turn?.back(box) ?? box).ints, quote: String(quote.prefix(200)),
            confidence: read.compactMap(\.confidence).min())
    }

    /// Puts words into lines by their vertical overlap, and lines into chunks where the gap is wider than two blanks.
    static func chunks(of words: [Word]) -> [Chunk] {
        let sorted = words.flatMap(cutAtColon).sorted { ($0.box.midY, $0.box.x0) < ($1.box.midY, $1.box.x0) }
        var lines: [(y: Double, height: Double, words: [Word])] = []
        for w in sorted {
            // The line has the height of its first words; small print beside large print still joins it.
            if let last = lines.indices.last, abs(w.box.midY - lines[last].y) < 0.45 * max(lines[last].height, 4),
                abs(w.box.midY - lines[last].y) < 0.6 * max(w.box.height, 4)
            {
                lines[last].words.append(w)
                continue
            }
            lines.append((w.box.midY, w.box.height, [w]))
        }
        var out: [Chunk] = []
        for (n, line) in lines.enumerated() {
            var current: [Word] = []
            for w in line.words.sorted(by: { ($0.box.x0, $0.box.y0) < ($1.box.x0, $1.box.y0) }) {
                if let last = current.last, w.box.x0 - last.box.x1 > gap(last, w) {
                    out.append(Chunk(words: current, line: n))
                    current = []
                }
                current.append(w)
            }
            if !current.isEmpty { out.append(Chunk(words: current, line: n)) }
        }
        return out
    }

    /// The widest gap between two words of one chunk: over two blanks of a proportional font, over one of a fixed one.
    private static func gap(_ a: Word, _ b: Word) -> Double {
        let count = a.text.unicodeScalars.count + b.text.unicodeScalars.count
        let letter = (a.box.width + b.box.width) / Double(max(count, 1))
        let height = max(a.box.height, b.box.height)
        // The box of a recognised word ends where its ink does, one of a fixed font far from the next.
        if a.confidence != nil, b.confidence != nil { return 1.25 * height }
        return max(0.75 * height, min(1.3 * letter, height))
    }

    /// `Name:J. Smith` without a blank becomes two words; times, ratios and addresses of the web stay whole.
    static func cutAtColon(_ word: Word) -> [Word] {
        let all = Array(word.text)
        guard let at = all.firstIndex(of: ":"), at > 0, at + 1 < all.count, !all[at - 1].isNumber, all[at + 1] != "/",
            all[at + 1] != ":"
        else { return [word] }
        let x = word.box.x0 + word.box.width * Double(at + 1) / Double(all.count)
        var left = word.box
        var right = word.box
        left.x1 = x
        right.x0 = x
        return [
            Word(String(all[...at]), left, bold: word.bold, confidence: word.confidence),
            Word(String(all[(at + 1)...]), right, bold: word.bold, confidence: word.confidence),
        ]
    }
}
