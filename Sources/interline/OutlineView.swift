import Pipeline
import Vocabulary

/// A line of an EDI file as the screen shows it: tags bold, findings in the colour of their weight.
enum OutlineView {
    static func text(_ line: EDIOutline.Line) -> String {
        let indent = String(repeating: "  ", count: line.depth)
        let text = Terminal.printable(line.text)
        switch line.kind {
        case .envelope:
            return indent + Terminal.styled(line.tag, .bold) + "  " + Terminal.styled("\(line.name): \(text)", .dim)
        case .segment:
            let tag = line.tag.padding(3)
            let name = line.name.isEmpty ? "" : "\(line.name): "
            return indent + Terminal.styled(Terminal.printable(tag), .bold) + "  " + Terminal.styled(name, .dim) + text
        case .finding(let severity):
            let style: Terminal.Style = severity == .critical ? .red : severity == .warning ? .yellow : .dim
            return indent + Terminal.styled("! \(severity.rawValue) \(line.name): \(text)", style)
        }
    }
}

extension String {
    /// Blanks behind, up to a width.
    fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
