import Schemas
import Vocabulary

/// Finds the documents in a tree: elements whose name and shape a map knows, the root or what stands in a wrapper.
struct Recognition: Sendable {
    struct Match {
        var map: XMLMap
        var root: Int
    }

    /// The names that the maps' paths hold the numbers of.
    let names: NameTable.Seed
    private let maps: [XMLMap]
    /// The maps that know a root of that name, by its number.
    private let byRoot: [[Int]]

    init(_ all: XMLMaps) {
        maps = all.maps
        names = NameTable.Seed(all.names)
        var byRoot = [[Int]](repeating: [], count: all.names.count)
        for (i, m) in maps.enumerated() { for r in m.recognise.roots { byRoot[r].append(i) } }
        self.byRoot = byRoot
    }

    /// How deep a document may stand in its wrappers.
    static let wrappers = 7

    /// Whether an element of that name may be a document.
    func isCandidate(_ name: Int) -> Bool { name < byRoot.count && !byRoot[name].isEmpty }

    /// The documents in an element, itself before what it holds.
    ///
    /// - Parameters:
    ///   - depth: how many elements it stands in.
    ///   - partial: the tree ends before the document does, so that what makes its shape may be missing.
    func matches(in tree: Tree, at element: Int, depth: Int, partial: Bool) -> [Match] {
        var found: [Match] = []
        search(element, depth, tree, partial, &found)
        return found
    }

    private func search(_ element: Int, _ depth: Int, _ tree: Tree, _ partial: Bool, _ found: inout [Match]) {
        let name = tree.name(element)
        if isCandidate(name), let best = best(of: byRoot[name], at: element, tree, partial: partial) {
            found.append(Match(map: maps[best], root: element))
            return
        }
        guard depth < Recognition.wrappers else { return }
        let end = tree.end(element)
        var i = element + 1
        while i < end {
            search(i, depth + 1, tree, partial, &found)
            i = tree.end(i)
        }
    }

    /// The map whose shape fits; of several that fit the one of this namespace, then the one that asks for most.
    private func best(of list: [Int], at element: Int, _ tree: Tree, partial: Bool) -> Int? {
        let query = Query(tree: tree, root: element)
        let namespace = tree.namespace(element)
        var best: (weight: Int, map: Int)?
        for i in list {
            let wanted = maps[i].recognise
            let groups = wanted.has.count { group in group.contains { query.reaches($0, from: element) } }
            let hinted = wanted.namespaces.contains { namespace.hasPrefix($0) }
            guard hinted || groups == wanted.has.count || (partial && groups > 0) else { continue }
            let weight = (hinted ? 1000 : 0) + groups * 10 - (wanted.has.count - groups)
            if weight > best?.weight ?? Int.min { best = (weight, i) }
        }
        return best?.map
    }
}
