import Foundation

/// The rows about the whole program on EDI: `interline read` over large files and many small ones, `interline run` with a
/// store. Each names its target and whether it was met.
struct EDIProgramRows {
    let files: TrafficFile
    let root: URL
    let program: String
    let out: URL

    /// The least figure and the most memory in MiB that a row has to keep to.
    private struct Target {
        var least: Double?
        var peak: Int?
    }

    /// Writes the files that the rows read, or finds them there: a file of 1 GB, one message, a folder of small files.
    @discardableResult
    static func prepare(_ files: TrafficFile) throws -> (large: URL, message: URL, small: URL) {
        (
            try files.stream("large-x12", size: 1 << 30, standard: "x12"), try files.message(size: 200_000_000),
            try files.folderOfFiles(50_000)
        )
    }

    func run() throws {
        let (large, message, small) = try Self.prepare(files)
        let size = try large.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        let megabytes = Double(size) / 1e6

        for standard in ["edifact", "x12"] {
            let file = try files.stream("quarter-\(standard)", size: 256 << 20, standard: standard)
            let some = Double(try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) / 1e6
            let one = try read(file, jobs: 1)
            show("\(standard) to events, one core", some / one.wall, "MB/s", one, Target(least: 150, peak: 128))
            let two = try read(file, jobs: 2)
            show(
                "\(standard) to events, two cores", one.wall / two.wall, "times one", two, Target(least: 1.7, peak: 128)
            )
            let written = try read(file, jobs: 2, to: "written")
            show("\(standard) to NDJSON, two cores", some / written.wall, "MB/s", written, Target(least: 60, peak: 128))
            try? FileManager.default.removeItem(at: out.appending(path: "written"))
        }
        let all = try read(large, jobs: 2)
        show("1 GB to events, two cores", megabytes / all.wall, "MB/s", all, Target(peak: 128))
        let single = try read(message, jobs: 1)
        show("a message of 200 MB, cut", 200 / single.wall, "MB/s", single, Target(peak: 128))
        let many = try read(small, jobs: 2)
        show("50,000 small files", 50_000 / many.wall, "files/s", many, Target(least: 10_000))
        for stories in [417, 1667] {
            let drop = out.appending(path: "stories-\(stories)")
            let all = try Drop.related(stories: stories, root: root, in: drop)
            let cost = try Measure.run(
                program,
                [
                    "run", drop.path, "--out", out.appending(path: "run-\(stories)").path, "--store",
                    out.appending(path: "run-\(stories).db").path, "--as-of", "2026-03-31T00:00:00Z", "--quiet",
                ])
            show(
                "run with store, \(all.count) documents", Double(all.count) / cost.wall, "documents/s", cost,
                Target(least: 3000))
        }
    }

    private func read(_ path: URL, jobs: Int, to folder: String? = nil) throws -> Cost {
        let output = folder.map { ["--out", out.appending(path: $0).path] } ?? []
        return try Measure.run(program, ["read", path.path, "--jobs", "\(jobs)"] + output)
    }

    private func show(_ name: String, _ value: Double, _ unit: String, _ cost: Cost, _ target: Target) {
        let peak = cost.largest >> 20
        var verdicts: [String] = []
        if let least = target.least {
            verdicts.append("at least \(Row.fixed(least, 1)) \(unit): \(value >= least ? "met" : "not met")")
        }
        if let most = target.peak { verdicts.append("at most \(most) MiB: \(peak <= most ? "met" : "not met")") }
        let text = verdicts.isEmpty ? "no target" : verdicts.joined(separator: ", ")
        print("\(name): \(Row.fixed(value, value < 10 ? 2 : 0)) \(unit), \(peak) MiB (\(text))")
        fflush(nil)
    }
}
