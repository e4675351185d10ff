import EDI
import Vocabulary

/// Where a value stands, by the segment it is in: what a `Place` says, in 16 bytes.
struct SheetPlace: Hashable {
    /// Offset and length in the transmission's bytes.
    var offset: UInt32
    var length: UInt32
    /// Counted from 0 in the message.
    var segment: UInt32
    /// 1-based; 0 for none.
    var element: UInt16
    var component: UInt16
}

/// One fact as a record: what its section gives it, as texts of the sheet.
struct Fact {
    /// The next fact of its section in the same occurrence; `.max` behind the last.
    var next: UInt32 = .max
    /// Index in `moments` or `figures` of the value, or of a price's basis.
    var figure: Int32 = -1
    var basis: Int32 = -1
    /// Kind, role or name.
    var word: Text
    var value = Text.empty
    var raw = Text.empty
    var place: SheetPlace
    /// Further texts, by section: a reference's line; a party's name, scheme and country (its id is the value); an amount's
    /// currency, unit, code and text; a quantity's unit; a location's name and country (its code is the value).
    var a = Text.empty
    var b = Text.empty
    var c = Text.empty
    var d = Text.empty
}

/// A date's value and its other reading, if any.
struct SheetMoment {
    var value: Moment
    var other: Moment?
}

/// Facts of an event's header or of a line: for each section a stretch of `Sheet.order`.
struct FactBlock {
    /// Ends of the sections' stretches, in their order; the first begins at `start`.
    var start: UInt32
    var ends: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0, 0, 0, 0)
    /// The currency of amounts that name none.
    var currency = Text.empty

    @inline(__always)
    subscript(_ section: Int) -> Range<Int> {
        let e = withUnsafeBytes(of: ends) { raw in
            (
                section == 0 ? start : raw.load(fromByteOffset: 4 * (section - 1), as: UInt32.self),
                raw.load(fromByteOffset: 4 * section, as: UInt32.self)
            )
        }
        return Int(e.0)..<Int(e.1)
    }

    mutating func setEnd(_ section: Int, _ n: Int) {
        withUnsafeMutableBytes(of: &ends) {
            $0.storeBytes(of: UInt32(truncatingIfNeeded: n), toByteOffset: 4 * section, as: UInt32.self)
        }
    }
}

/// A line of an event.
struct SheetLine {
    var number: Text
    /// The occurrence's first segment.
    var segment: Int
    var facts: FactBlock
}

/// An event: its header's facts and a stretch of `Sheet.lines`.
struct SheetEvent {
    var type: String
    var facts: FactBlock
    var lines: Range<Int>
}

/// What a map made of one message: its events as flat records over the message's bytes. Used again for the next message.
final class Sheet {
    let facts = Stack<Fact>()
    let moments = Stack<SheetMoment>()
    let figures = Stack<Exact>()
    /// Indices of facts, a stretch for each section of a block.
    let order = Stack<UInt32>()
    let lines = Stack<SheetLine>()
    var events: [SheetEvent] = []
    /// Texts that were decoded or put together.
    let made = MadeText()

    deinit {
        facts.free()
        moments.free()
        figures.free()
        order.free()
        lines.free()
    }

    func clear() {
        facts.clear()
        moments.clear()
        figures.clear()
        order.clear()
        lines.clear()
        events.removeAll(keepingCapacity: true)
        made.clear()
    }
}

/// Texts that are made while a message is read, UTF-8, one behind the other.
final class MadeText {
    private var base = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 12)
    private var capacity = 1 << 12
    private var count = 0

    deinit { base.deallocate() }

    func clear() { count = 0 }

    func append(_ s: String) -> Text {
        var s = s
        return s.withUTF8 { text in
            if count + text.count > capacity { grow(text.count) }
            if let from = text.baseAddress { (base + count).update(from: from, count: text.count) }
            count += text.count
            return Text(.made, count - text.count, text.count)
        }
    }

    /// The bytes of a text of its own. They hold until the next is appended.
    @inline(__always)
    func bytes(_ t: Text) -> Bytes { Bytes(start: base + t.offset, count: t.count) }

    private func grow(_ n: Int) {
        capacity = max(capacity * 2, count + n)
        let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        wider.update(from: base, count: count)
        base.deallocate()
        base = wider
    }
}
