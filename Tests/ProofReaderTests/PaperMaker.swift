import PDFWriting

/// Writes a minimal PDF: Helvetica at places given from the page's top left corner, rules, boxes, strokes and a picture.
struct PaperMaker {
    private var pages: [String] = []
    private var embedded: [(name: String, bytes: [UInt8])] = []

    private var extras: [[UInt8]] = []
    private var entries = (catalog: "", page: "", resources: "")

    init() { page() }

    /// Adds an object; `@1` in it, and in `enter`, stands for the number of the first one added, and so on.
    mutating func object(_ s: String) { extras.append(Array(s.utf8)) }

    mutating func stream(_ dictionary: String, _ bytes: [UInt8]) {
        extras.append(
            Array("<< \(dictionary) /Length \(bytes.count) >>\nstream\n".utf8) + bytes + Array("\nendstream".utf8))
    }

    /// Further entries of the catalogue, of all pages and of their resources.
    mutating func enter(catalog: String = "", page: String = "", resources: String = "") {
        entries.catalog += catalog
        entries.page += page
        entries.resources += resources
    }

    /// Operators of a content stream, as they are.
    mutating func raw(_ s: String) { draw(s) }

    mutating func page() { pages.append("") }

    mutating func draw(_ s: String) { pages[pages.count - 1] += s + "\n" }

    /// Letters beyond ASCII are written in Latin-1 escapes (WinAnsi).
    mutating func text(_ s: String, _ x: Int, _ y: Int, size: Int = 10, bold: Bool = false) {
        var escaped = ""
        for u in s.unicodeScalars {
            switch u {
            case "(", ")", "\\": escaped += "\\" + String(u)
            default:
                if u.value < 0x80 {
                    escaped.unicodeScalars.append(u)
                } else {
                    let octal = String(u.value & 0xFF, radix: 8)
                    escaped += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
                }
            }
        }
        draw("BT /F\(bold ? 2 : 1) \(size) Tf \(x) \(842 - y) Td (\(escaped)) Tj ET")
    }

    mutating func box(_ x: Int, _ y: Int, _ side: Int = 10, crossed: Bool = false) {
        draw("0.8 w \(x) \(842 - y) \(side) \(side) re S")
        if crossed {
            draw("\(x + 2) \(844 - y) m \(x + side - 2) \(840 - y + side) l S")
            draw("\(x + 2) \(840 - y + side) m \(x + side - 2) \(844 - y) l S")
        }
    }

    mutating func rule(_ x: Int, _ y: Int, _ width: Int) { draw("0.5 w \(x) \(842 - y) m \(x + width) \(842 - y) l S") }

    /// A wavy stroke, as a hand makes it.
    mutating func scribble(_ x: Int, _ y: Int) {
        draw("1 w \(x) \(842 - y) m")
        for i in 0..<6 {
            let a = x + i * 14
            let up = i % 2 == 0 ? 9 : -7
            draw("\(a + 4) \(842 - y + up) \(a + 10) \(842 - y + up) \(a + 14) \(842 - y) c")
        }
        draw("S")
    }

    /// A grey picture over the whole page.
    mutating func picture() { draw("q 595 0 0 842 0 0 cm /Im1 Do Q") }

    mutating func embed(_ name: String, _ bytes: [UInt8]) { embedded.append((name, bytes)) }

    var bytes: [UInt8] {
        var objects: [[UInt8]] = []
        let firstPage = 6
        let kids = pages.indices.map { "\(firstPage + $0 * 2) 0 R" }.joined(separator: " ")
        let firstFile = firstPage + pages.count * 2
        let firstExtra = firstFile + embedded.count * 2
        func add(_ s: String) {
            var s = s
            for i in extras.indices.reversed() { s = s.replacing("@\(i + 1)", with: String(firstExtra + i)) }
            objects.append(Array(s.utf8))
        }
        let names = embedded.indices.map { "(\(embedded[$0].name)) \(firstFile + $0 * 2 + 1) 0 R" }.joined(
            separator: " ")
        add(
            "<< /Type /Catalog /Pages 2 0 R"
                + (embedded.isEmpty ? "" : " /Names << /EmbeddedFiles << /Names [\(names)] >> >>")
                + " \(entries.catalog) >>")
        add("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
        add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
        add(
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream"
        )
        for (i, content) in pages.enumerated() {
            add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(firstPage + i * 2 + 1) 0 R "
                    + "\(entries.page) /Resources << /Font << /F1 3 0 R /F2 4 0 R \(entries.resources) >> "
                    + "/XObject << /Im1 5 0 R >> >> >>")
            add("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
        for (i, f) in embedded.enumerated() {
            objects.append(
                Array("<< /Type /EmbeddedFile /Length \(f.bytes.count) >>\nstream\n".utf8) + f.bytes
                    + Array("\nendstream".utf8))
            add("<< /Type /Filespec /F (\(f.name)) /EF << /F \(firstFile + i * 2) 0 R >> >>")
        }
        for e in extras { if e.contains(0) { objects.append(e) } else { add(String(decoding: e, as: UTF8.self)) } }
        return pdfBytes(objects)
    }
}
