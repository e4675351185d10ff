import Pipeline
import Schemas
import Vocabulary

/// What a paper says, a row a fact: what, the value, as printed, where, and how sure the reading is.
struct PaperView {
    let reading: Reading
    let names: FactNames

    /// Nil for what has no pages.
    init?(_ reading: Reading, _ names: FactNames) {
        guard reading.document.format == .pdf, !reading.events.isEmpty else { return nil }
        self.reading = reading
        self.names = names
    }

    /// For the screen, nothing of the document's unprintable characters in them.
    var lines: [String] {
        var table = Table([
            Table.Column("what"), Table.Column("value", gives: true), Table.Column("as printed", gives: true),
            Table.Column("where"), Table.Column("how sure"),
        ])
        for f in reading.paperFacts(names) {
            table.add(
                [
                    f.what, f.value, f.printed.isEmpty ? "" : "\"\(f.printed)\"",
                    Quotation(f.at, in: nil, privacy: nil).place, certainty(f),
                ], styles: [nil, nil, .dim, .dim, f.isDoubtful ? .yellow : .dim])
        }
        let kinds = reading.events.map { "  event \($0.type) (confidence \($0.confidence / 10) %)" }
        return kinds.map(Terminal.printable) + [""] + table.lines()
    }

    private func certainty(_ f: PaperFact) -> String {
        guard let c = f.confidence else { return f.at.page == nil ? "" : "text of the file" }
        return "recognised, \(c / 10) %" + (f.isDoubtful ? ", doubtful" : "")
    }
}
