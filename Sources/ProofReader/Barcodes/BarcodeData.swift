import Schemas
import Vocabulary

/// What a barcode's text says, by its form alone.
enum BarcodeData {
    /// GS1 element strings.
    case elements([ElementString])
    /// Values under keys that are labels of `labels.*.yaml`, and all text beside them.
    case labelled([(meaning: [String], value: String)])
    /// Numbers under data identifiers, from a data message that says that it is made of such.
    case identified([(kind: String, value: String)])
    /// A number, or an address of the web that may hold one.
    case number(String)

    init(_ code: Barcode, _ words: ProofWords) {
        let text = code.text
        let barcodes = words.barcodes
        let announced = barcodes.announcing.first(where: text.hasPrefix)
        if code.isGS1 || announced != nil {
            self = .elements(ElementString.parse(text.dropFirst(announced?.count ?? 0), barcodes))
        } else if text.hasPrefix("[)>") {
            self = BarcodeData.message(text, barcodes)
        } else if let e = ElementString.bracketed(text, barcodes) {
            self = .elements(e)
        } else if text.contains("://") {
            let link = ElementString.link(text, barcodes)
            let pairs = BarcodeData.pairs(text.split(separator: "?").dropFirst().joined(), separators: "&", words)
            self = !link.isEmpty ? .elements(link) : !pairs.isEmpty ? .labelled(pairs) : .number(text)
        } else if text.hasPrefix("{") || text.hasPrefix("["), let json = try? JSON(parsing: text.utf8) {
            let pairs = BarcodeData.members(json, words)
            self = pairs.isEmpty ? .number(text) : .labelled(pairs)
        } else {
            let pairs = BarcodeData.pairs(text, separators: "\n\r;|&,", words)
            self = pairs.isEmpty ? .number(text) : .labelled(pairs)
        }
    }

    /// The numbers in it that may be compared with print: parts of a path and values of a query too.
    static func candidates(_ text: String) -> [String] {
        guard let scheme = text.firstRange(of: "://") else { return [text] }
        return text[scheme.upperBound...].split(whereSeparator: { "/?&=#".contains($0) }).dropFirst()
            .map { ElementString.unescaped(String($0)) }
    }

    /// ISO/IEC 15434: `[)>`, then formats between record separators: 05 holds GS1 elements, 06 data identifiers.
    private static func message(_ text: String, _ words: BarcodeWords) -> BarcodeData {
        var numbers: [(kind: String, value: String)] = []
        for format in text.split(separator: "\u{1E}").dropFirst() {
            let fields = format.split(separator: "\u{1D}").map(String.init)
            switch fields.first {
            case "05": return .elements(ElementString.parse(fields.dropFirst().joined(separator: "\u{1D}"), words))
            case "06":
                for f in fields.dropFirst() {
                    if let i = identifier(f, words) { numbers.append((i.kind, String(f.dropFirst(i.prefix.count)))) }
                }
            default: break
            }
        }
        return numbers.isEmpty ? .number(text) : .identified(numbers)
    }

    /// The data identifier that a text begins with: digits before its letter belong to it.
    static func identifier(_ text: String, _ words: BarcodeWords) -> (prefix: String, kind: String)? {
        let digits = text.prefix(while: \.isNumber)
        guard digits.count <= 3, let letter = text.dropFirst(digits.count).first else { return nil }
        let prefix = String(digits) + String(letter)
        return words.dataIdentifiers.first { $0.prefix == prefix && text.count > prefix.count + 2 }
    }

    /// `pro=60010011;po: 4500`: those whose key is a label.
    private static func pairs(_ text: String, separators: String, _ words: ProofWords)
        -> [(meaning: [String], value: String)]
    {
        var out: [(meaning: [String], value: String)] = []
        for part in text.split(whereSeparator: { separators.contains($0) }) {
            guard let cut = part.firstIndex(where: { $0 == "=" || $0 == ":" }),
                let meaning = meaning(part[..<cut], words)
            else { continue }
            var value = ElementString.unescaped(String(part[part.index(after: cut)...]))[...]
            while value.first == " " { value.removeFirst() }
            while value.last == " " { value.removeLast() }
            if !value.isEmpty { out.append((meaning, String(value))) }
        }
        return out
    }

    private static func members(_ json: JSON, _ words: ProofWords) -> [(meaning: [String], value: String)] {
        switch json {
        case .object(let members):
            var out: [(meaning: [String], value: String)] = []
            for m in members {
                let text: String? =
                    switch m.value {
                    case .string(let s): s
                    case .int(let n): String(n)
                    default: nil
                    }
                if let text {
                    if let meaning = meaning(m.key, words) { out.append((meaning, text)) }
                } else {
                    out += BarcodeData.members(m.value, words)
                }
            }
            return out
        case .array(let items): return items.flatMap { BarcodeData.members($0, words) }
        default: return []
        }
    }

    /// What a key means that is a label as a whole, a suffix like `No` aside: `deliveryNoteNumber` is `delivery note number`.
    private static func meaning(_ key: some StringProtocol, _ words: ProofWords) -> [String]? {
        var spaced = ""
        for c in key {
            if c.isUppercase, spaced.last?.isLowercase == true { spaced.append(" ") }
            spaced.append(c)
        }
        var tokens = Fold.tokens(spaced)
        while true {
            guard !tokens.isEmpty else { return nil }
            if let p = words.labels.match(tokens[...], at: 0), p.tokens.count == tokens.count { return p.meaning }
            guard let last = tokens.last, words.suffixes.contains(last) else { return nil }
            tokens.removeLast()
        }
    }
}
