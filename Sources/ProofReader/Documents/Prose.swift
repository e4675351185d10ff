import Schemas
import Vocabulary

/// Reads a delivery from sentences: "signed for by K. Hill on 14 March 2026 at 10:40, 12 of 14 pallets".
struct ProseReader {
    let words: ProofWords
    let normal: Normal
    let sheets: [Sheet]

    struct Delivered {
        var date: DateFact?
        var name: (name: String, at: Place)?
        /// Where a sentence says that the receiver signed: "signed for by K. Hill".
        var signed: Place?
        var pieces: Quantity?
    }

    /// Lines of running text that belong together.
    struct Paragraph {
        var page: Page
        var words: [Word]
        var box: Box

        var text: String { words.map(\.text).joined(separator: " ") }
    }

    func read() -> Delivered {
        var out = Delivered()
        for var p in sheets.flatMap({ ProseReader.paragraphs($0.page) }) {
            p.words = sentences(p).flatMap { $0 }
            let tokens = p.words.flatMap(\.tokens)
            guard tokens.contains(where: { words.grammar.says("receive", $0) || words.grammar.says("signed", $0) })
            else { continue }
            if out.date == nil { out.date = date(p) }
            if out.name == nil, let found = name(p) {
                out.name = (found.name, found.at)
                if found.isSigned { out.signed = found.at }
            }
            if out.pieces == nil { out.pieces = pieces(p) }
        }
        return out
    }

    /// Lines that hold one chunk of some words each and follow one another at one left edge.
    static func paragraphs(_ page: Page) -> [Paragraph] {
        let lines = Dictionary(grouping: page.chunks, by: \.line)
        var out: [Paragraph] = []
        var last: Box?
        for n in lines.keys.sorted() {
            // Some fonts have blanks so wide that a sentence falls apart.
            guard let chunks = lines[n], chunks.flatMap(\.words).count >= 3,
                !chunks.contains(where: { c in c.words.contains(where: \.endsWithColon) && chunks.count > 1 }),
                zip(chunks, chunks.dropFirst()).allSatisfy({ $1.box.x0 - $0.box.x1 < 2 * $0.height }),
                let box = chunks.box
            else {
                // The end of a sentence may be a word or two on a line of its own.
                if let chunks = lines[n], chunks.count == 1, let l = last, let p = out.last,
                    continues(chunks[0].box, chunks[0].words, l, p.words)
                {
                    out[out.count - 1].words += chunks[0].words
                }
                last = nil
                continue
            }
            let all = chunks.flatMap(\.words)
            if let l = last, let p = out.last, continues(box, all, l, p.words) {
                out[out.count - 1].words += all
                out[out.count - 1].box = out[out.count - 1].box.union(box)
            } else {
                out.append(Paragraph(page: page, words: all, box: box))
            }
            last = box
        }
        return out.filter { $0.words.count >= 5 }
    }

    /// Lines set wide belong together only where they are long and name no fields.
    private static func continues(_ box: Box, _ words: [Word], _ last: Box, _ before: [Word]) -> Bool {
        let gap = box.y0 - last.y1
        let height = words.first?.box.height ?? box.height
        let isSentence =
            last.width > 25 * height && !words.contains(where: \.endsWithColon)
            && !before.contains(where: \.endsWithColon)
        return abs(box.x0 - last.x0) < 3 && gap < (isSentence ? 1.1 : 0.6) * height
    }

    /// The date that stands nearest to the word for the delivery.
    private func date(_ p: Paragraph) -> DateFact? {
        let text = p.text
        var offset = 0
        var verbs: [Int] = []
        for w in p.words {
            if w.tokens.contains(where: { words.grammar.says("receive", $0) }) { verbs.append(offset) }
            offset += w.text.count + 1
        }
        let found = normal.dates.dates(in: text).compactMap { d -> (FoundDate, Int)? in
            verbs.map { abs($0 - d.range.lowerBound) }.min().map { (d, $0) }
        }
        guard let (d, _) = found.min(by: { $0.1 < $1.1 }),
            let fact = d.fact("delivered", raw: text, at: p.page.place(p.box, text))
        else { return nil }
        // "at 10:40 on 14 March": the time before its date.
        return fact.value.second == nil
            ? normal.dates.time(anywhereIn: text, except: d.range).map(fact.timed) ?? fact : fact
    }

    private func name(_ p: Paragraph) -> (name: String, at: Place, isSigned: Bool)? {
        let text = p.text
        let dates = normal.dates.dates(in: text)
        // Words of dates and times stand between what belongs together.
        var kept: [Word] = []
        var offset = 0
        for w in p.words {
            let range = offset..<offset + w.text.count
            offset += w.text.count + 1
            if !dates.contains(where: { $0.range.overlaps(range) }) { kept.append(w) }
        }
        for pattern in words.prose.receivers {
            for i in kept.indices {
                guard let range = match(pattern[...], kept, i) else { continue }
                let found = kept[range]
                var name = found.map(\.text).joined(separator: " ")
                while let l = name.last, ",;:".contains(l) { name.removeLast() }
                if name.hasSuffix("."), let w = found.last, w.text.count > 3 { name.removeLast() }
                guard name.filter(\.isLetter).count >= 2, let box = found.box else { continue }
                return (name, p.page.place(box, text), isSigned(pattern))
            }
        }
        return nil
    }

    private func isSigned(_ pattern: [ProseWords.Part]) -> Bool {
        pattern.contains { part in
            guard case .word(let w) = part else { return false }
            return words.grammar.says("signed", w) || words.grammar.says("sign", w)
        }
    }

    /// The words of the name where a pattern begins at a word.
    private func match(_ pattern: ArraySlice<ProseWords.Part>, _ w: [Word], _ i: Int) -> Range<Int>? {
        guard let part = pattern.first else { return i..<i }
        switch part {
        case .word(let word):
            guard i < w.count, w[i].tokens == [word] else { return nil }
            // A sentence ends between a word and the next.
            if pattern.count > 1, w[i].text.hasSuffix(".") { return nil }
            return match(pattern.dropFirst(), w, i + 1)
        case .gap:
            for n in 0...6 where i + n <= w.count {
                if let r = match(pattern.dropFirst(), w, i + n) { return r }
            }
            return nil
        case .name:
            let length = nameLength(w, i)
            guard length > 0 else { return nil }
            if pattern.count == 1 { return i..<i + length }
            for n in stride(from: length, to: 0, by: -1) where match(pattern.dropFirst(), w, i + n) != nil {
                return i..<i + n
            }
            return nil
        }
    }

    /// How many words from `i` on are a person's name.
    private func nameLength(_ w: [Word], _ start: Int) -> Int {
        var i = start
        while i < w.count, i - start < 4 {
            let t = w[i].text
            let small = words.prose.particles.contains(Fold.plain(t)) && i > start
            guard small || t.first?.isUppercase == true, !t.contains(where: \.isNumber) else { break }
            i += 1
            if let l = t.last, ",;:".contains(l) || (l == "." && t.filter(\.isLetter).count > 3) { break }
        }
        while i > start, words.prose.particles.contains(Fold.plain(w[i - 1].text)) { i -= 1 }
        return i - start
    }

    /// "12 of 14 pallets" in a sentence that speaks of their delivery.
    private func pieces(_ p: Paragraph) -> Quantity? {
        let reader = RemarkReader(words: words)
        for s in sentences(p) {
            let tokens = s.flatMap(\.tokens)
            guard let i = s.firstIndex(where: { w in w.text.allSatisfy { $0.isNumber } && w.text.count <= 6 }) else {
                continue
            }
            let text = s.map(\.text).joined(separator: " ")
            for j in s.indices[i...] where s[j].text.first?.isNumber == true {
                let rest = s[j...].map(\.text).joined(separator: " ")
                guard let q = normal.quantity(rest) else { continue }
                var unit = normal.package(q.unit)
                var value = q.value
                if unit == nil, let part = reader.part(in: rest), Exact(part.came) == q.value {
                    unit = s[j...].lazy.compactMap { normal.package($0.tokens.first) }.first
                    value = Exact(part.came)
                }
                guard let unit, reader.codes(in: text).allSatisfy({ $0 == "short" }) || s.count > 8 else { continue }
                guard tokens.contains(where: { words.grammar.says("receive", $0) }) else { continue }
                return Quantity("packages", value, unit: unit, raw: text, at: p.page.place(s[j].box, text))
            }
        }
        return nil
    }

    /// Whether a paragraph gives the day of the delivery or who took the goods, in more than a line.
    func tells(_ p: Paragraph) -> Bool {
        guard let first = p.words.first, p.box.height > 1.8 * first.box.height else { return false }
        var told = p
        told.words = sentences(p).flatMap { $0 }
        return date(told) != nil || name(told) != nil
    }

    /// Sentences of a paragraph, without those of what is to come, or of rules.
    func sentences(_ p: Paragraph) -> [[Word]] {
        var out: [[Word]] = [[]]
        for w in p.words {
            out[out.count - 1].append(w)
            if w.text.hasSuffix("."), w.text.filter(\.isLetter).count != 1 { out.append([]) }
        }
        return out.filter { s in
            !s.isEmpty && !s.contains { $0.tokens.contains { words.prose.notYet.contains($0) } }
        }
    }
}
