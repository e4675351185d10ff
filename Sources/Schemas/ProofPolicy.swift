import Vocabulary

/// How much of a paper is read, and in which languages (`proofs` of the policy).
package struct ProofPolicy: Hashable, Sendable {
    /// Pages of a file that are read at all.
    package var pages = 200
    /// Of these, pages whose characters are recognised from a picture.
    package var recognisedPages = 20
    /// What pictures are recognised in, by the names of tesseract's language data; the first is tried first.
    package var languages = ["eng", "deu", "fra", "spa", "nld"]

    package init() {}

    /// - Parameter overlay: the user's policy, whose values go before those of `root`.
    package init(_ root: Node?, overlay: Node?) throws(SchemaFault) {
        for layer in [root, overlay] {
            guard let node = layer?["proofs"] else { continue }
            try node.allow(["pages", "ocr-pages", "languages"])
            if let n = node["pages"] { pages = try ProofPolicy.number(n, "proofs.pages", 1...2000) }
            if let n = node["ocr-pages"] { recognisedPages = try ProofPolicy.number(n, "proofs.ocr-pages", 0...200) }
            if let n = node["languages"] { languages = try ProofPolicy.languages(n) }
        }
    }

    private static func number(_ node: Node, _ name: String, _ range: ClosedRange<Int>) throws(SchemaFault) -> Int {
        guard let n = node.text.flatMap({ Int($0) }), range.contains(n) else {
            throw node.fault("\(name) has to be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return n
    }

    /// The names go into a library that takes them apart at `+` and makes paths of them: only what such a name may hold.
    private static func languages(_ node: Node) throws(SchemaFault) -> [String] {
        let names = node.texts
        let letters = Set("abcdefghijklmnopqrstuvwxyz_".unicodeScalars)
        let good = names.allSatisfy { (3...20).contains($0.count) && $0.unicodeScalars.allSatisfy(letters.contains) }
        guard (1...8).contains(names.count), good else {
            throw node.fault("proofs.languages has to list one to eight names of language data like eng, chi_sim")
        }
        return names
    }
}

/// On the way to a worker.
extension ProofPolicy {
    package var json: JSON {
        .object([
            "pages": .int(pages), "recognisedPages": .int(recognisedPages),
            "languages": .array(languages.map { .string($0) }),
        ])
    }

    package init?(json: JSON) {
        guard let pages = json["pages"]?.int, let recognised = json["recognisedPages"]?.int,
            let languages = json["languages"]?.items.compactMap(\.string)
        else { return nil }
        self.pages = pages
        recognisedPages = recognised
        self.languages = languages
    }
}
