import Schemas
import Vocabulary

/// The label that a barcode stands at, and what is printed there.
struct BarcodeLabel {
    struct Printed: Hashable {
        var value: String
        var box: Box
    }

    /// The kind of reference it names.
    let kind: String
    /// The label's own value and the line of characters that belongs to the code.
    let printed: [Printed]

    /// The nearest label left of, above or below the code that names a reference; nil where there is none.
    ///
    /// - Parameter kind: of the paper, for a bare "No.".
    init?(code: Barcode, sheet: Sheet, kind: ProofWords.Kind, normal: Normal) {
        let page = sheet.page
        let box = page.turn?.forth(code.box) ?? code.box
        var best: (index: Int, kind: String, cost: Double)?
        for (i, hit) in sheet.hits.enumerated() {
            guard let name = BarcodeFacts.reference(hit.meaning, kind), let cost = BarcodeLabel.distance(hit.box, box)
            else { continue }
            if cost < best?.cost ?? .infinity { best = (i, name, cost) }
        }
        guard let b = best else { return nil }
        self.kind = b.kind
        var printed: [Printed] = []
        let field = sheet.fields[b.index]
        if let v = normal.references(field.text).first { printed.append(Printed(value: v, box: field.box)) }
        for c in page.chunks
        where BarcodeLabel.belongs(c.box, box) && !sheet.hits.contains(where: { page.chunks[$0.chunk] == c }) {
            let v = normal.references(c.text)
            if v.count == 1, !printed.contains(where: { $0.value == v[0] }) {
                printed.append(Printed(value: v[0], box: c.box))
            }
        }
        self.printed = printed
    }

    /// Points from a label to a code that it may be the label of; nil where it stands elsewhere. What is left of a code may be further
    /// from it than what is above or below.
    private static func distance(_ label: Box, _ code: Box) -> Double? {
        if label.x1 <= code.x0 + 6, label.midY > code.y0 - 4, label.midY < code.y1 + 4, code.x0 - label.x1 < 200 {
            return max(0, code.x0 - label.x1) * 0.2
        }
        guard label.overlapX(code) > -10 else { return nil }
        let above = code.y0 - label.y1
        if above > -4, above < 24 { return max(0, above) }
        let below = label.y0 - code.y1
        if below > -4, below < 18 { return max(0, below) }
        return nil
    }

    /// Whether a line is the code's own in characters: close above or below it, and not wider than it by much.
    private static func belongs(_ line: Box, _ code: Box) -> Bool {
        guard line.x0 > code.x0 - 15, line.x1 < code.x1 + 15 else { return false }
        let gap = max(code.y0 - line.y1, line.y0 - code.y1)
        return gap > -6 && gap < 14
    }
}
