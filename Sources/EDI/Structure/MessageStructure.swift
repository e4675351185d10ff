/// How one message is built in one version: a tree of segments and groups as a flat array, and what each segment may hold.
public struct MessageStructure: Sendable {
    /// A segment or a group (X12: loop).
    public struct Item: Hashable, Sendable {
        /// The segment's tag, or the group's name: `DTM`, `SG1`; empty for the message itself.
        public var tag: String
        /// It holds other items, of which the first is the segment that opens it.
        public var isGroup: Bool
        /// Must stand in every occurrence of the group around it.
        public var isMandatory: Bool
        /// How often it may stand there.
        public var maximum: Int
        /// Index of the group around it.
        public var parent: Int
        /// 1 for what stands in no group.
        public var depth: Int
        /// Index behind the last item that it holds.
        public var end: Int
    }

    /// X12 or EDIFACT.
    public let standard: Standard
    /// `850`, `ORDERS`.
    public let type: String
    /// In the words of the tables.
    public let name: String
    /// The version whose tables these are.
    public let version: String
    /// The message named another version.
    public let isNearest: Bool
    /// The message itself first, then everything in it in the order of the standard.
    public let items: [Item]
    /// By tag.
    public let segments: [String: SegmentShape]
    /// Tags of all segments of the version.
    let known: Set<String>
    /// Tags of this message, numbered.
    private let numbers: [String: Int]
    /// For group and tag, at `group * tags + number`: the items of the group that the tag begins.
    private let starts: [[Int]]
    /// For each group, its mandatory items.
    private let mandatory: [[Int]]
    /// For each tag, every item that it begins.
    private let places: [[Int]]

    init(
        standard: Standard, type: String, name: String, version: String, isNearest: Bool, items: [Item],
        shapes: [String: SegmentShape], known: Set<String>
    ) {
        self.standard = standard
        self.type = type
        self.name = name
        self.version = version
        self.isNearest = isNearest
        self.items = items
        segments = shapes
        self.known = known
        var numbers: [String: Int] = [:]
        for item in items where !item.isGroup && numbers[item.tag] == nil { numbers[item.tag] = numbers.count }
        var starts = Array(repeating: [Int](), count: items.count * numbers.count)
        var mandatory = Array(repeating: [Int](), count: items.count)
        var places = Array(repeating: [Int](), count: numbers.count)
        for (i, item) in items.enumerated().dropFirst() {
            guard let n = numbers[items[item.isGroup ? i + 1 : i].tag] else { continue }
            if item.isMandatory { mandatory[item.parent].append(i) }
            if !item.isGroup { places[n].append(i) }
            // A group's first segment stands once in it: the next one opens the next occurrence.
            let opens = item.parent > 0 && i == item.parent + 1 && item.maximum == 1
            if !opens { starts[item.parent * numbers.count + n].append(i) }
        }
        self.numbers = numbers
        self.starts = starts
        self.mandatory = mandatory
        self.places = places
    }

    /// The groups around an item, outermost first, the message itself left out.
    public func path(of item: Int) -> [Int] {
        var out: [Int] = []
        var at = items[item].isGroup ? item : items[item].parent
        while at > 0 {
            out.append(at)
            at = items[at].parent
        }
        return out.reversed()
    }

    /// Items of a group that a segment begins: the segment itself or a group that it opens.
    func starts(_ tag: String, in group: Int) -> [Int] {
        numbers[tag].map { starts[group * numbers.count + $0] } ?? []
    }

    /// Every place of a segment in the message.
    func places(_ tag: String) -> [Int] { numbers[tag].map { places[$0] } ?? [] }

    /// Mandatory items of a group between two of its items, both left out.
    func mandatory(in group: Int, after: Int, before: Int) -> some Sequence<Int> {
        mandatory[group].lazy.filter { $0 > after && $0 < before }
    }

    /// The tag that begins an item.
    func tag(of item: Int) -> String { items[items[item].isGroup ? item + 1 : item].tag }
}
