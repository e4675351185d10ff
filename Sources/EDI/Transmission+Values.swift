extension Transmission {
    /// The tag of a segment as sent.
    public func tag(_ segment: Int) -> String {
        let from = Int(segments.records[segment].start)
        let first = Int(segments.marks[segments.markRange(segment).lowerBound])
        return String(decoding: bytes[from..<max(from, first)], as: UTF8.self)
    }

    /// Byte range of a segment in the file, without its terminator.
    public func place(_ segment: Int) -> Range<Int> {
        let from = Int(segments.records[segment].start)
        return origin(from)..<max(origin(from), origin(segments.end(segment)))
    }

    /// How many elements follow the tag.
    public func elementCount(_ segment: Int, _ d: Delimiters) -> Int {
        segments.markRange(segment).reduce(0) { n, i in
            n + (isElementMark(i, of: segment, d) ? 1 : 0)
        }
    }

    /// The text of an element or of one of its components, released and decoded, not trimmed.
    ///
    /// - Parameters:
    ///   - element: 1-based, behind the tag.
    ///   - component: 1-based; nil for all of the element, with the component separators in it.
    ///   - repetition: 0-based.
    /// - Returns: nil where the segment has no such element; empty where it is empty.
    public func text(
        _ segment: Int, _ element: Int, _ component: Int? = nil, repetition: Int = 0, in interchange: Interchange
    ) -> String? {
        guard let r = range(segment, element, component, repetition: repetition, interchange.delimiters) else {
            return nil
        }
        return decoded(r, interchange)
    }

    /// Byte range in the file of what `text` reads.
    public func place(
        _ segment: Int, _ element: Int, _ component: Int? = nil, repetition: Int = 0, in interchange: Interchange
    ) -> Range<Int>? {
        range(segment, element, component, repetition: repetition, interchange.delimiters).map {
            origin($0.lowerBound)..<max(origin($0.lowerBound), origin($0.upperBound))
        }
    }

    /// How often an element is repeated; 0 where the segment has no such element.
    public func repetitions(_ segment: Int, _ element: Int, in interchange: Interchange) -> Int {
        pieces(segment, element, interchange.delimiters.repetition, interchange.delimiters)
    }

    /// How many components the first repetition of an element has.
    public func components(_ segment: Int, _ element: Int, in interchange: Interchange) -> Int {
        pieces(segment, element, interchange.delimiters.component, interchange.delimiters)
    }

    /// The message's segments in a form that does not depend on delimiters and layout, for digests: the units of
    /// ISO 646 in their order (US element, RS repetition, GS component, FS segment), values as sent.
    public func canonical(_ range: Range<Int>, in interchange: Interchange) -> [UInt8] {
        var out: [UInt8] = []
        appendCanonical(range, in: interchange, to: &out)
        return out
    }

    /// Appends what `canonical` gives.
    ///
    /// Complexity: O(n) in the bytes of the segments.
    public func appendCanonical(_ range: Range<Int>, in interchange: Interchange, to out: inout [UInt8]) {
        let d = interchange.delimiters
        withFlatSegments { flat in
            for s in range {
                let r = flat.records[s]
                let start = Int(r.start)
                let end = max(start, min(Int(flat.marks[Int(r.last)]), flat.bytes.count))
                let shift = out.count - start
                out.append(contentsOf: UnsafeBufferPointer(rebasing: flat.bytes[start..<end]))
                out.append(0x1C)
                out.withUnsafeMutableBufferPointer { text in
                    for i in Int(r.first)..<Int(r.last) {
                        let m = Int(flat.marks[i])
                        let b = flat.bytes[m]
                        text[m + shift] = b == d.element ? 0x1F : b == d.component ? 0x1D : 0x1E
                    }
                }
            }
        }
    }

    // MARK: Ranges

    private func isElementMark(_ mark: Int, of segment: Int, _ d: Delimiters) -> Bool {
        mark + 1 < segments.markRange(segment).upperBound && bytes[Int(segments.marks[mark])] == d.element
    }

    /// The mark before an element and the one behind it.
    private func bounds(_ segment: Int, _ element: Int, _ d: Delimiters) -> (before: Int, behind: Int)? {
        let all = segments.markRange(segment)
        var before: Int?
        var n = 0
        for i in all where i + 1 == all.upperBound || bytes[Int(segments.marks[i])] == d.element {
            if let before { return (before, i) }
            guard i + 1 < all.upperBound else { return nil }
            n += 1
            if n == element { before = i }
        }
        return nil
    }

    func range(
        _ segment: Int, _ element: Int, _ component: Int?, repetition: Int, _ d: Delimiters
    ) -> Range<Int>? {
        guard var (before, behind) = bounds(segment, element, d) else { return nil }
        func narrow(_ n: Int, _ delimiter: UInt8?) -> Bool {
            guard let delimiter else { return n == 0 }
            var at = 0
            for i in before + 1..<behind where bytes[Int(segments.marks[i])] == delimiter {
                if at == n {
                    behind = i
                    return true
                }
                at += 1
                before = i
            }
            return at == n
        }
        if before + 1 < behind || repetition > 0 { guard narrow(repetition, d.repetition) else { return nil } }
        if let component {
            if before + 1 < behind {
                guard narrow(component - 1, d.component) else { return nil }
            } else if component != 1 {
                return nil
            }
        }
        let from = Int(segments.marks[before]) + 1
        return from..<max(from, Int(segments.marks[behind]))
    }

    private func pieces(_ segment: Int, _ element: Int, _ delimiter: UInt8?, _ d: Delimiters) -> Int {
        guard let (before, behind) = bounds(segment, element, d) else { return 0 }
        guard let delimiter else { return 1 }
        var n = 1
        for i in before + 1..<behind {
            let b = bytes[Int(segments.marks[i])]
            if b == delimiter { n += 1 }
            if b == d.repetition, delimiter != b { break }
        }
        return n
    }

    /// The text where it is nothing but ASCII without a release character and needs no memory of its own.
    private func shortText(_ raw: ArraySlice<UInt8>, _ release: UInt8?) -> String? {
        var isPlain = true
        let text = String(unsafeUninitializedCapacity: 15) { out in
            var n = 0
            for b in raw {
                if b >= 0x80 || b == release { isPlain = false }
                out[n] = b
                n += 1
            }
            return isPlain ? n : 0
        }
        return isPlain ? text : nil
    }

    /// The text of a stretch of `FlatSegments.bytes`, released and decoded.
    public func decoded(offsets r: Range<Int>, in interchange: Interchange) -> String { decoded(r, interchange) }

    func decoded(_ r: Range<Int>, _ interchange: Interchange) -> String {
        let raw = bytes[r.lowerBound..<min(r.upperBound, bytes.count)]
        if raw.count <= 15, let short = shortText(raw, interchange.delimiters.release) { return short }
        guard let release = interchange.delimiters.release, raw.contains(release) else {
            return interchange.charset.decode(raw)
        }
        var out: [UInt8] = []
        var released = false
        for b in raw {
            if b == release, !released {
                released = true
            } else {
                out.append(b)
                released = false
            }
        }
        return interchange.charset.decode(out)
    }
}
