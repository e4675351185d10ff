import Schemas
import Vocabulary

extension MessageView {
    /// Whether a condition holds for a segment.
    ///
    /// - Parameters:
    ///   - segment: nil where none is at hand (events, checks).
    ///   - scope: the segments of the group occurrence, asked before the whole message.
    func holds(_ c: EDICondition, at segment: Int?, in scope: ((Int) -> Bool)?) -> Bool {
        guard let tag = c.path.tag else {
            guard let segment else { return false }
            return passes(c.test, text(c.path, segment))
        }
        let all = byTag[tag] ?? []
        let inside = scope.map { s in all.filter(s) } ?? []
        let asked = inside.isEmpty ? all : inside
        switch c.test {
        case .absent, .notAmong: return asked.allSatisfy { passes(c.test, text(c.path, $0)) }
        default: return asked.contains { passes(c.test, text(c.path, $0)) }
        }
    }

    private func passes(_ test: EDICondition.Test, _ value: String) -> Bool {
        switch test {
        case .among(let set): return set.contains(value)
        case .notAmong(let set): return !set.contains(value)
        case .present: return !value.isEmpty
        case .absent: return value.isEmpty
        case .shape(let name, let wanted):
            let v = value.uppercased()
            return (name == "mrn" ? Shape.mrn(v) : Shape.container(v)) == wanted
        }
    }
}
