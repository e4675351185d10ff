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
    var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    mutating func add(_ cells: [String]) { rows.append(cells.map(Terminal.printable)) }

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
        func line(_ cells: [String], _ style: Terminal.Style? = nil) -> String {
            var out = ""
            for (i, cell) in cells.enumerated() {
                let text = Terminal.cut(cell, to: widths[i])
                let pad = String(repeating: " ", count: max(0, widths[i] - Terminal.columns(text)))
                if i > 0 { out += "  " }
                out += columns[i].isNumber ? pad + text : (i == cells.count - 1 ? text : text + pad)
            }
            while out.last == " " { out.removeLast() }
            return Terminal.styled(out, style)
        }
        return [line(columns.map(\.title), .bold)] + rows.map { line($0) }
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
