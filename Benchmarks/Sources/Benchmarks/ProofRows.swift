import Foundation
import Glibc

/// The rows about papers: `interline read` over PDFs, beside what the libraries alone need for the same files.
struct ProofRows {
    let program: String
    let scratch: URL

    private static let papers = 1500
    private static let barcodes = 60
    private static let scans = 24

    func run() throws {
        // As in our workers; else tesseract takes threads of its own.
        setenv("OMP_THREAD_LIMIT", "1", 1)
        try text()
        try bars()
        try characters()
    }

    private func text() throws {
        let folder = try folder("text")
        var papers = Papers(seed: 17)
        var pages = 0
        var bytes = 0
        for n in 0..<Self.papers {
            let paper = papers.next()
            let data = Papers.file(paper)
            pages += paper.pages.count
            bytes += data.count
            try data.write(to: folder.appending(path: "\(n).pdf"))
        }
        let one = try best { try read(folder, jobs: 1) }
        let theirs = try best { try alone("poppler-alone", folder) }
        let painted = try best { try alone("poppler-painting", folder) }
        let ratio = one.processor / theirs.processor
        print(
            "papers with a text layer, one core: \(perPage(one, pages)) ms a page of processor time,",
            "\(Row.fixed(Double(pages) / one.wall, 0)) pages/s, \(Row.fixed(Double(bytes) / one.wall / 1e6, 2)) MB/s,",
            "\(one.largest >> 20) MiB")
        print(
            "poppler alone, text and boxes: \(perPage(theirs, pages)) ms a page, \(theirs.largest >> 20) MiB; ours",
            "\(Row.fixed(ratio, 2)) times that (at most 1.3: \(ratio <= 1.3 ? "met" : "not met"))")
        print(
            "poppler alone, painting each page too: \(perPage(painted, pages)) ms a page; ours",
            "\(Row.fixed(one.processor / painted.processor, 2)) times that")
        fflush(nil)
        let two = try best { try read(folder, jobs: 2) }
        let gain = one.wall / two.wall
        print(
            "the same on two cores: \(Row.fixed(Double(pages) / two.wall, 0)) pages/s, \(Row.fixed(gain, 2)) times one",
            "(at least 1.8: \(gain >= 1.8 ? "met" : "not met"))")
        fflush(nil)
    }

    /// What a page with bars costs more than the same page without.
    private func bars() throws {
        let plain = try folder("plain")
        let barred = try folder("barred")
        var papers = Papers(seed: 19)
        var pages = 0
        for n in 0..<Self.barcodes {
            var paper = papers.next()
            try Papers.file(paper).write(to: plain.appending(path: "\(n).pdf"))
            for i in paper.pages.indices {
                paper.pages[i] += Code128.bars(paper.number, x: 330, y: 40, module: 1, height: 30)
            }
            pages += paper.pages.count
            try Papers.file(paper).write(to: barred.appending(path: "\(n).pdf"))
        }
        let without = try best { try read(plain, jobs: 1) }
        let with = try best { try read(barred, jobs: 1) }
        let cost = (with.processor - without.processor) * 1000 / Double(pages)
        print(
            "a barcode on a page: \(Row.fixed(cost, 1)) ms more of processor time",
            "(at most 120: \(cost <= 120 ? "met" : "not met"))")
        fflush(nil)
    }

    private func characters() throws {
        let folder = try folder("scans")
        let models = try self.folder("models")
        var papers = Papers(seed: 23)
        var noise = SplitMix(seed: 29)
        for n in 0..<Self.scans {
            let drawn = models.appending(path: "\(n).pdf")
            try Papers.file(papers.next()).write(to: drawn)
            let picture = try PaperPeer.scan(drawn, dpi: 200, noise: &noise)
            var file = PaperFile(width: Papers.width, height: Papers.height)
            file.page("q \(Papers.width) 0 0 \(Papers.height) 0 0 cm /P Do Q", picture: picture)
            try file.data.write(to: folder.appending(path: "\(n).pdf"))
            try (Data("P5 \(picture.width) \(picture.height) 255\n".utf8) + Data(picture.grey))
                .write(to: models.appending(path: "\(n).pgm"))
        }
        let ours = try read(folder, jobs: 1)
        let theirs = try alone("tesseract-alone", models)
        let ratio = ours.processor / theirs.processor
        print(
            "scans: \(perPage(ours, Self.scans)) ms a page of processor time, \(ours.largest >> 20) MiB; tesseract alone",
            "\(perPage(theirs, Self.scans)) ms, \(theirs.largest >> 20) MiB: \(Row.fixed(ratio, 2)) times",
            "(at most 1.15: \(ratio <= 1.15 ? "met" : "not met"))")
        fflush(nil)
    }

    private func read(_ folder: URL, jobs: Int) throws -> Cost {
        try Measure.run(program, ["read", folder.path, "--jobs", "\(jobs)", "--json"], quietly: true)
    }

    private func alone(_ what: String, _ folder: URL) throws -> Cost {
        try Measure.run("/proc/self/exe", [what, folder.path])
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
