import Schemas

/// An element of an XML source, by the byte at which its place says that it begins.
///
/// A scan over tags that trusts nothing: where another element stands there it shows nothing rather than something else. The
/// reader has parsed the source before; this only shows it again.
enum ElementQuote {
    private static let longest = 400

    /// The element from its start tag to its end, on one line, or nil where no such element begins there.
    ///
    /// - Parameters:
    ///   - offset: byte of the source as it was sent.
    ///   - xpath: the place's path; an attribute's is quoted with its element.
    static func text(at offset: Int, xpath: String, in bytes: [UInt8], privacy: Privacy?) -> String? {
        var names = xpath.split(separator: "/").map(name)
        if names.last?.hasPrefix("@") == true { names.removeLast() }
        guard let own = names.last, bytes.indices.contains(offset), bytes[offset] == UInt8(ascii: "<") else {
            return nil
        }
        var scan = Scan(bytes: bytes)
        scan.at = offset
        guard let tag = scan.next(), tag.start == offset, !tag.isEnd, tag.name == own else { return nil }
        let found = scan.element(from: tag, longest: longest)
        guard let privacy else { return found }
        let parent = privacy.needsParent(own) ? parent(of: offset, in: bytes) : nil
        return privacy.markup(found, above: names.dropLast(), parent: parent)
    }

    /// The element around the one that begins at a byte.
    private static func parent(of offset: Int, in bytes: [UInt8]) -> String? {
        var scan = Scan(bytes: bytes)
        var open: [Tag] = []
        while let tag = scan.next(), tag.start < offset {
            if tag.isEnd { _ = open.popLast() } else if !tag.isEmpty { open.append(tag) }
        }
        guard let tag = open.last else { return nil }
        scan.at = tag.start
        _ = scan.next()
        return scan.element(from: tag, longest: longest)
    }

    private static func name(_ step: Substring) -> String {
        step.prefix { $0 != "[" }.split(separator: ":").last.map(String.init) ?? ""
    }
}

private struct Tag {
    var name: String
    var start: Int
    var isEnd: Bool
    var isEmpty: Bool
}

private struct Scan {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The next start or end tag; comments, CDATA, declarations and instructions are passed over.
    mutating func next() -> Tag? {
        while let open = bytes[min(at, bytes.count)...].firstIndex(of: UInt8(ascii: "<")) {
            if pass(open, "<!--", "-->") || pass(open, "<![CDATA[", "]]>") || pass(open, "<?", "?>") { continue }
            guard let close = tagEnd(open) else { return nil }
            at = close + 1
            guard open + 1 < close, bytes[open + 1] != UInt8(ascii: "!") else { continue }
            let isEnd = bytes[open + 1] == UInt8(ascii: "/")
            let name = bytes[(open + (isEnd ? 2 : 1))..<close].prefix { !" \t\r\n/".utf8.contains($0) }
            let local = name.split(separator: UInt8(ascii: ":")).last ?? name
            return Tag(
                name: String(decoding: local, as: UTF8.self), start: open, isEnd: isEnd,
                isEmpty: bytes[close - 1] == UInt8(ascii: "/"))
        }
        return nil
    }

    private mutating func pass(_ open: Int, _ head: String, _ tail: String) -> Bool {
        guard bytes[open...].starts(with: head.utf8) else { return false }
        let end = Array(tail.utf8)
        var i = open + head.utf8.count
        while i + end.count <= bytes.count, !bytes[i...].starts(with: end) { i += 1 }
        at = min(bytes.count, i + end.count)
        return true
    }

    /// The `>` that closes a tag, those in quoted attribute values passed over.
    private func tagEnd(_ open: Int) -> Int? {
        var quote: UInt8?
        for i in open..<bytes.count {
            switch bytes[i] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if quote == nil { quote = bytes[i] } else if quote == bytes[i] { quote = nil }
            case UInt8(ascii: ">") where quote == nil: return i
            default: break
            }
        }
        return nil
    }

    /// The whole element that a start tag opens, white space folded.
    mutating func element(from tag: Tag, longest: Int) -> String {
        var depth = tag.isEmpty ? 0 : 1
        while depth > 0, let t = next() { depth += t.isEnd ? -1 : t.isEmpty ? 0 : 1 }
        let text = String(decoding: bytes[tag.start..<min(at, tag.start + longest)], as: UTF8.self)
        let folded = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return at > tag.start + longest ? folded + "…" : folded
    }
}
