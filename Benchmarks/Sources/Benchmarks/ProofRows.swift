import Foundation

/// The rows about papers: `interline read` over PDFs, beside what the libraries alone need for the same files.
struct ProofRows {
    let program: String
    let scratch: URL

    private static let papers = 1500

    func run() throws {
        let text = try folder("text")
        var papers = Papers(seed: 17)
        var pages = 0
        var bytes = 0
        for n in 0..<Self.papers {
            let paper = papers.next()
            let data = Papers.file(paper)
            pages += paper.pages.count
            bytes += data.count
            try data.write(to: text.appending(path: "\(n).pdf"))
        }
        let one = try best { try Measure.run(program, ["read", text.path, "--jobs", "1"]) }
        let theirs = try best { try Measure.run("/proc/self/exe", ["poppler-alone", text.path]) }
        let ratio = one.processor / theirs.processor
        print(
            "papers with a text layer, one core: \(perPage(one, pages)) ms a page of processor time,",
            "\(Row.fixed(Double(pages) / one.wall, 0)) pages/s, \(Row.fixed(Double(bytes) / one.wall / 1e6, 2)) MB/s,",
            "\(one.largest >> 20) MiB; poppler alone \(perPage(theirs, pages)) ms, \(theirs.largest >> 20) MiB:",
            "\(Row.fixed(ratio, 2)) times (at most 1.3: \(ratio <= 1.3 ? "met" : "not met"))")
        fflush(nil)
        let two = try best { try Measure.run(program, ["read", text.path, "--jobs", "2"]) }
        let gain = one.wall / two.wall
        print(
            "the same on two cores: \(Row.fixed(Double(pages) / two.wall, 0)) pages/s, \(Row.fixed(gain, 2)) times one",
            "(at least 1.8: \(gain >= 1.8 ? "met" : "not met"))")
        fflush(nil)
    }

    private func folder(_ name: String) throws -> URL {
        let url = scratch.appending(path: "proofs/\(name)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    private func perPage(_ cost: Cost, _ pages: Int) -> String {
        Row.fixed(cost.processor * 1000 / Double(pages), 2)
    }

    /// The least time and the most memory of three runs.
    private func best(_ measure: () throws -> Cost) throws -> Cost {
        var best = try measure()
        for _ in 0..<2 {
            let again = try measure()
            best.processor = min(best.processor, again.processor)
            best.wall = min(best.wall, again.wall)
            best.largest = max(best.largest, again.largest)
        }
        return best
    }
}
