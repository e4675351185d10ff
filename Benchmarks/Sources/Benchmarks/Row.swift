import Foundation

/// One drop's line of the table: the fastest of several runs, the most memory of any.
struct Row {
    let name: String
    let files: Int
    let bytes: Int
    let documents: Int
    /// Documents that were rejected or of which nothing could be said.
    let unread: Int
    let wall: Double
    let processor: Double
    let largest: Int
    let together: Int
    let floor: Double

    /// Runs the program over a drop several times, then reads the same files plainly as often.
    init(_ drop: Drop, program: String, out: URL, times: Int) throws {
        let all = drop.files()
        let output = out.appending(path: drop.name)
        let costs = try (0..<times).map { _ in
            try Measure.run(
                program,
                ["run", drop.folder.path, "--out", output.path, "--as-of", "2026-03-31T00:00:00Z", "--quiet"])
        }
        let counts = try Self.counts(in: output.appending(path: "run.json"))
        name = drop.name
        files = all.count
        bytes = all.reduce(0) { $0 + $1.size }
        documents = counts.total
        unread = counts.unread
        wall = costs.map(\.wall).min() ?? 0
        processor = costs.map(\.processor).min() ?? 0
        largest = costs.map(\.largest).max() ?? 0
        together = costs.map(\.together).max() ?? 0
        floor = try (0..<times).map { _ in try Measure.reading(all) }.min() ?? 0
    }

    static let head = line(
        "drop", "files", "documents", "unread", "MB", "wall s", "CPU s", "doc/s", "MB/s", "MiB", "MiB all",
        "floor MB/s", "x floor")

    var text: String {
        let megabytes = Double(bytes) / 1e6
        let some = bytes > 0
        return Self.line(
            name, "\(files)", "\(documents)", "\(unread)", Self.fixed(megabytes, 2), Self.fixed(wall, 2),
            Self.fixed(processor, 2), some ? Self.fixed(Double(documents) / wall, 0) : "-",
            some ? Self.fixed(megabytes / wall, 2) : "-", Self.mebibytes(largest), Self.mebibytes(together),
            some ? Self.fixed(megabytes / floor, 0) : "-", some ? Self.fixed(wall / floor, 0) : "-")
    }

    static func mebibytes(_ bytes: Int) -> String { "\(bytes >> 20)" }

    static func fixed(_ value: Double, _ places: Int) -> String {
        value.formatted(.number.precision(.fractionLength(places)).grouping(.never).locale(Locale(identifier: "en")))
    }

    private static func line(_ first: String, _ rest: String...) -> String {
        let cells = zip(rest, [6, 10, 7, 7, 7, 7, 7, 7, 5, 8, 11, 8]).map { cell, width in
            String(repeating: " ", count: max(1, width - cell.count)) + cell
        }
        return first + String(repeating: " ", count: max(0, 10 - first.count)) + cells.joined()
    }

    private static func counts(in file: URL) throws -> (total: Int, unread: Int) {
        struct Run: Decodable {
            struct Counts: Decodable { let documents: Documents }
            struct Documents: Decodable {
                let total: Int
                let fate: [String: Int]
            }
            let counts: Counts
        }
        let documents = try JSONDecoder().decode(Run.self, from: Data(contentsOf: file)).counts.documents
        return (documents.total, documents.fate["rejected", default: 0] + documents.fate["unknown", default: 0])
    }
}
