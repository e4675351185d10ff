import Schemas

/// The text of one part as lines, each of them news, history, signature or legal notice.
struct MailText {
    enum Kind: Hashable {
        case news
        /// Written before, by whomever: it counts for nothing.
        case quoted
        case signature
        /// Disclaimers, company register entries, advice on printing.
        case notice
    }

    struct Line {
        /// Unicode scalars of the part's text, without the line break.
        var range: Range<Int>
        var kind: Kind = .news
        /// The next line goes on with this one (format=flowed).
        var flows = false
    }

    let part: String
    let scalars: [Unicode.Scalar]
    var lines: [Line] = []
    let isCut: Bool

    init(part: String, text: String, isFlowed: Bool = false) {
        self.part = part
        var all: [Unicode.Scalar] = []
        var previous: Unicode.Scalar?
        var cut = false
        for u in text.unicodeScalars {
            if all.count == Limits.text {
                cut = true
                break
            }
            // CRLF and CR are line breaks as LF is.
            if u == "\n", previous == "\r" {
                previous = u
                continue
            }
            all.append(u == "\r" ? "\n" : u == "\u{A0}" || u == "\u{202F}" ? " " : u)
            previous = u
        }
        isCut = cut
        scalars = all
        var start = 0
        for i in 0...all.count where i == all.count || all[i] == "\n" {
            var line = Line(range: start..<i)
            if isFlowed, i > start, all[i - 1] == " ", !(i - start == 3 && all[start] == "-") { line.flows = true }
            lines.append(line)
            start = i + 1
        }
    }

    func string(_ range: Range<Int>) -> String {
        var s = String.UnicodeScalarView()
        s.append(contentsOf: scalars[range])
        return String(s)
    }

    func text(_ line: Int) -> String { string(lines[line].range).trimmed }

    /// What the writer wrote in this mail.
    var news: String { joined(.news) }

    func joined(_ kind: Kind) -> String {
        lines.filter { $0.kind == kind }.map { string($0.range) }.joined(separator: "\n").trimmed
    }

    var hasNews: Bool {
        lines.contains { l in l.kind == .news && scalars[l.range].contains { $0.properties.isAlphabetic } }
    }
}
