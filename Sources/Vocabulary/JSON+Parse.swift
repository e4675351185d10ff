/// Why a text is not JSON: what was wrong, and at which byte.
package struct JSONFault: Error, Equatable {
    package var reason: String
    package var offset: Int
}

extension JSON {
    /// Reads one JSON value that fills the bytes but for white space.
    ///
    /// Depth is limited to 128 levels; of two members of one name the later counts.
    /// Source: RFC 8259.
    package init(parsing bytes: some Collection<UInt8>) throws(JSONFault) {
        var p = JSONParser(bytes: Array(bytes))
        p.skip()
        self = try p.value(depth: 0)
        p.skip()
        if p.at < p.bytes.count { throw p.fault("text after the value") }
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason, offset: at) }

    mutating func skip() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    mutating func take(_ word: StaticString) -> Bool {
        let n = word.utf8CodeUnitCount
        guard at + n <= bytes.count else { return false }
        for i in 0..<n where bytes[at + i] != word.utf8Start[i] { return false }
        at += n
        return true
    }

    mutating func value(depth: Int) throws(JSONFault) -> JSON {
        guard depth < 128 else { throw fault("nested too deep") }
        guard at < bytes.count else { throw fault("a value is missing") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): if take("true") { return .bool(true) }
        case UInt8(ascii: "f"): if take("false") { return .bool(false) }
        case UInt8(ascii: "n"): if take("null") { return .null }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
        default: break
        }
        throw fault("not a JSON value")
    }

    mutating func object(depth: Int) throws(JSONFault) -> JSON {
        at += 1
        var o = JSON.Members()
        skip()
        if take("}") { return .object(o) }
        while true {
            skip()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fault("a member's name is missing") }
            let key = try string()
            skip()
            guard take(":") else { throw fault("a colon is missing") }
            skip()
            o.append(key, try value(depth: depth + 1))
            skip()
            if take(",") { continue }
            guard take("}") else { throw fault("the object does not end") }
            o.order()
            return .object(o)
        }
    }

    mutating func array(depth: Int) throws(JSONFault) -> JSON {
        at += 1
        var a: [JSON] = []
        skip()
        if take("]") { return .array(a) }
        while true {
            skip()
            a.append(try value(depth: depth + 1))
            skip()
            if take(",") { continue }
            guard take("]") else { throw fault("the array does not end") }
            return .array(a)
        }
    }

    mutating func number() -> JSON {
        let start = at
        while at < bytes.count,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) || "+-.eE".utf8.contains(bytes[at])
        {
            at += 1
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        return Int(text).map(JSON.int) ?? .number(text)
    }

    mutating func string() throws(JSONFault) -> String {
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
        var out = bytes[start..<at]
        if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
            at += 1
            return String(decoding: out, as: UTF8.self)
        }
        while at < bytes.count {
            let b = bytes[at]
            at += 1
            switch b {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &out)
            default: out.append(b)
            }
        }
        throw fault("the string does not end")
    }

    mutating func escape(into out: inout ArraySlice<UInt8>) throws(JSONFault) {
        guard at < bytes.count else { throw fault("the string does not end") }
        let b = bytes[at]
        at += 1
        switch b {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "u"):
            var unit = try hex()
            if (0xD800..<0xDC00).contains(unit), take("\\u") {
                let low = try hex()
                unit = 0x10000 + (unit - 0xD800) << 10 + (low & 0x3FF)
            }
            let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
            out += Character(scalar).utf8
        default: out.append(b)
        }
    }

    mutating func hex() throws(JSONFault) -> UInt32 {
        guard at + 4 <= bytes.count,
            let v = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw fault("not four hexadecimal digits") }
        at += 4
        return v
    }
}
