/// A family's schemas in one version: a folder of files that belong together.
struct XSDSet: Sendable {
    let name: String
    /// Which files declare an element globally, by themselves or with what they include; sorted.
    private let declarers: [QualifiedName: [String]]

    /// - Parameter paths: the set's files.
    init(_ name: String, _ paths: [String], of folder: XSDFolder) {
        self.name = name
        let own = paths.sorted().compactMap { folder.files[$0] }
        func included(by file: XSDFile) -> [String] {
            file.references.filter(\.includes).compactMap { try? folder.target(of: $0, in: file) }
        }
        // A file that others include may be a fragment that cannot stand alone, or that takes on their namespace.
        let fragments = Set(own.flatMap { f in included(by: f).filter { $0 != f.path } })
        var declarers: [QualifiedName: [String]] = [:]
        var reached: Set<String> = []
        func collect(_ file: XSDFile) {
            var seen: Set<String> = []
            var open = [file.path]
            while let path = open.popLast() {
                guard seen.insert(path).inserted, let part = folder.files[path] else { continue }
                for e in part.elements {
                    let name = QualifiedName(name: e, namespace: file.namespace)
                    if declarers[name]?.last != file.path { declarers[name, default: []].append(file.path) }
                }
                open += included(by: part)
            }
            reached.formUnion(seen)
        }
        for f in own where !fragments.contains(f.path) { collect(f) }
        // Files that include each other in a circle are fragments all.
        for f in own where !reached.contains(f.path) { collect(f) }
        self.declarers = declarers
    }

    func declares(_ name: QualifiedName) -> Bool { declarers[name] != nil }

    /// The ways to check a document by this set, the likeliest first: which files, put together, make its schema.
    ///
    /// Where the schema of the root leaves a place to other namespaces (`xs:any`), files that declare what stands there are
    /// put beside it, the nearest in the tree of folders first: an envelope's schema seldom names those of what it carries.
    /// - Parameters:
    ///   - foreign: elements of the document whose namespace is not their parent's; asked for only where it matters.
    ///   - closure: of a file by its path; nil where it cannot be read.
    func plans(
        for root: QualifiedName, closure: (String) -> XSDFolder.Closure?, foreign: () -> Set<QualifiedName>
    ) -> [Plan] {
        var plans: [Plan] = []
        for entry in declarers[root] ?? [] {
            guard let closure = closure(entry), closure.admitsForeign else {
                plans.append(Plan(files: [entry], distance: 0))
                continue
            }
            var choices = [Plan(files: [entry], distance: 0)]
            let wanted = foreign().filter { !closure.namespaces.contains($0.namespace) && declares($0) }
            for name in wanted.sorted(by: { ($0.namespace, $0.name) < ($1.namespace, $1.name) }) {
                let near = nearest(to: entry, declaring: name)
                choices = choices.flatMap { plan in near.map { plan.adding($0.path, distance: $0.distance) } }
                choices.removeLast(max(0, choices.count - Limits.xsdPlans))
            }
            plans += choices
        }
        let sorted = plans.sorted {
            ($0.distance, $0.files.joined(separator: "|")) < ($1.distance, $1.files.joined(separator: "|"))
        }
        return Array(sorted.prefix(Limits.xsdPlans))
    }

    /// Files whose components together make a schema; the first declares the root.
    struct Plan: Hashable, Sendable {
        var files: [String]
        /// Steps through folders between the first file and the others.
        var distance: Int

        func adding(_ path: String, distance: Int) -> Plan {
            files.contains(path) ? self : Plan(files: files + [path], distance: self.distance + distance)
        }
    }

    private func nearest(to entry: String, declaring name: QualifiedName) -> [(path: String, distance: Int)] {
        let all = (declarers[name] ?? []).map { (path: $0, distance: XSDSet.distance(entry, $0)) }
        let least = all.map(\.distance).min()
        return all.filter { $0.distance == least }
    }

    private static func distance(_ a: String, _ b: String) -> Int {
        let one = a.split(separator: "/").dropLast()
        let two = b.split(separator: "/").dropLast()
        let shared = zip(one, two).prefix { $0 == $1 }.count
        return one.count + two.count - 2 * shared
    }
}
