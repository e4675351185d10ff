import Foundation

/// Writes a PDF: pages of drawing operators in Helvetica, and grey pictures; nothing is compressed.
struct PaperFile {
    /// A grey picture, a byte a pixel, row by row.
    struct Picture {
        var width: Int
        var height: Int
        var grey: [UInt8]
    }

    private var objects: [Data] = []
    private var pages: [Int] = []
    private let size: String

    /// - Parameters:
    ///   - width, height: of each page, in points.
    init(width: Int, height: Int) {
        size = "/MediaBox [0 0 \(width) \(height)]"
        add("<< /Type /Catalog /Pages 2 0 R >>")
        add("")  // The tree of pages, known when the last is.
        for name in ["Helvetica", "Helvetica-Bold"] {
            add("<< /Type /Font /Subtype /Type1 /BaseFont /\(name) /Encoding /WinAnsiEncoding >>")
        }
    }

    private mutating func add(_ text: String) { objects.append(Data(text.utf8)) }

    private mutating func add(_ head: String, stream: Data) {
        objects.append(
            Data("<< \(head) /Length \(stream.count) >>\nstream\n".utf8) + stream + Data("\nendstream".utf8))
    }

    /// Adds a page.
    ///
    /// - Parameters:
    ///   - content: operators; fonts are `F1` and `F2`, a picture is `P`.
    mutating func page(_ content: String, picture: Picture? = nil) {
        var resources = "/Font << /F1 3 0 R /F2 4 0 R >>"
        if let p = picture {
            add(
                "/Type /XObject /Subtype /Image /Width \(p.width) /Height \(p.height) /ColorSpace /DeviceGray"
                    + " /BitsPerComponent 8", stream: Data(p.grey))
            resources += " /XObject << /P \(objects.count) 0 R >>"
        }
        add("", stream: Data(content.utf8))
        add("<< /Type /Page /Parent 2 0 R \(size) /Contents \(objects.count) 0 R /Resources << \(resources) >> >>")
        pages.append(objects.count)
    }

    var data: Data {
        var all = objects
        let kids = pages.map { "\($0) 0 R" }.joined(separator: " ")
        all[1] = Data("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>".utf8)
        var out = Data("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        for (place, object) in all.enumerated() {
            offsets.append(out.count)
            out += Data("\(place + 1) 0 obj\n".utf8) + object + Data("\nendobj\n".utf8)
        }
        var end = "xref\n0 \(all.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { end += String(String(10_000_000_000 + offset).dropFirst()) + " 00000 n \n" }
        end += "trailer\n<< /Size \(all.count + 1) /Root 1 0 R >>\nstartxref\n\(out.count)\n%%EOF\n"
        return out + Data(end.utf8)
    }

    /// The operators that put a text at a place, counted from the page's bottom left corner.
    static func text(_ s: String, _ x: Int, _ y: Int, size: Int = 9, bold: Bool = false) -> String {
        let escaped = s.reduce(into: "") { $0 += "()\\".contains($1) ? "\\\($1)" : String($1) }
        return "BT /F\(bold ? 2 : 1) \(size) Tf \(x) \(y) Td (\(escaped)) Tj ET\n"
    }

    static func rule(_ x: Int, _ y: Int, _ width: Int) -> String { "0.5 w \(x) \(y) m \(x + width) \(y) l S\n" }
}
