import Yams

/// Why a file of `schemas/` (or a policy) cannot be used: which file, which line, what is wrong.
package struct SchemaFault: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// 1-based; 0 where the file as a whole is meant.
    package var line: Int
    package var reason: String

    package init(file: String, line: Int, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    package var description: String { line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)" }
}

/// A YAML value that knows its line. Scalars are plain strings: `NO` stays Norway, `01` keeps its zero.
package struct Node: Sendable {
    package enum Value: Sendable {
        case none
        case text(String)
        case list([Node])
        case map([(key: String, value: Node)])
    }

    package let value: Value
    package let file: String
    package let line: Int

    /// Reads one YAML document; duplicate keys are a fault.
    package init(yaml text: String, file: String) throws(SchemaFault) {
        let node: Yams.Node?
        do {
            node = try Yams.compose(yaml: text, .basic)
        } catch let e as YamlError {
            throw SchemaFault(file: file, line: Node.line(of: e), reason: "not YAML: \(Node.words(of: e))")
        } catch {
            throw SchemaFault(file: file, line: 0, reason: "not YAML: \(error)")
        }
        guard let node else {
            self.init(value: .none, file: file, line: 1)
            return
        }
        self = try Node(node, file: file)
    }

    private init(value: Value, file: String, line: Int) {
        self.value = value
        self.file = file
        self.line = line
    }

    private init(_ node: Yams.Node, file: String) throws(SchemaFault) {
        let line = node.mark?.line ?? 0
        switch node {
        case .scalar(let s):
            let plain = s.style == .plain || s.style == .any
            let value: Value = plain && ["~", "", "null"].contains(s.string) ? .none : .text(s.string)
            self.init(value: value, file: file, line: line)
        case .sequence(let s):
            var list: [Node] = []
            for n in s { list.append(try Node(n, file: file)) }
            self.init(value: .list(list), file: file, line: line)
        case .mapping(let m):
            var map: [(key: String, value: Node)] = []
            var seen: Set<String> = []
            for (k, v) in m {
                guard let key = k.scalar?.string else {
                    throw SchemaFault(file: file, line: k.mark?.line ?? line, reason: "a key has to be plain text")
                }
                guard seen.insert(key).inserted else {
                    throw SchemaFault(file: file, line: k.mark?.line ?? line, reason: "\(key) stands twice")
                }
                map.append((key, try Node(v, file: file)))
            }
            self.init(value: .map(map), file: file, line: line)
        case .alias:
            throw SchemaFault(file: file, line: line, reason: "aliases are not used here")
        }
    }

    private static func line(of error: YamlError) -> Int {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: 0
        }
    }

    private static func words(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        default: "\(error)"
        }
    }
}

// MARK: Reading a node

extension Node {
    package func fault(_ reason: String) -> SchemaFault { SchemaFault(file: file, line: line, reason: reason) }

    package var isNone: Bool {
        if case .none = value { return true }
        return false
    }

    package var text: String? {
        if case .text(let s) = value { return s }
        return nil
    }

    /// The elements of a list; a single scalar or mapping counts as a list of one, nothing as an empty one.
    package var list: [Node] {
        switch value {
        case .list(let l): l
        case .none: []
        default: [self]
        }
    }

    package var texts: [String] { list.compactMap(\.text) }

    package var isMap: Bool {
        if case .map = value { return true }
        return false
    }

    /// The members of a mapping in the order of the file.
    package var members: [(key: String, value: Node)] {
        if case .map(let m) = value { return m }
        return []
    }

    package subscript(_ key: String) -> Node? { members.first { $0.key == key }?.value }

    package func required(_ key: String) throws(SchemaFault) -> Node {
        guard let n = self[key], !n.isNone else { throw fault("\(key) is missing") }
        return n
    }

    package func string(_ key: String) throws(SchemaFault) -> String? {
        guard let n = self[key], !n.isNone else { return nil }
        guard let s = n.text else { throw n.fault("\(key) has to be a text") }
        return s
    }

    package func int(_ key: String) throws(SchemaFault) -> Int? {
        guard let n = self[key], !n.isNone else { return nil }
        guard let i = n.text.flatMap({ Int($0) }) else { throw n.fault("\(key) has to be a whole number") }
        return i
    }

    /// Refuses members whose names are not known, so that a misspelt one is not silently without effect.
    package func allow(_ keys: Set<String>) throws(SchemaFault) {
        for m in members where !keys.contains(m.key) {
            throw m.value.fault("\(m.key) is not known here; known: \(keys.sorted().joined(separator: ", "))")
        }
    }
}
