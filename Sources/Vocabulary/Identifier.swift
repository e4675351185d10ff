/// Normal forms under which an identifier is indexed, strictest first. A link says which of them matched.
package enum NormalForm {
    /// Letters and digits, upper-cased: separators and blanks do not tell two numbers apart.
    package static func strict(_ s: String) -> String {
        if let plain = strictASCII(s) { return plain }
        return String(s.uppercased().filter { $0.isLetter || $0.isNumber })
    }

    /// The same where every character is ASCII, as in nearly all numbers; nil where one is not.
    private static func strictASCII(_ s: String) -> String? {
        var out: [UInt8] = []
        out.reserveCapacity(s.utf8.count)
        for b in s.utf8 {
            switch b {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): out.append(b)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): out.append(b & 0xDF)
            case 0x80...: return nil
            default: break
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Without the words people put in front of a number (`PO`, `INV`, `NO`) and without leading zeros.
    package static func loose(_ s: String, prefixes: [String] = []) -> String {
        var v = strict(s)
        for p in prefixes where v.hasPrefix(p) && v.dropFirst(p.count).contains(where: \.isNumber) {
            v.removeFirst(p.count)
            break
        }
        guard v.utf8.first == UInt8(ascii: "0") else { return v }
        let cut = v.drop { $0 == "0" }
        return cut.isEmpty ? v : String(cut)
    }

    /// The digits alone, nil where fewer than five.
    package static func digits(_ s: String) -> String? {
        let d = String(strict(s).filter(\.isASCII).filter(\.isNumber).drop { $0 == "0" })
        return d.count >= 5 ? d : nil
    }

    /// What stands before a trailing release, line or revision (`4500012345-01`, `…/10`), nil where there is none.
    package static func withoutRelease(_ s: String) -> String? {
        guard s.utf8.contains(where: { "-/.".utf8.contains($0) }) else { return nil }
        guard let cut = s.lastIndex(where: { "-/.".contains($0) }) else { return nil }
        let tail = s[s.index(after: cut)...]
        let head = s[..<cut]
        guard (1...3).contains(tail.count), tail.allSatisfy(\.isNumber), head.filter(\.isNumber).count >= 4 else {
            return nil
        }
        return String(head)
    }
}

/// Check digits. A failed check is evidence of a misprint, never by itself a reason to refuse.
package enum CheckDigit {
    /// GS1 mod 10 over GTIN-8/12/13/14, GLN and SSCC (GS1 General Specifications, 7.9). False for other shapes.
    package static func gs1(_ s: String) -> Bool {
        let d = s.utf8.map { Int($0) - 48 }
        guard [8, 12, 13, 14, 17, 18].contains(d.count), d.allSatisfy({ (0...9).contains($0) }) else { return false }
        var sum = 0
        for (i, n) in d.dropLast().reversed().enumerated() { sum += i % 2 == 0 ? n * 3 : n }
        return (10 - sum % 10) % 10 == d[d.count - 1]
    }

    /// Values of letters in ISO 6346: 10 upwards, the multiples of 11 left out.
    private static func value(_ b: UInt8) -> Int? {
        switch b {
        case 48...57: return Int(b) - 48
        case 65...90:
            let n = Int(b) - 65 + 10
            return n + (n > 10 ? 1 : 0) + (n > 20 ? 1 : 0) + (n > 30 ? 1 : 0)
        default: return nil
        }
    }

    private static func iso6346Sum(_ bytes: [UInt8]) -> Int? {
        var sum = 0
        for (i, b) in bytes.enumerated() {
            guard let v = value(b) else { return nil }
            sum += v << i
        }
        return sum % 11 % 10
    }

    /// A container number: owner, category U, J or Z, six digits, check digit (ISO 6346).
    package static func container(_ s: String) -> Bool {
        let b = Array(s.utf8)
        guard Shape.container(s), let sum = iso6346Sum(Array(b.prefix(10))) else { return false }
        return sum == Int(b[10]) - 48
    }

    /// A movement reference number of 18 characters: the ISO 6346 sum over the first 17 (EU DG TAXUD annex on MRN).
    package static func mrn(_ s: String) -> Bool {
        let b = Array(s.utf8)
        guard Shape.mrn(s), let sum = iso6346Sum(Array(b.prefix(17))) else { return false }
        return sum == Int(b[17]) - 48
    }

    /// An air waybill: three digits of the airline, seven of the serial, the serial mod 7 (IATA Resolution 600a).
    package static func airWaybill(_ s: String) -> Bool {
        let d = s.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }.map { Int($0) - 48 }
        guard d.count == 11, d.allSatisfy({ (0...9).contains($0) }) else { return false }
        return d[3..<10].reduce(0) { $0 * 10 + $1 } % 7 == d[10]
    }
}

/// Whether a text has an identifier's shape, its check digit apart.
package enum Shape {
    package static func container(_ s: String) -> Bool {
        let b = Array(s.utf8)
        return b.count == 11 && b[0..<3].allSatisfy { (65...90).contains($0) } && [74, 85, 90].contains(b[3])
            && b[4...].allSatisfy { (48...57).contains($0) }
    }

    package static func mrn(_ s: String) -> Bool {
        let b = Array(s.utf8)
        return b.count == 18 && b[0..<2].allSatisfy { (48...57).contains($0) }
            && b[2..<4].allSatisfy { (65...90).contains($0) }
            && b[4..<17].allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
            && (48...57).contains(b[17])
    }

    /// EORI: country letters and up to 15 characters; in Great Britain and Northern Ireland 12 digits, or 15 with the
    /// branch (Commission Regulation 2015/2447, annex 12-01; HMRC).
    package static func eori(_ s: String) -> Bool {
        let b = Array(s.utf8)
        guard (3...17).contains(b.count), b[0..<2].allSatisfy({ (65...90).contains($0) }),
            b[2...].allSatisfy({ (48...57).contains($0) || (65...90).contains($0) })
        else { return false }
        if s.hasPrefix("GB") || s.hasPrefix("XI") {
            return (b.count == 14 || b.count == 17) && b[2...].allSatisfy { (48...57).contains($0) }
        }
        return true
    }
}
