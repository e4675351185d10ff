/// Just enough of zip, gzip and tar to make samples.
enum Packing {
    struct Member {
        var name: String
        var bytes: [UInt8]
        var encrypted = false
        /// Wrong checksum.
        var damaged = false
    }

    /// A zip archive of stored members (PKWARE APPNOTE, sections 4.3.7, 4.3.12, 4.3.16).
    static func zip(_ members: [Member]) -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for m in members {
            let offset = out.count
            let name = Array(m.name.utf8)
            let flags = 0x0800 | (m.encrypted ? 1 : 0)
            let common =
                le(flags, 2) + le(0, 2) + le(0, 4) + le(Int(crc(m.bytes)) ^ (m.damaged ? 1 : 0), 4)
                + le(m.bytes.count, 4) + le(m.bytes.count, 4) + le(name.count, 2) + le(0, 2)
            out += le(0x0403_4B50, 4) + le(20, 2) + common + name + m.bytes
            directory += le(0x0201_4B50, 4) + le(20, 2) + le(20, 2) + common + le(0, 2) + le(0, 2) + le(0, 2)
            directory += le(0, 4) + le(offset, 4) + name
        }
        let start = out.count
        out += directory
        out += le(0x0605_4B50, 4) + le(0, 4) + le(members.count, 2) + le(members.count, 2)
        return out + le(directory.count, 4) + le(start, 4) + le(0, 2)
    }

    /// A gzip file with its content in one stored block (RFC 1951, section 3.2.4; RFC 1952).
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        return head + [1] + le(bytes.count, 2) + le(bytes.count ^ 0xFFFF, 2) + bytes + le(Int(crc(bytes)), 4)
            + le(bytes.count, 4)
    }

    /// A gzip file of the letter A at 158:1: one literal, then runs of 258, in fixed Huffman codes (RFC 1951, section 3.2.6).
    static func bomb(runs: Int) -> [UInt8] {
        var bits = Bits()
        bits.add("1")
        bits.add("10")
        bits.add("01110001")
        for _ in 0..<runs { bits.add("1100010100000") }
        bits.add("0000000")
        let letters = [UInt8](repeating: 0x41, count: 1 + runs * 258)
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + bits.bytes + le(Int(crc(letters)), 4) + le(letters.count, 4)
    }

    /// A tar archive of one file (POSIX ustar).
    static func tar(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        var head = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ at: Int) { head.replaceSubrange(at..<at + text.utf8.count, with: text.utf8) }
        put(name, 0)
        put("0000644\0", 100)
        put("0000000\0", 108)
        put("0000000\0", 116)
        put(octal(bytes.count, 11) + "\0", 124)
        put("00000000000\0", 136)
        put("        ", 148)
        put("0", 156)
        put("ustar\u{0}00", 257)
        put(octal(head.reduce(0) { $0 + Int($1) }, 6) + "\0 ", 148)
        let padding = (512 - bytes.count % 512) % 512
        return head + bytes + [UInt8](repeating: 0, count: padding + 1024)
    }

    private static func octal(_ n: Int, _ width: Int) -> String {
        let s = String(n, radix: 8)
        return String(repeating: "0", count: width - s.count) + s
    }

    private struct Bits {
        var bytes: [UInt8] = []
        var used = 8

        mutating func add(_ code: String) {
            for c in code.utf8 {
                if used == 8 {
                    bytes.append(0)
                    used = 0
                }
                bytes[bytes.count - 1] |= (c & 1) << UInt8(used)
                used += 1
            }
        }
    }

    private static func le(_ n: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: n >> (8 * $0)) }
    }

    private static let table: [UInt32] = (0..<256).map { n in
        (0..<8).reduce(UInt32(n)) { c, _ in c & 1 == 1 ? 0xEDB8_8320 ^ (c >> 1) : c >> 1 }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }
}
