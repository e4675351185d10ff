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
        var attribute: String?
    }

    /// The elements that a path reaches, in document order.
    func elements(_ path: XMLPath, from element: Int) -> [Int] {
        var now = [path.absolute ? root : element]
        for step in path.steps {
            var next: [Int] = []
            for e in now { reach(step, from: e, into: &next) }
            now = next
            if now.isEmpty { break }
        }
        return now
    }

    private func reach(_ step: XMLPath.Step, from element: Int, into next: inout [Int]) {
        func take(_ e: Int) {
            if step.filters.allSatisfy({ passes($0, at: e) }) { next.append(e) }
        }
        switch step.move {
        case .child(let name):
            guard let id = tree.ids[name] else { return }
            tree.children(of: element) { c in
                if tree.elements[c].name == id { take(c) }
                return true
            }
        case .anyChild:
            tree.children(of: element) { c in
                take(c)
                return true
            }
        case .descendants:
            for e in element..<tree.elements[element].end { take(e) }
        case .here: take(element)
        case .parent:
            let p = tree.elements[element].parent
            if p >= 0 { take(p) }
        }
    }

    private func passes(_ filter: XMLPath.Filter, at element: Int) -> Bool {
        guard let values = filter.values else { return gives(filter.path, from: element) }
        return all(filter.path, from: element).contains { values.contains($0.text) }
    }

    /// Every value at a path; empty texts are none.
    func all(_ path: XMLPath, from element: Int) -> [Found] {
        elements(path, from: element).compactMap { e in
            switch path.target {
            case .name: return Found(text: tree.name(e), element: e)
            case .attribute(let name):
                guard let v = tree.attribute(name, of: e), !v.isEmpty else { return nil }
                return Found(text: v, element: e, attribute: name)
            case .text:
                let range = tree.elements[e].text
                return range.isEmpty ? nil : Found(text: tree.text(e), element: e)
            }
        }
    }

    func first(_ value: XMLValue?, from element: Int) -> Found? {
        switch value {
        case nil: return nil
        case .constant(let text): return Found(text: text, element: element)
        case .path(let path): return all(path, from: element).first
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
            found = elements(path, from: element).compactMap { e in
                first(text, from: e).map { f in
                    // Where a part is missing its blank is left over.
                    Found(text: f.text.split(separator: " ").joined(separator: " "), element: f.element)
                }
            }
        default: found = []
        }
        return found.first.map { Found(text: found.map(\.text).joined(separator: separator), element: $0.element) }
    }

    func holds(_ conditions: [XMLMap.Condition], at element: Int) -> Bool {
        conditions.allSatisfy { c in
            switch c.wanted {
            case .present: gives(c.path, from: element)
            case .absent: !gives(c.path, from: element)
            case .anyOf(let values): all(c.path, from: element).contains { values.contains($0.text) }
            }
        }
    }

    /// Whether the path leads to something that is not empty: a text, an attribute, an element that holds others.
    func gives(_ path: XMLPath, from element: Int) -> Bool {
        guard path.target == .text else { return !all(path, from: element).isEmpty }
        return elements(path, from: element).contains { e in
            !tree.elements[e].text.isEmpty || tree.elements[e].end > e + 1
        }
    }

    func choice(_ choices: [XMLMap.Choice], at element: Int) -> String? {
        choices.first { holds($0.when, at: element) }?.word
    }

    func place(_ found: Found) -> Place { tree.place(found.element, attribute: found.attribute) }
}
