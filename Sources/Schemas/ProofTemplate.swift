import Vocabulary

/// What is known of one partner's paper beside the words of all (`schemas/proofs/templates/NAME.yaml`): it sharpens reading and
/// is never needed for it.
package struct ProofTemplate: Sendable {
    /// A part of the page whose text has a meaning, in thousandths of its width and height from the top left corner.
    package struct Area: Sendable {
        package var meaning: [String]
        package var x: ClosedRange<Double>
        package var y: ClosedRange<Double>
    }

    /// All of these phrases stand on the paper, as tokens.
    package let marks: [[String]]
    /// Labels that mean something else or more on this paper than elsewhere.
    package let labels: PhraseBook
    package let areas: [Area]
    /// The order of its dates; nil where the file does not say.
    package let dayFirst: Bool?

    init(_ root: Node, _ words: Words) throws(SchemaFault) {
        try root.allow(["paper", "labels", "areas", "dates"])
        marks = try root.required("paper").texts.map { Fold.tokens($0) }.filter { !$0.isEmpty }
        guard !marks.isEmpty else { throw root.fault("a template names the words by which its paper is known") }
        var labels = PhraseBook()
        for m in root["labels"]?.members ?? [] {
            let meaning = try ProofWords.meanings(m.key, m.value, words)
            for t in m.value.texts { labels.add(t, meaning, weight: 0, weak: false) }
        }
        self.labels = labels
        var areas: [Area] = []
        for m in root["areas"]?.members ?? [] {
            let n = m.value.texts.compactMap { Double($0) }
            guard n.count == 4, n.allSatisfy({ (0...1000).contains($0) }), n[0] < n[2], n[1] < n[3] else {
                throw m.value.fault("an area is left, top, right and bottom in thousandths of the page")
            }
            areas.append(
                Area(meaning: try ProofWords.meanings(m.key, m.value, words), x: n[0]...n[2], y: n[1]...n[3]))
        }
        self.areas = areas
        switch try root.string("dates") {
        case nil: dayFirst = nil
        case "day-first": dayFirst = true
        case "month-first": dayFirst = false
        case let other?: throw root.fault("dates are day-first or month-first, not \(other)")
        }
    }

    /// Whether all words by which the paper is known stand in a page's tokens.
    package func fits(_ tokens: [String]) -> Bool {
        marks.allSatisfy { m in
            tokens.indices.contains { i in
                i + m.count <= tokens.count && tokens[i..<i + m.count].elementsEqual(m)
            }
        }
    }
}
