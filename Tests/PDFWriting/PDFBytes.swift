/// A PDF of objects, numbered from 1 in their order, with the table of their places; object 1 is the catalogue.
///
/// - Parameter trailer: further entries of the trailer; `XREF` in them stands for the table's own place.
package func pdfBytes(_ objects: [[UInt8]], trailer: String = "") -> [UInt8] {
    var out = Array("%PDF-1.7\n".utf8)
    var offsets: [Int] = []
    for (i, o) in objects.enumerated() {
        offsets.append(out.count)
        out += Array("\(i + 1) 0 obj\n".utf8) + o + Array("\nendobj\n".utf8)
    }
    let start = out.count
    out += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for o in offsets {
        let s = String(o)
        out += Array((String(repeating: "0", count: 10 - s.count) + s + " 00000 n \n").utf8)
    }
    let entries = trailer.replacing("XREF", with: String(start))
    out += Array(
        "trailer << /Size \(objects.count + 1) /Root 1 0 R \(entries) >>\nstartxref\n\(start)\n%%EOF\n".utf8)
    return out
}
