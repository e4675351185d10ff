/// PDFs made to break readers. Each is named by what it does.
enum HostilePDF {
    static let good = PDFMaker().bytes

    /// All of them by name.
    static let all: [(name: String, bytes: [UInt8])] = structure + nesting + bombs + pages + garbage

    // MARK: References in circles

    static var structure: [(String, [UInt8])] {
        var loop = PDFMaker()
        loop.trail("/Prev XREF")
        var tree = PDFMaker()
        tree.replace(2, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>")
        var parents = PDFMaker()
        parents.replace(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R /MediaBox 2 0 R >>")
        var length = PDFMaker()
        length.replace(4, "<< /Length 4 0 R >>\nstream\nBT ET\nendstream")
        var fields = PDFMaker(catalog: "/AcroForm << /Fields [6 0 R] >>", page: "/Annots [6 0 R]")
        fields.add("<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Kids [6 0 R] /Parent 6 0 R /Rect [0 0 9 9] >>")
        var catalog = PDFMaker()
        catalog.replace(1, "1 0 R")
        var names = PDFMaker(catalog: "/Names << /EmbeddedFiles 6 0 R >>")
        names.add("<< /Kids [6 0 R 6 0 R] >>")
        var objectStream = PDFMaker()
        objectStream.stream("/Type /ObjStm /N 1000000000 /First 4 /Extends 6 0 R", Array("6 0 << >>".utf8))
        var size = PDFMaker()
        size.trail("/Size 2147483647 /XRefStm 9")
        return [
            ("xref-loop", loop.bytes), ("page-tree-loop", tree.bytes), ("parent-loop", parents.bytes),
            ("length-of-itself", length.bytes), ("field-loop", fields.bytes), ("catalog-loop", catalog.bytes),
            ("name-tree-loop", names.bytes), ("object-stream-of-itself", objectStream.bytes),
            ("xref-of-billions", size.bytes),
        ]
    }

    // MARK: Depth

    static var nesting: [(String, [UInt8])] {
        let deep = 100_000
        var arrays = PDFMaker(catalog: "/Deep 6 0 R", page: "/Annots 6 0 R")
        arrays.add(String(repeating: "[", count: deep) + String(repeating: "]", count: deep))
        var dictionaries = PDFMaker(page: "/Annots [6 0 R]")
        dictionaries.add(String(repeating: "<< /A ", count: deep) + "1" + String(repeating: " >>", count: deep))
        let operands = PDFMaker(content: String(repeating: "[", count: deep) + "\n")
        let states = PDFMaker(content: String(repeating: "q ", count: deep))
        var tree = PDFMaker()
        tree.replace(2, "<< /Type /Pages /Kids [6 0 R] /Count 1 >>")
        for i in 0..<5000 {
            tree.add(
                "<< /Type /Pages /Kids [\(i < 4999 ? i + 7 : 3) 0 R] /Count 1 /Parent \(i == 0 ? 2 : i + 5) 0 R >>")
        }
        return [
            ("arrays", arrays.bytes), ("dictionaries", dictionaries.bytes), ("operands", operands.bytes),
            ("states", states.bytes), ("page-tree", tree.bytes), ("forms", forms(depth: 3000, calls: 1)),
            ("form-of-itself", forms(depth: 0, calls: 1)), ("forms-doubling", forms(depth: 40, calls: 2)),
            ("font-of-itself", recursiveFont), ("pattern-of-itself", recursivePattern),
        ]
    }

    /// Forms that draw the next so many times; with depth 0 one that draws itself.
    private static func forms(depth: Int, calls: Int) -> [UInt8] {
        var p = PDFMaker(content: "/X Do\n")
        for i in 0...depth {
            let next = depth == 0 ? 6 : i + 7
            p.stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X \(next) 0 R >> >>",
                Array(String(repeating: "/X Do ", count: calls).utf8))
        }
        p.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", Array("0 0 9 9 re f".utf8))
        return p.bytes
    }

    private static var recursiveFont: [UInt8] {
        var p = PDFMaker(content: "BT /T3 12 Tf 100 300 Td (aaaa) Tj ET\n")
        p.add(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 "
                + "/LastChar 97 /Widths [1000] /Encoding << /Differences [97 /a] >> /CharProcs << /a 7 0 R >> "
                + "/Resources << /Font << /T3 6 0 R >> >> >>")
        p.stream("", Array("1000 0 d0 BT /T3 500 Tf (aaaa) Tj ET".utf8))
        return p.bytes
    }

    private static var recursivePattern: [UInt8] {
        var p = PDFMaker(
            content: "/Pattern cs /P scn 0 0 595 842 re f\n", resources: "/Pattern << /P 6 0 R >>")
        p.stream(
            "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 "
                + "/Resources << /Pattern << /P 6 0 R >> >>", Array("/Pattern cs /P scn 0 0 1 1 re f".utf8))
        return p.bytes
    }

    // MARK: Bombs

    static var bombs: [(String, [UInt8])] {
        let flate = "/Filter [/FlateDecode /FlateDecode]"
        var content = PDFMaker()
        content.stream(flate, Deflate.twice(0x20, 2 << 30))
        content.replace(
            3,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 6 0 R] /Resources << /Font << /F1 5 0 R >> >> >>"
        )
        var states = PDFMaker()
        states.stream(flate, Deflate.twice(0x71, 1 << 30))
        states.replace(
            3,
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 6 0 R] /Resources << /Font << /F1 5 0 R >> >> >>"
        )
        var embedded = PDFMaker(catalog: "/Names << /EmbeddedFiles << /Names [(a) 7 0 R (b) 7 0 R] >> >>")
        embedded.stream("/Type /EmbeddedFile \(flate)", Deflate.twice(0x20, 1 << 30))
        embedded.add("<< /Type /Filespec /F (bomb.xml) /EF << /F 6 0 R >> >>")
        var objects = PDFMaker(page: "/Annots [9 0 R]")
        objects.stream("/Type /ObjStm /N 1 /First 4 \(flate)", Deflate.twice(0x5B, 1 << 29))
        return [
            ("content", content.bytes), ("content-of-states", states.bytes), ("embedded", embedded.bytes),
            ("object-stream", objects.bytes),
            ("image", image("/Width 30000 /Height 30000", Deflate.twice(0x55, 2_700_000_000), flate)),
            ("image-of-billions", image("/Width 2147483647 /Height 2147483647", [0], "")),
            ("mask", image("/Width 60000 /Height 60000 /ImageMask true", Deflate.twice(0x55, 1 << 29), flate, bits: 1)),
            ("shading", shading),
        ]
    }

    private static func image(_ size: String, _ data: [UInt8], _ filter: String, bits: Int = 8) -> [UInt8] {
        var p = PDFMaker(content: "q 500 0 0 500 40 40 cm /X Do Q\n")
        let colour = size.contains("ImageMask") ? "" : "/ColorSpace /DeviceRGB"
        p.stream("/Type /XObject /Subtype /Image \(size) \(colour) /BitsPerComponent \(bits) \(filter)", data)
        return p.bytes
    }

    /// A shading whose function is a program, asked for each point of a large domain.
    private static var shading: [UInt8] {
        var p = PDFMaker(content: "/S sh\n", resources: "/Shading << /S 6 0 R >>")
        p.add(
            "<< /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 100000 0 100000] /Matrix [0.01 0 0 0.01 0 0] /Function 7 0 R >>"
        )
        p.stream(
            "/FunctionType 4 /Domain [0 100000 0 100000] /Range [0 1 0 1 0 1]",
            Array(("{ " + String(repeating: "2 copy mul sin pop ", count: 2000) + "pop pop 0 0 1 }").utf8))
        return p.bytes
    }

    // MARK: Pages

    static var pages: [(String, [UInt8])] {
        let count = 100_000
        var many = PDFMaker()
        many.replace(
            2,
            "<< /Type /Pages /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Count \(count) /Kids ["
                + (6..<6 + count).map { "\($0) 0 R" }.joined(separator: " ") + "] >>")
        // No proofs: those would be painted, 200 times.
        many.replace(4, "<< /Length 41 >>\nstream\nBT /F1 10 Tf 40 700 Td (One of many) Tj ET\nendstream")
        for _ in 0..<count { many.add("<</Type/Page/Parent 2 0 R/Contents 4 0 R>>") }
        var claimed = PDFMaker()
        claimed.replace(2, "<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>")
        var negative = PDFMaker()
        negative.replace(2, "<< /Type /Pages /Count -7 /Kids [3 0 R] >>")
        let boxes = [
            ("huge", "[0 0 999999 999999]"), ("endless", "[0 0 1\(String(repeating: "0", count: 90)) 842]"),
            ("negative", "[0 0 -595 -842]"), ("turned", "[595 842 0 0]"), ("nothing", "[0 0 0 0]"),
            ("nan", "[0 0 nan inf]"), ("speck", "[0 0 0.0001 0.0001]"), ("strip", "[0 0 999999 0.5]"),
        ]
        return [("many", many.bytes), ("claimed", claimed.bytes), ("negative-count", negative.bytes)]
            + boxes.map { ("box-" + $0.0, PDFMaker(box: $0.1).bytes) }
            + [("user-unit", PDFMaker(page: "/UserUnit 1000000 /Rotate 45").bytes)]
    }

    // MARK: Garbage

    static var garbage: [(String, [UInt8])] {
        var noise = Noise(seed: 7)
        let bytes = (0..<4000).map { _ in UInt8(noise.next(256)) }
        let size = "/Width 3000 /Height 3000"
        var cmap = PDFMaker()
        cmap.replace(
            5,
            "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>"
        )
        cmap.stream("", Array("begincmap 1 beginbfrange <0000> <FFFFFFFF> <0000> endbfrange endcmap".utf8))
        var font = PDFMaker()
        font.replace(
            5,
            "<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 6 0 R >> >>"
        )
        font.stream("", bytes)
        return [
            ("jbig2", image(size, bytes, "/Filter /JBIG2Decode", bits: 1)),
            ("jpx", image(size, bytes, "/Filter /JPXDecode")),
            ("dct", image(size, bytes, "/Filter /DCTDecode")),
            (
                "fax",
                image(
                    size, bytes,
                    "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2147483647 /Rows 2147483647 >>", bits: 1)
            ),
            (
                "predictor",
                image(size, bytes, "/Filter /LZWDecode /DecodeParms << /Predictor 15 /Colors 99 /Columns 99999999 >>")
            ),
            ("filters", image(size, bytes, "/Filter [\(String(repeating: "/ASCIIHexDecode ", count: 10_000))]")),
            ("cmap", cmap.bytes), ("font", font.bytes),
        ]
    }
}

/// The same numbers each time.
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// Below `n`.
    mutating func next(_ n: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(n))
    }
}
