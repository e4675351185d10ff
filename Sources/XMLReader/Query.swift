import Schemas
import Vocabulary

/// Looks up the paths of maps in a tree.
struct Query {
    let tree: Tree
    /// The element that absolute paths begin at: the document's own root, which may stand in a wrapper.
    let root: Int

    /// A value with the element that gave it.
    struct Found {
        var text: String
        var element: Int
        /// Number of the attribute's name.
        var attribute: Int?
    }

    /// Calls the body with each element that a path reaches, in document order, until it returns false.
    ///
    /// - Returns: false where the body stopped it.
    ///
    /// Complexity: O(children) for a step; nothing where no child has the step's name.
    @discardableResult
    func visit(_ path: XMLPath, from element: Int, _ body: (Int) -> Bool) -> Bool {
        let from = path.absolute ? root : element
        return path.first >= 0 && !tree.mayHold(path.first, from) || walk(path, 0, from, body)
    }

    private func walk(_ path: XMLPath, _ n: Int, _ element: Int, _ body: (Int) -> Bool) -> Bool {
        let steps = path.steps
        if n == steps.count { return body(element) }
        switch steps[n].move {
        case .child(let name):
            guard tree.mayHold(name, element) else { return true }
            let end = tree.end(element)
            var i = element + 1
            while i < end {
                if tree.name(i) == name, passes(steps[n], i), !walk(path, n + 1, i, body) { return false }
                i = tree.end(i)
            }
        case .anyChild:
            let end = tree.end(element)
            var i = element + 1
            while i < end {
                if passes(steps[n], i), !walk(path, n + 1, i, body) { return false }
                i = tree.end(i)
            }
        case .descendants:
            for e in element..<tree.end(element) {
                if passes(steps[n], e), !walk(path, n + 1, e, body) { return false }
            }
        case .here:
            if passes(steps[n], element) { return walk(path, n + 1, element, body) }
        case .parent:
            let p = tree.parent(element)
            if p >= 0, passes(steps[n], p) { return walk(path, n + 1, p, body) }
        }
        return true
    }

    @inline(__always)
    private func passes(_ step: XMLPath.Step, _ element: Int) -> Bool {
        step.filters.isEmpty || step.filters.allSatisfy { passes($0, at: element) }
    }

    private func passes(_ filter: XMLPath.Filter, at element: Int) -> Bool {
        guard let values = filter.values else { return gives(filter.path, from: element) }
        return has(one: values, at: filter.path, from: element)
    }

    private func has(one values: [String], at path: XMLPath, from element: Int) -> Bool {
        !each(path, from: element) { !values.contains($0.text) }
    }

    /// Calls the body with every value at a path until it returns false; empty texts are none.
    @discardableResult
    private func each(_ path: XMLPath, from element: Int, _ body: (Found) -> Bool) -> Bool {
        visit(path, from: element) { e in
            guard let found = value(path.target, of: e) else { return true }
            return body(found)
        }
    }

    /// What an element gives as a path's target; nil where that is empty.
    @inline(__always)
    func value(_ target: XMLPath.Target, of element: Int) -> Found? {
        switch target {
        case .name: Found(text: tree.nameText(element), element: element)
        case .attribute(let name):
            tree.attribute(name, of: element).map { Found(text: $0, element: element, attribute: name) }
        case .text: tree.hasText(element) ? Found(text: tree.text(element), element: element) : nil
        }
    }

    /// Every value at a path.
    func all(_ path: XMLPath, from element: Int) -> [Found] {
        var found: [Found] = []
        each(path, from: element) {
            found.append($0)
            return true
        }
        return found
    }

    private func first(_ path: XMLPath, from element: Int) -> Found? {
        var found: Found?
        each(path, from: element) {
            found = $0
            return false
        }
        return found
    }

    func first(_ value: XMLValue?, from element: Int) -> Found? {
        switch value {
        case nil: return nil
        case .constant(let text): return Found(text: text, element: element)
        case .path(let path): return first(path, from: element)
        case .first(let values):
            for v in values { if let f = first(v, from: element) { return f } }
            return nil
        case .joined(let parts):
            // A joined value is there as soon as one of its paths gives something; constants alone are nothing.
            var text = ""
            var place: Found?
            for p in parts {
                if case .constant(let c) = p {
                    text += c
                } else if let found = part(p, from: element) {
                    place = place ?? found
                    text += found.text
                }
            }
            return place.map { Found(text: trimmed(text), element: $0.element) }
        case .words, .each: return part(value, from: element)
        }
    }

    /// What one pair of braces gives, and the element it begins at.
    private func part(_ value: XMLValue?, from element: Int) -> Found? {
        let found: [Found]
        var separator = "/"
        switch value {
        case .path(let path): found = all(path, from: element)
        case .words(let path, let table):
            found = all(path, from: element).compactMap { f in
                Values.words(f.text, in: table).map { Found(text: $0, element: f.element) }
            }
        case .each(let path, let text):
            separator = ", "
            var all: [Found] = []
            visit(path, from: element) { e in
                if let f = first(text, from: e) {
                    // Where a part is missing its blank is left over.
                    all.append(Found(text: f.text.split(separator: " ").joined(separator: " "), element: f.element))
                }
                return true
            }
            found = all
        default: found = []
        }
        return found.first.map { Found(text: found.map(\.text).joined(separator: separator), element: $0.element) }
    }

    func holds(_ conditions: [XMLMap.Condition], at element: Int) -> Bool {
        conditions.isEmpty
            || conditions.allSatisfy { c in
                switch c.wanted {
                case .present: gives(c.path, from: element)
                case .absent: !gives(c.path, from: element)
                case .anyOf(let values): has(one: values, at: c.path, from: element)
                }
            }
    }

    func reaches(_ path: XMLPath, from element: Int) -> Bool { !visit(path, from: element) { _ in false } }

    /// Whether the path leads to something that is not empty: a text, an attribute, an element that holds others.
    func gives(_ path: XMLPath, from element: Int) -> Bool {
        guard path.target == .text else { return !each(path, from: element) { _ in false } }
        return !visit(path, from: element) { e in !tree.hasText(e) && tree.end(e) == e + 1 }
    }

    func choice(_ choices: [XMLMap.Choice], at element: Int) -> String? {
        choices.first { holds($0.when, at: element) }?.word
    }

    func place(_ found: Found) -> Place { tree.place(found.element, attribute: found.attribute) }
}

/// Without the white space around it, line breaks included.
func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    if let first = bytes.first, first > 0x20, let last = bytes.last, last > 0x20 { return text }
    guard let from = bytes.firstIndex(where: { $0 > 0x20 }), let to = bytes.lastIndex(where: { $0 > 0x20 }) else {
        return ""
    }
    return String(text[from...to])
}
