import Foundation
import Ledger
import Vocabulary

/// A folder of a test's own that is gone when the test is.
final class Scratch {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "interline-" + UUID().uuidString).path
        try Disk.makeFolder(folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }
}

enum Samples {
    static func reading(
        _ path: String, part: String? = nil, message: Int? = nil, number: String, source: String? = nil
    ) -> Reading {
        var facts = Facts()
        facts.references = [
            Reference("purchase-order", number, at: Place(offset: 12, length: 4, segment: 2, tag: "BEG"))
        ]
        facts.dates = [DateFact("issued", Moment(day: 20_000), raw: "20241004")]
        let document = Document(
            locator: Locator(path: path, part: part, message: message), format: .x12, type: "850", number: number,
            source: Digest.hex(Digest.sha256(Array((source ?? path + number).utf8))), digest: number, body: number)
        return Reading(document, [Event(type: "order.issued", facts: facts, lines: [Line(number: "1", facts: facts)])])
    }

    static func sorted(_ readings: [Reading]) -> [Reading] {
        readings.sorted { ($0.document.locator, $0.document.source) < ($1.document.locator, $1.document.source) }
    }
}
