import CCrypto

/// SHA-256, and the ids that are derived from content with it.
package enum Digest {
    /// The algorithm, looked up once: libcrypto would do it anew for every digest.
    private struct Algorithm: @unchecked Sendable { let md = EVP_MD_fetch(nil, "SHA256", nil) }
    private static let algorithm = Algorithm()

    /// 32 bytes; libcrypto does the work.
    package static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let copied: Void? = bytes.withContiguousStorageIfAvailable { raw in
            _ = EVP_Digest(raw.baseAddress, raw.count, &out, &length, algorithm.md, nil)
        }
        if copied == nil {
            let all = Array(bytes)
            _ = EVP_Digest(all, all.count, &out, &length, algorithm.md, nil)
        }
        return out
    }

    /// SHA-256 of bytes that come one after the other.
    package final class Sum {
        private let context = EVP_MD_CTX_new()

        package init() { EVP_DigestInit_ex(context, algorithm.md, nil) }
        deinit { EVP_MD_CTX_free(context) }

        package func add(_ bytes: [UInt8]) { EVP_DigestUpdate(context, bytes, bytes.count) }

        package func add(_ bytes: UnsafeBufferPointer<UInt8>) {
            EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        }

        /// 32 bytes; nothing can be added afterwards.
        package var value: [UInt8] {
            var out = [UInt8](repeating: 0, count: 32)
            var length: UInt32 = 0
            EVP_DigestFinal_ex(context, &out, &length)
            return out
        }
    }

    /// Hexadecimal digits of the first bytes, or of all.
    package static func hex(_ bytes: [UInt8], first count: Int? = nil) -> String {
        let count = min(count ?? bytes.count, bytes.count)
        return String(unsafeUninitializedCapacity: count * 2) { out in
            for i in 0..<count {
                let (high, low) = (bytes[i] >> 4, bytes[i] & 15)
                out[2 * i] = high < 10 ? 0x30 + high : 0x57 + high
                out[2 * i + 1] = low < 10 ? 0x30 + low : 0x57 + low
            }
            return count * 2
        }
    }

    /// An id of 80 bits in hexadecimal behind a prefix that says what it names (`doc-3f…`), derived from the parts'
    /// text and order. Parts are length-prefixed, so that no two lists of parts run together.
    package static func id(_ prefix: String, _ parts: [String]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 4 })
        for p in parts {
            bytes += String(p.utf8.count).utf8
            bytes.append(UInt8(ascii: ":"))
            bytes += p.utf8
        }
        return prefix + "-" + hex(sha256(bytes), first: 10)
    }
}
