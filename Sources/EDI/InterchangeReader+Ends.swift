/// What does not end as it should.
extension InterchangeReader {
    /// The bytes end, or another interchange begins, before the segment's terminator.
    mutating func closeSegment(_ end: Int, _ out: inout Transmission) {
        let (from, first, tag) = out.bytes.withUnsafeBufferPointer { bytes in
            let from = cutter.start(bytes, position, end)
            var first = firstMark
            while first < out.segments.marks.count, Int(out.segments.marks[first]) < from { first += 1 }
            let behind = first < out.segments.marks.count ? min(end, Int(out.segments.marks[first])) : end
            return (from, first, SegmentCutter.tag(bytes, from, max(from, behind)))
        }
        if from < end {
            var last = first
            while last < out.segments.marks.count, Int(out.segments.marks[last]) < end { last += 1 }
            out.segments.marks.removeLast(out.segments.marks.count - last)
            out.segments.marks.append(UInt32(truncatingIfNeeded: end))
            out.segments.append(
                SegmentRecord(
                    tag: tag, start: UInt32(truncatingIfNeeded: from), first: UInt32(truncatingIfNeeded: first),
                    last: UInt32(truncatingIfNeeded: last)))
            position = end
            if tag == 0 { emptySegment(out.segments.count - 1, &out) } else { take(out.segments.count - 1, &out) }
        }
        position = end
        out.segments.forgetMarks()
        marks = Marks(interchange.delimiters, from: end)
    }

    /// The bytes end before a terminator; another interchange, with another one, may begin in what is left.
    mutating func readLast(_ out: inout Transmission) {
        let end = out.bytes.count
        let next = out.bytes.withUnsafeBufferPointer { bytes in
            Start.swallowed(out.bytes, bytes, cutter.start(bytes, position, end) + 1, end)
        }
        closeSegment(next ?? end, &out)
        if next == nil, ended { noteOpenEnd(&out) }
    }

    /// The interchange's trailer has no terminator. Where it has one that is released, nothing of the trailer can be trusted.
    func noteOpenEnd(_ out: inout Transmission) {
        var last = out.bytes.count
        while last > 0, out.bytes[last - 1].isLayout, out.bytes[last - 1] != cutter.terminator { last -= 1 }
        let all = interchange.messages.lowerBound..<out.messages.count
        let place = out.origin(max(0, last - 1))..<out.origin(max(0, last - 1)) + 1
        if last > 1, out.bytes[last - 1] == cutter.terminator, out.bytes[last - 2] == interchange.delimiters.release {
            out.note(
                "terminator-released", .critical,
                "The last terminator is made data by the release character before it; \(words.interchangeEnd) never ends.",
                place, all, tag: words.interchangeEnd)
        } else {
            out.note(
                "terminator-missing", .info, "\(words.interchangeEnd), the last segment, has no terminator.", place,
                all,
                tag: words.interchangeEnd)
        }
    }

    /// A segment that does not end within the limit: what follows is no interchange any more.
    mutating func endInside(segment at: Int, _ out: inout Transmission) {
        let place = out.origin(at)..<out.origin(at)
        out.note(
            "segment-too-long", .warning,
            "A segment does not end within \(limits.message) bytes; the interchange was read up to it.", place,
            max(0, out.messages.count - 1)..<max(1, out.messages.count))
        out.segments.forgetMarks()
        marks = Marks(interchange.delimiters, from: at)
        firstMark = out.segments.usedMarks
        wasCut = true
        ended = true
    }

    /// The open message has reached the limit: it stands as far as it was read, the rest is passed over.
    mutating func cutMessage(_ out: inout Transmission) {
        guard let m = openMessage else {
            cutter.limit = .max
            return
        }
        let at = out.origin(position)
        out.note(
            "message-too-large", .critical,
            "The \(words.message) has more than \(limits.message) bytes; the rest was not read.", at..<at, m..<m + 1)
        dropped = at
        finishMessage(m, last: out.segments.count, &out)
        openMessage = nil
        cutter.isDropping = true
        if limits.stretch < .max { cutter.limit = position + limits.stretch }
    }

    mutating func emptySegment(_ s: Int, _ out: inout Transmission) {
        let n = out.messages.count
        let at = out.place(s).lowerBound
        out.note("segment-empty", .info, "An empty segment was passed over.", at..<at, max(0, n - 1)..<max(n, 1))
        // Between segments it leaves no trace; numbering and counting go by what is there.
        out.segments.dropLast()
    }

    /// The end of what was passed over.
    mutating func resumeReading(_ s: Int, _ role: Role, _ out: inout Transmission) {
        cutter.isDropping = false
        cutter.limit = .max
        guard let from = dropped else { return }
        dropped = nil
        let place = role == .messageEnd ? out.place(s).upperBound : out.place(s).lowerBound
        out.note(
            "bytes-skipped", .info, "\(place - from) bytes of a \(words.message) beyond the limit were passed over.",
            from..<place, max(0, out.messages.count - 1)..<max(1, out.messages.count))
    }
}
