import EDI
import Schemas
import Vocabulary

/// Applies a plan to messages, one after the other: facts into the occurrences they belong to, then occurrences into events and
/// lines. Its memory is used again, so that a message costs what it holds.
///
/// Complexity: O(n) in a message's segments, times the few rules that a segment has.
final class SheetReader {
    let sheet: Sheet
    /// The sheet's facts and their order.
    let facts: Stack<Fact>
    var findings: [Finding] = []
    /// That of the message read last; there is none before the first.
    private(set) var plan: Plan
    private(set) var view: PlanView
    private(set) var codes: CodeTables
    let flat: FlatSegments
    let transmission: Transmission
    private(set) var interchange: Interchange
    private(set) var isX12 = true
    /// The message's bytes are ASCII without released characters: every text is as it stands.
    private(set) var isPlain = true
    /// What makes an offset one of the file; nil where it takes more than an addition.
    let base: Int?
    /// Index in `flat.records` of the message's first segment, and how many it has.
    private(set) var first = 0
    private(set) var count = 0

    /// By segment: the plan's number of its tag, and the occurrence it belongs to.
    let tagOf = Stack<UInt8>()
    let owner = Stack<UInt32>()
    /// The segments that other segments ask for, tag by tag, and where those of a tag begin.
    private let asked = Stack<UInt32>()
    private let askedFrom = Stack<UInt32>()
    let nodes = Stack<SheetNode>()
    var current = 0
    /// By occurrence and section, the first and last fact.
    let heads = Stack<UInt32>()
    let tails = Stack<UInt32>()
    /// Where the party read last is, for what completes it.
    var lastParty = -1
    /// Marks around the elements of the segment at hand: before the first, behind each.
    private let bounds = Stack<UInt32>()
    private var boundsOf = -1
    let known = HashSet64()
    let names = TreeNames()
    private(set) var delimiters = Delimiters.edifact

    /// - Parameters:
    ///   - transmission: one that has messages.
    ///   - flat: its arrays, which hold as long as the reader is used.
    init(_ transmission: Transmission, _ flat: FlatSegments) {
        self.flat = flat
        self.transmission = transmission
        sheet = Sheet()
        facts = sheet.facts
        plan = Plan.none
        view = PlanView(plan)
        codes = plan.codes
        interchange = transmission.interchanges[0]
        base = transmission.fileBase
    }

    deinit {
        tagOf.free()
        owner.free()
        asked.free()
        askedFrom.free()
        nodes.free()
        heads.free()
        tails.free()
        bounds.free()
    }

    /// Makes ready for messages of an interchange.
    func enter(_ i: Interchange) {
        interchange = i
        delimiters = i.delimiters
        isX12 = i.standard == .x12
    }

    /// Reads one message of the interchange into the sheet.
    ///
    /// - Parameter tags: those that such a message may have; nil where that is not known.
    func read(_ m: Message, _ plan: Plan, tags: Set<UInt32>?) {
        if self.plan !== plan {
            self.plan = plan
            view = PlanView(plan)
            codes = plan.codes
        }
        first = m.segments.lowerBound
        count = m.segments.count
        boundsOf = -1
        lastParty = -1
        sheet.clear()
        findings.removeAll(keepingCapacity: true)
        lookAtBytes()
        listTags()
        noteEmptyEnds()
        if let tags { noteForeign(tags) }
        buildTree()
        applyRules()
        check()
        composeEvents()
    }

    private func lookAtBytes() {
        isPlain = true
        guard count > 0 else { return }
        let from = Int(flat.records[first].start)
        let end = min(flat.bytes.count, Int(flat.marks[Int(flat.records[first + count - 1].last)]))
        guard let base = flat.bytes.baseAddress, from < end else { return }
        let raw = UnsafeRawPointer(base)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let release = delimiters.release.map { UInt64($0) &* ones } ?? ~0
        var at = from
        while at + 8 <= end {
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let x = word ^ release
            if (word | (x &- ones) & ~x) & 0x8080_8080_8080_8080 != 0, !isPlainText(from, end) {
                isPlain = false
                return
            }
            at += 8
        }
        isPlain = isPlainText(at, end)
    }

    private func isPlainText(_ from: Int, _ end: Int) -> Bool {
        let release = delimiters.release
        for at in from..<end where flat.bytes[at] >= 0x80 || flat.bytes[at] == release { return false }
        return true
    }

    private func listTags() {
        tagOf.clear()
        asked.clear()
        askedFrom.clear()
        askedFrom.append(0, times: view.tags + 2)
        let tags = plan.tags
        let at = askedFrom.base
        for s in 0..<count {
            let t = tags[flat.records[first &+ s].tag]
            tagOf.append(UInt8(truncatingIfNeeded: t))
            if t != TagTable.unknown, view.isAsked[t] { at[t &+ 2] &+= 1 }
        }
        for t in 0..<view.tags { at[t &+ 2] &+= at[t &+ 1] }
        asked.append(0, times: Int(at[view.tags &+ 1]))
        for s in 0..<count {
            let t = Int(tagOf[s])
            if t == TagTable.unknown || !view.isAsked[t] { continue }
            asked[Int(at[t &+ 1])] = UInt32(truncatingIfNeeded: s)
            at[t &+ 1] &+= 1
        }
    }

    /// Segments of a tag only, and separators with nothing behind them at a segment's end: harmless, and often a sign of a
    /// program that fills in forms. One finding a message.
    private func noteEmptyEnds() {
        var bare = -1
        var trailing = -1
        var s = count &- 1
        while s >= 0 {
            let r = record(s)
            if r.first == r.last {
                bare = s
            } else if flat.marks[Int(r.last) &- 1] &+ 1 == flat.marks[Int(r.last)] {
                trailing = s
            }
            s &-= 1
        }
        if bare >= 0 {
            findings.append(
                Finding(
                    "segment-without-elements", .info, "\(tag(bare)) has a tag and no elements.",
                    at: place(placeOfSegment(bare))))
        }
        if trailing >= 0 {
            findings.append(
                Finding(
                    "element-trailing", .info, "\(tag(trailing)) ends in separators without a value behind them.",
                    at: place(placeOfSegment(trailing))))
        }
    }

    /// Segments that neither the map nor the message's structure knows; what stands in them is not read. One finding for a tag.
    private func noteForeign(_ tags: Set<UInt32>) {
        var seen: Set<UInt32> = []
        for s in 0..<count where Int(tagOf[s]) == TagTable.unknown {
            let t = record(s).tag
            if tags.contains(t) || !seen.insert(t).inserted { continue }
            findings.append(
                Finding(
                    "segment-unexpected", .info, "The message has no segment \(tag(s)); it was not read.",
                    at: place(placeOfSegment(s))))
        }
    }

    /// A tag's segments, in their order.
    @inline(__always)
    func tagged(_ tag: Int) -> UnsafeBufferPointer<UInt32> {
        let from = Int(askedFrom[tag])
        return UnsafeBufferPointer(start: asked.base + from, count: Int(askedFrom[tag &+ 1]) &- from)
    }

    // MARK: Elements

    @inline(__always)
    func record(_ s: Int) -> SegmentRecord { flat.records[first + s] }

    /// Makes the elements of a segment be found at once.
    @inline(__always)
    func lookAt(_ s: Int) {
        if boundsOf == s { return }
        boundsOf = s
        bounds.clear()
        let r = record(s)
        let element = delimiters.element
        var i = Int(r.first)
        let last = Int(r.last)
        while i < last {
            if flat.bytes[Int(flat.marks[i])] == element { bounds.append(UInt32(truncatingIfNeeded: i)) }
            i &+= 1
        }
        bounds.append(r.last)
    }

    func elements(_ s: Int) -> Int {
        if boundsOf == s { return bounds.count - 1 }
        let r = record(s)
        var n = 0
        for i in Int(r.first)..<Int(r.last) where flat.bytes[Int(flat.marks[i])] == delimiters.element {
            n += 1
        }
        return n
    }

    /// The mark before an element and the one behind it.
    @inline(__always)
    private func marks(_ s: Int, _ element: Int) -> (before: Int, behind: Int)? {
        if boundsOf == s {
            return element < bounds.count ? (Int(bounds[element - 1]), Int(bounds[element])) : nil
        }
        return marksElsewhere(s, element)
    }

    private func marksElsewhere(_ s: Int, _ element: Int) -> (before: Int, behind: Int)? {
        let r = record(s)
        var before = -1
        var n = 0
        for i in Int(r.first)...Int(r.last)
        where i == Int(r.last) || flat.bytes[Int(flat.marks[i])] == delimiters.element {
            if before >= 0 { return (before, i) }
            n += 1
            if n == element { before = i }
        }
        return nil
    }

    /// The part of an element between two of its own delimiters.
    @inline(__always)
    private func narrow(_ m: inout (before: Int, behind: Int), _ n: Int, _ delimiter: UInt8?) -> Bool {
        guard let delimiter else { return n == 0 }
        var at = 0
        var i = m.before + 1
        while i < m.behind {
            if flat.bytes[Int(flat.marks[i])] == delimiter {
                if at == n {
                    m.behind = i
                    return true
                }
                at += 1
                m.before = i
            }
            i += 1
        }
        return at == n
    }

    /// Byte range of an element or of one of its components; nil where the segment has none.
    ///
    /// - Parameter component: 1-based; 0 for all of the element.
    @inline(__always)
    func range(_ s: Int, _ element: Int, _ component: Int, _ repetition: Int) -> (from: Int, to: Int)? {
        guard element > 0, var m = marks(s, element) else { return nil }
        if m.before + 1 < m.behind {
            if !narrow(&m, repetition, delimiters.repetition) { return nil }
            if component > 0, !narrow(&m, component - 1, delimiters.component) { return nil }
        } else if repetition > 0 || component > 1 {
            return nil
        }
        let from = Int(flat.marks[m.before]) + 1
        return (from, max(from, Int(flat.marks[m.behind])))
    }

    /// How often an element is repeated, or how many components its first repetition has.
    func pieces(_ s: Int, _ element: Int, _ delimiter: UInt8?) -> Int {
        guard let m = marks(s, element) else { return 0 }
        guard let delimiter else { return 1 }
        var n = 1
        for i in m.before + 1..<max(m.before + 1, m.behind) {
            let b = flat.bytes[Int(flat.marks[i])]
            if b == delimiter { n += 1 }
            if b == delimiters.repetition, delimiter != b { break }
        }
        return n
    }

    // MARK: Texts

    /// The bytes of a text. They hold until the next text is made.
    @inline(__always)
    func bytes(_ t: Text) -> Bytes {
        switch t.store {
        case .message: return Bytes(rebasing: flat.bytes[t.offset..<t.offset + t.count])
        case .plan:
            return Bytes(start: view.text + t.offset, count: t.count)
        case .made: return sheet.made.bytes(t)
        }
    }

    func string(_ t: Text) -> String { bytes(t).string }

    func make(_ s: String) -> Text { sheet.made.append(s) }

    /// A byte range's text, released and decoded, not trimmed.
    @inline(__always)
    func text(_ from: Int, _ to: Int) -> Text {
        if isPlain { return Text(.message, from, to - from) }
        return decoded(from, to)
    }

    private func decoded(_ from: Int, _ to: Int) -> Text {
        let to = min(to, flat.bytes.count)
        let release = delimiters.release
        var isPlain = true
        for at in from..<max(from, to) where flat.bytes[at] >= 0x80 || flat.bytes[at] == release { isPlain = false }
        if isPlain { return Text(.message, from, max(0, to - from)) }
        return make(transmission.decoded(offsets: from..<to, in: interchange))
    }

    /// Without blanks at its ends.
    @inline(__always)
    func trimmed(_ t: Text) -> Text {
        if t.isEmpty { return t }
        let b = bytes(t)
        if b[0] > 0x20, b[b.count - 1] > 0x20 { return t }
        var from = 0
        var to = b.count
        while from < to, b[from] <= 0x20 { from += 1 }
        while to > from, b[to - 1] <= 0x20 { to -= 1 }
        return Text(t.store, t.offset + from, to - from)
    }

    /// In upper case, in all scripts.
    func uppercased(_ t: Text) -> Text {
        var isUpper = true
        for b in bytes(t) where b >= 0x61 && (b <= 0x7A || b >= 0x80) { isUpper = false }
        return isUpper ? t : make(string(t).uppercased())
    }

    /// An element's text as sent; empty where there is none.
    @inline(__always)
    func raw(_ p: PlanPath, _ s: Int, repetition: Int = 0) -> Text {
        if p.part == PlanPath.all { return joined(p, s, repetition) }
        let component = p.part == PlanPath.plain ? (isX12 ? 0 : 1) : Int(p.part)
        guard let r = range(s, Int(p.element), component, repetition) else { return .empty }
        return text(r.from, r.to)
    }

    @inline(__always)
    func text(_ p: PlanPath, _ s: Int, repetition: Int = 0) -> Text {
        let t = raw(p, s, repetition: repetition)
        return trimmed(t)
    }

    /// All components with a blank between them.
    private func joined(_ p: PlanPath, _ s: Int, _ repetition: Int) -> Text {
        let n = pieces(s, Int(p.element), delimiters.component)
        guard n > 0 else { return .empty }
        var parts: [String] = []
        for c in 1...n {
            guard let r = range(s, Int(p.element), c, repetition) else { continue }
            let t = trimmed(text(r.from, r.to))
            if !t.isEmpty { parts.append(string(t)) }
        }
        return make(parts.joined(separator: " "))
    }

    // MARK: Places

    @inline(__always)
    func place(_ p: PlanPath, _ s: Int, repetition: Int = 0) -> SheetPlace {
        let component = p.part > 0 ? Int(p.part) : 0
        guard p.element > 0, let r = range(s, Int(p.element), component, repetition) else {
            let r = record(s)
            return SheetPlace(
                offset: r.start, length: flat.marks[Int(r.last)] &- r.start, segment: UInt32(s), element: p.element,
                component: UInt16(component))
        }
        return SheetPlace(
            offset: UInt32(truncatingIfNeeded: r.from), length: UInt32(truncatingIfNeeded: r.to - r.from),
            segment: UInt32(s), element: p.element, component: UInt16(component))
    }

    func placeOfSegment(_ s: Int) -> SheetPlace { place(PlanPath(tag: -1, element: 0, part: PlanPath.plain), s) }

    /// The place in the file.
    func place(_ p: SheetPlace) -> Place {
        let from = transmission.fileOffset(Int(p.offset))
        let to = max(from, transmission.fileOffset(Int(p.offset) + Int(p.length)))
        return Place(
            offset: from, length: to - from, segment: Int(p.segment) + 1, tag: tag(Int(p.segment)),
            element: p.element == 0 ? nil : Int(p.element), component: p.component == 0 ? nil : Int(p.component))
    }

    func tag(_ s: Int) -> String { transmission.tag(first + s) }
}
