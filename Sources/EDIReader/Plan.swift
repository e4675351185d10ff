import EDI
import Schemas

/// A map made ready for the loop over segments: numbers in place of names, flat arrays in place of nested ones, so that a rule is
/// followed without a dictionary, a text or a reference count.
///
/// Immutable behind its `let`s, therefore safe to share.
final class Plan: @unchecked Sendable {
    let map: EDIMap
    /// The tags that the map names, by what they have in common with `SegmentRecord.tag`.
    let tags: TagTable
    let rules: Pool<PlanRule>
    /// Range of rules of a tag in the message itself, by tag; an empty one where it has none.
    let header: Pool<Span>
    let groups: Pool<PlanGroup>
    /// For each group, range of rules by tag; `Span.none` where the group does not speak of the tag.
    let grouped: Pool<Span>
    /// Range in `starting` of the groups that a tag begins, by tag.
    let starts: Pool<Span>
    let starting: Pool<UInt16>
    /// By tag, the groups (as bits) that it ends.
    let ends: Pool<UInt64>
    /// By tag, whether segments of it are looked up from elsewhere.
    let isAsked: Pool<Bool>
    /// By tag, the elements that name a node of a tree and its parent; 0 where it builds none.
    let hierarchies: Pool<(id: UInt8, parent: UInt8)>
    let conditions: Pool<PlanCondition>
    let paths: Pool<PlanPath>
    let operands: Pool<PlanOperand>
    let meanings: Pool<PlanMeaning>
    let codes: CodeTables
    /// Constants as UTF-8, one behind the other.
    let text: Pool<UInt8>
    /// Date patterns, by the number that `formats` gives.
    let patterns: [DatePattern]
    /// Units and figures that a price's basis code stands for, by the number that `bases` gives.
    let bases: [PriceBasis]
    let formats: CodeTable?
    let basisCodes: CodeTable?
    let schemes: CodeTable?
    let zones: [String: String]
    /// Phrases of rules that look for a date in a free text.
    let phrases: [[String]]
    let events: [PlanChoice]
    /// Choices of each group that gives events.
    let groupEvents: [[PlanChoice]]
    let needs: [[PlanPath]]
    let currency: Text
    let orderLine: Text
    let purchaseOrder: Text
    /// Some group gives its facts to the lines below it.
    let hasContexts: Bool

    /// One that reads nothing.
    static let none = Plan(PlanCompiler())

    init(_ parts: PlanCompiler) {
        map = parts.map
        tags = TagTable(parts.tags)
        rules = Pool(parts.rules)
        header = Pool(parts.header)
        groups = Pool(parts.groups)
        grouped = Pool(parts.grouped)
        starts = Pool(parts.starts)
        starting = Pool(parts.starting)
        ends = Pool(parts.ends)
        isAsked = Pool(parts.isAsked)
        hierarchies = Pool(parts.hierarchies)
        conditions = Pool(parts.conditions)
        paths = Pool(parts.paths)
        operands = Pool(parts.operands)
        meanings = Pool(parts.meanings)
        codes = CodeTables(parts.codes)
        text = Pool(parts.text)
        patterns = parts.patterns
        bases = parts.bases
        formats = parts.formats
        basisCodes = parts.basisCodes
        schemes = parts.schemes
        zones = parts.map.tables["zones"] ?? [:]
        phrases = parts.phrases
        events = parts.events
        groupEvents = parts.groupEvents
        needs = parts.needs
        currency = parts.currency
        orderLine = parts.orderLine
        purchaseOrder = parts.purchaseOrder
        hasContexts = map.groups.contains { $0.gives == .context }
    }
}

/// A fixed array that is read without counting references or bounds in release builds.
final class Pool<Element>: @unchecked Sendable {
    let base: UnsafePointer<Element>
    private let count: Int

    init(_ elements: [Element]) {
        let all = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        for (i, e) in elements.enumerated() { (all + i).initialize(to: e) }
        base = UnsafePointer(all)
        count = elements.count
    }

    deinit {
        UnsafeMutablePointer(mutating: base).deinitialize(count: count)
        base.deallocate()
    }
}

/// The arrays of a plan as the loops read them: addresses, which hold as long as the plan.
struct PlanView {
    let rules: UnsafePointer<PlanRule>
    let header: UnsafePointer<Span>
    let groups: UnsafePointer<PlanGroup>
    let grouped: UnsafePointer<Span>
    let starts: UnsafePointer<Span>
    let starting: UnsafePointer<UInt16>
    let ends: UnsafePointer<UInt64>
    let isAsked: UnsafePointer<Bool>
    let hierarchies: UnsafePointer<(id: UInt8, parent: UInt8)>
    let conditions: UnsafePointer<PlanCondition>
    let paths: UnsafePointer<PlanPath>
    let operands: UnsafePointer<PlanOperand>
    let meanings: UnsafePointer<PlanMeaning>
    let text: UnsafePointer<UInt8>
    let tags: Int

    init(_ p: Plan) {
        rules = p.rules.base
        header = p.header.base
        groups = p.groups.base
        grouped = p.grouped.base
        starts = p.starts.base
        starting = p.starting.base
        ends = p.ends.base
        isAsked = p.isAsked.base
        hierarchies = p.hierarchies.base
        conditions = p.conditions.base
        paths = p.paths.base
        operands = p.operands.base
        meanings = p.meanings.base
        text = p.text.base
        tags = p.tags.count
    }
}

/// A stretch of a pool.
struct Span: Sendable {
    var from: UInt16
    var count: UInt16
    static let none = Span(from: .max, count: 0)
    static let empty = Span(from: 0, count: 0)

    @inline(__always) var range: Range<Int> { Int(from)..<Int(from) + Int(count) }
    @inline(__always) var isNone: Bool { from == .max }
}

/// Up to 255 tags, found by open addressing.
final class TagTable: @unchecked Sendable {
    private let keys: Pool<UInt32>
    private let values: Pool<UInt8>
    private let mask: UInt32
    static let unknown = 255
    let count: Int

    init(_ tags: [UInt32]) {
        count = tags.count
        var size = 16
        while size < tags.count * 4 { size *= 2 }
        mask = UInt32(size - 1)
        var keys = [UInt32](repeating: 0, count: size)
        var values = [UInt8](repeating: UInt8(TagTable.unknown), count: size)
        for (i, t) in tags.enumerated() {
            var at = Int(TagTable.hash(t) & mask)
            while keys[at] != 0 { at = (at + 1) & (size - 1) }
            keys[at] = t
            values[at] = UInt8(i)
        }
        self.keys = Pool(keys)
        self.values = Pool(values)
    }

    @inline(__always)
    private static func hash(_ t: UInt32) -> UInt32 { (t &* 0x9E37_79B1) >> 15 }

    @inline(__always)
    subscript(_ tag: UInt32) -> Int {
        var at = Int(TagTable.hash(tag) & mask)
        let base = keys.base
        while base[at] != tag {
            if base[at] == 0 { return TagTable.unknown }
            at = (at &+ 1) & Int(mask)
        }
        return Int(values.base[at])
    }
}

/// Codes of up to eight bytes by open addressing, in one array for all tables; longer ones in a dictionary.
struct CodeTable: Sendable {
    var from: UInt32
    var mask: UInt32
    /// Index in `CodeTables.long` plus one; 0 where no code is long.
    var long: UInt16
}

final class CodeTables: @unchecked Sendable {
    private let keyPool: Pool<UInt64>
    private let valuePool: Pool<UInt16>
    private let keys: UnsafePointer<UInt64>
    private let values: UnsafePointer<UInt16>
    private let long: [[String: UInt16]]

    init(_ parts: Parts) {
        keyPool = Pool(parts.keys)
        valuePool = Pool(parts.values)
        keys = keyPool.base
        values = valuePool.base
        long = parts.long
    }

    /// The value of a code; nil where the table does not have it. An empty text is no code.
    @inline(__always)
    func find(_ code: Bytes, in table: CodeTable) -> Int? {
        guard let key = code.packed else {
            return table.long == 0 ? nil : long[Int(table.long) - 1][code.string].map(Int.init)
        }
        return find(key, in: table)
    }

    @inline(__always)
    func find(_ key: UInt64, in table: CodeTable) -> Int? {
        if key == 0 { return nil }
        var at = Parts.hash(key) & table.mask
        while true {
            let k = keys[Int(table.from &+ at)]
            if k == key { return Int(values[Int(table.from &+ at)]) }
            if k == 0 { return nil }
            at = (at &+ 1) & table.mask
        }
    }

    /// The value of any one of its codes.
    func first(in table: CodeTable) -> Int? {
        for i in Int(table.from)...Int(table.from &+ table.mask) where keys[i] != 0 { return Int(values[i]) }
        return nil
    }

    /// Puts tables together.
    struct Parts {
        fileprivate(set) var keys: [UInt64] = []
        fileprivate(set) var values: [UInt16] = []
        fileprivate(set) var long: [[String: UInt16]] = []

        @inline(__always)
        static func hash(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) }

        mutating func add(_ codes: [String: UInt16]) -> CodeTable {
            var size = 4
            while size < codes.count * 2 { size *= 2 }
            let from = keys.count
            keys += [UInt64](repeating: 0, count: size)
            values += [UInt16](repeating: 0, count: size)
            var rest: [String: UInt16] = [:]
            for (code, value) in codes where !code.isEmpty {
                var c = code
                guard let key = c.withUTF8({ $0.packed }) else {
                    rest[code] = value
                    continue
                }
                var at = Int(Parts.hash(key)) & (size - 1)
                while keys[from + at] != 0 { at = (at + 1) & (size - 1) }
                keys[from + at] = key
                values[from + at] = value
            }
            if !rest.isEmpty { long.append(rest) }
            return CodeTable(
                from: UInt32(from), mask: UInt32(size - 1), long: rest.isEmpty ? 0 : UInt16(long.count))
        }
    }
}

struct PlanPath: Sendable {
    /// Index of the tag; -1 for the segment at hand.
    var tag: Int16
    /// 1-based; 0 for the segment itself.
    var element: UInt16
    /// 1-based component, or one of the following.
    var part: Int16
    /// All of an X12 element, the first component of an EDIFACT one.
    static let plain: Int16 = -1
    /// All components with a blank between them.
    static let all: Int16 = -2
}

struct PlanCondition: Sendable {
    enum Test: UInt8, Sendable { case among, notAmong, present, absent, mrn, notMRN, container, notContainer }

    var path: PlanPath
    var test: Test
    var codes: CodeTable
}

/// What a value becomes: a section of facts, in the order of their names in JSON, or what completes another fact.
enum Section: UInt8, Sendable {
    case amounts, dates, equipment, locations, parties, quantities, references, terms
    case lineNumber, orderLine, partyCountry, partyName, ignore

    static let count = 8
}

struct PlanMeaning: Sendable {
    var section: Section
    var word: Text
    /// For terms: the table that the value goes through.
    var table: CodeTable?
    /// The table's word for other codes.
    var other: Text?
    /// The table has codes joined with another's by a slash.
    var hasPairs: Bool
}

struct PlanOperand: Sendable {
    var paths: Span
    var constant: Text
}

struct PlanRule: Sendable {
    enum Target: UInt8, Sendable { case fixed, by, pairs }

    var target: Target
    var every: EDIRule.Every
    var when: Span
    /// For `by`: the paths of the code; for `pairs`, the first element.
    var by: Span
    var first: UInt16
    var codes: CodeTable
    /// The fixed meaning, or that of other codes; `.max` for none.
    var meaning: UInt16
    var value: Span
    /// Index in `operands` of the first companion's, one for each kind; `.max` for a rule without.
    var companions: UInt16
    /// Implied decimals; -1 for none.
    var decimals: Int8
    var absolute: Bool
    /// Index in `phrases` plus one; 0 for none.
    var behind: UInt16
}

struct PlanGroup: Sendable {
    var gives: EDIMap.Group.Gives
    var underMessage: Bool
    var when: Span
    /// The groups that it may stand in, as bits; and over any number of levels, itself left out.
    var under: UInt64
    var outer: UInt64
}

struct PlanChoice: Sendable {
    let when: Span
    let type: String
}

/// What a price's basis code says: for how many units the price is, and which.
struct PriceBasis: Sendable {
    let figure: UInt16
    let unit: Text
}
