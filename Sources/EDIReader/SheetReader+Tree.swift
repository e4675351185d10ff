import EDI
import Schemas
import Vocabulary

/// An occurrence of one of the map's groups. Occurrence 0 is the message.
struct SheetNode {
    /// Index in the plan's groups; -1 for the message itself, and for a level that the map does not know.
    var group: Int16
    var depth: UInt16
    var parent: UInt32
    /// The segment that begins it.
    var start: UInt32
    /// The segment behind the last one of the occurrence and the groups in it.
    var end: UInt32
    /// The line's number and the order's line, as far as they were read.
    var number = Text.empty
    var orderLine: UInt32 = .max
}

extension SheetReader {
    /// Levels of a tree beyond this are put beside their parent: no document has them, and every look outwards costs them.
    private static let deepest = 40

    /// Puts every segment into the occurrence it belongs to.
    func buildTree() {
        nodes.clear()
        nodes.append(SheetNode(group: -1, depth: 0, parent: 0, start: 0, end: 0))
        owner.clear()
        current = 0
        names.clear()
        for s in 0..<count {
            let t = Int(tagOf[s])
            if t != TagTable.unknown {
                let starts = view.starts[t]
                if starts.count > 0 {
                    begin(starts, t, s)
                } else if view.ends[t] != 0 {
                    end(view.ends[t])
                }
            }
            owner.append(UInt32(truncatingIfNeeded: current))
        }
        var s = count - 1
        while s >= 0 {
            var n = Int(owner[s])
            while nodes[n].end == 0 {
                nodes.at(n).pointee.end = UInt32(s + 1)
                if n == 0 { break }
                n = Int(nodes[n].parent)
            }
            s -= 1
        }
        let slots = nodes.count * Section.count
        heads.clear()
        tails.clear()
        heads.append(.max, times: slots)
        tails.append(.max, times: slots)
    }

    private func begin(_ starts: Span, _ t: Int, _ s: Int) {
        var fitting: UInt64 = 0
        var chosen = -1
        for i in starts.range {
            let g = Int(view.starting[i])
            let when = view.groups[g].when
            if when.count > 0 {
                lookAt(s)
                if !holds(when, at: s, among: -1) { continue }
            }
            fitting |= 1 << UInt64(g)
            if chosen < 0 { chosen = g }
        }
        let tree = view.hierarchies[t]
        if tree.id > 0 {
            begin(level: starts, fitting, chosen, tree, s)
        } else if !begin(starts, fitting, at: s) {
            end(view.ends[t])
        }
    }

    @inline(__always)
    private func open(_ group: Int, under parent: Int, at s: Int) {
        let p = Int(nodes[parent].depth) < SheetReader.deepest ? parent : Int(nodes[parent].parent)
        nodes.append(
            SheetNode(
                group: Int16(truncatingIfNeeded: group), depth: nodes[p].depth + 1,
                parent: UInt32(truncatingIfNeeded: p),
                start: UInt32(truncatingIfNeeded: s), end: 0))
        current = nodes.count - 1
    }

    /// The innermost open occurrence of one of some groups.
    @inline(__always)
    private func innermost(_ groups: UInt64) -> Int? {
        if groups == 0 { return nil }
        var n = current
        while n != 0 {
            let g = nodes[n].group
            if g >= 0, groups & (1 << UInt64(g)) != 0 { return n }
            n = Int(nodes[n].parent)
        }
        return nil
    }

    private func begin(_ starts: Span, _ fitting: UInt64, at s: Int) -> Bool {
        if fitting == 0 { return false }
        for i in starts.range {
            let g = Int(view.starting[i])
            if fitting & (1 << UInt64(g)) == 0 { continue }
            if let parent = innermost(view.groups[g].under) {
                open(g, under: parent, at: s)
                return true
            }
            if view.groups[g].underMessage {
                open(g, under: 0, at: s)
                return true
            }
        }
        // A line or event is not lost because the loop around it is missing.
        for i in starts.range {
            let g = Int(view.starting[i])
            let gives = view.groups[g].gives
            if fitting & (1 << UInt64(g)) == 0 || (gives != .line && gives != .event) { continue }
            open(g, under: innermost(view.groups[g].outer) ?? 0, at: s)
            return true
        }
        return false
    }

    /// A node of a tree: its parent is the one it names, else the nearest that its group may stand in.
    private func begin(
        level starts: Span, _ fitting: UInt64, _ chosen: Int, _ tree: (id: UInt8, parent: UInt8), _ s: Int
    ) {
        lookAt(s)
        let id = text(PlanPath(tag: -1, element: UInt16(tree.id), part: PlanPath.plain), s)
        let path = PlanPath(tag: -1, element: UInt16(tree.parent), part: PlanPath.plain)
        let parent = text(path, s)
        let named = parent.isEmpty ? nil : names.find(bytes(parent))
        if !parent.isEmpty, named == nil {
            findings.append(
                Finding(
                    "hierarchy-orphan", .info,
                    "\(tag(s)) \(string(id)) names parent \(string(parent)), which does not exist.",
                    at: place(place(path, s))))
        }
        if parent.isEmpty, chosen >= 0, !view.groups[chosen].underMessage {
            findings.append(
                Finding(
                    "hierarchy-parent-missing", .info,
                    "\(tag(s)) \(string(id)) names no parent; it was placed by its level.", at: place(placeOfSegment(s))
                )
            )
        }
        if let named {
            var g = chosen
            let group = nodes[named].group
            if group >= 0 {
                for i in starts.range {
                    let one = Int(view.starting[i])
                    if fitting & (1 << UInt64(one)) != 0, view.groups[one].under & (1 << UInt64(group)) != 0 {
                        g = one
                        break
                    }
                }
            }
            open(g, under: named, at: s)
        } else if chosen < 0 {
            open(-1, under: current, at: s)
        } else {
            let g = view.groups[chosen]
            open(chosen, under: innermost(g.under) ?? innermost(g.outer) ?? 0, at: s)
        }
        if !id.isEmpty { names.set(bytes(id), current) }
    }

    /// Closes the outermost open group that a tag ends.
    private func end(_ groups: UInt64) {
        if groups == 0 { return }
        var n = current
        var closing = -1
        while n != 0 {
            let g = nodes[n].group
            if g >= 0, groups & (1 << UInt64(g)) != 0 { closing = n }
            n = Int(nodes[n].parent)
        }
        if closing >= 0 { current = Int(nodes[closing].parent) }
    }

    // MARK: Sight

    /// Of a tag's segments, in their order, those in sight from an occurrence: its own and those of the groups in it; where it has
    /// none, those that stand directly in the nearest occurrence above it that has some. Other occurrences of the same group, and
    /// what is in them, are not in sight. `body` says whether to go on.
    ///
    /// - Parameter node: -1 for all of the message.
    @inline(__always)
    func eachVisible(_ tag: Int, from node: Int, _ body: (Int) -> Bool) {
        let all = tagged(tag)
        if all.count == 0 { return }
        if node < 0 {
            for i in 0..<all.count where !body(Int(all[i])) { return }
            return
        }
        let from = firstIndex(all, notBefore: Int(nodes[node].start))
        let until = firstIndex(all, notBefore: Int(nodes[node].end))
        if from < until {
            for i in from..<until where !body(Int(all[i])) { return }
            return
        }
        var above = node
        while above != 0 {
            above = Int(nodes[above].parent)
            var any = false
            for i in 0..<all.count where Int(owner[Int(all[i])]) == above {
                any = true
                if !body(Int(all[i])) { return }
            }
            if any { return }
        }
    }

    /// The first index of an ascending list whose segment does not stand before another.
    @inline(__always)
    private func firstIndex(_ all: UnsafeBufferPointer<UInt32>, notBefore s: Int) -> Int {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if Int(all[middle]) >= s { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The last segment of a tag that is in sight before another.
    @inline(__always)
    func lastVisible(_ tag: Int, from node: Int, before limit: Int) -> Int? {
        let all = tagged(tag)
        if all.count == 0 { return nil }
        let until = firstIndex(all, notBefore: limit)
        if until > 0, all[until - 1] >= nodes[node].start { return Int(all[until - 1]) }
        var above = node
        while above != 0 {
            above = Int(nodes[above].parent)
            var i = until
            while i > 0 {
                i -= 1
                if Int(owner[Int(all[i])]) == above { return Int(all[i]) }
            }
        }
        return nil
    }
}

/// The names of a tree's nodes: mostly small numbers.
final class TreeNames {
    private let numbered = Stack<Int32>()
    private var others: [String: Int] = [:]

    deinit { numbered.free() }

    func clear() {
        numbered.clear()
        if !others.isEmpty { others = [:] }
    }

    private func number(_ b: Bytes) -> Int? {
        if b.count > 5 || b[0] == 0x30 { return nil }
        var n = 0
        for d in b {
            guard d >= 0x30, d <= 0x39 else { return nil }
            n = n * 10 + Int(d - 0x30)
        }
        return n
    }

    func find(_ b: Bytes) -> Int? {
        guard let n = number(b) else { return others[b.string] }
        return n < numbered.count && numbered[n] >= 0 ? Int(numbered[n]) : nil
    }

    func set(_ b: Bytes, _ node: Int) {
        guard let n = number(b) else {
            others[b.string] = node
            return
        }
        while numbered.count <= n { numbered.append(-1) }
        numbered[n] = Int32(truncatingIfNeeded: node)
    }
}
