import Schemas

/// What the writer wants: the intent whose phrases weigh most.
struct IntentFinder {
    struct Verdict {
        var name: String
        /// Index of the sentence that says so.
        var sentence: Int?
        /// Thousandths.
        var confidence: Int
    }

    let words: MailWords
    let mail: Mail
    let sentences: [ReadSentence]
    let isReply: Bool
    let hasAttachments: Bool

    private struct Score {
        var best = 0
        var sum = 0
        var sentence: Int?
        var isInBody = false

        /// Hundredths of a point: the best sentence, and a little for what others add to it.
        var total: Int { best + min((sum - best) / 4, 250) }
    }

    func verdict() -> Verdict {
        var scores: [String: Score] = [:]
        // The first sentence that asks something.
        var asking: Int?
        let moodless = Set(words.intents.filter(\.isMoodless).map(\.name))
        for (n, s) in sentences.enumerated() {
            // Points by the words that earn them: the same words count once, whichever languages know them.
            var points: [String: [[Int]: Int]] = [:]
            for p in words.languages {
                let claims = Claims(phrases: p, moodless: moodless)
                for f in claims.find(in: s) {
                    points[f.intent, default: [:]][f.hit.taken, default: 0] = max(
                        points[f.intent]?[f.hit.taken] ?? 0, f.weight.points * 100)
                }
                if asking == nil, !s.sentence.isSubject, claims.asks(s) { asking = n }
            }
            if asking == nil, s.sentence.isQuestion, !s.sentence.isSubject || !isReply { asking = n }
            for (intent, p) in points {
                let best = p.values.max() ?? 0
                var value = best + min((p.count - 1) * 50, 150)
                // The subject of an answer is the old mail's.
                if s.sentence.isSubject { value = value * (isReply ? 25 : 70) / 100 }
                var score = scores[intent] ?? Score()
                score.sum += value
                if !s.sentence.isSubject { score.isInBody = true }
                if value > score.best {
                    score.best = value
                    score.sentence = n
                }
                scores[intent] = score
            }
        }
        settleOpen(&scores)
        if let asking, scores[words.asking] == nil {
            let points = Phrases.Weight.weak.points * 100
            scores[words.asking] = Score(best: points, sum: points, sentence: asking, isInBody: true)
        }
        let bodySpeaks = scores.values.contains { $0.isInBody }
        // The subject alone says little where the text says something else.
        for (k, s) in scores where !s.isInBody && bodySpeaks {
            scores[k]?.best = s.best / 2
            scores[k]?.sum = s.best / 2
        }
        if mail.isAutomatic { return Verdict(name: words.fallback, sentence: nil, confidence: 900) }
        let order = Dictionary(words.intents.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { a, _ in a })
        let ranked = scores.filter { $0.value.total >= 150 }.sorted {
            ($1.value.total, order[$0.key] ?? .max) < ($0.value.total, order[$1.key] ?? .max)
        }
        if let (name, s) = ranked.first {
            return Verdict(
                name: name, sentence: s.sentence, confidence: s.best >= 1000 ? 900 : s.best >= 600 ? 750 : 550)
        }
        if hasAttachments { return Verdict(name: words.covering, sentence: nil, confidence: 600) }
        return Verdict(name: words.fallback, sentence: nil, confidence: 500)
    }

    /// Gives the points of an open intent to the one that references and context speak for.
    private func settleOpen(_ scores: inout [String: Score]) {
        for o in words.open {
            guard let open = scores.removeValue(forKey: o.name) else { continue }
            var best = (name: o.choices.first?.intent ?? words.fallback, votes: -1)
            for c in o.choices {
                var votes = scores[c.intent] == nil ? 0 : 2
                for (n, s) in sentences.enumerated() {
                    for m in s.mentions {
                        if case .reference(let kind, _, _, _) = m.what, c.references.contains(kind) { votes += 2 }
                    }
                    for p in words.languages {
                        let hits = p.contexts[c.context]?.hits(in: s.tokens) ?? []
                        if !hits.isEmpty { votes += n == open.sentence ? 2 : 1 }
                    }
                }
                if votes > best.votes { best = (c.intent, votes) }
            }
            var score = scores[best.name] ?? Score()
            if open.best > score.best {
                score.best = open.best
                score.sentence = open.sentence
            }
            score.sum += open.sum
            score.isInBody = score.isInBody || open.isInBody
            scores[best.name] = score
        }
    }
}
