/// Sets of strings that are joined pair by pair; the smallest member stands for its set, whatever the order of joining.
struct DisjointSets: Sendable {
    private var parent: [String: String] = [:]

    var members: [String] { parent.keys.sorted() }

    mutating func add(_ a: String) {
        if parent[a] == nil { parent[a] = a }
    }

    mutating func join(_ a: String, _ b: String) {
        add(a)
        add(b)
        let x = find(a)
        let y = find(b)
        if x == y { return }
        if x < y { parent[y] = x } else { parent[x] = y }
    }

    private mutating func find(_ a: String) -> String {
        var root = a
        while let p = parent[root], p != root { root = p }
        var at = a
        while let p = parent[at], p != root {
            parent[at] = root
            at = p
        }
        return root
    }

    /// The member that stands for the set of `a`; `a` itself where it was never joined.
    func root(_ a: String) -> String {
        var root = a
        while let p = parent[root], p != root { root = p }
        return root
    }
}
