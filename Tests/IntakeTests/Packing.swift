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

    /// A TNEF stream with attachments ([MS-OXTNEF], section 2.1); a long name goes into MAPI properties.
    static func tnef(_ members: [Member], longNames: Bool) -> [UInt8] {
        func attribute(_ level: UInt8, _ id: Int, _ data: [UInt8]) -> [UInt8] {
            [level] + le(id, 4) + le(data.count, 4) + data + le(data.reduce(0) { $0 + Int($1) }, 2)
        }
        var out = le(0x223E_9F78, 4) + le(1, 2) + attribute(1, 0x0008_9006, [0, 0, 1, 0])
        for m in members {
            let name = Array(m.name.utf8) + [0]
            out += attribute(2, 0x0006_9002, [UInt8](repeating: 0, count: 14))
            out += attribute(2, 0x0001_8010, longNames ? Array("SHORT~1.EDI\0".utf8) : name)
            out += attribute(2, 0x0006_800F, m.bytes)
            guard longNames else { continue }
            var wide: [UInt8] = []
            for unit in m.name.utf16 { wide += le(Int(unit), 2) }
            wide += [0, 0]
            let padding = [UInt8](repeating: 0, count: (4 - wide.count % 4) % 4)
            let number: [UInt8] = le(0x0003, 2) + le(0x0E21, 2) + le(7, 4)
            var named: [UInt8] = le(0x000B, 2) + le(0x8001, 2) + [UInt8](repeating: 9, count: 16)
            named += le(0, 4) + le(5, 4) + le(1, 4)
            var long: [UInt8] = le(0x001F, 2) + le(0x3707, 2) + le(1, 4) + le(wide.count, 4)
            long += wide + padding
            out += attribute(2, 0x0006_9005, le(3, 4) + number + named + long)
        }
        return out
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
