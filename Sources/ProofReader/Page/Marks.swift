import Schemas
import Vocabulary

/// What stands on a page besides text: ticked boxes and signatures.
struct Marks {
    let page: Page
    let words: ProofWords
    private let painting: Painting

    init(page: Page, words: ProofWords, painting: Painting) {
        self.page = page
        self.words = words
        self.painting = painting
    }

    /// The painted page without its words; nil where it cannot be painted.
    private var raster: Raster? { painting.raster }
    /// The same without rules and frames; recognition takes them off a picture itself.
    private var strokes: Raster? { page.turn == nil ? painting.strokes : painting.raster }

    struct Tick {
        /// `damaged`, `short`, `refused`, `clean`.
        var code: String
        var ticked: Bool
        var chunks: [Int]
        var box: Box
        var label: String
    }

    private enum Element {
        case label(code: String, text: String, box: Box, chunk: Int)
        case box(ticked: Bool, box: Box, chunk: Int?)

        var x: Double {
            switch self {
            case .label(_, _, let b, _), .box(_, let b, _): b.x0
            }
        }
    }

    /// The check boxes beside words like Damaged, Short, Refused, drawn or typed, and whether they are ticked.
    func ticks() -> [Tick] {
        var byLine: [Int: [Element]] = [:]
        for (c, chunk) in page.chunks.enumerated() {
            byLine[chunk.line, default: []] += elements(of: chunk, c)
        }
        var out: [Tick] = []
        for line in byLine.keys.sorted() {
            guard var all = byLine[line], all.contains(where: { if case .label = $0 { true } else { false } }) else {
                continue
            }
            let chunks = page.chunks.filter { $0.line == line }
            if let band = chunks.box, let raster {
                let area = Box(
                    x0: max(0, band.x0 - 40), y0: band.midY - 11, x1: min(page.width, band.x1 + 60), y1: band.midY + 11)
                for b in raster.checkBoxes(in: area) { all.append(.box(ticked: b.ticked, box: b.box, chunk: nil)) }
            }
            out += pair(all.sorted { $0.x < $1.x })
        }
        return out
    }

    /// Boxes go with the label behind them where the line begins with a box, else with the label before them.
    private func pair(_ elements: [Element]) -> [Tick] {
        guard elements.contains(where: { if case .box = $0 { true } else { false } }) else { return [] }
        let ordered: [Element]
        if case .box = elements[0] { ordered = elements.reversed() } else { ordered = elements }
        var out: [Tick] = []
        var open: (code: String, text: String, box: Box, chunk: Int)?
        for e in ordered {
            switch e {
            case .label(let code, let text, let box, let chunk): open = (code, text, box, chunk)
            case .box(let ticked, let box, let chunk):
                guard let o = open, abs(box.midX - o.box.midX) < o.box.width / 2 + 60 else { continue }
                out.append(
                    Tick(
                        code: o.code, ticked: ticked, chunks: [o.chunk] + (chunk.map { [$0] } ?? []),
                        box: o.box.union(box), label: o.text))
                open = nil
            }
        }
        return out
    }

    private func elements(of chunk: Chunk, _ index: Int) -> [Element] {
        var out: [Element] = []
        var i = 0
        var others = 0
        while i < chunk.words.count {
            if let (ticked, count) = typedBox(chunk.words, i) {
                let b = chunk.words[i..<i + count].box ?? chunk.words[i].box
                out.append(.box(ticked: ticked, box: b, chunk: index))
                i += count
                continue
            }
            let tokens = chunk.words[i...].flatMap(\.tokens)
            if !tokens.isEmpty, !chunk.words[i].tokens.isEmpty,
                let p = words.labels.match(tokens[...], at: 0) ?? words.label(chunk.words[i].tokens[...], at: 0),
                let code = checkCode(p.meaning[0])
            {
                var n = 0
                var count = 0
                while count < p.tokens.count, i + n < chunk.words.count {
                    count += chunk.words[i + n].tokens.count
                    n += 1
                }
                if count == p.tokens.count {
                    let part = chunk.words[i..<i + n]
                    let b = part.box ?? chunk.words[i].box
                    out.append(.label(code: code, text: part.map(\.text).joined(separator: " "), box: b, chunk: index))
                    i += n
                    continue
                }
            }
            if !chunk.words[i].tokens.isEmpty { others += 1 }
            i += 1
        }
        // A sentence that mentions damage is no row of check boxes.
        let labels = out.filter { if case .label = $0 { true } else { false } }.count
        return others > 2 * max(labels, 1) ? out.filter { if case .box = $0 { true } else { false } } : out
    }

    private func checkCode(_ meaning: String) -> String? {
        ProofWords.checks.contains(meaning)
            ? String(meaning.dropFirst("delivery ".count)) : nil
    }

    private static let ticked: Set = [
        "☒", "☑", "✓", "✔", "✗", "✘", "🗹", "🗷", "■", "[x]", "[X]", "(x)", "(X)", "[✓]", "[✔]", "X", "[*]",
    ]
    private static let empty: Set = ["☐", "□", "▢", "[]", "[_]", "[__]", "()", "(_)", "❏", "❑", "○"]

    /// `[x]`, `[ ]`, `(X)`, ☒, ☐, ✓ and a lone X, in one word or several.
    private func typedBox(_ w: [Word], _ i: Int) -> (ticked: Bool, words: Int)? {
        let t = w[i].text
        if Marks.ticked.contains(t) { return (true, 1) }
        if Marks.empty.contains(t) { return (false, 1) }
        if t == "[" || t == "(" {
            let close = t == "[" ? "]" : ")"
            if i + 1 < w.count, w[i + 1].text == close { return (false, 2) }
            if i + 2 < w.count, w[i + 2].text == close, ["x", "X", "✓", "✔", "*"].contains(w[i + 1].text) {
                return (true, 3)
            }
        }
        return nil
    }

    /// Whether somebody signed beside, above or below a signature's label.
    ///
    /// - Parameter right: where the next label or the page's edge ends the space right of the label.
    func signature(at label: Box, right: Double, bottom: Double, captionBelow: Bool) -> Mark? {
        var areas = [
            Box(
                x0: label.x1 + 2, y0: label.y0 - 16, x1: min(right, label.x1 + 320),
                y1: min(label.y1 + 16, max(bottom, label.y1 + 4))),
            Box(x0: label.x0 - 4, y0: label.y1 + 1, x1: min(right, label.x0 + 260), y1: min(label.y1 + 42, bottom)),
        ]
        // A caption under a line: the hand is above it.
        if captionBelow {
            areas.append(Box(x0: label.x0 - 10, y0: label.y0 - 38, x1: min(right, label.x1 + 120), y1: label.y0 - 1))
        }
        for a in areas where a.width > 6 && a.height > 6 {
            if let m = page.marks.first(where: { $0.box.meets(a) }) { return m }
            if let b = picture(in: a) { return Mark(kind: .image, box: b) }
            if let b = strokes?.handwriting(in: a) { return Mark(kind: .ink, box: b) }
        }
        return nil
    }

    /// A picture that lies mostly in an area and is not blank: a signature taken on a screen.
    private func picture(in area: Box) -> Box? {
        page.images.first { i in
            let common = max(0, i.overlapX(area)) * max(0, min(i.y1, area.y1) - max(i.y0, area.y0))
            guard i.width >= 14, i.height >= 5, i.height < 160, common * 2 > i.width * i.height else { return false }
            return strokes.map { $0.handwriting(in: i.inset(-1)) != nil } ?? true
        }
    }
}
