import Schemas
import Vocabulary

/// Sorts what a receiver wrote on a proof under the codes of the contract.
struct RemarkReader {
    let words: ProofWords

    /// The codes that a remark speaks of, in the order of `remarks.*.yaml`; none where it says that all is well.
    func codes(in text: String) -> [String] {
        var found: Set<String> = []
        for clause in clauses(text) { found.formUnion(codes(inClause: clause)) }
        return words.remarks.map(\.code).filter { found.contains($0) }
    }

    private func clauses(_ text: String) -> [[String]] {
        var out: [[String]] = []
        var current = ""
        func close() {
            let t = Fold.tokens(current)
            if !t.isEmpty { out.append(t) }
            current = ""
        }
        let all = Array(text)
        for (i, c) in all.enumerated() {
            let between = i > 0 && i + 1 < all.count && all[i - 1].isNumber && all[i + 1].isNumber
            let dash = (c == "-" || c == "–") && i > 0 && all[i - 1] == " "
            if (",;.!?\n".contains(c) && !between) || dash { close() } else { current.append(c) }
        }
        close()
        return out
    }

    private func codes(inClause t: [String]) -> Set<String> {
        var out: Set<String> = []
        var negated = false
        var i = 0
        while i < t.count {
            if words.contrast.contains(t[i]) { negated = false }
            var best: (code: String, length: Int)?
            for r in words.remarks {
                for p in r.phrases where p.count > (best?.length ?? 0) && matches(p, t, i) { best = (r.code, p.count) }
            }
            let denial = negation(t, i)
            if denial > 0, denial >= best?.length ?? 0 {
                negated = true
                i += denial
                continue
            }
            if let b = best {
                if !negated { out.insert(b.code) }
                i += b.length
                // "damaged: none", "short 0"
                if i < t.count, i + negation(t, i) == t.count, negation(t, i) > 0 { out.remove(b.code) }
                continue
            }
            i += 1
        }
        return out
    }

    private func negation(_ t: [String], _ i: Int) -> Int {
        guard let n = words.negations.first(where: { matches($0, t, i) }) else { return 0 }
        // "Carton No 5 damaged" denies nothing.
        if n.count == 1, i + 1 < t.count, t[i + 1].first?.isNumber == true, n[0].count <= 2 { return 0 }
        return n.count
    }

    private func matches(_ phrase: [String], _ t: [String], _ i: Int) -> Bool {
        guard i + phrase.count <= t.count else { return false }
        for (k, p) in phrase.enumerated() {
            let w = t[i + k]
            // Bytes, as both are folded: the texts of a page are held against some hundred phrases.
            let isStem = p.utf8.last == UInt8(ascii: "*")
            if isStem ? !w.utf8.starts(with: p.utf8.dropLast()) : w != p { return false }
        }
        return true
    }
}
