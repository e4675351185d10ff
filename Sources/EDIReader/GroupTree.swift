import EDI
import Schemas
import Vocabulary

/// The occurrences of a map's groups in a message, as a tree, and the occurrence that each segment belongs to.
struct GroupTree {
    struct Node {
        /// Index in the map's groups; nil for the message itself, and for a level that the map does not know.
        let group: Int?
        let parent: Int
        /// The segment that begins it.
        let start: Int
        let depth: Int
    }

    /// Levels of a tree beyond this are put beside their parent: no document has them, and every look outwards costs them.
    private static let deepest = 40

    /// Node 0 is the message.
    private(set) var nodes = [Node(group: nil, parent: 0, start: 0, depth: 0)]
    private(set) var owner: [Int] = []
    /// The segment behind the last one of an occurrence and the groups in it.
    private var ends: [Int] = []
    private(set) var findings: [Finding] = []
    private let map: EDIMap
    private var current = 0

    init(_ view: MessageView, _ map: EDIMap, _ hierarchies: [String: (id: Int, parent: Int)]) {
        self.map = map
        var names: [String: Int] = [:]
        owner.reserveCapacity(view.tags.count)
        for (s, tag) in view.tags.enumerated() {
            let fitting = (map.starts[tag] ?? []).filter { g in
                map.groups[g].when.allSatisfy { view.holds($0, at: s, among: nil) }
            }
            if let h = hierarchies[tag], map.starts[tag] != nil {
                let id = view.text(EDIPath(element: h.id), s)
                let parent = view.text(EDIPath(element: h.parent), s)
                if !parent.isEmpty, names[parent] == nil {
                    findings.append(
                        Finding(
                            "hierarchy-orphan", .info, "\(tag) \(id) names parent \(parent), which does not exist.",
                            at: view.place(EDIPath(element: h.parent), s)))
                }
                if parent.isEmpty, let g = fitting.first, !map.groups[g].underMessage {
                    findings.append(
                        Finding(
                            "hierarchy-parent-missing", .info,
                            "\(tag) \(id) names no parent; it was placed by its level.",
                            at: view.place(EDIPath(element: 0), s)))
                }
                begin(level: fitting, under: parent.isEmpty ? nil : names[parent], at: s)
                if !id.isEmpty { names[id] = current }
            } else if !begin(fitting, at: s) {
                end(tag)
            }
            owner.append(current)
        }
        ends = nodes.map(\.start)
        for s in owner.indices {
            for n in path(from: owner[s]) { ends[n] = s + 1 }
        }
    }

    /// From a node outwards, the message last.
    func path(from node: Int) -> [Int] {
        var out = [node]
        var n = node
        while n != 0 {
            n = nodes[n].parent
            out.append(n)
        }
        return out
    }

    func group(_ node: Int) -> EDIMap.Group? { nodes[node].group.map { map.groups[$0] } }

    /// Of a tag's segments, in their order, those in sight from an occurrence: its own and those of the groups in it; where
    /// it has none, those that stand directly in the nearest occurrence above it that has some. Other occurrences of the
    /// same group, and what is in them, are not in sight.
    ///
    /// Complexity: O(log n) in the occurrence itself, O(n) where it has none.
    func visible(_ tagged: [Int], from node: Int, before limit: Int = .max) -> ArraySlice<Int> {
        let inside = tagged.partition { $0 >= nodes[node].start }
        let until = tagged.partition { $0 >= min(limit, ends[node]) }
        if inside < until { return tagged[inside..<until] }
        for above in path(from: node).dropFirst() {
            let direct = tagged.filter { owner[$0] == above && $0 < limit }
            if !direct.isEmpty { return direct[...] }
        }
        return []
    }

    private mutating func open(_ group: Int?, under parent: Int, at s: Int) {
        let parent = nodes[parent].depth < GroupTree.deepest ? parent : nodes[parent].parent
        nodes.append(Node(group: group, parent: parent, start: s, depth: nodes[parent].depth + 1))
        current = nodes.count - 1
    }

    private func innermost(_ groups: [Int]) -> Int? {
        path(from: current).first { n in nodes[n].group.map(groups.contains) ?? false }
    }

    private mutating func begin(_ fitting: [Int], at s: Int) -> Bool {
        for g in fitting {
            if let parent = innermost(map.groups[g].under) {
                open(g, under: parent, at: s)
                return true
            }
            if map.groups[g].underMessage {
                open(g, under: 0, at: s)
                return true
            }
        }
        // A line or event is not lost because the loop around it is missing.
        for g in fitting where map.groups[g].gives == .line || map.groups[g].gives == .event {
            open(g, under: innermost(outer(g)) ?? 0, at: s)
            return true
        }
        return false
    }

    /// A node of a tree: its parent is the one it names, else the nearest that its group may stand in.
    private mutating func begin(level fitting: [Int], under named: Int?, at s: Int) {
        if let named {
            let group = nodes[named].group
            let g = fitting.first { g in group.map { map.groups[g].under.contains($0) } ?? false } ?? fitting.first
            open(g, under: named, at: s)
            return
        }
        guard let g = fitting.first else {
            open(nil, under: current, at: s)
            return
        }
        open(g, under: innermost(map.groups[g].under) ?? innermost(outer(g)) ?? 0, at: s)
    }

    /// All groups that a group may stand in, over any number of levels, but not itself.
    private func outer(_ group: Int) -> [Int] {
        var out: [Int] = []
        var next = map.groups[group].under
        while let g = next.popLast() {
            guard g != group, !out.contains(g) else { continue }
            out.append(g)
            next += map.groups[g].under
        }
        return out
    }

    private mutating func end(_ tag: String) {
        if let closing = path(from: current).last(where: { group($0)?.end.contains(tag) ?? false }) {
            current = nodes[closing].parent
        }
    }
}

extension [Int] {
    /// The first index of an ascending list at which a condition holds from there on.
    fileprivate func partition(_ holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
