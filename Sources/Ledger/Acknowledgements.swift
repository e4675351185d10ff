import GRDB
import Vocabulary

/// An interchange that was answered, as the ledger remembers it.
package struct Answered: Hashable, Sendable {
    /// `x12` or `edifact`.
    package var standard: String
    /// The ids of the envelope: ours first.
    package var ours: String
    package var theirs: String
    /// The interchange's own control number.
    package var control: String
    /// What tells it from another under the same number: date, time and a digest of its bytes.
    package var sent: String
    /// The control number that our answer bears.
    package var number: Int
    /// The answer's file.
    package var file: String

    package init(
        standard: String, ours: String, theirs: String, control: String, sent: String, number: Int, file: String
    ) {
        self.standard = standard
        self.ours = ours
        self.theirs = theirs
        self.control = control
        self.sent = sent
        self.number = number
        self.file = file
    }

    /// What tells one interchange from another; the pair's comes first.
    package var subject: String { pair + Answered.joined([control, sent]) }

    /// What our control numbers count along.
    package var pair: String { Answered.joined([standard, ours, theirs]) }

    private static func joined(_ parts: [String]) -> String { parts.map { $0 + "\u{1F}" }.joined() }
}

extension Ledger {
    /// The file of the answer that an interchange was given; nil where it was given none.
    package func answer(to subject: String) throws(LedgerFault) -> String? {
        try read { db in
            let sql = "SELECT content FROM entry WHERE kind = 'acknowledgement' AND subject = ? ORDER BY number LIMIT 1"
            guard let row = try Row.fetchOne(db, sql: sql, arguments: [subject]) else { return nil }
            return try JSON(parsing: [UInt8](blob: row, "content"))["file"]?.string
        }
    }

    /// The last control number that was used for a pair; 0 where none was.
    package func lastAnswer(of pair: String) throws(LedgerFault) -> Int {
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT content FROM entry WHERE kind = 'acknowledgement' AND subject >= ? AND subject < ?",
                arguments: [pair, pair + "\u{10FFFF}"])
            var last = 0
            while let row = try rows.next() {
                last = max(last, try JSON(parsing: [UInt8](blob: row, "content"))["number"]?.int ?? 0)
            }
            return last
        }
    }

    /// Remembers what was answered.
    package func record(_ answered: [Answered]) throws(LedgerFault) {
        try write { db in
            var chain = try Chain(db)
            for a in answered {
                let content = JSON.object(["number": .int(a.number), "file": .string(a.file)])
                try chain.append("acknowledgement", a.subject, content.bytes)
            }
        }
    }
}
