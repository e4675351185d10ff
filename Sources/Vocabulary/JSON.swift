/// A JSON value, as it is written to every output file and sent over the worker's pipe.
///
/// Numbers keep the text they were written with: amounts and quantities travel as strings, counts as integers.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    /// A number that is no integer, as its canonical decimal text (`0.97`).
    case number(String)
    case string(String)
    case array([JSON])
    case object(Members)

    /// An object without the members that are absent.
    package static func object(dropping members: [(String, JSON?)]) -> JSON {
        var o = Members()
        o.reserveCapacity(members.count)
        for (k, v) in members { if let v { o.append(k, v) } }
        o.order()
        return .object(o)
    }

    package subscript(_ key: String) -> JSON? {
        if case .object(let o) = self { return o[key] }
        return nil
    }

    package var string: String? {
        if case .string(let s) = self { return s }
        return nil
    }

    package var int: Int? {
        if case .int(let i) = self { return i }
        return nil
    }

    package var bool: Bool? {
        if case .bool(let b) = self { return b }
        return nil
    }

    /// The elements of an array, or none where this is no array.
    package var items: [JSON] {
        if case .array(let a) = self { return a }
        return []
    }

    /// The number as a fraction of 1000 where it lies between 0 and 1 (`0.97` is 970).
    package var permille: Int? {
        switch self {
        case .int(let i): i * 1000
        case .number(let s): Exact(s).map { Int($0.scaled(to: 3)) }
        default: nil
        }
    }
}

// MARK: Writing

extension JSON {
    /// Canonical UTF-8: members sorted by name, no white space, only what JSON demands escaped.
    ///
    /// Complexity: O(n) for n bytes.
    package var bytes: [UInt8] {
        var out: [UInt8] = []
        write(to: &out)
        return out
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package func write(to out: inout [UInt8]) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let b): out += (b ? "true" : "false").utf8
        case .int(let i): JSON.write(i, to: &out)
        case .number(let s): JSON.append(s, to: &out)
        case .string(let s): JSON.write(s, to: &out)
        case .array(let a):
            out.append(UInt8(ascii: "["))
            for i in a.indices {
                if i > 0 { out.append(UInt8(ascii: ",")) }
                a[i].write(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let o):
            out.append(UInt8(ascii: "{"))
            for i in o.indices {
                if i > 0 { out.append(UInt8(ascii: ",")) }
                JSON.write(o[i].key, to: &out)
                out.append(UInt8(ascii: ":"))
                o[i].value.write(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ n: Int, to out: inout [UInt8]) {
        guard (0..<10_000_000).contains(n) else {
            out += String(n).utf8
            return
        }
        var power = 1
        while power <= n / 10 { power *= 10 }
        while power > 0 {
            out.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: n / power % 10))
            power /= 10
        }
    }

    private static func append(_ s: String, to out: inout [UInt8]) {
        var s = s
        s.withUTF8 { out.append(contentsOf: $0) }
    }

    private static func write(_ s: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        var s = s
        s.withUTF8 { text in
            // Nearly every text goes as it stands, in one piece.
            if text.contains(where: needsEscape) {
                for b in text { escape(b, to: &out) }
            } else {
                out.append(contentsOf: text)
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ b: UInt8) -> Bool {
        b < 0x20 || b == UInt8(ascii: "\"") || b == UInt8(ascii: "\\") || b == 0x7F
    }

    private static func escape(_ b: UInt8, to out: inout [UInt8]) {
        switch b {
        case UInt8(ascii: "\""): out += "\\\"".utf8
        case UInt8(ascii: "\\"): out += "\\\\".utf8
        case 0x0A: out += "\\n".utf8
        case 0x0D: out += "\\r".utf8
        case 0x09: out += "\\t".utf8
        case 0..<0x20, 0x7F: out += "\\u00\(Digest.hex([b]))".utf8
        default: out.append(b)
        }
    }
}
