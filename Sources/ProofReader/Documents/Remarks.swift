import Schemas
import Vocabulary

/// Sorts what a receiver wrote on a proof under the codes of the contract.
struct RemarkReader {
    let words: ProofWords

    /// The codes that a remark speaks of, in the order of `remarks.*.yaml`; none where it says that all is well.
    func codes(in text: String) -> [String] { notes(in: text).map(\.code) }

    struct Note: Hashable {
        var code: String
        /// How many pieces it speaks of.
        var count: Int?
    }

    /// The codes with the pieces that each counts ("2 crushed", "9 of 12 received").
    func notes(in text: String) -> [Note] {
        var counts: [String: Int] = [:]
        var found: Set<String> = []
        for clause in clauses(text) {
            let codes = codes(inClause: clause)
            found.formUnion(codes)
            if let p = part(clause) {
                if codes.isEmpty || codes.contains("short"),
                    clause.contains(where: { words.received.contains($0) }) || codes.contains("short")
                {
                    found.insert("short")
                    counts["short"] = counts["short"] ?? p.sent - p.came
                }
                continue
            }
            guard codes.count == 1, let code = codes.first, let n = count(clause) else { continue }
            counts[code] = counts[code] ?? n
        }
        return words.remarks.map(\.code).filter { found.contains($0) }.map { Note(code: $0, count: counts[$0]) }
    }

    /// Whether only a part of a count ("9 of 12") says that something is short.
    func isPart(_ text: String) -> Bool {
        let all = clauses(text)
        return all.contains { part($0) != nil } && !all.contains { codes(inClause: $0).contains("short") }
    }

    /// "9 of 12": the pieces that came and those that were sent, where fewer came.
    func part(in text: String) -> (came: Int, sent: Int)? { clauses(text).lazy.compactMap { part($0) }.first }

    private func part(_ t: [String]) -> (came: Int, sent: Int)? {
        for i in t.indices {
            guard let came = Int(t[i]), came >= 0 else { continue }
            // "9 colis reçus sur 12"
            var next = i + 1
            while next < t.count, next < i + 4, words.packages[t[next]] != nil || words.received.contains(t[next]) {
                next += 1
            }
            for p in words.outOf where matches(p, t, next) {
                // "9 of the 12"
                for k in 0...1 where next + p.count + k < t.count {
                    if let sent = Int(t[next + p.count + k]), came < sent { return (came, sent) }
                }
            }
        }
        return nil
    }

    /// The one figure of a clause, unless it is the number of a package.
    private func count(_ t: [String]) -> Int? {
        let figures = t.indices.filter { Int(t[$0]) != nil && t[$0].count <= 6 }
        guard figures.count == 1, let i = figures.first else { return nil }
        if i > 0, words.suffixes.contains(t[i - 1]) { return nil }
        return Int(t[i])
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
