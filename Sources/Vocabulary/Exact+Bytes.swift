extension Exact {
    /// A plain decimal, as `init(_:mark:)` reads it, from bytes. The common case, up to 18 digits, needs no wide arithmetic.
    ///
    /// Complexity: O(n).
    package init?(bytes: UnsafeBufferPointer<UInt8>, mark: UInt8 = UInt8(ascii: ".")) {
        guard bytes.count <= 18 else {
            self.init(String(decoding: bytes, as: UTF8.self), mark: mark)
            return
        }
        var m: Int64 = 0
        var scale = -1
        var digits = 0
        var negative = false
        for i in 0..<bytes.count {
            let b = bytes[i]
            let d = b &- 0x30
            if d < 10 {
                m = m &* 10 &+ Int64(d)
                digits &+= 1
                if scale >= 0 { scale &+= 1 }
            } else if b == UInt8(ascii: ".") || b == mark {
                if scale >= 0 { return nil }
                scale = 0
            } else if i == 0, b == UInt8(ascii: "-") || b == UInt8(ascii: "+") {
                negative = b == UInt8(ascii: "-")
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        scale = max(0, scale)
        while scale > 0, m % 10 == 0 {
            m /= 10
            scale -= 1
        }
        self.init(mantissa: Int128(negative ? -m : m), reducedScale: scale)
    }
}
