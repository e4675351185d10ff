import Schemas

/// A label found on a page.
struct Hit {
    var meaning: [String]
    var chunk: Int
    /// The label's words in the chunk, a colon, suffix and bracket behind it included.
    var words: Range<Int>
    var box: Box
    var colon: Bool
    /// Nothing but the label stands in its chunk.
    var whole: Bool
    /// The label is one of those that only their surroundings give a sense ("Name", "Date", "Signature").
    var generic: Bool

    func has(_ section: String) -> Bool { meaning.contains { $0.hasPrefix(section + " ") } }
}

/// Finds labels in the chunks of a page.
struct LabelFinder {
    let words: ProofWords
    /// The partner's own words go first.
    var template: ProofTemplate?

    private func label(_ tokens: ArraySlice<String>, at i: Int) -> ProofWords.Phrase? {
        template?.labels.match(tokens, at: i) ?? words.label(tokens, at: i)
    }

    /// The longest label that ends where a word does: of "N° BL-260455" the first word, not "N° BL".
    private func label(_ tokens: ArraySlice<String>, at i: Int, _ wordOf: [Int]) -> ProofWords.Phrase? {
        guard let phrase = label(tokens, at: i) else { return nil }
        let end = i + phrase.tokens.count
        guard end < tokens.endIndex, wordOf[end] == wordOf[end - 1], let start = wordOf.firstIndex(of: wordOf[end]),
            start > i
        else { return phrase }
        return label(tokens[..<start], at: i)
    }

    /// Labels in the order of the page; no two share a word.
    func hits(on page: Page) -> [Hit] {
        var out: [Hit] = []
        for (c, chunk) in page.chunks.enumerated() {
            let right =
                c + 1 < page.chunks.count && page.chunks[c + 1].line == chunk.line ? page.chunks[c + 1].text : ""
            out += hits(in: chunk, c, right: right)
        }
        return out
    }

    private func hits(in chunk: Chunk, _ index: Int, right: String) -> [Hit] {
        var tokens: [String] = []
        var wordOf: [Int] = []
        for (w, word) in chunk.words.enumerated() {
            tokens += word.tokens
            wordOf += [Int](repeating: w, count: word.tokens.count)
        }
        var out: [Hit] = []
        var i = 0
        // "For receipt: name S. de Wit": what follows a colon is as good as the first word.
        var behindColon = -1
        // "1. Exporter", "2 Consignee": the number of a box stands before its label.
        var start = 0
        if tokens.count > 1, let n = Int(tokens[0]), (1...99).contains(n),
            let p = label(tokens[...], at: 1),
            chunk.words[0].text.last?.isNumber == false
                || !["delivery", "quantity"].contains(p.meaning[0].prefix { $0 != " " })
        {
            start = 1
            i = 1
        }
        while i < tokens.count {
            // A label ends at its colon.
            let colon = chunk.words[wordOf[i]...].firstIndex(where: \.endsWithColon) ?? chunk.words.count
            let end = wordOf.firstIndex { $0 > colon } ?? tokens.count
            guard i == 0 || wordOf[i] != wordOf[i - 1], let phrase = label(tokens[..<end], at: i, wordOf),
                let hit = accept(
                    phrase, at: i, chunk, index, tokens, wordOf, opens: i == start,
                    first: i == start || wordOf[i] == behindColon)
            else {
                i += 1
                continue
            }
            // "Damaged" beside a figure or an answer is a field; by itself it is a remark or belongs to a box.
            if ProofWords.checks.contains(hit.meaning[0]), !hit.colon,
                !(hit.whole && (right.first?.isNumber == true || isAnswer(right)))
            {
                i += 1
                continue
            }
            // What is written behind "Remarks:" is no label, unless a colon says so.
            if !hit.colon, out.contains(where: { $0.meaning.contains("delivery remarks") }) {
                i += 1
                continue
            }
            // "will be delivered on 12 March" tells of no delivery.
            if !hit.colon, hit.words.lowerBound > 0, hit.has("delivery") || hit.meaning.contains("date delivered"),
                tokens[..<i].contains(where: { words.prose.notYet.contains($0) })
            {
                i += 1
                continue
            }
            out.append(hit)
            if hit.colon, hit.has("section") { behindColon = hit.words.upperBound }
            while i < tokens.count, wordOf[i] < hit.words.upperBound { i += 1 }
        }
        return out
    }

    private func isAnswer(_ text: String) -> Bool {
        let t = Fold.tokens(text)
        return !t.isEmpty && (words.yes.contains(t) || words.no.contains(t))
    }

    private func accept(
        _ phrase: ProofWords.Phrase, at i: Int, _ chunk: Chunk, _ index: Int, _ tokens: [String], _ wordOf: [Int],
        opens: Bool, first: Bool
    ) -> Hit? {
        var end = i + phrase.tokens.count
        // The phrase has to end where a word ends.
        if end < tokens.count, wordOf[end] == wordOf[end - 1] { return nil }
        // "Consignee (name, address, country)": a label that runs into a bracket ends with it.
        if let open = chunk.words[wordOf[i]...wordOf[end - 1]].lastIndex(where: { $0.text.contains("(") }),
            let close = chunk.words[open...].prefix(8).firstIndex(where: { $0.text.contains(")") }),
            close > wordOf[end - 1]
        {
            end = wordOf.firstIndex { $0 > close } ?? tokens.count
        }
        var suffix = false
        // "Signature captured  No" is an answer, not the end of a label.
        let takesSuffix = !phrase.meaning[0].hasPrefix("delivery ") && !phrase.meaning[0].hasPrefix("section ")
        var w = wordOf[end - 1] + 1
        while takesSuffix, w < chunk.words.count, end < tokens.count, !chunk.words[w - 1].endsWithColon,
            !chunk.words[w].tokens.isEmpty, chunk.words[w].tokens.allSatisfy({ self.words.suffixes.contains($0) })
        {
            suffix = true
            end += chunk.words[w].tokens.count
            w += 1
        }
        if w < chunk.words.count, chunk.words[w].text.hasPrefix("("), !chunk.words[w - 1].endsWithColon,
            let close = (w..<min(w + 6, chunk.words.count)).first(where: { chunk.words[$0].text.contains(")") })
        {
            let inside = chunk.words[w...close].flatMap(\.tokens)
            // "Received by (name in capitals) J. Smith": a bracket of label's words is the label's.
            if close + 1 == chunk.words.count || chunk.words[close].endsWithColon || words.grammar.knows(inside) {
                w = close + 1
            }
        }
        var colon = chunk.words[w - 1].endsWithColon
        while w < chunk.words.count, chunk.words[w].tokens.isEmpty, !"☒☐☑✓✔[".contains(chunk.words[w].text.prefix(1)) {
            // Leading dots say what a colon says.
            if chunk.words[w].endsWithColon || chunk.words[w].isLeader { colon = true }
            w += 1
        }
        let whole = opens && w == chunk.words.count
        let next = w < chunk.words.count ? chunk.words[w].text : ""
        var digit = next.contains { $0.isNumber }
        // "No. HT 0044719": a number may begin with a short word in capitals.
        if suffix || phrase.tokens.contains(where: { words.grammar.says("number", $0) }), next.count <= 4,
            next.allSatisfy(\.isUppercase), w + 1 < chunk.words.count
        {
            digit = chunk.words[w + 1].text.contains { $0.isNumber }
        }
        // "Received 31 of 34" is no date.
        if digit, phrase.meaning[0] == "delivery date" || phrase.meaning[0].hasPrefix("date ") {
            let rest = chunk.words[w...].map(\.text).joined(separator: " ")
            let dates = DateText(words: words.dates)
            digit =
                dates.dates(in: rest, compact: true).first.map { $0.range.lowerBound < 14 }
                ?? (dates.time(in: rest) != nil)
        }
        let meaning = phrase.meaning
        // "6 parcels were received, 1 damaged": a comma ends a clause, not a label.
        if !colon, chunk.words[w - 1].text.hasSuffix(",") { return nil }
        // "5 colis remis." ends a sentence, an abbreviation is shorter.
        if !colon, meaning[0].hasPrefix("delivery "), let last = chunk.words[..<w].last, last.text.hasSuffix("."),
            last.text.count > 5
        {
            return nil
        }
        if phrase.tokens.contains(where: { words.grammar.says("number", $0) }) { suffix = true }
        guard
            isWanted(
                meaning[0], colon: colon, whole: whole, suffix: suffix, first: first, digit: digit, next: next, phrase)
        else {
            return nil
        }
        // The number of a printed box belongs to its label.
        let range = (opens ? 0 : wordOf[i])..<w
        let box = chunk.words[range].box ?? chunk.words[range.lowerBound].box
        return Hit(
            meaning: meaning, chunk: index, words: range, box: box, colon: colon, whole: whole, generic: phrase.weak)
    }

    private func isWanted(
        _ meaning: String, colon: Bool, whole: Bool, suffix: Bool, first: Bool, digit: Bool, next: String,
        _ phrase: ProofWords.Phrase
    ) -> Bool {
        if colon { return true }
        // "To", "An", "A" alone in a cell is a label only with its colon.
        if phrase.weak, phrase.tokens.count == 1, phrase.tokens[0].count <= 3,
            meaning.hasPrefix("party") || meaning.hasPrefix("location")
        {
            return false
        }
        if whole { return true }
        let section = meaning.prefix { $0 != " " }
        switch section {
        case "section": return first && phrase.tokens.count >= 2
        case "reference", "equipment":
            // In a sentence a long number behind "consignment" needs no "No." before it.
            let digits = next.filter(\.isNumber).count
            let long = digits >= 6 || (digits >= 5 && next.contains { $0.isLetter || $0 == "-" || $0 == "/" })
            return digit && (suffix || (!phrase.weak && (first || long)))
        case "amount": return first && (digit || words.currencies[Fold.plain(next)] != nil)
        case "date" where phrase.tokens.count >= 2 && !phrase.weak:
            return digit || Fold.tokens(next).first.map { words.dates.months[$0] != nil } == true
        case "quantity", "date", "own": return digit && (first || !phrase.weak)
        default: break
        }
        if meaning == "delivery pieces" || meaning == "delivery date" || meaning == "delivery time" { return digit }
        if ["delivery damaged", "delivery short", "delivery refused", "delivery clean"].contains(meaning) {
            return false
        }
        let upper = next.first.map { $0.isUppercase || $0.isNumber || $0 == "(" } ?? false
        if meaning == "delivery name" { return first && upper }
        return (first || meaning == "delivery received-by") && !phrase.weak && phrase.tokens.count >= 2 && upper
    }
}
