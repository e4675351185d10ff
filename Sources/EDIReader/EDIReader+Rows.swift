import EDI
import Vocabulary

/// Rows of documents and of events, as they are read.
package struct ReadRows {
    package let documents = RowBuffer()
    package let events = RowBuffer()
    package var tally = ReadTally()

    package init() {}

    /// Bytes of all rows.
    package var size: Int { documents.bytes.count + events.bytes.count }

    package mutating func clear() {
        documents.clear()
        events.clear()
        tally = ReadTally()
    }
}

extension ReadRows {
    /// A reading of any format.
    package mutating func add(_ r: Reading, writing: Bool) {
        tally.count(r.document, events: r.events.count)
        guard writing else { return }
        documents.write(r.document.json.bytes)
        documents.write([UInt8(ascii: "\n")])
        for e in r.events {
            guard case .object(var o) = e.json else { continue }
            o["id"] = .string(e.id(in: r.document))
            o["document"] = .string(r.document.id)
            events.write(JSON.object(o).bytes)
            events.write([UInt8(ascii: "\n")])
        }
    }
}

extension EDIReader {
    /// Reads the messages of a stretch of a file and appends their rows; without rows, events are made and only counted.
    ///
    /// - Parameters:
    ///   - source: SHA-256 of the whole file, hexadecimal.
    ///   - carried: findings about what stands before the stretch, for its first message.
    package mutating func read(
        _ t: Transmission, at locator: Locator, source: String, carried: [Finding] = [], into out: inout ReadRows,
        writing: Bool
    ) {
        read(t, at: locator, source: source, carried: carried) { head, sheet in
            out.tally.count(head.document, events: head.hasEvents ? sheet.sheet.events.count : 0)
            guard writing else { return }
            let id = head.document.id
            out.documents.write(head.document.json.bytes)
            out.documents.write("\n")
            if head.hasEvents { sheet.write(head, document: id, to: out.events) }
        }
    }
}
