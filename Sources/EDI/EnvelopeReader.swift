/// Finds the interchanges of a file and reads them one after the other; whatever lies between is reported and passed over.
struct EnvelopeReader {
    var out = Transmission()
    private var position = 0
    private let anchors: [Int]
    private var nextAnchor = 0
    /// Findings about what no message stands for yet: they go to the message that follows, or to the last.
    static let maxFindings = 10_000

    init(_ bytes: [UInt8]) {
        out.bytes = bytes
        if let (wrap, text) = Wrap.detect(bytes) {
            out.wrap = wrap
            out.bytes = text
        }
        anchors = bytes.count < Int(UInt32.max) ? Start.anchors(out.bytes) : []
    }

    mutating func read() {
        let bytes = out.bytes
        guard bytes.count < Int(UInt32.max) else {
            add(SyntaxFinding("file-too-large", .critical, "The file has 4 GB or more.", offset: 0))
            return
        }
        if Start.has(bytes, 0, "\u{FEFF}") {
            add(
                SyntaxFinding(
                    "byte-order-mark", .info, "The file begins with a byte order mark.", offset: 0, length: 3,
                    messages: 0..<1))
            position = 3
        }
        if position < bytes.count, bytes[position].isLayout {
            add(
                SyntaxFinding(
                    "layout-before", .info, "There are blanks or line breaks before the envelope.", offset: position,
                    length: 1, messages: 0..<1))
        }
        while true {
            while position < bytes.count, bytes[position].isLayout || isMark(position) { position += 1 }
            guard position < bytes.count else { break }
            if Start.has(bytes, position, "STX="), !Start.isEnvelopeOfOther(bytes, position) {
                add(
                    SyntaxFinding(
                        "tradacoms-not-read", .critical, "This is a TRADACOMS file, which is not read.",
                        offset: position))
                return
            }
            if Start.isEnvelope(bytes, position) || Start.isHeadless(bytes, position) {
                readInterchange()
            } else {
                skip()
            }
        }
        finish()
    }

    /// A byte order mark, also in the middle, where files were put together.
    private func isMark(_ at: Int) -> Bool {
        out.bytes[at] >= 0xBB
            && (Start.has(out.bytes, at, "\u{FEFF}")
                || (at > 0 && Start.has(out.bytes, at - 1, "\u{FEFF}"))
                || (at > 1 && Start.has(out.bytes, at - 2, "\u{FEFF}")))
    }

    /// Where the bytes of an interchange that begins at a place end at the latest: where another plainly begins.
    private mutating func limit(after at: Int) -> Int {
        while nextAnchor < anchors.count, anchors[nextAnchor] <= at { nextAnchor += 1 }
        return nextAnchor < anchors.count ? anchors[nextAnchor] : out.bytes.count
    }

    private mutating func skip() {
        let bytes = out.bytes
        let from = position
        let end = limit(after: from)
        position += 1
        while position < end {
            let lineStart = bytes[position - 1] == 0x0A || bytes[position - 1] == 0x0D
            if lineStart, Start.isHeadless(bytes, position) { break }
            position += 1
        }
        var last = position
        while last > from, bytes[last - 1].isLayout { last -= 1 }
        let next = out.messages.count
        add(
            SyntaxFinding(
                "bytes-skipped", .info, "\(last - from) bytes that belong to no interchange were passed over.",
                offset: out.origin(from), length: out.origin(last) - out.origin(from), messages: next..<next + 1))
    }

    private mutating func readInterchange() {
        let start = position
        let bytes = out.bytes
        var limit = self.limit(after: start)
        var interchange: Interchange
        var first = start
        if Start.isISA(bytes, start, strict: false), let isa = ISAHeader(bytes, at: start) {
            interchange = Interchange(standard: .x12, delimiters: isa.delimiters, charset: .latin1)
            if !isa.isStandardLength {
                let n = out.messages.count
                add(
                    SyntaxFinding(
                        "isa-length", .info,
                        "The ISA segment is not padded to its 106 bytes; it was read by its separators.",
                        offset: out.origin(start), length: 106, messages: n..<n + 1, tag: "ISA"))
            }
        } else if bytes[start] == UInt8(ascii: "G") || bytes[start] == UInt8(ascii: "S") {
            interchange = Interchange(standard: .x12, delimiters: Headless.x12(bytes, start), charset: .latin1)
            interchange.hasEnvelope = false
        } else {
            let service = Service(bytes, at: start)
            interchange = Interchange(standard: .edifact, delimiters: service.delimiters, charset: .latin1)
            first = service.next
            interchange.hasEnvelope = Start.has(bytes, first, "UNB")
            if limit <= first { limit = self.limit(after: first) }
        }
        var reader = InterchangeReader(interchange, from: first, limit: limit)
        reader.read(&out)
        position = max(reader.position, start + 1)
        reader.close(&out, start: start)
    }

    private mutating func add(_ f: SyntaxFinding) {
        if out.findings.count < EnvelopeReader.maxFindings { out.findings.append(f) }
    }

    private mutating func finish() {
        out.noteDuplicates()
        let n = out.messages.count
        if let w = out.wrap, n > 0 {
            add(
                SyntaxFinding(
                    "lines-wrapped", .info, "The file is broken into lines of \(w.width) characters inside segments.",
                    offset: w.width, length: w.breakLength, messages: 0..<n))
        }
        for i in out.findings.indices {
            let m = out.findings[i].messages
            if m.upperBound > n { out.findings[i].messages = max(0, min(m.lowerBound, n - 1))..<n }
        }
    }
}

extension Start {
    /// `STX=` is TRADACOMS unless it is not followed by its syntax name (`ANA`, `ANAA`).
    static func isEnvelopeOfOther(_ bytes: [UInt8], _ at: Int) -> Bool { !has(bytes, at, "STX=ANA") }
}

/// Delimiters of X12 groups and sets that stand without ISA.
enum Headless {
    static func x12(_ bytes: [UInt8], _ start: Int) -> Delimiters {
        let element = bytes[start + 2]
        let wanted = bytes[start] == UInt8(ascii: "G") ? 8 : 2
        var seen = 0
        var at = start
        while at < bytes.count, at < start + 200 {
            if bytes[at] == element {
                seen += 1
            } else if seen >= wanted, !bytes[at].isAlphanumeric, bytes[at] != 0x20 {
                break
            }
            at += 1
        }
        let terminator = at < bytes.count && bytes[at] != element ? bytes[at] : UInt8(ascii: "~")
        return Delimiters(
            terminator: terminator, element: element,
            component: terminator == UInt8(ascii: ":") || element == UInt8(ascii: ":")
                ? UInt8(ascii: ">") : UInt8(ascii: ":"))
    }
}
