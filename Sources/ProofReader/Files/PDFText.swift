import CPoppler
import Schemas

/// The text layer of a page: words with their boxes.
///
/// Poppler gives the text and, apart from it, a rectangle for each of its Unicode scalars. The two are no pair where the text
/// holds scalars that stand nowhere on the page; then they are brought together line by line.
struct PDFText {
    private let page: OpaquePointer

    /// - Parameter page: poppler's, owned by the caller.
    init(_ page: OpaquePointer) { self.page = page }

    /// A scalar with its box and whether it is set in bold.
    private struct Letter {
        var scalar: Unicode.Scalar
        var box: Box
        var bold: Bool
    }

    /// - Parameter limit: one word more than this is enough to see that there are too many.
    /// - Returns: the words, and how many lines have boxes that are only estimated.
    func words(limit: Int) -> (words: [Word], estimated: Int) {
        guard let raw = poppler_page_get_text(page) else { return ([], 0) }
        defer { g_free(raw) }
        let scalars = Array(String(cString: raw).unicodeScalars)
        var rectangles: UnsafeMutablePointer<PopplerRectangle>?
        var count: guint = 0
        guard poppler_page_get_text_layout(page, &rectangles, &count) != 0, let rectangles else { return ([], 0) }
        defer { g_free(rectangles) }
        let boxes = UnsafeBufferPointer(start: rectangles, count: Int(count))
        let bold = boldScalars(scalars.count)
        let (letters, estimated) = PDFText.pair(zip(scalars, bold).map { (scalar: $0, bold: $1) }, boxes)
        return (PDFText.words(letters, limit), estimated)
    }

    private static func words(_ letters: [Letter], _ limit: Int) -> [Word] {
        var out: [Word] = []
        var text = ""
        var box: Box?
        var isBold = false
        func close() {
            if let b = box, !text.isEmpty, b.isUsable { out.append(Word(text, b, bold: isBold)) }
            text = ""
            box = nil
        }
        for l in letters {
            if l.scalar.properties.isWhitespace || l.scalar.value < 0x20 {
                close()
                if out.count > limit { break }
                continue
            }
            let b = l.box
            // Poppler leaves the blank out between cells of a table: a gap or another line ends the word too.
            if let w = box, b.x0 - w.x1 > 0.22 * max(b.height, 1) || b.x1 < w.x0 - 1 || b.midY > w.y1 || b.midY < w.y0 {
                close()
            }
            if box == nil { isBold = l.bold }
            box = box.map { $0.union(b) } ?? b
            if let letters = ligatures[l.scalar] { text += letters } else { text.unicodeScalars.append(l.scalar) }
        }
        close()
        return out
    }

    /// Letters that fonts draw as one, and that words are not compared with.
    private static let ligatures: [Unicode.Scalar: String] = [
        "\u{FB00}": "ff", "\u{FB01}": "fi", "\u{FB02}": "fl", "\u{FB03}": "ffi", "\u{FB04}": "ffl", "\u{FB05}": "st",
        "\u{FB06}": "st",
    ]

    // MARK: Text and boxes

    private typealias Character = (scalar: Unicode.Scalar, bold: Bool)

    /// Gives each scalar its rectangle. Where the numbers differ, poppler has set marks of direction around words that run from
    /// right to left; without them they mostly agree. What still does not is paired by lines, since the end of a line is a
    /// rectangle without extent, and in a line whose numbers differ by proportion.
    private static func pair(
        _ text: [Character], _ boxes: UnsafeBufferPointer<PopplerRectangle>
    ) -> (letters: [Letter], estimated: Int) {
        if text.count == boxes.count { return (zip(text, boxes).map(letter), 0) }
        let plain = text.filter { !(0x202A...0x202E).contains($0.scalar.value) }
        if plain.count == boxes.count { return (zip(plain, boxes).map(letter), 0) }
        var lines = plain.split(omittingEmptySubsequences: false) { $0.scalar == "\n" }
        var rows = boxes.split(omittingEmptySubsequences: false) { $0.x1 == $0.x2 && $0.y1 == $0.y2 }
        if lines.count != rows.count {
            lines = [plain[...]]
            rows = [boxes[...]]
        }
        var out: [Letter] = []
        var estimated = 0
        for (line, row) in zip(lines, rows) where !row.isEmpty {
            if line.count != row.count { estimated += 1 }
            for (i, c) in line.enumerated() { out.append(letter(c, row[row.startIndex + i * row.count / line.count])) }
            if let last = out.last { out.append(Letter(scalar: "\n", box: last.box, bold: false)) }
        }
        return (out, estimated)
    }

    private static func letter(_ c: Character, _ r: PopplerRectangle) -> Letter {
        Letter(
            scalar: c.scalar, box: Box(x0: r.x1, y0: min(r.y1, r.y2), x1: r.x2, y1: max(r.y1, r.y2)), bold: c.bold)
    }

    /// Names of the fonts that the text is set in. Costs little once the words were taken: poppler keeps the page's text.
    var fonts: Set<String> {
        var out: Set<String> = []
        forEachFont { name, _ in out.insert(name) }
        return out
    }

    private func boldScalars(_ count: Int) -> [Bool] {
        var out = [Bool](repeating: false, count: count)
        forEachFont { name, range in
            guard Fold.plain(name).contains("bold") else { return }
            for i in range.clamped(to: 0..<count) { out[i] = true }
        }
        return out
    }

    /// The fonts of the text in its order, each with the scalars that are set in it.
    private func forEachFont(_ body: (String, Range<Int>) -> Void) {
        guard let list = poppler_page_get_text_attributes(page) else { return }
        defer { poppler_page_free_text_attributes(list) }
        forEach(list, as: PopplerTextAttributes.self) { a in
            let (start, end) = (Int(a.pointee.start_index), Int(a.pointee.end_index) + 1)
            if let name = a.pointee.font_name, start >= 0 { body(String(cString: name), start..<max(start, end)) }
        }
    }
}
