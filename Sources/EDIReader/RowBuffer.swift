/// UTF-8 text of JSON rows, appended without checks for room on every byte. Used again after `clear`.
package final class RowBuffer {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0

    package init(capacity: Int = 1 << 16) {
        base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { base.deallocate() }

    package func clear() { count = 0 }

    package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// Sees to it that so many bytes can be appended.
    @inline(__always)
    func reserve(_ n: Int) { if count &+ n > capacity { grow(n) } }

    private func grow(_ n: Int) {
        capacity = max(capacity * 2, count + n)
        let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        wider.update(from: base, count: count)
        base.deallocate()
        base = wider
    }

    /// Text that needs no escape.
    @inline(__always)
    func write(_ s: StaticString) {
        let n = s.utf8CodeUnitCount
        reserve(n)
        (base + count).update(from: s.utf8Start, count: n)
        count &+= n
    }

    @inline(__always)
    func write(byte b: UInt8) {
        reserve(1)
        base[count] = b
        count &+= 1
    }

    func write(_ bytes: [UInt8]) {
        reserve(bytes.count)
        bytes.withUnsafeBufferPointer { from in
            if let from = from.baseAddress { (base + count).update(from: from, count: bytes.count) }
        }
        count += bytes.count
    }

    @inline(__always)
    func write(_ n: Int) {
        reserve(20)
        if n < 10, n >= 0 {
            base[count] = 0x30 &+ UInt8(truncatingIfNeeded: n)
            count &+= 1
            return
        }
        writeLong(n)
    }

    private func writeLong(_ n: Int) {
        var rest = n.magnitude
        if n < 0 {
            base[count] = UInt8(ascii: "-")
            count &+= 1
        }
        var digits = 1
        var bound: UInt = 10
        while digits < 19, rest >= bound {
            digits &+= 1
            bound = bound &* 10
        }
        if digits == 19, rest >= 10_000_000_000_000_000_000 { digits = 20 }
        var at = count &+ digits
        count = at
        for _ in 0..<digits {
            at &-= 1
            base[at] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// Puts another byte in the place of the comma written last, as a list or object ends.
    @inline(__always)
    func replaceLastComma(with b: UInt8) { base[count &- 1] = b }

    /// Two digits, for dates.
    @inline(__always)
    func write(two n: Int) {
        write(byte: 0x30 &+ UInt8(truncatingIfNeeded: n / 10 % 10))
        write(byte: 0x30 &+ UInt8(truncatingIfNeeded: n % 10))
    }

    func write(plain s: String) {
        var s = s
        s.withUTF8 { text in
            reserve(text.count)
            if let from = text.baseAddress { (base + count).update(from: from, count: text.count) }
            count += text.count
        }
    }

    /// A JSON string, quotes and escapes included.
    @inline(__always)
    func write(string text: UnsafeBufferPointer<UInt8>) {
        let n = text.count
        reserve(6 &* n &+ 2)
        var at = base + count
        at[0] = UInt8(ascii: "\"")
        at += 1
        var isPlain = true
        for i in 0..<n {
            let b = text[i]
            at[i] = b
            if b < 0x20 || b == 0x22 || b == 0x5C || b == 0x7F { isPlain = false }
        }
        if isPlain {
            at[n] = UInt8(ascii: "\"")
            count &+= n &+ 2
        } else {
            count &+= 1
            writeEscaped(text)
        }
    }

    func write(string s: String) {
        var s = s
        s.withUTF8 { write(string: $0) }
    }

    private func writeEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        func hex(_ n: UInt8) -> UInt8 { n < 10 ? 0x30 + n : 0x57 + n }
        for b in text {
            switch b {
            case UInt8(ascii: "\""): write("\\\"")
            case UInt8(ascii: "\\"): write("\\\\")
            case 0x0A: write("\\n")
            case 0x0D: write("\\r")
            case 0x09: write("\\t")
            case 0..<0x20, 0x7F:
                write("\\u00")
                write(byte: hex(b >> 4))
                write(byte: hex(b & 15))
            default: write(byte: b)
            }
        }
        write("\"")
    }
}
