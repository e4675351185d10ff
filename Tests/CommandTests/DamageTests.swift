import Foundation
import Testing
import Vocabulary

/// Every sample, damaged: emptied, cut at several places, bits turned. Nothing stops the drop and nothing goes unreported.
@Suite struct DamageTests {
    enum Damage: String, CaseIterable {
        case emptied, cutEarly, cutLate, turned

        func apply(_ data: Data, _ random: inout Mixer) -> Data {
            switch self {
            case .emptied: return Data()
            case .cutEarly: return data.prefix(data.count / 3)
            case .cutLate: return data.prefix(max(0, data.count - 7))
            case .turned:
                var bytes = data
                for _ in 0..<max(1, data.count / 200) where !data.isEmpty {
                    let at = bytes.startIndex + Int(random.next() % UInt64(data.count))
                    bytes[at] ^= UInt8(1 << (random.next() % 8))
                }
                return bytes
            }
        }
    }

    @Test(arguments: Damage.allCases)
    func aDamagedDropIsReadToItsEnd(_ damage: Damage) throws {
        let scratch = try Scratch()
        var random = Mixer(state: 99)
        var files: Set<String> = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: SampleDropTests.drop).sorted() {
            guard let data = FileManager.default.contents(atPath: "\(SampleDropTests.drop)/\(file)") else { continue }
            let to = URL(filePath: scratch.path("drop/\(file)"))
            try FileManager.default.createDirectory(
                at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
            try damage.apply(data, &random).write(to: to)
            files.insert(file)
        }
        let outcome = try SampleDropTests.run(scratch.path("drop"), scratch.path("out"))
        #expect(outcome.status == 0, "\(outcome.err)")
        var told: Set<String> = []
        var unreadable = 0
        for line in scratch.bytes("out/documents.ndjson").split(separator: 10) {
            let row = try JSON(parsing: line)
            let path = row["path"]?.string ?? ""
            told.insert(String(path.split(separator: "!")[0]))
            if row["status"]?.string == "rejected" { unreadable += 1 }
        }
        #expect(told == files)
        if damage == .emptied { #expect(unreadable == files.count) }
    }
}
