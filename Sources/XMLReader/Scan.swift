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

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        run()
    }

    private mutating func run() {
        var part: Part?
        var begin: Int?
        var depth = 0
        var stray: Int?
        var junk = false

        func close(_ p: Part, at end: Int) -> Part {
            var done = p
            done.range = p.range.lowerBound..<end
            return done
        }

        while at < bytes.count {
            let text = at
            while at < bytes.count, bytes[at] != 0x3C { at += 1 }
            if depth == 0 {
                if let ink = bytes[text..<at].firstIndex(where: { $0 > 0x20 }) {
                    if parts.isEmpty { stray = stray ?? ink } else { parts[parts.count - 1].strayText = ink }
                    junk = true
                    begin = nil
                }
            }
            guard at < bytes.count else { break }
            let open = at
            if matches("<!--") {
                skip(behind: "-->")
            } else if matches("<![CDATA[") {
                skip(behind: "]]>")
            } else if matches("<?") {
                let declaration = isDeclaration
                skip(behind: "?>")
                if declaration {
                    // An XML declaration can only begin a document: the one before it, if open, was cut off here.
                    if let p = part { parts.append(close(p, at: open)) }
                    part = nil
                    depth = 0
                    junk = false
                    begin = open
                }
            } else if matches("<!") {
                if part == nil, !junk || parts.isEmpty, matches("<!DOCTYPE") || matches("<!doctype") {
                    var p = Part(range: (begin ?? open)..<bytes.count)
                    p.refusal = Finding(
                        "doctype-refused", .critical, "The document has a DOCTYPE, which is refused unread.",
                        at: Place(offset: open))
                    p.starts = rootBehind(open)
                    parts.append(p)
                    return
                }
                at += 2
            } else if matches("</") {
                at += 2
                while at < bytes.count, bytes[at] != 0x3E { at += 1 }
                let closed = at < bytes.count
                at = min(at + 1, bytes.count)
                guard var p = part, closed else { continue }
                depth -= 1
                if depth == 0 {
                    p.complete = true
                    parts.append(close(p, at: at))
                    part = nil
                    begin = nil
                }
            } else if at + 1 < bytes.count, startsName(bytes[at + 1]), part != nil || !junk || parts.isEmpty {
                let tag = startTag()
                var p = part ?? Part(range: (begin ?? open)..<bytes.count)
                if part == nil, stray != nil {
                    p.strayText = stray
                    p.foreign = true
                }
                stray = nil
                junk = false
                p.starts.append(open)
                part = p
                if !tag.empty { depth += 1 }
                if let refusal = refusal(attributes: tag.attributes, depth: depth, at: open) {
                    p.refusal = refusal
                    parts.append(p)
                    return
                }
                if tag.closed, depth == 0 {
                    p.complete = true
                    parts.append(close(p, at: at))
                    part = nil
                    begin = nil
                }
            } else {
                if depth == 0 { junk = true }
                at += 1
            }
            if parts.count > Limits.documents { return }
        }
        if let p = part { parts.append(close(p, at: bytes.count)) }
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

    /// The root's tag behind a DOCTYPE, so that the refused document can at least be named.
    private func rootBehind(_ doctype: Int) -> [Int] {
        var i = doctype
        var quote: UInt8 = 0
        var subset = 0
        while i < bytes.count {
            let b = bytes[i]
            if quote != 0 {
                if b == quote { quote = 0 }
            } else if b == 0x22 || b == 0x27 {
                quote = b
            } else if b == 0x5B {
                subset += 1
            } else if b == 0x5D {
                subset -= 1
            } else if b == 0x3C, subset == 0, i + 1 < bytes.count, startsName(bytes[i + 1]) {
                return [i]
            }
            i += 1
        }
        return []
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
