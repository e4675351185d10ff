import Testing

@testable import ProofReader

/// Makes a scan of a paper: its first page painted, spoilt as scanners and telephones do, and put into a PDF as a picture.
struct ScanMaker {
    private var picture: Picture
    /// Numbers that look random and are the same in every run.
    private var state: UInt64 = 42

    init(_ paper: PaperMaker, dpi: Double = 200) throws {
        picture = try #require(PDFFile(paper.bytes).picture(1, dpi: dpi))
    }

    private mutating func random(_ below: UInt64) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % below)
    }

    /// Dark and light specks, one pixel in `each`, and grain.
    mutating func noise(each: UInt64 = 100, grain: UInt64 = 24) {
        for i in picture.gray.indices {
            let r = random(each)
            let v = Int(picture.gray[i]) - Int(grain) / 2 + random(grain)
            picture.gray[i] = r == 0 ? UInt8(random(90)) : UInt8(max(0, min(255, v)))
        }
    }

    /// Light that falls off to a third towards the left and the top.
    mutating func shade() {
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                let light =
                    0.35 + 0.65 * (0.5 * Double(x) / Double(picture.width) + 0.5 * Double(y) / Double(picture.height))
                let i = y * picture.width + x
                picture.gray[i] = UInt8(Double(picture.gray[i]) * light)
            }
        }
    }

    mutating func turn(quarters: Int) { picture = picture.turned(quarters: quarters) }

    mutating func skew(degrees: Double) { picture = picture.turned(angle: degrees * .pi / 180) }

    /// Lines of a fax: half of them are lost, and only black and white are left.
    mutating func fax() {
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                picture.gray[y * picture.width + x] = picture.gray[(y / 2 * 2) * picture.width + x] < 140 ? 0 : 255
            }
        }
    }

    /// A PDF whose only page is the picture.
    var bytes: [UInt8] {
        let (w, h) = picture.size
        var out = Array("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        func add(_ body: [UInt8]) {
            offsets.append(out.count)
            out += Array("\(offsets.count) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
        }
        let paint = "q \(w) 0 0 \(h) 0 0 cm /I Do Q"
        add(Array("<< /Type /Catalog /Pages 2 0 R >>".utf8))
        add(Array("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".utf8))
        add(
            Array(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(w) \(h)] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>"
                    .utf8))
        add(Array("<< /Length \(paint.utf8.count) >>\nstream\n\(paint)\nendstream".utf8))
        add(
            Array(
                "<< /Type /XObject /Subtype /Image /Width \(picture.width) /Height \(picture.height) /ColorSpace /DeviceGray /BitsPerComponent 8 /Length \(picture.gray.count) >>\nstream\n"
                    .utf8) + picture.gray + Array("\nendstream".utf8))
        let start = out.count
        out += Array("xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8)
        for o in offsets {
            let s = String(o)
            out += Array((String(repeating: "0", count: 10 - s.count) + s + " 00000 n \n").utf8)
        }
        out += Array("trailer << /Size \(offsets.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
        return out
    }
}
