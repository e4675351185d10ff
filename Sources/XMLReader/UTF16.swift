/// Turns UTF-16 into UTF-8 as it comes, and remembers which byte of the file each place of the UTF-8 was.
struct UTF16Source {
    private let isLittle: Bool
    /// Half a unit, or the first half of a pair, that waits for more bytes.
    private var rest: [UInt8] = []
    /// Bytes of the file that have been turned.
    private var taken: Int
    private var made = 0
    /// From `utf8` on, characters take `width` bytes of UTF-8, and two of the file (four where the width is four).
    private var runs: [(utf8: Int, sent: Int, width: Int)] = []
    /// The byte of the file at which it ends within a character.
    private(set) var half: Int?

    /// - Parameter head: the first four bytes of the file.
    /// - Returns: nil where they are no UTF-16: neither a byte order mark nor `<` as UTF-16 has it.
    init?(_ head: [UInt8]) {
        guard head.count >= 4 else { return nil }
        switch (head[0], head[1]) {
        case (0xFF, 0xFE): (isLittle, taken) = (true, 2)
        case (0xFE, 0xFF): (isLittle, taken) = (false, 2)
        case (0x3C, 0) where head[3] == 0: (isLittle, taken) = (true, 0)
        case (0, 0x3C) where head[2] == 0: (isLittle, taken) = (false, 0)
        default: return nil
        }
    }

    /// Bytes of the mark, which are no text.
    var mark: Int { taken }

    /// The UTF-8 of the next bytes of the file. Half of a pair that stands alone becomes U+FFFD.
    ///
    /// Complexity: O(n).
    mutating func utf8(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> [UInt8] {
        let all = rest + bytes
        var out: [UInt8] = []
        out.reserveCapacity(all.count)
        func unit(_ i: Int) -> UInt32 {
            isLittle ? UInt32(all[i + 1]) << 8 | UInt32(all[i]) : UInt32(all[i]) << 8 | UInt32(all[i + 1])
        }
        var i = 0
        while i + 1 < all.count {
            var value = unit(i)
            var length = 2
            if value & 0xFC00 == 0xD800 {
                if i + 3 >= all.count, !isLast { break }
                if i + 3 < all.count, unit(i + 2) & 0xFC00 == 0xDC00 {
                    value = 0x10000 + (value & 0x3FF) << 10 + (unit(i + 2) & 0x3FF)
                    length = 4
                }
            }
            let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
            let before = out.count
            if value < 0x80 {
                out.append(UInt8(value))
            } else {
                out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
            note(width: out.count - before, length, utf8: made + before, sent: taken + i)
            i += length
        }
        taken += i
        made += out.count
        rest = Array(all[i...])
        if isLast, !rest.isEmpty { half = taken }
        return out
    }

    private mutating func note(width: Int, _ length: Int, utf8: Int, sent: Int) {
        if let last = runs.last, last.width == width, width != 4 || length == 4 { return }
        runs.append((utf8, sent, width))
    }

    /// The byte of the file that a place of the UTF-8 was.
    ///
    /// Complexity: O(log n) of the changes between ASCII and other letters since `forget`.
    func sent(_ utf8: Int) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].utf8 <= utf8 { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return utf8 }
        let run = runs[low - 1]
        return run.sent + (utf8 - run.utf8) / run.width * (run.width == 4 ? 4 : 2)
    }

    /// Forgets where the places before one were.
    mutating func forget(before utf8: Int) {
        guard runs.count > 1024, let keep = runs.lastIndex(where: { $0.utf8 <= utf8 }), keep > 0 else { return }
        runs.removeSubrange(..<keep)
    }
}
