import Schemas

/// An element of an XML source, found by its path with positions (`/Invoice/InvoiceLine[2]/ID`, prefixes dropped).
///
/// A scan over tags that trusts nothing: on anything odd it finds nothing rather than something else. The reader has
/// parsed the source before; this only shows it again.
enum ElementQuote {
    private static let longest = 400

    /// The element from its start tag to its end, on one line, or nil where the path leads nowhere.
    static func text(at xpath: String, in bytes: [UInt8], privacy: Privacy?) -> String? {
        guard let found = element(at: xpath, in: bytes) else { return nil }
        guard let privacy else { return found }
        var steps = xpath.split(separator: "/")
        if steps.last?.hasPrefix("@") == true { steps.removeLast() }
        let names = steps.map { step($0).name }
        let parent =
            privacy.needsParent(names.last ?? "")
            ? element(at: "/" + steps.dropLast().joined(separator: "/"), in: bytes) : nil
        return privacy.markup(found, above: names.dropLast(), parent: parent)
    }

    private static func element(at xpath: String, in bytes: [UInt8]) -> String? {
        var steps = xpath.split(separator: "/").map { step($0) }
        if steps.last?.name.hasPrefix("@") == true { steps.removeLast() }
        guard !steps.isEmpty else { return nil }
        var scan = Scan(bytes: bytes)
        var counts: [[String: Int]] = [[:]]
        var depth = 0
        // How many steps of the path the open elements fulfil, counted from the root.
        var matched = 0
        while let tag = scan.next() {
            if tag.isEnd {
                depth -= 1
                counts.removeLast()
                if depth < 0 { return nil }
                matched = min(matched, depth)
                continue
            }
            counts[depth][tag.name, default: 0] += 1
            let fits =
                matched == depth && depth < steps.count && steps[depth].name == tag.name
                && steps[depth].position == counts[depth][tag.name]
            if fits, depth == steps.count - 1 { return scan.element(from: tag, longest: longest) }
            if tag.isEmpty { continue }
            if fits { matched += 1 }
            depth += 1
            counts.append([:])
        }
        return nil
    }

    private static func step(_ text: Substring) -> (name: String, position: Int) {
        let parts = text.split(separator: "[", maxSplits: 1)
        let name = parts.first?.split(separator: ":").last.map(String.init) ?? ""
        let position = parts.count == 2 ? Int(parts[1].prefix { $0.isNumber }) ?? 1 : 1
        return (name, position)
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
