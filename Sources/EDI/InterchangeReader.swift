/// The envelope machine: ISA-(TA1)*-(GS-(ST…SE)*-GE)*-IEA and UNB-(UNG)?-(UNH…UNT)*-(UNE)?-UNZ. Whatever is open when
/// something else begins is closed with a finding.
struct InterchangeReader {
    var interchange: Interchange
    var position: Int
    private let limit: Int
    private let words: EnvelopeWords
    private let index: Int = 0
    private var openGroup = false
    private var openMessage: Int?
    private var ended = false
    private var head: Int?
    private var emptySegments = 0
    private var acknowledgements: Range<Int>?
    private var strays: Range<Int>?

    init(_ interchange: Interchange, from start: Int, limit: Int) {
        self.interchange = interchange
        self.limit = limit
        position = start
        words = EnvelopeWords(interchange.standard)
    }

    mutating func read(_ out: inout Transmission) {
        interchange.groups = out.groups.count..<out.groups.count
        interchange.messages = out.messages.count..<out.messages.count
        var marks = Marks(interchange.delimiters, from: position, limit: limit)
        let bytes = out.bytes
        while !ended {
            let (found, closed) = out.segments.read(
                bytes, from: &position, limit: limit, delimiters: interchange.delimiters, with: &marks)
            guard found else { break }
            let s = out.segments.count - 1
            if out.segments.tags[s] == 0 {
                emptySegment(s, &out)
                continue
            }
            take(s, &out)
            if !closed { break }
        }
    }

    private mutating func emptySegment(_ s: Int, _ out: inout Transmission) {
        let n = out.messages.count
        let at = out.place(s).lowerBound
        out.note("segment-empty", .info, "An empty segment was passed over.", at..<at, max(0, n - 1)..<max(n, 1))
        // Between segments it leaves no trace; numbering and counting go by what is there.
        out.segments.dropLast()
    }

    private mutating func take(_ s: Int, _ out: inout Transmission) {
        let role = Role(out.segments.tags[s], interchange.standard)
        if role != .body, role != .acknowledgement { strays = nil }
        switch role {
        case .interchange:
            if head == nil { head = s } else { stray(s, &out) }
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
        case .acknowledgement where openMessage == nil && !openGroup:
            acknowledgements = (acknowledgements?.lowerBound ?? s)..<s + 1
        case .acknowledgement, .body:
            if openMessage == nil { stray(s, &out) }
        }
    }

    /// A segment outside any message: one finding for a run of them.
    private mutating func stray(_ s: Int, _ out: inout Transmission) {
        let place = out.place(s)
        if strays != nil, let last = out.findings.indices.last, out.findings[last].code == "segment-stray" {
            out.findings[last].length = place.upperBound - out.findings[last].offset
            strays = (strays?.lowerBound ?? s)..<s + 1
            return
        }
        strays = s..<s + 1
        let n = out.messages.count
        out.note(
            "segment-stray", .info, "A segment stands outside any \(words.message).", place, n..<n + 1,
            tag: out.tag(s))
    }

    // MARK: Group

    private mutating func beginGroup(_ s: Int, _ out: inout Transmission) {
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
    }

    private mutating func endGroup(with s: Int?, _ out: inout Transmission) {
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
        out.check(
            count: s, all.count, "\(words.groupEnd) counts %, but there are \(all.count) in the group.",
            "group-count-wrong", .warning, all, interchange)
        out.check(control: s, out.groups[g].control, "group-control-wrong", .warning, all, interchange)
    }

    // MARK: Message

    private mutating func beginMessage(_ s: Int, _ out: inout Transmission) {
        var m = Message(
            interchange: out.interchanges.count, group: openGroup ? out.groups.count - 1 : nil, segments: s..<s)
        m.span = Int(out.segments.starts[s])..<Int(out.segments.starts[s])
        if interchange.standard == .x12 {
            m.type = out.trimmed(s, 1, 1, interchange)
            m.control = out.trimmed(s, 2, 1, interchange)
            let guide = m.group.map { out.groups[$0].version } ?? ""
            let digits = String(guide.prefix(6))
            m.version = digits.utf8.count == 6 && digits.utf8.allSatisfy(\.isDigit) ? digits : ""
        } else {
            m.control = out.trimmed(s, 1, 1, interchange)
            m.type = out.trimmed(s, 2, 1, interchange)
            m.version = Message.directory(out.trimmed(s, 2, 2, interchange), out.trimmed(s, 2, 3, interchange))
        }
        out.messages.append(m)
        openMessage = out.messages.count - 1
    }

    private mutating func endMessage(with s: Int?, before next: Int, _ out: inout Transmission) {
        guard let m = openMessage else { return }
        openMessage = nil
        let first = out.messages[m].segments.lowerBound
        let last = s.map { $0 + 1 } ?? next
        out.messages[m].segments = first..<max(first + 1, last)
        let end = min(out.segments.end(last - 1) + 1, out.bytes.count)
        let from = out.messages[m].span.lowerBound
        out.messages[m].span = out.origin(from)..<max(out.origin(from), out.origin(end - 1) + 1)
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

    private mutating func endInterchange(_ s: Int, _ out: inout Transmission) {
        ended = true
        guard let head else { return }
        let all = interchange.messages.lowerBound..<out.messages.count
        let groups = out.groups.count - interchange.groups.lowerBound
        let counted = interchange.standard == .x12 || groups > 0 ? groups : all.count
        out.check(
            count: s, counted, "\(words.interchangeEnd) counts %, but there are \(counted) in the interchange.",
            "interchange-count-wrong", .warning, all, interchange)
        let control =
            interchange.standard == .x12 ? out.wholeText(head, 13, interchange) : out.trimmed(head, 5, 1, interchange)
        out.check(control: s, control, "interchange-control-wrong", .warning, all, interchange)
    }

    /// Closes what the end of the bytes left open and records the interchange.
    mutating func close(_ out: inout Transmission, start: Int) {
        endMessage(with: nil, before: out.segments.count, &out)
        endGroup(with: nil, &out)
        if out.messages.count == interchange.messages.lowerBound, let acknowledgements {
            // TA1 answers for a whole interchange; where nothing else came with it, it is the document.
            var m = Message(interchange: out.interchanges.count, segments: acknowledgements)
            m.type = "TA1"
            m.isComplete = true
            m.span =
                out.place(acknowledgements.lowerBound)
                .lowerBound..<out.place(acknowledgements.upperBound - 1).upperBound
            out.messages.append(m)
        }
        let all = interchange.messages.lowerBound..<out.messages.count
        interchange.groups = interchange.groups.lowerBound..<out.groups.count
        interchange.messages = all
        interchange.span = out.origin(start)..<max(out.origin(start), out.origin(min(position, out.bytes.count)))
        if !interchange.hasEnvelope {
            out.note(
                "envelope-missing", .warning, "There is no interchange header before the \(words.message).",
                interchange.span.lowerBound..<interchange.span.lowerBound, all)
        } else if !ended {
            let end = interchange.span.upperBound
            out.note(
                "trailer-missing", .warning, "The interchange has no \(words.interchangeEnd).", end..<end, all,
                tag: words.interchangeEnd)
        }
        out.settleCharset(&interchange, head, start..<min(position, out.bytes.count))
        if let head { out.fill(&interchange, head) }
        if interchange.isTest {
            let place = head.map { out.place($0) } ?? 0..<0
            out.note("test-indicator", .info, "The interchange is marked as a test.", place, all)
        }
        for m in all where out.messages[m].version.isEmpty && interchange.standard == .x12 {
            let v = interchange.version
            if v.utf8.count == 5, v.utf8.allSatisfy(\.isDigit) { out.messages[m].version = v + "0" }
        }
        out.interchanges.append(interchange)
    }
}
