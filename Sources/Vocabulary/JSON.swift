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
    case object([String: JSON])

    /// An object without the members that are absent.
    package static func object(dropping members: [(String, JSON?)]) -> JSON {
        var o: [String: JSON] = [:]
        for (k, v) in members { if let v { o[k] = v } }
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
    /// Complexity: O(n log k) for n bytes and k members of the widest object.
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
        case .int(let i): out += String(i).utf8
        case .number(let s): out += s.utf8
        case .string(let s): JSON.write(s, to: &out)
        case .array(let a):
            out.append(UInt8(ascii: "["))
            for (i, v) in a.enumerated() {
                if i > 0 { out.append(UInt8(ascii: ",")) }
                v.write(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let o):
            out.append(UInt8(ascii: "{"))
            for (i, k) in o.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }).enumerated() {
                if i > 0 { out.append(UInt8(ascii: ",")) }
                JSON.write(k, to: &out)
                out.append(UInt8(ascii: ":"))
                o[k]?.write(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ s: String, to out: inout [UInt8]) {
        let hex = Array("0123456789abcdef".utf8)
        out.append(UInt8(ascii: "\""))
        for b in s.utf8 {
            switch b {
            case UInt8(ascii: "\""): out += "\\\"".utf8
            case UInt8(ascii: "\\"): out += "\\\\".utf8
            case 0x0A: out += "\\n".utf8
            case 0x0D: out += "\\r".utf8
            case 0x09: out += "\\t".utf8
            case 0..<0x20, 0x7F:
                out += "\\u00".utf8
                out.append(hex[Int(b >> 4)])
                out.append(hex[Int(b & 15)])
            default: out.append(b)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
