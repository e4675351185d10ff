import Schemas
import Vocabulary

/// A field of a GS1 code: application identifier and value (GS1 General Specifications, 7.8).
struct ElementString: Hashable, Sendable {
    /// The identifier's digits; empty for data that no identifier is known for.
    var identifier: String
    var value: String
    /// The key of `application-identifiers` in `barcodes.yaml`: `3302` is `330n`.
    var key: String?
    /// Its length and its check digit, if it has one, are right.
    var isSound: Bool

    /// As it is printed below a code: the identifier in brackets.
    var printed: String { identifier.isEmpty ? value : "(\(identifier))\(value)" }

    /// The decimals of a measure: the last digit of identifiers like 330n.
    var decimals: Int { key?.hasSuffix("n") == true ? identifier.last?.wholeNumberValue ?? 0 : 0 }

    /// The fields of a code's data. What cannot be cut into fields is left as one without an identifier; never empty for data.
    static func parse(_ data: some StringProtocol, _ words: BarcodeWords) -> [ElementString] {
        let all = Array(data)
        var out: [ElementString] = []
        var at = 0
        while at < all.count {
            if all[at] == "\u{1D}" {
                at += 1
                continue
            }
            let separator = all[at...].firstIndex(of: "\u{1D}") ?? all.count
            let first = String(all[at..<min(at + 2, all.count)])
            let fixed = words.fixed[first]
            let end = fixed.map { at + $0 } ?? separator
            guard end <= separator else {
                // Too short for its identifier.
                out.append(ElementString(identifier: "", value: String(all[at..<separator]), key: nil, isSound: false))
                at = separator
                continue
            }
            out.append(field(String(all[at..<end]), words))
            at = end
        }
        return out
    }

    /// `(00)340123450000000018(10)LOT7`, as some programs put it into plain codes; nil where the text has another form.
    static func bracketed(_ text: String, _ words: BarcodeWords) -> [ElementString]? {
        guard text.hasPrefix("(") else { return nil }
        var out: [ElementString] = []
        for part in text.dropFirst().split(separator: "(", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: ")", maxSplits: 1, omittingEmptySubsequences: false)
            guard pieces.count == 2, (2...4).contains(pieces[0].count), pieces[0].allSatisfy(\.isNumber),
                !pieces[1].isEmpty
            else { return nil }
            out.append(checked(String(pieces[0]), String(pieces[1].filter { $0 != " " }), words))
        }
        return out
    }

    /// The fields in the path and query of a GS1 Digital Link; empty where the address is none.
    static func link(_ address: String, _ words: BarcodeWords) -> [ElementString] {
        guard let scheme = address.firstRange(of: "://") else { return [] }
        let rest = address[scheme.upperBound...].prefix { $0 != "#" }
        let halves = rest.split(separator: "?", maxSplits: 1)
        guard let path = halves.first else { return [] }
        let parts = path.split(separator: "/").map(String.init)
        guard let host = parts.first?.lowercased() else { return [] }
        var out: [ElementString] = []
        var i = 1
        while i + 1 < parts.count {
            let e = checked(parts[i], unescaped(parts[i + 1]), words)
            if e.key != nil, e.isSound {
                out.append(e)
                i += 2
            } else {
                i += 1
            }
        }
        let isKnown = words.linkHosts.contains(host)
        guard isKnown || out.contains(where: { $0.key.flatMap { words.identifiers[$0] }?.isChecked == true }) else {
            return []
        }
        for pair in (halves.count > 1 ? halves[1] : "").split(separator: "&") {
            let kv = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard kv.count == 2 else { continue }
            let e = checked(kv[0], unescaped(kv[1]), words)
            if e.key != nil { out.append(e) }
        }
        return out
    }

    /// A text of a web address without its %-escapes.
    static func unescaped(_ text: String) -> String {
        var out: [UInt8] = []
        let all = Array(text.utf8)
        var i = 0
        while i < all.count {
            if all[i] == UInt8(ascii: "%"), i + 2 < all.count,
                let b = UInt8(String(decoding: all[(i + 1)...(i + 2)], as: UTF8.self), radix: 16)
            {
                out.append(b)
                i += 3
            } else {
                out.append(all[i] == UInt8(ascii: "+") ? 32 : all[i])
                i += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Identifier and value of one field without its separator.
    private static func field(_ text: String, _ words: BarcodeWords) -> ElementString {
        for n in [4, 3, 2] where text.count > n {
            let e = checked(String(text.prefix(n)), String(text.dropFirst(n)), words)
            if e.key != nil { return e }
        }
        return ElementString(identifier: "", value: text, key: nil, isSound: false)
    }

    private static func checked(_ identifier: String, _ value: String, _ words: BarcodeWords) -> ElementString {
        let pattern = identifier.count == 4 ? identifier.dropLast() + "n" : ""
        let key = words.identifiers[identifier] != nil ? identifier : words.identifiers[pattern] != nil ? pattern : nil
        var isSound = false
        if let key, let known = words.identifiers[key] {
            let isFixed = words.fixed[String(identifier.prefix(2))] != nil
            isSound =
                (isFixed ? value.count == known.length && value.allSatisfy(\.isNumber) : value.count <= known.length)
                && (!known.isChecked || (value.count == known.length && CheckDigit.gs1(value)))
        }
        return ElementString(identifier: identifier, value: value, key: key, isSound: isSound)
    }
}
