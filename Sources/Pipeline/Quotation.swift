import Schemas
import Vocabulary

/// A place in a source, as words and as the bytes themselves with what stands around them.
package struct Quotation: Sendable {
    /// Where it is: `segment 14 PRI, element 2`.
    package let place: String
    /// What stands there, a line each; the lines meant are `marked`.
    package let lines: [(text: String, marked: Bool)]

    /// - Parameters:
    ///   - bytes: the document's source, nil where it is no longer at hand.
    ///   - privacy: masks what is sensitive in what stands there; nil to show it.
    package init(_ at: Place, in bytes: [UInt8]?, privacy: Privacy?) {
        func shown(_ text: String) -> String { privacy?.text(text) ?? text }
        place = Quotation.words(for: at)
        if let bytes, at.tag != nil || at.segment != nil, let offset = at.offset {
            lines = SegmentQuote.lines(around: offset, in: bytes, privacy: privacy)
        } else if let bytes, let xpath = at.xpath, let offset = at.offset,
            let found = ElementQuote.text(at: offset, xpath: xpath, in: bytes, privacy: privacy)
        {
            lines = [(found, true)]
        } else if let quote = at.quote {
            lines = [(shown(quote), true)]
        } else if let bytes, at.xpath == nil, let offset = at.offset {
            lines = [(shown(Quotation.text(bytes, from: offset, length: at.length ?? 120)), true)]
        } else {
            lines = []
        }
    }

    static func words(for at: Place) -> String {
        var parts: [String] = []
        if let n = at.segment { parts.append("segment \(n)" + (at.tag.map { " \($0)" } ?? "")) }
        if let n = at.element { parts.append("element \(n)") }
        if let n = at.component { parts.append("component \(n)") }
        if let x = at.xpath { parts.append(x) }
        if let n = at.page { parts.append("page \(n)") }
        if let b = at.box { parts.append("box \(b.map(String.init).joined(separator: ","))") }
        if let t = at.text { parts.append(t == "subject" ? "subject" : "part \(t)") }
        if let r = at.range, r.count == 2 { parts.append("characters \(r[0]) to \(r[1])") }
        if parts.isEmpty, let o = at.offset { parts.append("byte \(o)") }
        return parts.joined(separator: ", ")
    }

    /// Bytes as text on one line; what is no UTF-8 shows as a replacement character.
    static func text(_ bytes: [UInt8], from: Int, length: Int) -> String {
        guard from >= 0, from < bytes.count, length > 0 else { return "" }
        return String(decoding: bytes[from..<min(bytes.count, from + length)], as: UTF8.self)
    }
}
