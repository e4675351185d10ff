import Schemas
import Vocabulary

/// Who is who: the names, identifiers and mail domains under which one partner appears, surveyed from the drop.
///
/// A partner is known by the smallest of its keys, so that the directory does not depend on the order of documents.
package struct PartnerDirectory: Sendable {
    /// Key (`gln:…`, `name:…`, `domain:…`) → the partner's canonical key.
    private(set) var canonical: [String: String] = [:]
    private(set) var names: [String: String] = [:]

    package init() {}

    /// Ids of these schemes are unique in the world; others only between two envelope parties.
    static let global: Set<String> = ["gln", "duns", "scac", "eori", "vat", "lei"]

    static func key(name: String) -> String? {
        if let plain = keyASCII(name: name) { return plain.utf8.count >= 8 ? plain : nil }
        let folded = name.uppercased().unicodeScalars.map { s -> String in
            switch s {
            case "Ä": "A"
            case "Ö": "O"
            case "Ü": "U"
            case "ß", "ẞ": "SS"
            default: String(s)
            }
        }.joined()
        var out = ""
        for c in folded.decomposedBase where c.isLetter || c.isNumber { out.append(c) }
        // ZUERCHER and ZURCHER are one writing of Zürcher each.
        for (pair, one) in [("UE", "U"), ("AE", "A"), ("OE", "O")] {
            out = out.split(separator: pair, omittingEmptySubsequences: false).joined(separator: one)
        }
        return out.count >= 3 ? "name:" + out : nil
    }

    /// The same where every character is ASCII, as in most names, its length unchecked; nil where one is not.
    private static func keyASCII(name: String) -> String? {
        var out = Array("name:".utf8)
        let start = out.count
        for b in name.utf8 {
            switch b {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): out.append(b)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): out.append(b & 0xDF)
            case 0x80...: return nil
            default: break
            }
        }
        for vowel in "UAO".utf8 {
            var to = start
            var from = start
            while from < out.count {
                out[to] = out[from]
                let isPair = out[from] == vowel && from + 1 < out.count && out[from + 1] == UInt8(ascii: "E")
                from += isPair ? 2 : 1
                to += 1
            }
            out.removeLast(out.count - to)
        }
        return String(decoding: out, as: UTF8.self)
    }

    static func key(id: String, scheme: String?) -> String? {
        let value = NormalForm.strict(id)
        guard !value.isEmpty, let scheme, global.contains(scheme) else { return nil }
        return "\(scheme):\(value)"
    }

    /// All keys a party shows of itself.
    static func keys(_ p: Party) -> [String] {
        var keys: [String] = []
        if let id = p.id, let k = key(id: id, scheme: p.scheme) {
            keys.append(k)
            // A British EORI is the VAT number and a branch of three digits (HMRC).
            let number = NormalForm.strict(id)
            if p.scheme == "eori", number.hasPrefix("GB"), number.count == 14 {
                keys.append("vat:" + number.dropLast(3))
            }
        }
        if let n = p.name, let k = key(name: n) { keys.append(k) }
        return keys
    }

    static func domain(_ address: String) -> String? {
        guard let at = address.lastIndex(of: "@") else { return nil }
        let host = address[address.index(after: at)...].lowercased().filter { $0 != ">" && $0 != " " }
        return host.isEmpty ? nil : "domain:" + host
    }

    package func partner(_ p: Party) -> String? {
        let keys = PartnerDirectory.keys(p)
        for k in keys {
            if let c = canonical[k] { return c }
        }
        return keys.first
    }

    func partner(key: String) -> String? { canonical[key] }

    /// The partner's name as most often printed.
    package func name(_ partner: String) -> String? { names[partner] }

    /// - Parameter printed: under which names a key's bearer was printed, and how often.
    static func build(_ sets: DisjointSets, printed: [String: [String: Int]]) -> PartnerDirectory {
        var d = PartnerDirectory()
        for k in sets.members { d.canonical[k] = sets.root(k) }
        var votes: [String: [String: Int]] = [:]
        for (key, names) in printed {
            votes[d.canonical[key] ?? key, default: [:]].merge(names) { $0 + $1 }
        }
        for (partner, v) in votes {
            d.names[partner] = v.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
        }
        return d
    }
}

extension String {
    /// Letters without their accents.
    fileprivate var decomposedBase: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.flatMap { s -> [Unicode.Scalar] in
                    let base = Fold.base[s] ?? s
                    return [base]
                }))
    }
}

/// Latin letters with accents and what they are without.
private enum Fold {
    static let base: [Unicode.Scalar: Unicode.Scalar] = {
        var m: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (plain, accented) in [
            ("A", "ÀÁÂÃÅĀĂĄ"), ("C", "ÇĆČĈ"), ("D", "ĐĎ"), ("E", "ÈÉÊËĒĖĘĚ"), ("G", "ĞĢ"), ("I", "ÌÍÎÏĪĮİ"), ("L", "Ł"),
            ("N", "ÑŃŇ"), ("O", "ÒÓÔÕØŌŐ"), ("R", "ŘŔ"), ("S", "ŚŠŞȘ"), ("T", "ŢȚŤ"), ("U", "ÙÚÛŪŮŰŲ"), ("Y", "ÝŸ"),
            ("Z", "ŹŻŽ"),
        ] {
            guard let p = plain.unicodeScalars.first else { continue }
            for a in accented.unicodeScalars { m[a] = p }
        }
        return m
    }()
}
