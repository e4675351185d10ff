/// Where the parts of an XML file and their start tags stand: as much as it takes to hand a part to libxml2 by itself, and
/// to find the byte of an element by its number.
///
/// Tags, comments and the like are told by their ASCII characters, whatever the encoding; of parts that are not well-formed it
/// may say anything.
struct XSDOutline {
    struct Part {
        /// From the XML declaration or the root's start tag to the root's end, in `text`.
        var range: Range<Int>
        /// Where the start tags begin, in document order, in `text`.
        var starts: [Int] = []
    }

    /// The file's code units, those beyond ASCII as 0x80 where they have two bytes each.
    let text: [UInt8]
    /// Bytes of a code unit, and whether the low one is first.
    private let width: Int
    private let isLittle: Bool
    private let bytes: [UInt8]
    private(set) var parts: [Part] = []

    private var at = 0
    private var depth = 0
    private var declared: Int?
    private var starts: [Int] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let first = bytes.prefix(4)
        isLittle = first.starts(with: [0xFF, 0xFE]) || (first.count == 4 && first[0] == 0x3C && first[1] == 0)
        let isBig = first.starts(with: [0xFE, 0xFF]) || (first.count == 4 && first[0] == 0 && first[1] == 0x3C)
        width = isLittle || isBig ? 2 : 1
        if width == 1 {
            text = bytes
        } else {
            let low = isLittle ? 0 : 1
            text = stride(from: 0, to: bytes.count - 1, by: 2).map { i in
                bytes[i + 1 - low] == 0 ? min(bytes[i + low], 0x80) : 0x80
            }
        }
        while let next = text[at...].firstIndex(of: 0x3C) {
            at = next
            step()
        }
    }

    /// The byte of the file at which something in `text` stands.
    func offset(of index: Int) -> Int { index * width }

    /// The part that a byte of the file stands in.
    func part(at offset: Int) -> Int? {
        let index = offset / width
        var low = 0
        var high = parts.count
        while low < high {
            let middle = (low + high) / 2
            if parts[middle].range.upperBound <= index { low = middle + 1 } else { high = middle }
        }
        return low < parts.count && parts[low].range.contains(index) ? low : nil
    }

    /// The number of the element in a part whose start tag begins at a byte of the file; the root for other bytes.
    func element(at offset: Int, in part: Part) -> Int {
        let index = offset / width
        var low = 0
        var high = part.starts.count
        while low < high {
            let middle = (low + high) / 2
            if part.starts[middle] < index { low = middle + 1 } else { high = middle }
        }
        return low < part.starts.count && part.starts[low] == index ? low : 0
    }

    /// A part's bytes for libxml2: as they are, UTF-16 as UTF-8.
    func document(_ part: Part) -> (bytes: [UInt8], isUTF8: Bool) {
        guard width == 2 else { return (Array(bytes[part.range]), false) }
        let units = part.range.map { i in
            UInt16(bytes[2 * i + (isLittle ? 0 : 1)]) | UInt16(bytes[2 * i + (isLittle ? 1 : 0)]) << 8
        }
        return (Array(String(decoding: units, as: UTF16.self).utf8), true)
    }

    /// What begins with the `<` at `at`, which moves behind it.
    private mutating func step() {
        if matches("<!--") {
            skip(behind: "-->")
        } else if matches("<![CDATA[") {
            skip(behind: "]]>")
        } else if matches("<?") {
            if matches("<?xml"), at + 5 < text.count, text[at + 5] <= 0x20 {
                // Only a document can begin so: one that is open was cut off here.
                if depth > 0 { close(at) }
                declared = at
            }
            skip(behind: "?>")
        } else if matches("</") {
            skip(behind: ">")
            guard depth > 0 else { return }
            depth -= 1
            if depth == 0 { close(at) }
        } else if at + 1 < text.count, text[at + 1] >= 0x3A, text[at + 1] != 0x3E, text[at + 1] != 0x3F {
            starts.append(at)
            if !startTag() { depth += 1 }
            if depth == 0 { close(at) }
        } else {
            at += 1
        }
    }

    private mutating func close(_ end: Int) {
        if let start = declared ?? starts.first { parts.append(Part(range: start..<end, starts: starts)) }
        starts = []
        declared = nil
        depth = 0
    }

    /// Passes over a start tag. Returns whether it is an empty element's.
    private mutating func startTag() -> Bool {
        var quote: UInt8 = 0
        at += 1
        while at < text.count {
            let b = text[at]
            if quote != 0 {
                if b == quote { quote = 0 }
            } else if b == 0x22 || b == 0x27 {
                quote = b
            } else if b == 0x3E {
                at += 1
                return text[at - 2] == 0x2F
            }
            at += 1
        }
        return false
    }

    private func matches(_ word: StaticString) -> Bool {
        let n = word.utf8CodeUnitCount
        guard at + n <= text.count else { return false }
        for i in 0..<n where text[at + i] != word.utf8Start[i] { return false }
        return true
    }

    private mutating func skip(behind word: StaticString) {
        while at < text.count {
            if matches(word) {
                at += word.utf8CodeUnitCount
                return
            }
            at += 1
        }
    }
}
