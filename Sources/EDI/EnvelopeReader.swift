/// Finds the interchanges of a file and reads them one after the other; whatever lies between is reported and passed over.
struct EnvelopeReader {
    private var out = Transmission()
    /// One that is done with.
    var spare: Transmission?
    private var source: ByteSource
    private let limits: Limits
    private var position = 0
    /// The interchange that is being read, between two stretches of it.
    private var open: InterchangeReader?
    private var marks: Marks?
    private var duplicates = Duplicates()
    /// Offset in the file behind the foreign bytes passed over last.
    private var skipped: Int?
    private var isFirst = true
    private var isDone = false
    /// Longest stretch of foreign bytes that is passed over at once.
    private static let junk = 1 << 20

    /// A whole file, as one transmission.
    init(_ bytes: [UInt8], _ limits: Limits) {
        self.limits = Limits(message: limits.message, stretch: .max)
        source = ByteSource(bytes, into: &out)
        out.segments.reserve(bytes: bytes.count)
    }

    /// A file that comes in chunks.
    init(_ more: @escaping () -> [UInt8], _ limits: Limits) {
        self.limits = limits
        source = ByteSource(more, into: &out)
    }

    /// The next stretch of the file; nil behind its end. The first call gives one whatever the file holds.
    mutating func next() -> Transmission? {
        if isDone { return nil }
        if isFirst { begin() }
        while true {
            if open != nil {
                guard goOn() else { return handOn() }
                continue
            }
            let before = out.origin(position)
            passLayout()
            if skipped == before { skipped = out.origin(position) }
            guard position < out.bytes.count else { break }
            if Start.has(out.bytes, position, "STX="), Start.has(out.bytes, position, "STX=ANA") {
                note(
                    "tradacoms-not-read", .critical, "This is a TRADACOMS file, which is not read.", position..<position
                )
                break
            }
            if position >= limits.stretch {
                guard holdsNothing else { return handOn() }
                forget()
            }
            if Start.isEnvelope(out.bytes, position) || Start.isHeadless(out.bytes, position) {
                beginInterchange()
            } else {
                skip()
            }
        }
        isDone = true
        return handOn()
    }

    private mutating func begin() {
        isFirst = false
        if Start.has(out.bytes, 0, "\u{FEFF}") {
            note("byte-order-mark", .info, "The file begins with a byte order mark.", 0..<3)
            position = 3
        }
        if position < out.bytes.count, out.bytes[position].isLayout {
            note(
                "layout-before", .info, "There are blanks or line breaks before the envelope.", position..<position + 1)
        }
    }

    private mutating func passLayout() {
        source.ensure(position, &out)
        while position < out.bytes.count, out.bytes[position].isLayout || isMark(position) {
            position += 1
            source.ensure(position, &out)
        }
    }

    /// A byte order mark, also in the middle, where files were put together.
    private func isMark(_ at: Int) -> Bool {
        out.bytes[at] >= 0xBB
            && (Start.has(out.bytes, at, "\u{FEFF}")
                || (at > 0 && Start.has(out.bytes, at - 1, "\u{FEFF}"))
                || (at > 1 && Start.has(out.bytes, at - 2, "\u{FEFF}")))
    }

    /// Foreign bytes, up to where an envelope plainly begins, or a line with a group or message.
    private mutating func skip() {
        let from = position
        position += 1
        while position - from < EnvelopeReader.junk {
            source.ensure(position, &out)
            guard position < out.bytes.count else { break }
            let b = out.bytes[position]
            let before = out.bytes[position - 1]
            if b == 0x49 || b == 0x55, !before.isAlphanumeric, Start.isAnchor(out.bytes, position) { break }
            if before == 0x0A || before == 0x0D, Start.isHeadless(out.bytes, position) { break }
            position += 1
        }
        var last = position
        while last > from, out.bytes[last - 1].isLayout { last -= 1 }
        var place = out.origin(from)..<max(out.origin(from), out.origin(last - 1) + 1)
        // Where the stretch that was passed over goes on, so does its finding.
        if let known = out.findings.last, known.code == "bytes-skipped", skipped == place.lowerBound {
            place = known.offset..<place.upperBound
            out.findings.removeLast()
        }
        skipped = out.origin(position)
        out.note(
            "bytes-skipped", .info, "\(place.count) bytes that belong to no interchange were passed over.", place,
            out.messages.count..<out.messages.count + 1)
    }

    private mutating func beginInterchange() {
        let (interchange, first) = header()
        if let known = marks, !known.serve(interchange.delimiters) || known.scanned < first { marks = nil }
        open = InterchangeReader(interchange, from: first, start: position, limits, marks, &out)
    }

    private mutating func header() -> (Interchange, first: Int) {
        let bytes = out.bytes
        if Start.isISA(bytes, position, strict: false), let isa = ISAHeader(bytes, at: position) {
            if !isa.isStandardLength {
                note(
                    "isa-length", .info,
                    "The ISA segment is not padded to its 106 bytes; it was read by its separators.",
                    position..<min(position + 106, bytes.count), tag: "ISA")
            }
            return (Interchange(standard: .x12, delimiters: isa.delimiters, charset: .latin1), position)
        }
        if bytes[position] == UInt8(ascii: "G") || bytes[position] == UInt8(ascii: "S") {
            var i = Interchange(standard: .x12, delimiters: Headless.x12(bytes, position), charset: .latin1)
            i.hasEnvelope = false
            return (i, position)
        }
        let service = Service(bytes, at: position)
        var i = Interchange(standard: .edifact, delimiters: service.delimiters, charset: .latin1)
        i.hasEnvelope = Start.has(bytes, service.next, "UNB")
        return (i, service.next)
    }

    /// Reads on in the open interchange; false where what is at hand is to be handed on first.
    private mutating func goOn() -> Bool {
        guard var reader = open else { return true }
        open = nil
        let isEnd = reader.read(&out, &source)
        position = max(reader.position, reader.start + 1)
        if isEnd {
            reader.close(&out, &duplicates)
            marks = reader.marks
            return true
        }
        if holdsNothing {
            forget()
            reader.forget()
            open = reader
            return true
        }
        reader.pause(&out)
        open = reader
        return false
    }

    /// Nothing at hand is worth handing on.
    private var holdsNothing: Bool { out.messages.isEmpty && out.interchanges.isEmpty }

    /// Lets go of bytes of which nothing is left but findings.
    private mutating func forget() {
        out.bytes.removeFirst(min(position, out.bytes.count))
        out.origin = out.origin.dropping(position)
        out.segments.empty()
        position = 0
        marks = nil
    }

    /// Gives the stretch that has been read and goes on with the bytes behind it.
    private mutating func handOn() -> Transmission {
        var done = out
        let n = done.messages.count
        if let w = source.wrap, n > 0, done.firstMessage == 0 {
            done.note(
                "lines-wrapped", .info, "The file is broken into lines of \(w.width) characters inside segments.",
                w.width..<w.width + w.breakLength, 0..<n)
        }
        for i in done.findings.indices {
            let m = done.findings[i].messages
            if m.upperBound > n { done.findings[i].messages = max(0, min(m.lowerBound, n - 1))..<n }
        }
        if isDone {
            out = Transmission()
            return done
        }
        out = spare.take() ?? Transmission()
        out.empty()
        out.segments.reserve(like: done.segments)
        out.bytes.reserveCapacity(max(limits.stretch + limits.stretch / 2, done.bytes.count - position))
        out.bytes += done.bytes[min(position, done.bytes.count)...]
        out.origin = done.origin.dropping(position)
        out.firstMessage = done.firstMessage + n
        position = 0
        marks = nil
        open?.resume(&out)
        return done
    }

    private mutating func note(
        _ code: String, _ severity: SyntaxFinding.Severity, _ text: String, _ place: Range<Int>, tag: String? = nil
    ) {
        let at = out.origin(place.lowerBound)..<out.origin(place.lowerBound) + place.count
        out.note(code, severity, text, at, out.messages.count..<out.messages.count + 1, tag: tag)
    }
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
