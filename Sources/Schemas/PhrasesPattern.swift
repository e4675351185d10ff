import Vocabulary

/// A token of a sentence as patterns see it: a folded word, or a slot such as `<date>` in place of what stands there.
package struct PhraseToken: Hashable, Sendable {
    package var text: String
    /// Rises at each comma, colon, bracket and clause word: what is denied in one clause is not denied in the next.
    package var clause: Int

    package init(_ text: String, clause: Int = 0) {
        self.text = text
        self.clause = clause
    }
}

/// A phrase with alternatives, gaps and slots, as `docs/mail.md` describes it: `$we can only (ship|deliver) <number!>`.
package struct PhrasePattern: Sendable {
    indirect enum Piece: Sendable {
        case word(String)
        case stem(String)
        case slot(String, marked: Bool)
        /// At most so many tokens in between.
        case gap(Int)
        case choice(PhraseChoice, optional: Bool)
    }

    let pieces: [Piece]
    /// The pattern as written, for tests and explanations.
    package let source: String

    /// - Parameter classes: the phrases that `$name` stands for.
    package init(_ node: Node, classes: [String: PhraseChoice]) throws(SchemaFault) {
        source = node.text ?? ""
        guard !source.isEmpty else { throw node.fault("a phrase is missing") }
        var parser = PhraseParser(node: node, rest: Substring(source), classes: classes)
        pieces = try parser.sequence()
        guard parser.rest.isEmpty else { throw node.fault("the phrase does not end at \"\(parser.rest)\"") }
        guard !pieces.allSatisfy(\.isLoose) else { throw node.fault("the phrase \(source) fits everything") }
    }

    /// Where a pattern fits: the tokens it spans, those that its words take (gaps excepted), and the slots marked with `!`.
    package struct Hit: Hashable, Sendable {
        package var range: Range<Int>
        package var taken: [Int]
        package var marked: [Int]
    }

    /// The first place from `start` on where it fits.
    package func first(in tokens: [PhraseToken], from start: Int = 0) -> Hit? {
        guard start < tokens.count else { return nil }
        for i in start..<tokens.count where pieces[0].mayBegin(tokens[i].text) {
            var matcher = PhraseMatcher(tokens: tokens)
            if let end = matcher.end(of: pieces, from: i), end > i {
                return Hit(range: i..<end, taken: matcher.taken, marked: matcher.marked)
            }
        }
        return nil
    }
}

/// Alternatives, found by their first word.
package final class PhraseChoice: Sendable {
    let byWord: [String: [[PhrasePattern.Piece]]]
    /// Alternatives that do not begin with a plain word.
    let others: [[PhrasePattern.Piece]]
    let all: [[PhrasePattern.Piece]]

    init(_ alternatives: [[PhrasePattern.Piece]]) {
        var byWord: [String: [[PhrasePattern.Piece]]] = [:]
        var others: [[PhrasePattern.Piece]] = []
        // Long ones first: "push back" before "push".
        for a in alternatives.sorted(by: { $0.count > $1.count }) {
            if case .word(let w) = a.first { byWord[w, default: []].append(a) } else { others.append(a) }
        }
        self.byWord = byWord
        self.others = others
        all = alternatives
    }

    func candidates(_ token: String) -> [[PhrasePattern.Piece]] { (byWord[token] ?? []) + others }
}

extension PhrasePattern.Piece {
    /// Whether it can stand for nothing or anything.
    var isLoose: Bool {
        switch self {
        case .gap: true
        case .choice(_, let optional): optional
        default: false
        }
    }

    func mayBegin(_ token: String) -> Bool {
        switch self {
        case .word(let w): w == token
        case .stem(let s): token.hasPrefix(s)
        case .slot(let name, _): PhraseMatcher.fits(token, slot: name)
        case .gap: true
        case .choice(let c, let optional):
            optional || c.byWord[token] != nil
                || c.others.contains { $0.first.map { $0.mayBegin(token) } ?? true }
        }
    }
}

/// One attempt to fit a pattern, backtracking over gaps and alternatives.
private struct PhraseMatcher {
    let tokens: [PhraseToken]
    var taken: [Int] = []
    var marked: [Int] = []

    init(tokens: [PhraseToken]) { self.tokens = tokens }

    /// `<number>` takes a bare number and one with a unit.
    static func fits(_ token: String, slot: String) -> Bool {
        token == slot || (slot == "<number>" && token == "<quantity>")
    }

    mutating func end(of pieces: [PhrasePattern.Piece], from start: Int) -> Int? {
        run(pieces[...], start, [])
    }

    /// - Parameter later: what has to fit behind `pieces`, innermost last.
    private mutating func run(
        _ pieces: ArraySlice<PhrasePattern.Piece>, _ at: Int, _ later: [ArraySlice<PhrasePattern.Piece>]
    ) -> Int? {
        guard let piece = pieces.first else {
            guard let next = later.last else { return at }
            return run(next, at, later.dropLast())
        }
        let rest = pieces.dropFirst()
        switch piece {
        case .word, .stem, .slot:
            guard at < tokens.count, piece.mayBegin(tokens[at].text) else { return nil }
            taken.append(at)
            let isMarked = if case .slot(_, true) = piece { true } else { false }
            if isMarked { marked.append(at) }
            if let end = run(rest, at + 1, later) { return end }
            taken.removeLast()
            if isMarked { marked.removeLast() }
            return nil
        case .gap(let most):
            for skip in 0...most where at + skip <= tokens.count {
                if let end = run(rest, at + skip, later) { return end }
            }
            return nil
        case .choice(let choice, let optional):
            if at < tokens.count {
                for a in choice.candidates(tokens[at].text) {
                    if let end = run(a[...], at, later + [rest]) { return end }
                }
            }
            return optional ? run(rest, at, later) : nil
        }
    }
}

/// Reads the notation: words, `stem*`, `(a|b c)`, `(a|b)?`, `$class`, `$class?`, `<slot>`, `<slot!>`, `..` and `...`.
struct PhraseParser {
    let node: Node
    var rest: Substring
    let classes: [String: PhraseChoice]

    static let slots: Set<String> = ["<date>", "<days>", "<amount>", "<number>", "<quantity>", "<reference>", "<part>"]

    mutating func sequence() throws(SchemaFault) -> [PhrasePattern.Piece] {
        var out: [PhrasePattern.Piece] = []
        while true {
            rest = rest.drop { $0 == " " }
            guard let c = rest.first, c != "|", c != ")" else { return out }
            if c == "(" {
                rest.removeFirst()
                let alternatives = try alternatives()
                guard rest.first == ")" else { throw node.fault("a parenthesis is not closed in \(node.text ?? "")") }
                rest.removeFirst()
                out.append(.choice(PhraseChoice(alternatives), optional: takeMark()))
            } else {
                let word = rest.prefix { !" |()".contains($0) }
                rest = rest.dropFirst(word.count)
                out += try pieces(String(word))
            }
        }
    }

    private mutating func takeMark() -> Bool {
        guard rest.first == "?" else { return false }
        rest.removeFirst()
        return true
    }

    mutating func alternatives() throws(SchemaFault) -> [[PhrasePattern.Piece]] {
        var all: [[PhrasePattern.Piece]] = []
        while true {
            let one = try sequence()
            guard !one.isEmpty else { throw node.fault("an alternative is empty in \(node.text ?? "")") }
            all.append(one)
            guard rest.first == "|" else { return all }
            rest.removeFirst()
        }
    }

    private func pieces(_ text: String) throws(SchemaFault) -> [PhrasePattern.Piece] {
        if text == ".." { return [.gap(4)] }
        if text == "..." { return [.gap(9)] }
        var word = text
        let optional = word.last == "?"
        if optional { word.removeLast() }
        let found: [PhrasePattern.Piece]
        if word.first == "$" {
            guard let c = classes[String(word.dropFirst())] else {
                throw node.fault("there are no words named \(word)")
            }
            return [.choice(c, optional: optional)]
        } else if word.first == "<" {
            let marked = word.hasSuffix("!>")
            if marked { word = word.dropLast(2) + ">" }
            guard PhraseParser.slots.contains(word) else { throw node.fault("\(word) is no slot") }
            found = [.slot(word, marked: marked)]
        } else if word.last == "*" {
            found = [.stem(Fold.plain(word.dropLast()))]
        } else {
            found = PhraseText.words(word).map { .word($0) }
        }
        guard !found.isEmpty else { throw node.fault("\(text) holds no word") }
        return optional ? [.choice(PhraseChoice([found]), optional: true)] : found
    }
}

/// How words are cut in phrases and in the sentences they are compared with: lower case, no accents, cut at everything
/// that is no letter or digit; an apostrophe cuts behind one or two letters (d'ici) and stays inside longer words (won't).
package enum PhraseText {
    package static func words(_ text: some StringProtocol) -> [String] {
        var out: [String] = []
        var current = ""
        func close() {
            if !current.isEmpty { out.append(current) }
            current = ""
        }
        let plain = Array(Fold.plain(text))
        for (i, c) in plain.enumerated() {
            if c.isLetter || c.isNumber {
                current.append(c)
            } else if c == "'",
                keepsApostrophe(before: current.count, after: plain[(i + 1)...].prefix { $0.isLetter }.count)
            {
                current.append(c)
            } else {
                close()
            }
        }
        close()
        return out
    }

    /// Whether an apostrophe between so many letters belongs to the word.
    package static func keepsApostrophe(before: Int, after: Int) -> Bool {
        after > 0 && (before > 2 || (before > 0 && after <= 2))
    }
}
