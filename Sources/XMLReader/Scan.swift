import Vocabulary

/// Finds the documents in a file's bytes by their tags alone, and refuses what must not reach the parser: a DOCTYPE, a
/// start tag with too many attributes, elements too deep in each other.
///
/// The scan checks no names; whether a document is well-formed is libxml2's to say. It notes where each start tag
/// begins, so that every fact can name its byte.
struct Scan {
    struct Part {
        /// From the XML declaration or first tag to the root's end (or as far as the bytes go).
        var range: Range<Int>
        /// Where the start tags begin, in order.
        var starts: [Int] = []
        /// The root was closed.
        var complete = false
        /// A reason to refuse it unread.
        var refusal: Finding?
        /// Text that stands behind the root, or before it, and is no XML.
        var strayText: Int?
        /// Other text stands before it: the file may hold no XML at all.
        var foreign = false
    }

    private(set) var parts: [Part] = []
    private let bytes: [UInt8]
    private var at: Int

    /// The document that is being scanned, from its first tag on. `starts` is kept apart from the parts that are done, so
    /// that it grows in place.
    private var isOpen = false
    private var starts: [Int] = []
    private var depth = 0
    /// Where the XML declaration of the next document stands.
    private var declaration: Int?
    /// Text before the first document.
    private var leading: Int?
    /// Text stands behind the last document, so that only an XML declaration begins another.
    private var junk = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while at < bytes.count, parts.count < Limits.documents, parts.last?.refusal == nil { step() }
        if isOpen { close(at: bytes.count, complete: false) }
    }

    /// The text up to the next `<`, and what begins there.
    private mutating func step() {
        let text = at
        while at < bytes.count, bytes[at] != 0x3C { at += 1 }
        if !isOpen, let ink = bytes[text..<at].firstIndex(where: { $0 > 0x20 }) {
            if parts.isEmpty { leading = leading ?? ink } else { parts[parts.count - 1].strayText = ink }
            junk = true
            declaration = nil
        }
        guard at < bytes.count else { return }
        let mayBegin = !junk || parts.isEmpty
        if matches("<!--") {
            skip(behind: "-->")
        } else if matches("<![CDATA[") {
            skip(behind: "]]>")
        } else if matches("<?") {
            instruction()
        } else if matches("<!") {
            if !isOpen, mayBegin, matches("<!DOCTYPE") || matches("<!doctype") {
                refuseDoctype()
            } else {
                at += 2
            }
        } else if matches("</") {
            endTag()
        } else if at + 1 < bytes.count, startsName(bytes[at + 1]), isOpen || mayBegin {
            element()
        } else {
            if !isOpen { junk = true }
            at += 1
        }
    }

    private mutating func close(at end: Int, complete: Bool, refusal: Finding? = nil) {
        var part = Part(range: (declaration ?? starts.first ?? end)..<end)
        part.starts = starts
        part.complete = complete
        part.refusal = refusal
        if parts.isEmpty, let leading {
            part.strayText = leading
            part.foreign = true
        }
        parts.append(part)
        starts = []
        isOpen = false
        depth = 0
        declaration = nil
    }

    private mutating func instruction() {
        let open = at
        let declares = isDeclaration
        skip(behind: "?>")
        guard declares else { return }
        // An XML declaration can only begin a document: the one before it, if open, was cut off here.
        if isOpen { close(at: open, complete: false) }
        junk = false
        declaration = open
    }

    private mutating func refuseDoctype() {
        let refusal = Finding(
            "doctype-refused", .critical, "The document has a DOCTYPE, which is refused unread.",
            at: Place(offset: at))
        declaration = declaration ?? at
        close(at: bytes.count, complete: false, refusal: refusal)
    }

    private mutating func endTag() {
        at += 2
        while at < bytes.count, bytes[at] != 0x3E { at += 1 }
        guard at < bytes.count else { return }
        at += 1
        guard isOpen else { return }
        depth -= 1
        if depth == 0 { close(at: at, complete: true) }
    }

    private mutating func element() {
        let open = at
        let tag = startTag()
        isOpen = true
        junk = false
        starts.append(open)
        if !tag.empty { depth += 1 }
        if let refusal = refusal(attributes: tag.attributes, depth: depth, at: open) {
            close(at: bytes.count, complete: false, refusal: refusal)
        } else if tag.closed, depth == 0 {
            close(at: at, complete: true)
        }
    }

    private func refusal(attributes: Int, depth: Int, at offset: Int) -> Finding? {
        if attributes > Limits.attributes {
            return Finding(
                "too-many-attributes", .critical,
                "An element has more than \(Limits.attributes) attributes; the document is refused unread.",
                at: Place(offset: offset))
        }
        if depth > Limits.depth {
            return Finding(
                "too-deep", .critical,
                "Elements stand in each other more than \(Limits.depth) deep; the document is refused unread.",
                at: Place(offset: offset))
        }
        return nil
    }

    /// The start tag at `at`, which moves behind it.
    private mutating func startTag() -> (attributes: Int, empty: Bool, closed: Bool) {
        var attributes = 0
        var quote: UInt8 = 0
        at += 1
        while at < bytes.count {
            let b = bytes[at]
            if quote != 0 {
                if b == quote { quote = 0 }
            } else if b == 0x22 || b == 0x27 {
                quote = b
            } else if b == 0x3D {
                attributes += 1
            } else if b == 0x3E {
                let empty = bytes[at - 1] == 0x2F
                at += 1
                return (attributes, empty, true)
            } else if b == 0x3C {
                return (attributes, false, false)
            }
            at += 1
        }
        return (attributes, false, false)
    }

    private func startsName(_ b: UInt8) -> Bool {
        (65...90).contains(b) || (97...122).contains(b) || b == 0x5F || b == 0x3A || b >= 0x80
    }

    private var isDeclaration: Bool {
        guard matches("<?xml"), at + 5 < bytes.count else { return false }
        return bytes[at + 5] <= 0x20
    }

    private func matches(_ text: StaticString) -> Bool {
        let n = text.utf8CodeUnitCount
        guard at + n <= bytes.count else { return false }
        for i in 0..<n where bytes[at + i] != text.utf8Start[i] { return false }
        return true
    }

    private mutating func skip(behind text: StaticString) {
        let n = text.utf8CodeUnitCount
        while at < bytes.count {
            if matches(text) {
                at += n
                return
            }
            at += 1
        }
        at = bytes.count
    }
}
