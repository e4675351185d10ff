import Schemas
import Vocabulary

/// Finds the documents in a tree: elements whose name and shape a map knows, the root or what stands in a wrapper.
struct Recognition: Sendable {
    struct Match {
        var map: XMLMap
        var root: Int
    }

    private let maps: [XMLMap]
    private let byRoot: [String: [Int]]

    init(_ maps: [XMLMap]) {
        self.maps = maps
        var byRoot: [String: [Int]] = [:]
        for (i, m) in maps.enumerated() { for r in m.recognise.roots { byRoot[r, default: []].append(i) } }
        self.byRoot = byRoot
    }

    /// How deep a document may stand in its wrappers.
    private static let wrappers = 7

    /// - Parameter partial: the tree ends before the document does, so that what makes its shape may be missing.
    func matches(in tree: Tree, partial: Bool) -> [Match] {
        guard !tree.elements.isEmpty else { return [] }
        var candidates: [Int: [Int]] = [:]
        for (name, list) in byRoot { if let id = tree.ids[name] { candidates[id] = list } }
        var found: [Match] = []
        search(0, depth: 0, tree, candidates, partial: partial, into: &found)
        return found
    }

    private func search(
        _ element: Int, depth: Int, _ tree: Tree, _ candidates: [Int: [Int]], partial: Bool, into found: inout [Match]
    ) {
        if let list = candidates[tree.elements[element].name],
            let best = best(of: list, at: element, tree, partial: partial)
        {
            found.append(Match(map: maps[best], root: element))
            return
        }
        guard depth < Recognition.wrappers, !candidates.isEmpty else { return }
        tree.children(of: element) { child in
            search(child, depth: depth + 1, tree, candidates, partial: partial, into: &found)
            return found.count < Limits.documents
        }
    }

    /// The map whose shape fits; of several that fit the one of this namespace, then the one that asks for most.
    private func best(of list: [Int], at element: Int, _ tree: Tree, partial: Bool) -> Int? {
        let query = Query(tree: tree, root: element)
        let namespace = tree.namespace(element)
        var best: (weight: Int, map: Int)?
        for i in list {
            let wanted = maps[i].recognise
            let groups = wanted.has.filter { group in group.contains { !query.elements($0, from: element).isEmpty } }
            let hinted = wanted.namespaces.contains { namespace.hasPrefix($0) }
            guard hinted || groups.count == wanted.has.count || (partial && !groups.isEmpty) else { continue }
            let weight = (hinted ? 1000 : 0) + groups.count * 10 - (wanted.has.count - groups.count)
            if weight > best?.weight ?? Int.min { best = (weight, i) }
        }
        return best?.map
    }
}
