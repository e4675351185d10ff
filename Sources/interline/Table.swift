/// Rows under headings, as wide as their widest cell; on a screen the widest text column gives way.
struct Table {
    struct Column {
        var title: String
        var isNumber = false
        /// May be cut where the screen is too narrow.
        var gives = false

        init(_ title: String, isNumber: Bool = false, gives: Bool = false) {
            self.title = title
            self.isNumber = isNumber
            self.gives = gives
        }
    }

    var columns: [Column]
    private(set) var rows: [[String]] = []
    private var styles: [[Terminal.Style?]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// - Parameter styles: a cell's colours each, or none at all.
    mutating func add(_ cells: [String], styles: [Terminal.Style?] = []) {
        rows.append(cells.map(Terminal.printable))
        self.styles.append(styles)
    }

    func lines(width: Int? = Terminal.width) -> [String] {
        var widths = columns.indices.map { i in
            rows.reduce(Terminal.columns(columns[i].title)) { max($0, Terminal.columns($1[i])) }
        }
        if let width {
            var over = widths.reduce(0, +) + 2 * (widths.count - 1) - width
            while over > 0,
                let widest = columns.indices.filter({ columns[$0].gives && widths[$0] > 12 })
                    .max(by: { widths[$0] < widths[$1] })
            {
                let second = columns.indices.filter { columns[$0].gives && $0 != widest }.map { widths[$0] }.max() ?? 12
                let step = min(over, max(1, widths[widest] - max(12, second)))
                widths[widest] -= step
                over -= step
            }
        }
        func line(_ cells: [String], _ styles: [Terminal.Style?]) -> String {
            // Blanks go before the next text only, so that no line ends in them.
            var out = ""
            var gap = ""
            for (i, cell) in cells.enumerated() {
                let text = Terminal.cut(cell, to: widths[i])
                let pad = String(repeating: " ", count: max(0, widths[i] - Terminal.columns(text)))
                if columns[i].isNumber { gap += pad }
                if !text.isEmpty {
                    out += gap + Terminal.styled(text, i < styles.count ? styles[i] : nil)
                    gap = ""
                }
                gap += (columns[i].isNumber ? "" : pad) + "  "
            }
            return out
        }
        let head = Terminal.styled(line(columns.map(\.title), []), .bold)
        return [head] + zip(rows, styles).map { line($0, $1) }
    }

    /// RFC 4180, every field quoted, so that 00045 is no number by accident; a cell that a spreadsheet would take for a
    /// formula gets an apostrophe before it (OWASP, CSV injection).
    var csv: String {
        ([columns.map(\.title)] + rows).map { $0.map(Table.field).joined(separator: ",") + "\r\n" }.joined()
    }

    static func field(_ text: String) -> String {
        let isNumber = text.first == "-" && text.dropFirst().allSatisfy { $0.isNumber || $0 == "." }
        let guarded = "=+-@\t\r".contains(text.first ?? " ") && !isNumber ? "'" + text : text
        return "\"" + guarded.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
