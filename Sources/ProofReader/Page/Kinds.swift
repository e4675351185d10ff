import Schemas

/// Tells what paper a page is, by its title and the labels on it.
struct KindReader {
    let words: ProofWords

    struct Title: Hashable {
        var kind: String
        /// 0 to 120: the title's weight times ten, less where it stands small or far down.
        var score: Int
        var box: Box
        var text: String
    }

    /// The best title of each kind on a page, best first.
    func titles(on page: Page, hits: [Hit]) -> [Title] {
        var best: [String: Title] = [:]
        let body = page.bodyHeight
        let labelled = Dictionary(grouping: hits, by: { page.chunks[$0.chunk].line })
        for (c, chunk) in page.chunks.enumerated() {
            let y = chunk.box.midY / max(page.height, 1)
            guard y < 0.5 else { continue }
            // Two or more labels side by side are the head of a list of fields, not a title.
            if let l = labelled[chunk.line], l.count >= 2, l.contains(where: { $0.chunk == c }),
                chunk.height < body * 1.3
            {
                continue
            }
            let tokens = chunk.tokens
            guard !tokens.isEmpty, !chunk.words.contains(where: { $0.endsWithColon }) || chunk.height > body * 1.3
            else { continue }
            var covered = 0
            var found: [(String, Int)] = []
            var i = 0
            while i < tokens.count {
                guard let p = words.title(tokens[...], at: i), !isMoney(p, chunk) else {
                    i += 1
                    continue
                }
                found.append((p.meaning[0], p.weight))
                covered += p.tokens.count
                i += p.tokens.count
            }
            guard !found.isEmpty else { continue }
            let letters = chunk.text.filter(\.isLetter)
            let capitals = letters.count > 3 && letters.allSatisfy(\.isUppercase)
            let prominent = chunk.height >= body * 1.15 || capitals || (chunk.words[0].bold && y < 0.2)
            var factor =
                covered * 2 >= tokens.count
                ? (prominent && y < 0.4 ? 10 : y < 0.3 ? 6 : 3) : (prominent ? 5 : y < 0.15 ? 2 : 0)
            // "Delivery note L87654" in the body's size is a field without its colon.
            if chunk.height < body * 1.15,
                tokens.contains(where: { $0.contains(where: \.isNumber) && Int($0) ?? 9 > 3 })
            {
                factor = min(factor, 2)
            }
            for (kind, weight) in found where factor > 0 && (best[kind]?.score ?? 0) < weight * factor {
                best[kind] = Title(kind: kind, score: weight * factor, box: chunk.box, text: chunk.text)
            }
        }
        return words.kinds.compactMap { best[$0.type] }.sorted { $0.score > $1.score }
    }

    /// "EUR 1" in two words is an amount; the certificate's name is one, or has more words.
    private func isMoney(_ p: ProofWords.Phrase, _ chunk: Chunk) -> Bool {
        p.tokens.count == 2 && words.currencies[p.tokens[0]] != nil && p.tokens[1].allSatisfy(\.isNumber)
            && !chunk.words.contains { $0.tokens.starts(with: p.tokens) }
    }

    /// `Page 2 of 3`, `2/3` beside the word for page: the two numbers.
    func pageCount(on page: Page) -> (page: Int, of: Int)? {
        for chunk in page.chunks {
            let t = chunk.tokens
            for (i, w) in t.enumerated() where words.pageLabels.contains(w) {
                guard i + 1 < t.count, let a = Int(t[i + 1]) else { continue }
                if i + 2 < t.count, let b = Int(t[i + 2]) { return check(a, b) }
                if i + 3 < t.count, words.pageWords.contains(t[i + 2]), let b = Int(t[i + 3]) { return check(a, b) }
            }
        }
        return nil
    }

    private func check(_ a: Int, _ b: Int) -> (page: Int, of: Int)? {
        (1...b).contains(a) && b < 1000 ? (a, b) : nil
    }
}
