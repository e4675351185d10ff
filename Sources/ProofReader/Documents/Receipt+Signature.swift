import Schemas
import Vocabulary

extension ReceiptReader {
    /// - Parameter receiver: the name that the paper gives, empty if none.
    func signature(of receiver: String) -> Delivery.Signature? {
        var answer: Delivery.Signature?
        for (sheet, f) in fields(["delivery signed"]) {
            let t = Fold.tokens(f.text)
            if words.no.contains(t) || words.unsignedWords.contains(t) { return nil }
            let label = sheet.page.chunks[f.hit.chunk].words[f.hit.words]
            // "Signature:  signature captured": the answer has the form of a label.
            let isAnswer =
                t.isEmpty && f.hit.whole && !f.hit.colon && words.signedWords.contains(label.flatMap(\.tokens))
                && sheet.hits.contains {
                    $0.meaning.contains("delivery signature") && $0.box.x1 < f.hit.box.x0
                        && abs($0.box.midY - f.hit.box.midY) < 4
                }
            if isAnswer {
                return Delivery.Signature(
                    .words, at: sheet.page.place(f.hit.box, label.map(\.text).joined(separator: " ")))
            }
            if words.yes.contains(t) || words.signedWords.contains(t) {
                answer = answer ?? Delivery.Signature(.words, at: sheet.page.place(f.box, f.text))
            }
        }
        if let answer { return answer }
        for (sheet, f) in fields(["delivery signature", "delivery signed"]) {
            let t = Fold.tokens(f.text)
            if isDenied(t) { continue }
            let at = sheet.page.place(f.box, f.text)
            let beside = f.box.y0 < f.hit.box.y1 + 2
            if words.signedWords.contains(t) || words.yes.contains(t) || (beside && isAffirmed(t)) {
                return Delivery.Signature(.words, at: at)
            }
            if beside, isTyped(f.text, receiver) {
                return Delivery.Signature(.typed, at: at)
            }
            if let m = drawn(f.hit, on: sheet) { return Delivery.Signature(m.kind, at: sheet.page.place(m.box, "")) }
        }
        return inWords()
    }

    /// A name typed in the signature's place is a signature ("/s/ J. Smith"); a caption or a remark is none.
    private func isTyped(_ text: String, _ receiver: String) -> Bool {
        text.lowercased().hasPrefix("/s/") || isPerson(text)
            || !receiver.isEmpty && Fold.tokens(text) == Fold.tokens(receiver)
    }

    private func isDenied(_ t: [String]) -> Bool {
        words.no.contains(t) || words.unsignedWords.contains { $0 == t || ($0.count > 1 && t.contains($0)) }
    }

    private func isAffirmed(_ t: [String]) -> Bool {
        if words.signedWords.contains(where: { $0.count > 1 && t.contains($0) }) { return true }
        // "Signature numérique enregistrée", "signed on glass"
        return (2...6).contains(t.count) && !t.contains { words.negations.contains([$0]) }
            && t.contains { words.grammar.says("signed", $0) || words.grammar.says("sign", $0) }
    }

    /// "Signed electronically", where no label asks for it.
    private func inWords() -> Delivery.Signature? {
        for s in sheets {
            let labelled = Set(s.hits.map(\.chunk))
            for (i, c) in s.page.chunks.enumerated() where !labelled.contains(i) {
                let t = c.tokens
                if words.signedWords.contains(where: { $0.count > 1 && t.count <= $0.count + 6 && t.contains($0) }),
                    !words.unsignedWords.contains(where: { $0.count > 1 && t.contains($0) })
                {
                    return Delivery.Signature(.words, at: s.page.place(c.box, c.text))
                }
            }
        }
        return nil
    }

    private func drawn(_ hit: Hit, on sheet: Sheet) -> Mark? {
        let line = sheet.page.chunks[hit.chunk].line
        let right =
            sheet.page.chunks.first { c in
                c.line == line && c.box.x0 > hit.box.x1 + 4 && sheet.hits.contains { sheet.page.chunks[$0.chunk] == c }
            }.map { $0.box.x0 - 2 } ?? sheet.page.width
        let bottom =
            sheet.hits.filter {
                $0.box.y0 > hit.box.y1 + 2 && $0.box.overlapX(Box(x0: hit.box.x0, y0: 0, x1: right, y1: 0)) > 0
            }
            .map(\.box.y0).min() ?? sheet.page.height
        return sheet.marks.signature(at: hit.box, right: right, bottom: bottom, captionBelow: hit.whole && !hit.colon)
    }
}

extension [String] {
    /// Whether the tokens of a phrase stand in a row in these.
    func contains(_ phrase: [String]) -> Bool {
        guard !phrase.isEmpty, count >= phrase.count else { return false }
        return (0...(count - phrase.count)).contains { i in self[i..<i + phrase.count].elementsEqual(phrase) }
    }
}
