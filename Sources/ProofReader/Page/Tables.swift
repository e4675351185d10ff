import Schemas
import Vocabulary

/// A row of a table: for each column its words.
struct TableRow {
    var page: Int
    var cells: [String: Cell]
    var box: Box
    /// The last number that stood alone on a line of its own, over the rows it is of, and its column's meaning.
    var group: (meaning: String, cell: Cell)?

    struct Cell {
        var text: String
        var box: Box
        /// The header above it, as printed.
        var header: String

        /// Two chunks stand further apart than the groups of one figure do.
        func isFigure(apartFrom next: String) -> Bool { text.last?.isNumber == true && next.first?.isNumber == true }
    }
}

extension Chunk {
    fileprivate var hasColon: Bool { words.contains(where: \.endsWithColon) }
    /// Whether a word of it begins with a digit.
    fileprivate var hasFigure: Bool { words.contains { $0.text.first?.isNumber == true } }
}

/// Finds tables by their header line and reads the rows below it by alignment.
struct TableReader {
    let words: ProofWords

    private struct Column {
        var meaning: String
        var box: Box
        var header: String
    }

    /// The rows, and the lines of the page that belong to tables.
    func rows(on page: Page) -> (rows: [TableRow], lines: Set<Int>) {
        let lines = Dictionary(grouping: page.chunks, by: \.line)
        var out: [TableRow] = []
        var columns: [Column] = []
        var last: Box?
        var group: (meaning: String, cell: TableRow.Cell)?
        var isUnderHead = false
        var used: Set<Int> = []
        for line in lines.keys.sorted() {
            guard let chunks = lines[line] else { continue }
            if let header = header(chunks) {
                columns = header
                group = nil
                isUnderHead = true
                used.insert(line)
                last = chunks.box
                continue
            }
            guard !columns.isEmpty, let above = last, let box = chunks.box else { continue }
            if box.y0 - above.y1 > max(4 * box.height, 34) {
                columns = []
                continue
            }
            // The second line of a head: "excl. VAT" under "Price".
            if isUnderHead, !chunks.contains(where: { $0.hasFigure || $0.hasColon }),
                chunks.allSatisfy({ c in columns.contains { $0.box.overlapX(c.box) > 0 } })
            {
                used.insert(line)
                last = box
                continue
            }
            if ends(chunks) {
                columns = []
                continue
            }
            let cells = cells(chunks, columns)
            let isClose = box.y0 - above.y1 < 2 * box.height
            let numeric = cells.values.filter { $0.text.contains { $0.isNumber } }.count
            // "Serial: X99" says more of the line above and is no line, unless a quantity or an amount stands beside it.
            let counts = cells.contains { meaning, cell in
                (meaning.hasPrefix("amount ") || meaning.hasPrefix("quantity ")) && cell.text.first?.isLetter == false
            }
            if numeric > 0, cells.count >= 2, counts || !chunks.contains(where: \.hasColon) {
                out.append(TableRow(page: page.number, cells: cells, box: box, group: group))
                isUnderHead = false
                used.insert(line)
                last = box
            } else if cells.count == 1, let (meaning, cell) = cells.first, meaning.hasPrefix("reference "), numeric > 0
            {
                group = (meaning, cell)
                last = box
            } else if cells.count == 1, let more = cells["term description"], var row = out.last,
                row.page == page.number, !chunks.contains(where: \.hasColon),
                row.box.y1 + 2 * box.height > box.y0
            {
                // A description that runs over two lines.
                row.cells["term description"]?.text += " " + more.text
                out[out.count - 1] = row
                last = box
            } else if isClose {
                last = box
            } else if chunks.contains(where: \.hasColon) {
                // Below the table: the company's foot.
                columns = []
            }
        }
        return (out, used)
    }

    /// Three or more column words of different meaning, and little else on the line.
    private func header(_ chunks: [Chunk]) -> [Column]? {
        var columns: [Column] = []
        var total = 0
        var matched = 0
        for chunk in chunks {
            // "Pieces received 35" is a label with its value.
            if chunk.words.dropFirst().contains(where: { $0.text.allSatisfy(\.isNumber) }) { return nil }
            let before = columns.count
            var i = 0
            var isHead = false
            total += 1
            while i < chunk.words.count {
                let tokens = chunk.words[i...].flatMap(\.tokens)
                guard !tokens.isEmpty, let p = words.column(tokens[...], at: 0) else {
                    i += 1
                    continue
                }
                var n = 0
                var count = 0
                while count < p.tokens.count, i + n < chunk.words.count {
                    count += chunk.words[i + n].tokens.count
                    n += 1
                }
                let part = chunk.words[i..<i + n]
                guard count == p.tokens.count, !part.contains(where: \.endsWithColon) else {
                    i += n
                    continue
                }
                // The number of a printed box before its head ("7 Number of packages") is none of the head.
                if i == 0 || (i == 1 && Int(chunk.words[0].text) != nil) { isHead = true }
                let box = part.box ?? chunk.words[i].box
                columns.append(
                    Column(
                        meaning: p.meaning[0], box: box, header: chunk.words[i...].text))
                i += n
            }
            if isHead { matched += 1 }
            // A head that is not known has its column all the same: its cells are not its neighbours'.
            if columns.count == before {
                columns.append(Column(meaning: "ignore it", box: chunk.box, header: chunk.text))
            }
        }
        let kinds = Set(columns.map(\.meaning)).subtracting(["ignore it"])
        guard kinds.count >= 3, matched * 2 >= total else { return nil }
        return columns
    }

    /// A line ends a table where it begins with a label that is listed: one of a sum or of the delivery, or any other before a
    /// colon that does not name what lines have as well (their part number, origin, order).
    private func ends(_ chunks: [Chunk]) -> Bool {
        for c in chunks {
            let t = c.tokens
            guard !t.isEmpty, let p = words.labels.match(t[...], at: 0) else { continue }
            let section = p.meaning[0].prefix { $0 != " " }
            if c.hasColon {
                if section != "term" && section != "reference" && section != "ignore" { return true }
                continue
            }
            if !p.weak, section == "amount" || section == "delivery", t.count <= p.tokens.count + 2,
                !c.hasFigure || t.count > p.tokens.count
            {
                return true
            }
        }
        return false
    }

    private func cells(_ chunks: [Chunk], _ columns: [Column]) -> [String: TableRow.Cell] {
        var out: [String: TableRow.Cell] = [:]
        for chunk in chunks {
            for part in parts(chunk, columns) {
                let box = part.box ?? part[0].box
                guard let column = columns.min(by: { distance($0.box, box) < distance($1.box, box) }),
                    column.meaning != "ignore it"
                else { continue }
                let text = part.text
                if let old = out[column.meaning] {
                    // Of two columns of one meaning the first keeps its place (net price and price), unless it is one cell.
                    if abs(distance(column.box, old.box) - distance(column.box, box)) < 60, old.header == column.header
                    {
                        out[column.meaning] = TableRow.Cell(
                            text: old.text + (old.isFigure(apartFrom: text) ? "  " : " ") + text,
                            box: old.box.union(box), header: column.header)
                    }
                } else {
                    out[column.meaning] = TableRow.Cell(text: text, box: box, header: column.header)
                }
            }
        }
        return out
    }

    /// Cuts a chunk where a word stands exactly under the beginning of another column.
    private func parts(_ chunk: Chunk, _ columns: [Column]) -> [[Word]] {
        var out: [[Word]] = [[chunk.words[0]]]
        for w in chunk.words.dropFirst() {
            if columns.contains(where: { abs($0.box.x0 - w.box.x0) < 2 })
                || (columns.contains { abs($0.box.x1 - w.box.x1) < 1.2 } && w.text.first?.isNumber == true)
            {
                out.append([w])
            } else {
                out[out.count - 1].append(w)
            }
        }
        return out
    }

    /// How far a cell is from standing under a column: by its left edge, its right edge or its middle.
    private func distance(_ column: Box, _ cell: Box) -> Double {
        min(abs(column.x0 - cell.x0), abs(column.x1 - cell.x1), abs(column.midX - cell.midX))
    }
}
