#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Stage 1: where the live delimiters of a stretch of bytes stand, 16 bytes at a time. Knows nothing of segments.
///
/// It works in windows, so that the file behind an interchange's end (with other delimiters) is hardly looked at.
struct Marks {
    /// Where the next window begins.
    private(set) var scanned: Int
    /// Indices in the arena's marks of the terminators in the window looked at last, and how many of them were taken.
    private(set) var ends: [UInt32] = []
    var taken = 0
    private let delimiters: Delimiters
    private var window = 1 << 12
    private static let widest = 1 << 16

    init(_ delimiters: Delimiters, from start: Int) {
        self.delimiters = delimiters
        scanned = start
    }

    /// Whether these marks go on being those of an interchange with its own delimiters, behind the one they were begun for.
    func serve(_ other: Delimiters) -> Bool {
        var same = delimiters
        same.decimal = other.decimal
        return same == other
    }

    /// Appends the delimiters of the next window to the arena.
    ///
    /// Complexity: O(n) in the window, whatever it holds.
    mutating func scan(_ bytes: [UInt8], to horizon: Int, into marks: inout [UInt32]) {
        let end = min(scanned + window, horizon)
        window = min(window * 2, Marks.widest)
        let before = UInt32(truncatingIfNeeded: marks.count)
        let from = scanned
        var next = from
        var found = 0
        var terminators = 0
        let d = delimiters
        // A window has no more delimiters than bytes; the last block may write a few entries more.
        let space = end - from + 16
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * space) { scratch in
            guard let out = scratch.baseAddress else { return }
            bytes.withUnsafeBytes { text in
                guard let base = text.baseAddress else { return }
                var index = MarkIndex(out, out + space, d, before)
                next = index.run(base, from, end)
                found = index.count
                terminators = index.endCount
            }
            marks.append(contentsOf: UnsafeBufferPointer(start: out, count: found))
            ends.removeAll(keepingCapacity: true)
            ends.append(contentsOf: UnsafeBufferPointer(start: out + space, count: terminators))
        }
        taken = 0
        scanned = next
    }
}

/// The loop of `Marks.scan`: compares a block with every delimiter at once and writes down the bits.
private struct MarkIndex {
    private let marks: UnsafeMutablePointer<UInt32>
    private let ends: UnsafeMutablePointer<UInt32>
    private(set) var count = 0
    private(set) var endCount = 0
    /// Entries of the arena before this window.
    private let before: UInt32
    private let d: Delimiters
    private let terminator, element, component, repetition: SIMD16<UInt8>

    init(
        _ marks: UnsafeMutablePointer<UInt32>, _ ends: UnsafeMutablePointer<UInt32>, _ d: Delimiters, _ before: UInt32
    ) {
        self.marks = marks
        self.ends = ends
        self.d = d
        self.before = before
        terminator = SIMD16(repeating: d.terminator)
        element = SIMD16(repeating: d.element)
        component = SIMD16(repeating: d.component)
        repetition = SIMD16(repeating: d.repetition ?? d.terminator)
    }

    /// One bit for each of 16 lanes: SIMD16 has no such operation in the standard library, so the lanes' ones are gathered
    /// by a multiplication, eight at a time.
    @inline(__always)
    private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt32 {
        let ones = SIMD16<UInt8>(repeating: 0).replacing(with: 1, where: mask)
        let halves = unsafeBitCast(ones, to: SIMD2<UInt64>.self)
        let low = (halves[0] &* 0x0102_0408_1020_4080) &>> 56
        let high = (halves[1] &* 0x0102_0408_1020_4080) &>> 56
        return UInt32(truncatingIfNeeded: low | (high &<< 8))
    }

    /// - Returns: where the next window begins; one behind `end` where its last byte is a release character.
    mutating func run(_ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
        var at = from
        var release = nextRelease(base, at, end)
        while at &+ 16 <= end {
            let block = base.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
            if at &+ 16 <= release {
                take(block, at, 0xFFFF)
                at &+= 16
            } else {
                // Up to the release character; the byte behind it is data, whatever it is.
                take(block, at, (1 &<< UInt32(truncatingIfNeeded: release &- at)) &- 1)
                at = release &+ 2
                release = nextRelease(base, at, end)
            }
        }
        return at < end ? bytewise(base, at, end) : at
    }

    @inline(__always)
    private func nextRelease(_ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
        guard let release = d.release, from < end, let found = memchr(base + from, Int32(release), end - from) else {
            return .max
        }
        return UnsafeRawPointer(found) - base
    }

    /// - Parameter lanes: the bytes of the block that count.
    @inline(__always)
    private mutating func take(_ block: SIMD16<UInt8>, _ at: Int, _ lanes: UInt32) {
        let last = block .== terminator
        var bits = Self.bits(last .| (block .== element) .| (block .== component) .| (block .== repetition)) & lanes
        if bits == 0 { return }
        let halves = unsafeBitCast(last, to: SIMD2<UInt64>.self)
        var stops = halves[0] | halves[1] == 0 ? 0 : Self.bits(last) & lanes
        while stops != 0 {
            let lane = stops & (0 &- stops)
            ends[endCount] = before &+ UInt32(truncatingIfNeeded: count) &+ Self.count(bits & (lane &- 1))
            endCount &+= 1
            stops &= stops &- 1
        }
        // Four are written whatever there is, so that the usual block takes no branch that has to be guessed.
        let here = UInt32(truncatingIfNeeded: at)
        let found = Int(truncatingIfNeeded: Self.count(bits))
        let out = marks + count
        for i in 0..<4 {
            out[i] = here &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
            bits &= bits &- 1
        }
        var i = 4
        while i < found {
            out[i] = here &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
            bits &= bits &- 1
            i &+= 1
        }
        count &+= found
    }

    /// Number of bits set among sixteen, by adding neighbours: the instruction is not in every processor's set.
    @inline(__always)
    private static func count(_ bits: UInt32) -> UInt32 {
        var b = bits &- ((bits &>> 1) & 0x5555)
        b = (b & 0x3333) &+ ((b &>> 2) & 0x3333)
        b = (b &+ (b &>> 4)) & 0x0F0F
        return (b &+ (b &>> 8)) & 0x1F
    }

    /// The byte behind a release character is data, also over a block's or window's edge.
    private mutating func bytewise(_ base: UnsafeRawPointer, _ from: Int, _ end: Int) -> Int {
        var at = from
        while at < end {
            let b = base.load(fromByteOffset: at, as: UInt8.self)
            if b == d.terminator || b == d.element || b == d.component || b == d.repetition {
                if b == d.terminator {
                    ends[endCount] = before &+ UInt32(truncatingIfNeeded: count)
                    endCount += 1
                }
                marks[count] = UInt32(truncatingIfNeeded: at)
                count += 1
            } else if b == d.release {
                at += 1
            }
            at += 1
        }
        return at
    }
}
