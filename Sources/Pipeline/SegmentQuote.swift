/// A segment of an EDI source with its neighbours.
///
/// Only what is needed to cut text at segment ends: the terminator of the interchange that the place lies in (X12.5:
/// the byte behind ISA16; ISO 9735: the sixth behind UNA, else an apostrophe) and the release character before it.
enum SegmentQuote {
    /// Segments shown before and behind the one that is meant.
    private static let neighbours = 1
    /// Longest part of a segment that is shown.
    private static let longest = 400

    static func lines(around offset: Int, in bytes: [UInt8]) -> [(text: String, marked: Bool)] {
        guard offset >= 0, offset < bytes.count else { return [] }
        let (terminator, release) = syntax(before: offset, in: bytes)
        var starts = [begin(of: offset, bytes, terminator, release)]
        for _ in 0..<neighbours {
            guard let first = starts.first, first > 0 else { break }
            starts.insert(begin(of: first - 1, bytes, terminator, release), at: 0)
        }
        let meant = starts.count - 1
        for _ in 0...neighbours {
            let next = end(of: starts[starts.count - 1], bytes, terminator, release)
            if next >= bytes.count { break }
            starts.append(next)
        }
        return starts.prefix(meant + neighbours + 1).enumerated().compactMap { i, start in
            let stop = end(of: start, bytes, terminator, release)
            let text = String(decoding: bytes[start..<min(stop, start + longest)], as: UTF8.self)
            let trimmed = text.drop { $0.isWhitespace }
            if trimmed.isEmpty { return nil }
            return (String(trimmed) + (stop > start + longest ? "…" : ""), i == meant)
        }
    }

    private static func syntax(before offset: Int, in bytes: [UInt8]) -> (terminator: UInt8, release: UInt8?) {
        var at = offset
        while at >= 0 {
            guard bytes[at] == UInt8(ascii: "I") || bytes[at] == UInt8(ascii: "U") else {
                at -= 1
                continue
            }
            if bytes[at...].starts(with: "ISA".utf8), at + 105 < bytes.count { return (bytes[at + 105], nil) }
            if bytes[at...].starts(with: "UNA".utf8), at + 8 < bytes.count { return (bytes[at + 8], bytes[at + 6]) }
            at -= 1
        }
        return (UInt8(ascii: "'"), UInt8(ascii: "?"))
    }

    private static func isEnd(_ i: Int, _ bytes: [UInt8], _ terminator: UInt8, _ release: UInt8?) -> Bool {
        guard bytes[i] == terminator else { return false }
        guard let release, release != UInt8(ascii: " ") else { return true }
        var released = false
        var before = i - 1
        while before >= 0, bytes[before] == release {
            released.toggle()
            before -= 1
        }
        return !released
    }

    /// The start of the segment that holds a byte.
    private static func begin(of offset: Int, _ bytes: [UInt8], _ terminator: UInt8, _ release: UInt8?) -> Int {
        var at = offset
        while at > 0, !isEnd(at - 1, bytes, terminator, release) { at -= 1 }
        return at
    }

    /// The start of the segment that follows.
    private static func end(of start: Int, _ bytes: [UInt8], _ terminator: UInt8, _ release: UInt8?) -> Int {
        var at = start
        while at < bytes.count, !isEnd(at, bytes, terminator, release) { at += 1 }
        return min(bytes.count, at + 1)
    }
}
