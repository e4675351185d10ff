/// Where an interchange, or a group or message without one, begins in other bytes.
enum Start {
    static func has(_ bytes: [UInt8], _ at: Int, _ word: StaticString) -> Bool {
        guard at + word.utf8CodeUnitCount <= bytes.count else { return false }
        return word.withUTF8Buffer { w in w.indices.allSatisfy { bytes[at + $0] == w[$0] } }
    }

    /// ISA with sixteen separators behind it. Strict where it may as well be data: then version, test indicator and
    /// component separator have to look like themselves.
    static func isISA(_ bytes: [UInt8], _ at: Int, strict: Bool) -> Bool {
        guard has(bytes, at, "ISA"), let h = ISAHeader(bytes, at: at) else { return false }
        if !strict { return true }
        return h.value(12, bytes).count == 5 && h.value(12, bytes).allSatisfy(\.isDigit)
            && h.value(15, bytes).count == 1 && h.value(15, bytes).allSatisfy(\.isUpper)
    }

    /// UNB, the separator, a syntax identifier of four characters, another separator, the version's digit.
    static func isUNB(_ bytes: [UInt8], _ at: Int, strict: Bool = true) -> Bool {
        guard has(bytes, at, "UNB"), at + 10 <= bytes.count, bytes[at + 3].isSeparator, !bytes[at + 3].isLayout else {
            return false
        }
        if !strict { return true }
        return bytes[at + 4..<at + 8].allSatisfy(\.isAlphanumeric) && bytes[at + 8].isSeparator
            && (bytes[at + 8] == bytes[at + 3] || bytes[at + 9].isDigit)
    }

    /// UNA, six service characters, then UNB (or UNG, UNH where there is no UNB).
    static func isUNA(_ bytes: [UInt8], _ at: Int) -> Bool {
        guard has(bytes, at, "UNA"), at + 10 < bytes.count, !bytes[at + 3].isAlphanumeric,
            !bytes[at + 4].isAlphanumeric
        else { return false }
        var next = at + 8
        while next < bytes.count, next < at + 20, !bytes[next].isAlphanumeric { next += 1 }
        return has(bytes, next, "UNB") || has(bytes, next, "UNH") || has(bytes, next, "UNG")
    }

    /// A group or message that stands without its envelope.
    static func isHeadless(_ bytes: [UInt8], _ at: Int) -> Bool {
        if has(bytes, at, "GS"), at + 6 < bytes.count, bytes[at + 2].isSeparator {
            return bytes[at + 3].isUpper && bytes[at + 4].isUpper && bytes[at + 5] == bytes[at + 2]
        }
        if has(bytes, at, "ST"), at + 8 < bytes.count, bytes[at + 2].isSeparator {
            return bytes[at + 3..<at + 6].allSatisfy(\.isDigit) && bytes[at + 6] == bytes[at + 2]
        }
        guard has(bytes, at, "UNH") || has(bytes, at, "UNG"), at + 4 < bytes.count else { return false }
        let parts = bytes[at..<min(at + 64, bytes.count)].split(
            separator: bytes[at + 3], maxSplits: 3, omittingEmptySubsequences: false)
        return bytes[at + 3].isSeparator && parts.count >= 3
            && parts[bytes[at + 2] == UInt8(ascii: "G") ? 1 : 2].prefix { $0.isAlphanumeric }.count == 6
    }

    static func isEnvelope(_ bytes: [UInt8], _ at: Int) -> Bool {
        isISA(bytes, at, strict: false) || isUNA(bytes, at) || isUNB(bytes, at, strict: false) || has(bytes, at, "STX=")
    }

    /// An envelope plainly begins here: what ends an interchange whose trailer is missing.
    static func isAnchor(_ bytes: [UInt8], _ at: Int) -> Bool {
        bytes[at] == 0x49 ? isISA(bytes, at, strict: true) : isUNA(bytes, at) || isUNB(bytes, at)
    }

    /// The first place in a segment at which another interchange plainly begins.
    static func swallowed(_ text: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int) -> Int? {
        var at = from
        while at + 3 < end {
            // Eight places at once: hardly any text has IS or UN.
            if at + 9 <= bytes.count, !mayHold(bytes, at) {
                at += 8
                continue
            }
            let stop = min(at + 8, end - 3)
            while at < stop {
                let b = bytes[at]
                if b == 0x49 || b == 0x55, bytes[at + 1] == (b == 0x49 ? 0x53 : 0x4E), !bytes[at - 1].isAlphanumeric,
                    isAnchor(text, at)
                {
                    return at
                }
                at += 1
            }
        }
        return nil
    }

    /// Whether `IS` or `UN` begins at one of eight places.
    @inline(__always)
    private static func mayHold(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        let raw = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let first = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let second = raw.loadUnaligned(fromByteOffset: at + 1, as: UInt64.self)
        let isa = (first ^ (ones &* 0x49)) | (second ^ (ones &* 0x53))
        let una = (first ^ (ones &* 0x55)) | (second ^ (ones &* 0x4E))
        // A byte that is zero borrows from its highest bit.
        return ((isa &- ones) & ~isa | (una &- ones) & ~una) & (ones &* 0x80) != 0
    }
}

/// The fixed part of X12's ISA, read by counting its sixteen separators: partners that do not pad its elements (or pad
/// them with tabs) are read all the same. X12.5.
struct ISAHeader {
    private(set) var delimiters: Delimiters
    /// It has the 106 bytes of the standard.
    private(set) var isStandardLength: Bool
    /// Offsets of the sixteen element separators.
    private let separators: [Int]

    init?(_ bytes: [UInt8], at start: Int) {
        guard start + 4 < bytes.count, bytes[start + 3].isSeparator, bytes[start + 3] != 0x0A, bytes[start + 3] != 0x0D
        else { return nil }
        let element = bytes[start + 3]
        var found: [Int] = []
        var at = start + 3
        while at < bytes.count, at < start + 400, found.count < 16 {
            if bytes[at] == element { found.append(at) }
            at += 1
        }
        guard found.count == 16, at + 1 < bytes.count else { return nil }
        // ISA16 and the byte behind it; where ISA16 was left out, its place holds the terminator.
        var component = bytes[at]
        var terminator = bytes[at + 1]
        if terminator.isAlphanumeric {
            terminator = component
            component = 0xFF
        }
        if component.isAlphanumeric || terminator == element { return nil }
        // The same with line breaks: what stands in ISA16's place ends the next line too.
        if terminator == 0x0A || terminator == 0x0D, at + 3 < bytes.count,
            let next = bytes[(at + 3)...].prefix(400).firstIndex(of: terminator),
            bytes[next - 1] == component
        {
            terminator = component
            component = 0xFF
        }
        separators = found
        isStandardLength = found[15] == start + 103
        delimiters = Delimiters(terminator: terminator, element: element, component: component)
        let version = value(12, bytes)
        let eleven = value(11, bytes)
        // ISA11 is the repetition separator from 00402 on; before, it names the standard ('U').
        if eleven.count == 1, let r = eleven.first, r.isSeparator, r != element, r != component, r != terminator,
            !version.lexicographicallyPrecedes(Array("00402".utf8))
        {
            delimiters.repetition = r
        }
    }

    func value(_ n: Int, _ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let from = separators[n - 1] + 1
        let to = n < 16 ? separators[n] : from + 1
        return bytes[from..<max(from, min(to, bytes.count))]
    }
}
