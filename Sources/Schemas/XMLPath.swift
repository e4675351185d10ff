/// A path into an XML document, by local names: `A/B[C=x|y]/D`, `../X`, `/X` from the document's own root, `*` for any
/// child, `**` for any depth, `@unit` for an attribute, `name()` for the element's name.
package final class XMLPath: @unchecked Sendable {
    package struct Filter: Sendable {
        package let path: XMLPath
        /// The values that pass; nil where it is enough that the path is there.
        package let values: [String]?
    }

    package enum Move: Sendable {
        /// A child by the number of its local name (`XMLNames`).
        case child(Int)
        case anyChild
        case descendants
        case parent
        /// The element itself, where it passes the filters: `.[AllowanceCharge]`.
        case here
    }

    package struct Step: Sendable {
        package var move: Move
        package var filters: [Filter]
    }

    package enum Target: Hashable, Sendable {
        case text
        /// By the number of its local name.
        case attribute(Int)
        case name
    }

    /// From the document's own root instead of the current element.
    package let absolute: Bool
    /// Never written after `init`; a plain pointer, since it is read for every rule at every element.
    package let steps: UnsafeBufferPointer<Step>
    package let target: Target
    /// The name that the first step asks of a child, -1 where it asks for none: enough to pass over most paths.
    package let first: Int

    /// The current element, or an attribute or the name of it.
    package init(target: Target = .text) {
        absolute = false
        steps = XMLPath.kept([])
        self.target = target
        first = -1
    }

    deinit {
        let all = UnsafeMutableBufferPointer(mutating: steps)
        all.deinitialize()
        all.deallocate()
    }

    private static func kept(_ steps: [Step]) -> UnsafeBufferPointer<Step> {
        let all = UnsafeMutableBufferPointer<Step>.allocate(capacity: steps.count)
        _ = all.initialize(from: steps)
        return UnsafeBufferPointer(all)
    }

    package init(_ text: String, at node: Node, _ names: XMLNames) throws(SchemaFault) {
        var rest = Substring(text)
        absolute = rest.first == "/"
        if absolute { rest.removeFirst() }
        var steps: [Step] = []
        var target = Target.text
        guard !rest.isEmpty || absolute else { throw node.fault("a path is empty") }
        for part in XMLPath.split(rest) {
            guard target == .text else { throw node.fault("nothing may follow @ or name() in the path \(text)") }
            if part == "." { continue }
            if part == "name()" {
                target = .name
            } else if part.first == "@" {
                target = .attribute(names.id(String(part.dropFirst())))
            } else {
                steps.append(try XMLPath.step(part, of: text, at: node, names))
            }
        }
        self.steps = XMLPath.kept(steps)
        self.target = target
        if case .child(let name)? = steps.first?.move { first = name } else { first = -1 }
    }

    private static func step(
        _ part: Substring, of text: String, at node: Node, _ names: XMLNames
    ) throws(SchemaFault) -> Step {
        let bracket = part.utf8.firstIndex(of: XMLPath.open) ?? part.endIndex
        let name = part[..<bracket]
        var filters: [Filter] = []
        var rest = part[bracket...]
        while rest.utf8.first == XMLPath.open {
            guard let close = closing(rest) else { throw node.fault("a [ is not closed in the path \(text)") }
            let inner = rest[rest.utf8.index(after: rest.startIndex)..<close]
            rest = rest[rest.utf8.index(after: close)...]
            if let equals = inner.utf8.firstIndex(of: UInt8(ascii: "=")) {
                let values = inner[inner.utf8.index(after: equals)...].split(separator: "|").map(String.init)
                filters.append(Filter(path: try XMLPath(String(inner[..<equals]), at: node, names), values: values))
            } else {
                filters.append(Filter(path: try XMLPath(String(inner), at: node, names), values: nil))
            }
        }
        switch name {
        case "*": return Step(move: .anyChild, filters: filters)
        case "**": return Step(move: .descendants, filters: filters)
        case ".": return Step(move: .here, filters: filters)
        case "..": return Step(move: .parent, filters: filters)
        case _ where !name.isEmpty && rest.isEmpty && name.utf8.allSatisfy(isNameByte):
            return Step(move: .child(names.id(String(name))), filters: filters)
        default: throw node.fault("\(part) is no step of a path (in \(text)); names are written without prefix")
        }
    }

    private static let open = UInt8(ascii: "[")
    private static let close = UInt8(ascii: "]")

    private static func isNameByte(_ b: UInt8) -> Bool {
        (48...57).contains(b) || (65...90).contains(b) || (97...122).contains(b) || b >= 128
            || b == UInt8(ascii: "_") || b == UInt8(ascii: "-") || b == UInt8(ascii: ".")
    }

    private static func closing(_ text: Substring) -> Substring.Index? {
        var depth = 0
        for i in text.utf8.indices {
            if text.utf8[i] == open { depth += 1 }
            if text.utf8[i] == close { depth -= 1 }
            if depth == 0 { return i }
        }
        return nil
    }

    /// Cuts at the slashes that do not stand in brackets.
    private static func split(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var depth = 0
        for i in text.utf8.indices {
            let b = text.utf8[i]
            if b == open { depth += 1 }
            if b == close { depth -= 1 }
            if b == UInt8(ascii: "/"), depth == 0 {
                parts.append(text[start..<i])
                start = text.utf8.index(after: i)
            }
        }
        if start < text.endIndex { parts.append(text[start...]) }
        return parts
    }
}
