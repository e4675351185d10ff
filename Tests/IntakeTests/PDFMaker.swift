import PDFWriting

/// Writes PDFs object by object, good ones and others.
struct PDFMaker {
    /// Object 1 is the catalogue, 2 the page tree, 3 a page, 4 its content, 5 its font.
    private(set) var objects: [[UInt8]] = []
    private var trailer = ""

    /// - Parameters:
    ///   - content: drawn beside the words of a proof.
    ///   - catalog, page, resources: further entries of these dictionaries.
    init(
        content: String = "", catalog: String = "", page: String = "", resources: String = "",
        box: String = "[0 0 595 842]"
    ) {
        let words = PDFMaker.proof + content
        add("<< /Type /Catalog /Pages 2 0 R \(catalog) >>")
        add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
        add(
            "<< /Type /Page /Parent 2 0 R /MediaBox \(box) /Contents 4 0 R \(page) "
                + "/Resources << /Font << /F1 5 0 R /T3 6 0 R >> /XObject << /X 6 0 R >> \(resources) >> >>")
        stream("", Array(words.utf8))
        add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    }

    /// What makes a page a proof that is looked at for a signature.
    static let proof = """
        BT /F1 16 Tf 40 790 Td (Proof of Delivery) Tj /F1 10 Tf 0 -40 Td (PRO No: 60010011) Tj
        0 -20 Td (Delivered on: 19 Feb 2026) Tj 0 -20 Td (Received by: J. Smith) Tj 0 -20 Td (Signature:) Tj ET

        """

    mutating func add(_ object: String) { objects.append(Array(object.utf8)) }

    mutating func stream(_ entries: String, _ bytes: [UInt8]) {
        objects.append(
            Array("<< \(entries) /Length \(bytes.count) >>\nstream\n".utf8) + bytes + Array("\nendstream".utf8))
    }

    mutating func replace(_ number: Int, _ object: String) { objects[number - 1] = Array(object.utf8) }

    mutating func trail(_ entries: String) { trailer += entries }

    var bytes: [UInt8] { pdfBytes(objects, trailer: trailer) }
}

/// Deflate streams of data that repeats itself: small, and without end when unpacked (RFC 1951, fixed codes).
enum Deflate {
    /// `count` times the same byte, 158 to one.
    static func repeated(_ byte: UInt8, _ count: Int) -> [UInt8] { periodic([byte], 1, count) }

    /// `first`, and then its last `period` bytes again and again, up to `count` bytes.
    static func periodic(_ first: [UInt8], _ period: Int, _ count: Int) -> [UInt8] {
        var w = BitWriter()
        w.put(0b011, 3)
        for b in first { w.literal(b) }
        for _ in 0..<(count - first.count) / 258 {
            w.code(0b1100_0101, 8)
            w.distance(period)
        }
        w.code(0, 7)
        return [0x78, 0x9C] + w.finished + [0, 0, 0, 0]
    }

    /// So many zero bytes, packed twice: 25,000 to one. For `[/FlateDecode /FlateDecode]`.
    static func twice(_ byte: UInt8, _ count: Int) -> [UInt8] {
        let once = repeated(byte, count)
        // 13 bits a match: the pattern comes again after 13 bytes.
        return periodic(Array(once.prefix(40)), 13, once.count)
    }

    private struct BitWriter {
        private var out: [UInt8] = []
        private var held = 0
        private var bits = 0

        /// Low bit first.
        mutating func put(_ value: Int, _ count: Int) {
            held |= value << bits
            bits += count
            while bits >= 8 {
                out.append(UInt8(held & 0xFF))
                held >>= 8
                bits -= 8
            }
        }

        /// High bit first, as codes are.
        mutating func code(_ value: Int, _ count: Int) {
            for i in (0..<count).reversed() { put((value >> i) & 1, 1) }
        }

        mutating func literal(_ b: UInt8) {
            if b < 144 { code(0x30 + Int(b), 8) } else { code(0x190 + Int(b) - 144, 9) }
        }

        /// 1, or 13 to 16.
        mutating func distance(_ n: Int) {
            if n == 1 {
                code(0, 5)
            } else {
                code(7, 5)
                put(n - 13, 2)
            }
        }

        var finished: [UInt8] { bits > 0 ? out + [UInt8(held & 0xFF)] : out }
    }
}
