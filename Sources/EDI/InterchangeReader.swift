/// The envelope machine: ISA-(TA1)*-(GS-(ST…SE)*-GE)*-IEA and UNB-(UNG)?-(UNH…UNT)*-(UNE)?-UNZ. Whatever is open when
/// something else begins is closed with a finding.
struct InterchangeReader {
    var interchange: Interchange
    var position: Int
    /// Where the interchange begins in the bytes at hand.
    var start: Int
    var marks: Marks
    var cutter: SegmentCutter
    /// Index of the first mark of the segment that follows.
    var firstMark: Int
    let limits: Limits
    let words: EnvelopeWords
    var openGroup = false
    var openMessage: Int?
    var ended = false
    var hasHead = false
    var headPlace = 0..<0
    /// The segment of the header, as long as it is at hand.
    var head: Int?
    var syntax = ""
    var acknowledgements: Range<Int>?
    var isAstray = false
    /// Messages and groups of the interchange, messages of the open group, in stretches handed on before.
    var messagesBefore = 0
    var groupsBefore = 0
    var groupMessagesBefore = 0
    /// Offset in the file from which a message that grew too long is passed over.
    var dropped: Int?
    /// It ended before its trailer.
    var wasCut = false
    /// The group that was open when a stretch was handed on.
    var pausedGroup: Group?

    /// - Parameter marks: those of the interchange before, where they hold on.
    init(
        _ interchange: Interchange, from first: Int, start: Int, _ limits: Limits, _ marks: Marks?,
        _ out: inout Transmission
    ) {
        self.interchange = interchange
        self.limits = limits
        self.start = start
        position = first
        words = EnvelopeWords(interchange.standard)
        cutter = SegmentCutter(interchange, limits)
        firstMark = out.segments.usedMarks
        self.marks = marks ?? Marks(interchange.delimiters, from: first)
        if marks == nil { out.segments.forgetMarks() }
        self.interchange.groups = out.groups.count..<out.groups.count
        self.interchange.messages = out.messages.count..<out.messages.count
    }

    /// Reads on.
    ///
    /// - Returns: false at the end of a message where the interchange goes on, but what is at hand is enough.
    mutating func read(_ out: inout Transmission, _ source: inout ByteSource) -> Bool {
        while !ended {
            switch cutter.run(out.bytes, &position, &firstMark, &marks, &out.segments) {
            case .windowDone:
                if marks.scanned < source.horizon(out) {
                    marks.scan(out.bytes, to: source.horizon(out), into: &out.segments.marks)
                } else if source.horizon(out) - position > 2 * limits.message {
                    endInside(segment: position, &out)
                } else if !source.grow(&out) {
                    readLast(&out)
                    return true
                }
            case .envelope:
                take(out.segments.count - 1, &out)
                if isEnough(out) { return false }
            case .empty: emptySegment(out.segments.count - 1, &out)
            case .swallowed(let at):
                closeSegment(at, &out)
                return true
            case .messageTooLong where cutter.isDropping:
                // Where nothing was passed since, the segment alone is as long: it is held.
                cutter.limit = .max
                if position > start { return false }
            case .messageTooLong: cutMessage(&out)
            case .segmentTooLong: endInside(segment: position, &out)
            }
        }
        return true
    }

    // MARK: Segments of the envelope

    mutating func take(_ s: Int, _ out: inout Transmission) {
        var role = Role(out.segments.records[s].tag, interchange.standard)
        if hasHead || !interchange.hasEnvelope, isAnotherStart(s, out) {
            position = Int(out.segments.records[s].start)
            out.segments.dropLast()
            out.segments.forgetMarks()
            marks = Marks(interchange.delimiters, from: position)
            firstMark = out.segments.usedMarks
            wasCut = true
            ended = true
            return
        }
        if cutter.isDropping {
            if role == .body || role == .acknowledgement {
                out.segments.dropLast()
                return
            }
            resumeReading(s, role, &out)
            if role == .messageEnd {
                out.segments.dropLast()
                return
            }
        }
        if role == .acknowledgement, openMessage != nil || openGroup { role = .body }
        if role != .body, role != .acknowledgement { isAstray = false }
        switch role {
        case .interchange: if hasHead { stray(s, &out) } else { takeHead(s, &out) }
        case .group:
            endMessage(with: nil, before: s, &out)
            endGroup(with: nil, &out)
            beginGroup(s, &out)
        case .message:
            endMessage(with: nil, before: s, &out)
            beginMessage(s, &out)
        case .messageEnd:
            if openMessage == nil { stray(s, &out) } else { endMessage(with: s, before: s, &out) }
        case .groupEnd:
            endMessage(with: nil, before: s, &out)
            if openGroup { endGroup(with: s, &out) } else { stray(s, &out) }
        case .interchangeEnd:
            endMessage(with: nil, before: s, &out)
            endGroup(with: nil, &out)
            endInterchange(s, &out)
        case .acknowledgement: acknowledgements = (acknowledgements?.lowerBound ?? s)..<s + 1
        case .body
        where out.segments.records[s].tag == Segments.tag("ISX") && interchange.standard == .x12 && !openGroup:
            takeExtension(s, &out)
        case .body: if openMessage == nil { stray(s, &out) }
        }
    }

    /// ISX, from 00704 on: names the release character that holds from here on. X12.5.
    mutating func takeExtension(_ s: Int, _ out: inout Transmission) {
        let place = Int(out.segments.records[s].start) + 4
        let d = interchange.delimiters
        guard place < out.bytes.count, out.bytes[place].isSeparator,
            ![d.element, d.component, d.repetition, d.terminator].contains(out.bytes[place])
        else { return }
        interchange.delimiters.release = out.bytes[place]
        out.segments.forgetMarks()
        marks = Marks(interchange.delimiters, from: position)
        firstMark = out.segments.usedMarks
    }

    /// Another interchange begins where this one has not ended.
    func isAnotherStart(_ s: Int, _ out: Transmission) -> Bool {
        let three = out.segments.records[s].tag & 0xFF_FFFF
        guard three == Segments.tag("ISA") || three == Segments.tag("UNA") || three == Segments.tag("UNB") else {
            return false
        }
        return Start.isAnchor(out.bytes, Int(out.segments.records[s].start))
    }

    mutating func takeHead(_ s: Int, _ out: inout Transmission) {
        hasHead = true
        headPlace = out.place(s)
        head = s
        syntax = interchange.standard == .edifact ? out.trimmed(s, 1, 1, interchange).uppercased() : ""
        if let announced = Charset.announced[syntax] { interchange.charset = announced }
        out.fill(&interchange, s)
        checkDate(s, &out)
    }

    /// From syntax version 4 on UNB has a date of eight digits (ISO 9735-1, S004).
    func checkDate(_ s: Int, _ out: inout Transmission) {
        let version = interchange.version.split(separator: ":").dropFirst().first?.first
        guard interchange.standard == .edifact, let version, version >= "4", interchange.date.utf8.count == 6 else {
            return
        }
        let n = out.messages.count
        out.note(
            "date-without-century", .info,
            "The interchange's date has six digits; syntax version \(version) has eight.",
            out.place(s, 4, in: interchange) ?? out.place(s), n..<n + 1, tag: "UNB", element: 4)
    }

    /// A segment outside any message: one finding for a run of them.
    mutating func stray(_ s: Int, _ out: inout Transmission) {
        let place = out.place(s)
        if isAstray, let last = out.findings.indices.last, out.findings[last].code == "segment-stray" {
            out.findings[last].length = place.upperBound - out.findings[last].offset
            return
        }
        isAstray = true
        let n = out.messages.count
        out.note(
            "segment-stray", .info, "A segment stands outside any \(words.message).", place, n..<n + 1,
            tag: out.tag(s))
    }

    // MARK: Group

    mutating func beginGroup(_ s: Int, _ out: inout Transmission) {
        var g = Group(interchange: out.interchanges.count)
        let i = interchange
        func text(_ e: Int, _ c: Int = 1) -> String { out.trimmed(s, e, c, i) }
        g.function = text(1)
        if i.standard == .x12 {
            g.sender = Address(id: text(2))
            g.receiver = Address(id: text(3))
            (g.date, g.time, g.control, g.version) = (text(4), text(5), text(6), text(8))
        } else {
            g.sender = Address(id: text(2), qualifier: text(2, 2))
            g.receiver = Address(id: text(3), qualifier: text(3, 2))
            (g.date, g.time, g.control) = (text(4), text(4, 2), text(5))
        }
        g.messages = out.messages.count..<out.messages.count
        out.groups.append(g)
        openGroup = true
        groupMessagesBefore = 0
    }

    mutating func endGroup(with s: Int?, _ out: inout Transmission) {
        guard openGroup, let g = out.groups.indices.last else { return }
        openGroup = false
        let all = out.groups[g].messages.lowerBound..<out.messages.count
        out.groups[g].messages = all
        guard let s else {
            let end = out.origin(min(position, out.bytes.count))
            out.note(
                "trailer-missing", .warning, "The group has no \(words.groupEnd).", end..<end, all, tag: words.groupEnd)
            return
        }
        let counted = all.count + groupMessagesBefore
        out.groups[g].included = Int(out.trimmed(s, 1, 1, interchange))
        out.check(
            count: s, counted, "\(words.groupEnd) counts %, but there are \(counted) in the group.",
            "group-count-wrong", .warning, all, interchange)
        out.check(control: s, out.groups[g].control, "group-control-wrong", .warning, all, interchange)
    }

    // MARK: Message

    mutating func beginMessage(_ s: Int, _ out: inout Transmission) {
        var m = Message(
            interchange: out.interchanges.count, group: openGroup ? out.groups.count - 1 : nil, segments: s..<s)
        let from = Int(out.segments.records[s].start)
        m.span = from..<from
        cutter.limit = from + limits.message
        if interchange.standard == .x12 {
            m.type = out.trimmed(s, 1, 1, interchange)
            m.control = out.trimmed(s, 2, 1, interchange)
            let guide = m.group.map { out.groups[$0].version } ?? ""
            let digits = String(guide.prefix(6))
            m.version = digits.utf8.count == 6 && digits.utf8.allSatisfy(\.isDigit) ? digits : ""
            let v = interchange.version
            if m.version.isEmpty, v.utf8.count == 5, v.utf8.allSatisfy(\.isDigit) { m.version = v + "0" }
        } else {
            m.control = out.trimmed(s, 1, 1, interchange)
            m.type = out.trimmed(s, 2, 1, interchange)
            m.version = Message.directory(out.trimmed(s, 2, 2, interchange), out.trimmed(s, 2, 3, interchange))
        }
        out.messages.append(m)
        openMessage = out.messages.count - 1
        cutter.isOutside = false
    }

    /// Settles a message's segments and its place in the file.
    mutating func finishMessage(_ m: Int, last: Int, _ out: inout Transmission) {
        let first = out.messages[m].segments.lowerBound
        out.messages[m].segments = first..<max(first + 1, last)
        let end = min(out.segments.end(last - 1) + 1, out.bytes.count)
        let from = out.messages[m].span.lowerBound
        out.messages[m].span = out.origin(from)..<max(out.origin(from), out.origin(end - 1) + 1)
        cutter.limit = .max
        cutter.isOutside = true
    }

    mutating func endMessage(with s: Int?, before next: Int, _ out: inout Transmission) {
        guard let m = openMessage else { return }
        openMessage = nil
        let first = out.messages[m].segments.lowerBound
        let last = s.map { $0 + 1 } ?? next
        finishMessage(m, last: last, &out)
        guard let s else {
            out.note(
                "message-cut-off", .critical, "The \(words.message) ends before its \(words.messageEnd).",
                out.place(last - 1), m..<m + 1, segment: last - first, tag: out.tag(last - 1))
            return
        }
        out.messages[m].isComplete = true
        let count = last - first
        out.check(
            count: s, count, "\(words.messageEnd) counts % segments, but there are \(count).",
            "segment-count-wrong", .critical, m..<m + 1, interchange, segment: count)
        out.check(
            control: s, out.messages[m].control, "message-control-wrong", .critical, m..<m + 1, interchange,
            segment: count)
    }

    // MARK: Interchange

    mutating func endInterchange(_ s: Int, _ out: inout Transmission) {
        ended = true
        guard hasHead else { return }
        let all = interchange.messages.lowerBound..<out.messages.count
        let groups = groupsBefore + out.groups.count - interchange.groups.lowerBound
        let counted = interchange.standard == .x12 || groups > 0 ? groups : messagesBefore + all.count
        out.check(
            count: s, counted, "\(words.interchangeEnd) counts %, but there are \(counted) in the interchange.",
            "interchange-count-wrong", .warning, all, interchange)
        out.check(control: s, interchange.control, "interchange-control-wrong", .warning, all, interchange)
    }

    /// Closes what the end of the bytes left open and records the interchange.
    mutating func close(_ out: inout Transmission, _ duplicates: inout Duplicates) {
        let hasTrailer = ended && !wasCut
        endMessage(with: nil, before: out.segments.count, &out)
        endGroup(with: nil, &out)
        if let from = dropped {
            let end = out.origin(min(position, out.bytes.count))
            out.note(
                "bytes-skipped", .info, "\(end - from) bytes of a \(words.message) beyond the limit were passed over.",
                from..<end, max(0, out.messages.count - 1)..<max(1, out.messages.count))
        }
        if messagesBefore == 0, out.messages.count == interchange.messages.lowerBound, let acknowledgements {
            // TA1 answers for a whole interchange; where nothing else came with it, it is the document.
            var m = Message(interchange: out.interchanges.count, segments: acknowledgements)
            m.type = "TA1"
            m.isComplete = true
            m.span =
                out.place(acknowledgements.lowerBound)
                .lowerBound..<out.place(acknowledgements.upperBound - 1).upperBound
            let v = interchange.version
            if v.utf8.count == 5, v.utf8.allSatisfy(\.isDigit) { m.version = v + "0" }
            out.messages.append(m)
        }
        let all = interchange.messages.lowerBound..<out.messages.count
        record(&out)
        if !interchange.hasEnvelope {
            out.note(
                "envelope-missing", .warning, "There is no interchange header before the \(words.message).",
                interchange.span.lowerBound..<interchange.span.lowerBound, all)
        } else if !hasTrailer {
            let end = interchange.span.upperBound
            out.note(
                "trailer-missing", .warning, "The interchange has no \(words.interchangeEnd).", end..<end, all,
                tag: words.interchangeEnd)
        }
        out.noteDuplicates(of: interchange, messagesBefore == 0, &duplicates)
    }

    mutating func record(_ out: inout Transmission) {
        interchange.groups = interchange.groups.lowerBound..<out.groups.count
        interchange.messages = interchange.messages.lowerBound..<out.messages.count
        interchange.span = out.origin(start)..<max(out.origin(start), out.origin(min(position, out.bytes.count)))
        out.settleCharset(&interchange, syntax, start..<min(position, out.bytes.count))
        if interchange.charset != .latin1, let head { out.fill(&interchange, head) }
        head = nil
        if interchange.isTest {
            out.note("test-indicator", .info, "The interchange is marked as a test.", headPlace, interchange.messages)
        }
        out.interchanges.append(interchange)
    }
}
