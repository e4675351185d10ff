import Glibc

/// Names of elements and attributes as numbers: a name that was met before is found by its bytes, without making a String.
///
/// Local names have one numbering, in which those that the maps mention come first (`XMLMaps.names`). The names of tags,
/// prefix included, have another and lead to their local name and prefix.
final class NameTable {
    /// The names that every file begins with, made once: copies of it share their memory until a file has a name of its own.
    struct Seed: Sendable {
        fileprivate var texts: [String]
        fileprivate var ids: [String: Int] = [:]
        fileprivate var utf8: [UInt8] = []
        fileprivate var ends: [Int] = []
        let xmlns: Int
        /// The number of no name.
        let none: Int

        /// - Parameter names: those of the maps.
        init(_ names: [String]) {
            texts = names + ["xmlns", ""].filter { !names.contains($0) }
            for (i, n) in texts.enumerated() {
                ids[n] = i
                utf8 += n.utf8
                ends.append(utf8.count)
            }
            xmlns = ids["xmlns"] ?? 0
            none = ids[""] ?? 0
        }
    }

    /// A name as it stands in tags.
    struct Qualified {
        fileprivate var start: Int
        fileprivate var hash: UInt64
        let length: Int
        /// Number of the local name.
        let local: Int
        /// Number of the prefix, -1 where there is none.
        let prefix: Int
        /// Whether its characters may stand in a name (XML 1.0, fifth edition, production 4 and 4a).
        let isName: Bool
    }

    private let seed: Seed
    private(set) var texts: [String]
    /// The UTF-8 of all texts, one behind the other, and where each ends.
    private let utf8 = ByteBuffer()
    @exclusivity(unchecked) private var ends: [Int]
    /// Numbers of the names that the seed has not.
    private var ids: [String: Int] = [:]
    @exclusivity(unchecked) private(set) var qualified: [Qualified] = []
    @exclusivity(unchecked) private var bytes: [UInt8] = []
    @exclusivity(unchecked) private var slots: [Int32]
    /// Names of one hash would all stand in one chain: the factor differs from process to process, so that nobody can
    /// make them up.
    private static let factor = UInt64.random(in: 0...UInt64.max) | 1

    init(_ seed: Seed) {
        self.seed = seed
        texts = seed.texts
        ends = seed.ends
        slots = [Int32](repeating: -1, count: 256)
        seed.utf8.withUnsafeBufferPointer(utf8.append)
    }

    /// Number of a local name or prefix.
    func id(_ text: String) -> Int {
        if let known = seed.ids[text] ?? ids[text] { return known }
        ids[text] = texts.count
        texts.append(text)
        text.utf8.forEach(utf8.append)
        ends.append(utf8.count)
        return texts.count - 1
    }

    /// Calls the body with the UTF-8 text of a local name.
    @inline(__always)
    func withText(_ name: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        let from = name > 0 ? ends[name - 1] : 0
        let to = ends[name]
        body(UnsafeBufferPointer(rebasing: utf8.bytes[from..<to]))
    }

    /// Names that are in no map.
    var ownCount: Int { qualified.count }

    /// Forgets all names but those of the seed.
    func reset() {
        ids.removeAll()
        texts = seed.texts
        ends = seed.ends
        utf8.cut(to: seed.utf8.count)
        qualified.removeAll()
        bytes.removeAll()
        slots = [Int32](repeating: -1, count: 256)
    }

    /// The number of a tag's name.
    ///
    /// - Parameter code: what bytes beyond ASCII stand for.
    ///
    /// Complexity: O(length); a new name costs an entry.
    @inline(__always)
    func qualified(_ name: UnsafeBufferPointer<UInt8>, _ code: ByteCode) -> Int {
        let h = NameTable.hash(name)
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: h) & mask
        while slots[slot] >= 0 {
            let q = Int(slots[slot])
            if qualified[q].hash == h, isEqual(q, name) { return q }
            slot = (slot &+ 1) & mask
        }
        return add(name, h, slot, code)
    }

    /// Eight bytes at a time; the last eight overlap those before.
    @inline(__always)
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let factor = NameTable.factor
        let n = name.count
        let raw = UnsafeRawBufferPointer(name)
        var h = UInt64(truncatingIfNeeded: n)
        if n < 8 {
            var word: UInt64 = 0
            for b in name { word = word << 8 | UInt64(b) }
            h = (h ^ word) &* factor
        } else {
            var i = 0
            while i + 8 < n {
                h = (h ^ raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)) &* factor
                h ^= h >> 31
                i &+= 8
            }
            h = (h ^ raw.loadUnaligned(fromByteOffset: n - 8, as: UInt64.self)) &* factor
        }
        return h ^ h >> 29
    }

    @inline(__always)
    func isEqual(_ q: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let n = qualified[q].length
        guard n == name.count else { return false }
        let start = qualified[q].start
        return bytes.withUnsafeBufferPointer { all in
            guard let a = all.baseAddress, let b = name.baseAddress else { return true }
            return memcmp(a + start, b, n) == 0
        }
    }

    private func add(_ name: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ slot: Int, _ code: ByteCode) -> Int {
        let colon = name.firstIndex(of: UInt8(ascii: ":")).flatMap { $0 > 0 && $0 + 1 < name.count ? $0 : nil }
        let (text, isWhole) = code.text(UnsafeBufferPointer(rebasing: name[(colon.map { $0 + 1 } ?? 0)...]))
        let prefix = colon.map { code.text(UnsafeBufferPointer(rebasing: name[..<$0])) }
        let isName = isWhole && NameTable.isName(text) && prefix.map { $0.isWhole && NameTable.isName($0.text) } ?? true
        qualified.append(
            Qualified(
                start: bytes.count, hash: hash, length: name.count, local: id(text),
                prefix: prefix.map { id($0.text) } ?? -1,
                isName: isName))
        bytes.append(contentsOf: name)
        slots[slot] = Int32(truncatingIfNeeded: qualified.count - 1)
        if qualified.count * 2 > slots.count { grow() }
        return qualified.count - 1
    }

    private func grow() {
        var wider = [Int32](repeating: -1, count: slots.count * 4)
        for (i, q) in qualified.enumerated() {
            var slot = Int(truncatingIfNeeded: q.hash) & (wider.count - 1)
            while wider[slot] >= 0 { slot = (slot + 1) & (wider.count - 1) }
            wider[slot] = Int32(truncatingIfNeeded: i)
        }
        slots = wider
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isNameStart(first) else { return false }
        return text.unicodeScalars.allSatisfy { s in
            isNameStart(s) || (s.value >= 0x30 && s.value <= 0x39) || s == "-" || s == "." || s.value == 0xB7
                || (0x300...0x36F).contains(s.value) || (0x203F...0x2040).contains(s.value)
        }
    }

    /// XML 1.0, fifth edition, production 4.
    private static func isNameStart(_ s: Unicode.Scalar) -> Bool {
        switch s.value {
        case 0x3A, 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
            0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF,
            0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            true
        default: false
        }
    }
}
