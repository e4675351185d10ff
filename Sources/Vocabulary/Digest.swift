import CCrypto

/// SHA-256, and the ids that are derived from content with it.
package enum Digest {
    /// 32 bytes; libcrypto does the work.
    package static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let copied: Void? = bytes.withContiguousStorageIfAvailable { raw in
            _ = EVP_Digest(raw.baseAddress, raw.count, &out, &length, EVP_sha256(), nil)
        }
        if copied == nil {
            let all = Array(bytes)
            _ = EVP_Digest(all, all.count, &out, &length, EVP_sha256(), nil)
        }
        return out
    }

    package static func hex(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var s: [UInt8] = []
        for b in bytes {
            s.append(digits[Int(b >> 4)])
            s.append(digits[Int(b & 15)])
        }
        return String(decoding: s, as: UTF8.self)
    }

    /// An id of 80 bits in hexadecimal behind a prefix that says what it names (`doc-3f…`), derived from the parts'
    /// text and order. Parts are length-prefixed, so that no two lists of parts run together.
    package static func id(_ prefix: String, _ parts: [String]) -> String {
        var bytes: [UInt8] = []
        for p in parts {
            bytes += String(p.utf8.count).utf8
            bytes.append(UInt8(ascii: ":"))
            bytes += p.utf8
        }
        return prefix + "-" + hex(sha256(bytes).prefix(10))
    }
}
