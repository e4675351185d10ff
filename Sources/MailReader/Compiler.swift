import Schemas
import Vocabulary

/// Puts a mail's document and its one event together.
struct Compiler {
    let mail: Mail
    let words: MailWords
    let locator: Locator
    let source: String
    let span: [Int]?

    func reading(of bytes: [UInt8]) -> Reading {
        var findings = mail.findings
        let (texts, isForwarded) = texts(&findings)
        let subject = MailText(part: "subject", text: mail.subject)
        let today = mail.date
        let finder = MentionFinder(words: words, today: today)
        let cutter = SentenceCutter(words: words)
        let clauses = words.languages.reduce(into: Set<String>()) { $0.formUnion($1.clauses) }
        var sentences: [ReadSentence] = []
        func add(_ s: Sentence, _ text: MailText) {
            var s = s
            let mentions = finder.find(in: &s, of: text)
            sentences.append(ReadSentence(s, mentions, text: text, clauses: clauses))
        }
        if !mail.subject.isEmpty { add(cutter.subject(subject), subject) }
        for t in texts {
            for s in cutter.sentences(of: t) {
                guard sentences.count < Limits.sentences else {
                    findings.append(
                        Finding(
                            "text-cut", .warning,
                            "The text is longer than \(Limits.sentences) sentences; the rest was not read."))
                    break
                }
                add(s, t)
            }
        }
        let verdict = IntentFinder(
            words: words, mail: mail, sentences: sentences, isReply: hasPrefix(words.quoting.replyPrefixes),
            hasAttachments: !mail.attachments.isEmpty
        ).verdict()
        let rule = words.intents.first { $0.name == verdict.name }
        var facts = FactFinder(words: words, mail: mail, sentences: sentences, verdict: verdict, rule: rule)
        facts.proves = texts.lazy.compactMap { order(of: $0, finder) }.first
        var event = facts.event()
        if isForwarded { event.confidence = event.confidence * 2 / 3 }
        if mail.date == nil {
            findings.append(Finding("date-missing", .info, "The mail has no Date header that can be read."))
        }
        return Reading(document(bytes, texts, findings), [event])
    }

    private func document(_ bytes: [UInt8], _ texts: [MailText], _ findings: [Finding]) -> Document {
        let content =
            [mail.from.first?.address ?? "", mail.subject] + mail.to.map(\.address) + mail.answers
            + texts.map { MailText.plain($0) } + mail.attachments.map { Digest.hex(Digest.sha256($0.bytes)) }
        return Document(
            locator: locator, format: .email, type: "correspondence", sender: mail.from.first?.address,
            receiver: mail.to.first?.address, number: mail.messageID, date: mail.date, envelope: mail.date,
            status: Document.status(for: findings), findings: findings, source: source,
            digest: Digest.hex(Digest.sha256(bytes)), body: Digest.id("mail", content), span: span)
    }

    private func hasPrefix(_ prefixes: Set<String>) -> Bool {
        guard let colon = mail.subject.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return false }
        let first = Fold.plain(mail.subject[..<colon]).filter { $0.isLetter }
        return prefixes.contains(first)
    }

    /// The mail's texts with history and signatures told apart. A mail that only hands another one on, without a word of
    /// its own, speaks with that one's words.
    private func texts(_ findings: inout [Finding]) -> ([MailText], isForwarded: Bool) {
        var texts: [MailText] = []
        var forwarded: (text: Int, line: Int)?
        for body in mail.bodies {
            var text = body.text
            if body.isHTML {
                let (plain, finding) = HTMLText.text(of: body.text)
                text = plain
                if let finding { findings.append(finding) }
            }
            var t = MailText(part: body.part, text: text, isFlowed: body.isFlowed)
            if t.isCut {
                findings.append(
                    Finding(
                        "text-cut", .warning,
                        "The text is longer than \(Limits.text) characters; the rest was not read.",
                        at: Place(text: body.part)))
            }
            var splitter = Splitter(words: words.quoting)
            splitter.split(&t)
            if let f = splitter.forwarded, forwarded == nil { forwarded = (texts.count, f) }
            Signature(words: words.quoting).split(&t)
            texts.append(t)
        }
        guard let f = forwarded, hasPrefix(words.quoting.forwardPrefixes), !texts.contains(where: saysSomething) else {
            return (texts, false)
        }
        texts[f.text] = handedOn(texts[f.text], from: f.line)
        return (texts, true)
    }

    /// Something beside greetings and `FYI`.
    private func saysSomething(_ text: MailText) -> Bool {
        text.lines.indices.contains { n in
            guard text.lines[n].kind == .news else { return false }
            let w = PhraseText.words(text.text(n))
            if w.isEmpty || words.quoting.forwardNotes.contains(w) { return false }
            return !(w.count <= 4 && words.quoting.greetings.contains(w[0]))
        }
    }

    /// The forwarded mail's own text as news; what it quotes stays history.
    private func handedOn(_ text: MailText, from line: Int) -> MailText {
        var lines: [String] = []
        var isHeader = true
        for n in text.lines.indices {
            let bare = n < line ? "" : Splitter.unquoted(text.text(n))
            if isHeader, n >= line {
                let label = bare.prefix { $0 != ":" }.filter { !"*_".contains($0) }
                if bare.isEmpty || words.quoting.headers[Fold.plain(label.trimmed)] != nil || bare.contains("@") {
                    lines.append("")
                    continue
                }
                isHeader = false
            }
            lines.append(bare)
        }
        var inner = MailText(part: text.part, text: lines.joined(separator: "\n"))
        var splitter = Splitter(words: words.quoting)
        splitter.split(&inner)
        Signature(words: words.quoting).split(&inner)
        return inner
    }

    /// Which order of day and month the mail's dates prove: those of its news first, then those it quotes.
    private func order(of text: MailText, _ finder: MentionFinder) -> Bool? {
        for kinds in [[MailText.Kind.news], [.quoted]] {
            let lines = text.lines.indices.filter { kinds.contains(text.lines[$0].kind) }
            var s = Sentence(tokens: Tokens.cut(text, lines: Array(lines.prefix(2000))), range: 0..<text.scalars.count)
            for m in finder.find(in: &s, of: text) {
                if case .date(let d) = m.what, let p = d.proves { return p }
            }
        }
        return nil
    }
}

extension MailText {
    static func plain(_ text: MailText) -> String {
        text.string(0..<text.scalars.count).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
