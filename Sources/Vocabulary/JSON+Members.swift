extension JSON {
    /// An object's members, each name once, in the order of the names' bytes: the order in which they are written.
    ///
    /// Objects have a dozen members, are built once and written once. A sorted array costs one allocation and no hashing,
    /// and looking a name up in it a few comparisons.
    package struct Members: Hashable, Sendable {
        package struct Member: Hashable, Sendable {
            package let key: String
            package fileprivate(set) var value: JSON
        }

        private var all: [Member] = []

        package init() {}

        package init(_ members: [String: JSON]) {
            all = members.map { Member(key: $0.key, value: $0.value) }
            order()
        }

        package var keys: [String] { all.map(\.key) }

        package subscript(_ key: String) -> JSON? {
            get {
                let i = place(key)
                return i < all.count && all[i].key == key ? all[i].value : nil
            }
            set {
                let i = place(key)
                let found = i < all.count && all[i].key == key
                switch (found, newValue) {
                case (true, let value?): all[i].value = value
                case (false, let value?): all.insert(Member(key: key, value: value), at: i)
                case (true, nil): all.remove(at: i)
                case (false, nil): break
                }
            }
        }

        /// Where the name stands or would have to stand.
        private func place(_ key: String) -> Int {
            var low = 0
            var high = all.count
            while low < high {
                let middle = (low + high) / 2
                if Members.precedes(all[middle].key, key) { low = middle + 1 } else { high = middle }
            }
            return low
        }

        /// By the bytes of UTF-8, which is also the order of the code points.
        private static func precedes(_ a: String, _ b: String) -> Bool {
            var a = a
            var b = b
            return a.withUTF8 { x in
                b.withUTF8 { y in
                    for i in 0..<Swift.min(x.count, y.count) where x[i] != y[i] { return x[i] < y[i] }
                    return x.count < y.count
                }
            }
        }
    }
}

extension JSON.Members: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { all.count }
    package subscript(position: Int) -> Member { all[position] }
}

extension JSON.Members: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral members: (String, JSON)...) {
        all.reserveCapacity(members.count)
        for (key, value) in members { append(key, value) }
        order()
    }
}

// MARK: Building

extension JSON.Members {
    mutating func reserveCapacity(_ n: Int) { all.reserveCapacity(n) }

    /// Puts a member behind the others; `order` has to follow.
    mutating func append(_ key: String, _ value: JSON) { all.append(Member(key: key, value: value)) }

    /// Brings the members in order; of several of one name the last stays.
    ///
    /// Complexity: O(k) for k members that are in order already, as the writers of facts put them; else O(k log k).
    mutating func order() {
        guard all.indices.dropFirst().contains(where: { !JSON.Members.precedes(all[$0 - 1].key, all[$0].key) }) else {
            return
        }
        let sorted = all.enumerated().sorted { a, b in
            if JSON.Members.precedes(a.element.key, b.element.key) { return true }
            return a.element.key == b.element.key && a.offset < b.offset
        }
        all.removeAll(keepingCapacity: true)
        for (_, member) in sorted {
            if all.last?.key == member.key { all.removeLast() }
            all.append(member)
        }
    }
}
