import Schemas
import Vocabulary

extension MessageView {
    /// Whether a condition holds for a segment.
    ///
    /// - Parameters:
    ///   - segment: nil where none is at hand (events, checks).
    ///   - asked: which of a tag's segments count from where the condition stands; nil for all of the message.
    func holds(_ c: EDICondition, at segment: Int?, among asked: (([Int]) -> ArraySlice<Int>)?) -> Bool {
        guard let tag = c.path.tag else {
            guard let segment else { return false }
            return passes(c.test, text(c.path, segment))
        }
        let all = byTag[tag] ?? []
        let counted = asked?(all) ?? all[...]
        switch c.test {
        case .absent, .notAmong: return counted.allSatisfy { passes(c.test, text(c.path, $0)) }
        default: return counted.contains { passes(c.test, text(c.path, $0)) }
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
