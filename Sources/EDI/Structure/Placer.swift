/// Finds the place of one segment after the other in a structure.
///
/// Greedy: the nearest place that comes next, in the group at hand, then in the groups around it. A segment that fits nowhere
/// ahead is looked for behind, so that one that is out of order costs one finding and not one for all that follow.
struct Placer {
    /// What is wrong at a segment.
    enum Fault: Hashable {
        /// A mandatory item has been passed over.
        case missing(Int)
        /// An item that was said to be missing (finding's number) came after all.
        case found(Int)
        /// An item stands once more than it may.
        case repeats(Int)
        /// The structure has the segment, but not here.
        case order
        /// The structure does not have it.
        case unexpected
    }

    private let structure: MessageStructure
    /// The place of the segment that was placed last; nil where it has none.
    private(set) var item: Int?
    /// The group that it stands in.
    private(set) var group = 0
    /// By item: the number of the finding that says it is missing in the present occurrence of its group.
    var missing: [Int?]
    /// The item of `group` that has been reached.
    private var at = 0
    /// How often each item stood in the present occurrence of its group.
    private var counts: [Int]
    private var faults: [Fault] = []

    init(_ structure: MessageStructure) {
        self.structure = structure
        counts = Array(repeating: 0, count: structure.items.count)
        missing = Array(repeating: nil, count: structure.items.count)
    }

    /// Places the next segment.
    ///
    /// - Parameters:
    ///   - next: the tag behind it, which settles between two groups that begin alike.
    ///   - section: the value of UNS, `D` or `S`.
    mutating func place(_ tag: String, before next: String, section: String?) -> [Fault] {
        faults = []
        if let section, let uns = sectionControl(tag, section) {
            enter(uns, of: 0)
        } else if let (i, g) = ahead(tag, before: next) {
            enter(i, of: g)
        } else {
            behind(tag, before: next)
        }
        return faults
    }

    /// UNS stands outside of all groups; where a message has two, D is the first and S the last (ISO 9735).
    private func sectionControl(_ tag: String, _ section: String) -> Int? {
        let all = structure.starts(tag, in: 0).filter { $0 >= (group == 0 ? at : outermost) }
        return section == "S" ? all.last : all.first
    }

    /// The item of the message itself that holds the present group.
    private var outermost: Int {
        var i = group
        while structure.items[i].parent > 0 { i = structure.items[i].parent }
        return i
    }

    // MARK: Ahead

    /// The next place for a tag, with the group that holds it.
    private func ahead(_ tag: String, before next: String) -> (item: Int, group: Int)? {
        var over: (Int, Int)?
        var skips = false
        var (g, p) = (group, at)
        while true {
            let all = structure.starts(tag, in: g)
            for c in all where c >= p {
                if counts[c] >= structure.items[c].maximum {
                    if over == nil { over = (c, g) }
                } else if let over, skips || passes(p, c, in: g) {
                    // One too many is more likely than a mandatory segment left out.
                    return over
                } else {
                    return (better(than: c, among: all, in: g, before: next), g)
                }
            }
            if passes(p, structure.items[g].end, in: g) { skips = true }
            guard g > 0 else { return over }
            (g, p) = (structure.items[g].parent, g)
        }
    }

    /// Whether a mandatory item between two others has not been seen.
    private func passes(_ from: Int, _ to: Int, in group: Int) -> Bool {
        structure.mandatory(in: group, after: from, before: to).contains { counts[$0] == 0 }
    }

    /// Of several places in one group that a tag may take, the one that the next segment fits.
    private func better(than first: Int, among all: [Int], in group: Int, before next: String) -> Int {
        guard all.last != first, !follows(next, first, in: group) else { return first }
        let other = all.first { c in
            c > first && counts[c] < structure.items[c].maximum && structure.items[c].isGroup
                && !structure.starts(next, in: c).isEmpty && !passes(first, c, in: group)
        }
        return other ?? first
    }

    /// Whether a tag has a place inside or behind an item.
    private func follows(_ tag: String, _ item: Int, in group: Int) -> Bool {
        if structure.items[item].isGroup, !structure.starts(tag, in: item).isEmpty { return true }
        var (g, p) = (group, item)
        while true {
            if structure.starts(tag, in: g).contains(where: { $0 >= p }) { return true }
            guard g > 0 else { return false }
            (g, p) = (structure.items[g].parent, g)
        }
    }

    // MARK: Behind

    private mutating func behind(_ tag: String, before next: String) {
        item = nil
        var (g, p) = (group, at)
        while true {
            if let c = structure.starts(tag, in: g).last(where: { $0 < p }) {
                faults.append(.order)
                came(c)
                // A group is worth entering where what follows belongs to it.
                if structure.items[c].isGroup, g == group || !structure.starts(next, in: c).isEmpty {
                    (group, at) = (g, p)
                    open(c)
                } else {
                    counts[c] += 1
                    item = structure.items[c].isGroup ? c + 1 : c
                }
                return
            }
            guard g > 0 else { break }
            (g, p) = (structure.items[g].parent, g)
        }
        guard let c = structure.places(tag).first else {
            faults.append(.unexpected)
            return
        }
        faults.append(.order)
        came(c)
    }

    private mutating func came(_ item: Int) {
        guard let number = missing[item] else { return }
        faults.append(.found(number))
        missing[item] = nil
    }

    // MARK: Moving

    private mutating func enter(_ next: Int, of g: Int) {
        while group != g {
            pass(to: structure.items[group].end)
            at = group
            group = structure.items[group].parent
        }
        pass(to: next)
        open(next)
    }

    private mutating func pass(to next: Int) {
        for i in structure.mandatory(in: group, after: at, before: next) where counts[i] == 0 && missing[i] == nil {
            faults.append(.missing(i))
        }
    }

    /// Takes an item of the present group.
    private mutating func open(_ next: Int) {
        let i = structure.items[next]
        counts[next] += 1
        if counts[next] == i.maximum + 1 { faults.append(.repeats(next)) }
        guard i.isGroup else {
            (item, at) = (next, next)
            return
        }
        for j in next + 1..<i.end {
            counts[j] = 0
            missing[j] = nil
        }
        counts[next + 1] = 1
        (item, group, at) = (next + 1, next, next + 1)
    }
}
