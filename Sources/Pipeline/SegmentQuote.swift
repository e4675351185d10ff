import Schemas

/// A segment of an EDI source with its neighbours.
///
/// Only what is needed to cut text into segments and their values: the delimiters of the interchange that the place lies
/// in (X12.5: those of ISA; ISO 9735: those of UNA, else the usual ones).
enum SegmentQuote {
    /// Segments shown before and behind the one that is meant.
    private static let neighbours = 1
    /// Longest part of a segment that is shown.
    private static let longest = 400

    private struct Syntax {
        var standard = Privacy.Syntax.edifact
        var element = UInt8(ascii: "+")
        var component = UInt8(ascii: ":")
        var terminator = UInt8(ascii: "'")
        var release: UInt8? = UInt8(ascii: "?")
    }

    static func lines(around offset: Int, in bytes: [UInt8], privacy: Privacy?) -> [(text: String, marked: Bool)] {
        guard offset >= 0, offset < bytes.count else { return [] }
        let syntax = syntax(before: offset, in: bytes)
        let (terminator, release) = (syntax.terminator, syntax.release)
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
            return (shown(String(trimmed), syntax, privacy) + (stop > start + longest ? "…" : ""), i == meant)
        }
    }

    private static func shown(_ text: String, _ syntax: Syntax, _ privacy: Privacy?) -> String {
        guard let privacy else { return text }
        // UNA holds the delimiters themselves.
        if syntax.standard == .edifact, text.hasPrefix("UNA") { return text }
        func character(_ b: UInt8) -> Character { Character(Unicode.Scalar(b)) }
        return privacy.segment(
            text, syntax.standard, element: character(syntax.element), component: character(syntax.component),
            terminator: character(syntax.terminator), release: syntax.release.map(character))
    }

    private static func syntax(before offset: Int, in bytes: [UInt8]) -> Syntax {
        var at = offset
        while at >= 0 {
            guard bytes[at] == UInt8(ascii: "I") || bytes[at] == UInt8(ascii: "U") else {
                at -= 1
                continue
            }
            if bytes[at...].starts(with: "ISA".utf8), at + 105 < bytes.count {
                return Syntax(
                    standard: .x12, element: bytes[at + 3], component: bytes[at + 104], terminator: bytes[at + 105],
                    release: nil)
            }
            if bytes[at...].starts(with: "UNA".utf8), at + 8 < bytes.count {
                return Syntax(
                    element: bytes[at + 4], component: bytes[at + 3], terminator: bytes[at + 8],
                    release: bytes[at + 6] == UInt8(ascii: " ") ? nil : bytes[at + 6])
            }
            at -= 1
        }
        return Syntax()
    }

    private static func isEnd(_ i: Int, _ bytes: [UInt8], _ terminator: UInt8, _ release: UInt8?) -> Bool {
        guard bytes[i] == terminator else { return false }
        guard let release else { return true }
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
