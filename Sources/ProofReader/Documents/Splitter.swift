import Schemas
import Vocabulary

/// Cuts the pages of a file into documents.
struct Splitter {
    let words: ProofWords

    /// Pages that belong together, in their order.
    func parts(_ sheets: [Sheet]) -> [[Sheet]] {
        var out: [[Sheet]] = []
        var number: String?
        var kind: String?
        for s in sheets {
            let title = s.titles.first.flatMap { $0.score >= 40 ? $0.kind : nil }
            let own = mainNumber(s, kind: title)
            guard let last = out.last?.last else {
                out.append([s])
                (number, kind) = (own, title)
                continue
            }
            if begins(s, after: last, title: title, own: own, kind: kind, number: number) {
                out.append([s])
                (number, kind) = (own, title)
            } else {
                out[out.count - 1].append(s)
                number = number ?? own
                kind = kind ?? title
            }
        }
        return out
    }

    private func begins(_ s: Sheet, after last: Sheet, title: String?, own: String?, kind: String?, number: String?)
        -> Bool
    {
        if let c = s.count, c.of > 1 || last.count != nil {
            if c.page > 1 { return false }
            return true
        }
        if let c = last.count, c.page < c.of { return false }
        if s.isScan != last.isScan { return s.isScan ? false : title != nil }
        guard let title else {
            // Another receipt under a heading that is not known: another number, a date, a name or pieces.
            return isReceipt(s) && isReceipt(last) && own != nil && number != nil && own != number
        }
        guard title == kind else { return kind != nil || own != number }
        guard let own, let number else { return false }
        return own != number
    }

    private func isReceipt(_ s: Sheet) -> Bool {
        let meanings = Set(s.fields.filter { !$0.text.isEmpty }.flatMap(\.hit.meaning))
        return !meanings.isDisjoint(with: ["date delivered", "delivery date"])
            && !meanings.isDisjoint(with: ["delivery received-by", "delivery name", "delivery pieces"])
    }

    private func mainNumber(_ s: Sheet, kind: String?) -> String? {
        let normal = Normal(words: words, dates: DateText(words: words.dates), numbers: NumberText())
        let wanted = kind.flatMap { k in words.kinds.first { $0.type == k }?.number } ?? []
        for m in wanted {
            for f in s.fields where f.hit.meaning.contains(m) {
                if let v = normal.references(f.text).first { return v }
            }
        }
        let numbered = s.fields.filter { $0.hit.has("reference") || $0.hit.has("equipment") }
        for f in numbered + s.fields.filter({ $0.hit.meaning.contains("own number") }) {
            if let v = normal.references(f.text).first { return v }
        }
        return nil
    }
}
