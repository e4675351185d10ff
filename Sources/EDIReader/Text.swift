/// A text of a sheet, as a range of one of three stores: the message's bytes, the plan's constants, or what was decoded or put
/// together for this message. All hold UTF-8; the message's only where it is plain ASCII without released characters.
struct Text: Hashable, Sendable {
    enum Store: UInt32 { case message, plan, made }

    private let at: UInt32
    /// Length in the lower 30 bits, the store in the upper two.
    private let packed: UInt32

    static let empty = Text(.plan, 0, 0)

    @inline(__always)
    init(_ store: Store, _ offset: Int, _ length: Int) {
        at = UInt32(truncatingIfNeeded: offset)
        packed = UInt32(truncatingIfNeeded: length) | store.rawValue << 30
    }

    @inline(__always) var offset: Int { Int(at) }
    @inline(__always) var count: Int { Int(packed & 0x3FFF_FFFF) }
    @inline(__always) var isEmpty: Bool { packed & 0x3FFF_FFFF == 0 }
    @inline(__always) var store: Store { packed >> 30 == 0 ? .message : packed >> 30 == 1 ? .plan : .made }
    @inline(__always) func or(_ other: Text) -> Text { isEmpty ? other : self }
}

typealias Bytes = UnsafeBufferPointer<UInt8>

extension Bytes {
    /// Up to eight bytes in one number, the first lowest; nil for more. Zero is the empty text.
    @inline(__always)
    var packed: UInt64? {
        if count > 8 { return nil }
        if count == 0 { return 0 }
        var key: UInt64 = 0
        for i in 0..<count { key |= UInt64(self[i]) &<< (8 &* UInt64(truncatingIfNeeded: i)) }
        return key
    }

    var string: String { String(decoding: self, as: UTF8.self) }

    /// A hash over eight bytes at a time, continued from a seed.
    @inline(__always)
    func hash(_ seed: UInt64) -> UInt64 {
        var h = seed ^ UInt64(truncatingIfNeeded: count)
        var at = 0
        while at < count {
            var word: UInt64 = 0
            for i in 0..<Swift.min(8, count &- at) {
                word |= UInt64(self[at &+ i]) &<< (8 &* UInt64(truncatingIfNeeded: i))
            }
            h = (h ^ word) &* 0x9E37_79B9_7F4A_7C15
            h ^= h >> 29
            at &+= 8
        }
        return h
    }
}
