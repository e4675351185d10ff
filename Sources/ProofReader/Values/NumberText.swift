import Vocabulary

/// Reads printed figures: 18,127.76 · 18.127,76 · 18 127,76 · 1'053.2 · 1053.
struct NumberText {
    /// The decimal mark that the document's other figures prove; nil where none does.
    var decimalComma: Bool?

    /// What the figures of a page prove: a mark with one or two digits behind it that nothing else explains.
    static func decimalComma(in words: [String]) -> Bool? {
        var comma = 0
        var point = 0
        for w in words {
            let c = Array(w.utf8)
            guard let last = c.lastIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }), last > 0 else {
                continue
            }
            let tail = c[(last + 1)...]
            guard (1...2).contains(tail.count), tail.allSatisfy({ (48...57).contains($0) }) else { continue }
            let head = c[..<last]
            guard
                head.allSatisfy({
                    (48...57).contains($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".")
                        || $0 == UInt8(ascii: "'")
                })
            else { continue }
            // 12.02 may be a date or a time, and 1.2 a chapter; two marks of a kind are no decimal mark.
            if head.contains(c[last]) { continue }
            if c[last] == UInt8(ascii: ",") { comma += 1 } else { point += 1 }
        }
        if comma == point { return nil }
        return comma > point
    }

    /// The number that a text begins with, and the rest behind it; nil where it does not begin with a digit or a sign.
    func leading(_ text: Substring) -> (value: Exact, rest: Substring)? {
        var s = text
        var sign = ""
        if let f = s.first, f == "-" || f == "+" || f == "−" {
            sign = f == "+" ? "" : "-"
            s.removeFirst()
        }
        guard let f = s.first, f.isASCII, f.isNumber else { return nil }
        var end = s.startIndex
        var i = s.startIndex
        while i < s.endIndex {
            let c = s[i]
            if c.isASCII, c.isNumber {
                end = s.index(after: i)
            } else if !(c == "." || c == "," || c == "'" || c == "’") {
                // A blank between groups of three: 18 127,76.
                guard c == " " || c == "\u{A0}" || c == "\u{202F}", group(s, after: i),
                    !s[..<i].contains(where: { $0 == "," || $0 == "." })
                else { break }
            }
            i = s.index(after: i)
        }
        guard let n = exact(String(s[..<end])) else { return nil }
        return (sign.isEmpty ? n : Exact(mantissa: -n.mantissa, scale: n.scale), s[end...])
    }

    /// Exactly three digits follow, and no more than three came before.
    private func group(_ s: Substring, after i: Substring.Index) -> Bool {
        let tail = s[s.index(after: i)...].prefix { $0.isASCII && $0.isNumber }
        let head = s[..<i].reversed().prefix { $0.isASCII && $0.isNumber }
        return tail.count == 3 && head.count <= 3
    }

    private func exact(_ text: String) -> Exact? {
        var digits = ""
        var mark: Int?
        let c = Array(text)
        let marks = c.indices.filter { c[$0] == "," || c[$0] == "." }
        if let last = marks.last {
            let behind = c.count - last - 1
            let same = marks.filter { c[$0] == c[last] }.count
            if same > 1 {
                mark = nil
            } else if marks.count > 1 || behind != 3 {
                mark = last
            } else if c[last] == "," {
                mark = decimalComma == true ? last : nil
            } else {
                mark = decimalComma == true ? nil : last
            }
        }
        for (i, ch) in c.enumerated() {
            if ch.isNumber { digits.append(ch) } else if i == mark { digits.append(".") }
        }
        return Exact(digits)
    }
}
