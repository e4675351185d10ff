import Foundation
import Glibc

// `make bench`: whole runs of the release program, measured from outside. Names of drops as arguments run only those,
// `edi` the rows of the EDI engine, `declarations` those of a large XML file, `proofs` those of papers; `--scratch=DIR` is
// where the large files are kept for the next time.

let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
let program = root.appending(path: ".build/release/interline").path
let world = root.appending(path: "../shared/worlds/dev-medium/drop").standardized
let wanted = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--scratch=") }
let kept = CommandLine.arguments.first { $0.hasPrefix("--scratch=") }.map { URL(filePath: String($0.dropFirst(10))) }
let scratch = FileManager.default.temporaryDirectory.appending(path: "interline-bench-\(getpid())")

do {
    defer { try? FileManager.default.removeItem(at: scratch) }
    if wanted == ["edi-library"], let kept {
        let files = TrafficFile(folder: kept)
        try EDIProgramRows.prepare(files)
        try EDIRows(files: files).run()
        exit(0)
    }
    // What our reader of papers is measured against; `ProofRows` starts these.
    if let peer = wanted.first, wanted.count == 2, let folder = wanted.last.map({ URL(filePath: $0) }) {
        switch peer {
        case "poppler-alone": try PaperPeer.text(folder, painting: false)
        case "poppler-painting": try PaperPeer.text(folder, painting: true)
        case "tesseract-alone": try PaperPeer.characters(folder)
        default: break
        }
        if peer.hasSuffix("-alone") || peer == "poppler-painting" { exit(0) }
    }
    let folder = kept ?? FileManager.default.temporaryDirectory.appending(path: "interline-bench-traffic")
    let files = TrafficFile(folder: folder)
    if wanted.isEmpty || wanted.contains("declarations") {
        try XMLRows(files: files, program: program, out: scratch.appending(path: "declarations")).run()
        if wanted == ["declarations"] {
            try? FileManager.default.removeItem(at: scratch)  // exit passes over the defer
            exit(0)
        }
    }
    if wanted.isEmpty || wanted.contains("proofs") {
        try ProofRows(program: program, scratch: scratch).run()
        if wanted == ["proofs"] {
            try? FileManager.default.removeItem(at: scratch)  // exit passes over the defer
            exit(0)
        }
    }
    if wanted.isEmpty || wanted.contains("edi") {
        // A process of its own for what takes much memory: Linux counts the peak of the process that spawns towards
        // the one that it spawns (exec keeps ru_maxrss), so this one has to stay small.
        _ = try Measure.run("/proc/self/exe", ["edi-library", "--scratch=\(folder.path)"])
        try EDIProgramRows(files: files, root: root, program: program, out: scratch.appending(path: "edi")).run()
        if wanted == ["edi"] {
            try? FileManager.default.removeItem(at: scratch)  // exit passes over the defer
            exit(0)
        }
    }
    let out = scratch.appending(path: "out")
    let drops = try Drop.write(wanted, root: root, below: scratch.appending(path: "drops"))

    var load = 0.0
    getloadavg(&load, 1)
    print(
        "\(ProcessInfo.processInfo.activeProcessorCount) processors, load \(Row.fixed(load, 1)) before. The fastest of 3",
        "runs, the most memory of any. What the columns say: docs/benchmarks.md\n")
    print(Row.head)
    fflush(nil)
    for drop in drops {
        print(try Row(drop, program: program, out: out, times: 3).text)
        fflush(nil)
    }
    print("")
    for drop in drops { print(drop.name.padding(toLength: 10, withPad: " ", startingAt: 0) + drop.what) }

    if wanted.isEmpty || wanted.contains("world") {
        print("")
        if FileManager.default.fileExists(atPath: world.path) {
            let drop = Drop(name: "world", what: "a generated quarter of trade", folder: world)
            let row = try Row(drop, program: program, out: out, times: 3)
            print("\(Row.head)\n\(row.text)")
            print(
                "world: \(Row.fixed(row.wall, 1)) s of 20 s, \(Row.mebibytes(row.largest)) MiB of 400 MiB",
                "(\(Row.mebibytes(row.together)) MiB with the workers)")
        } else {
            print("world: skipped, there is no folder \(world.path).")
        }
    }
} catch {
    FileHandle.standardError.write(Data("benchmarks: \(error)\n".utf8))
    exit(1)
}
