import Foundation

/// The program under test, as it lies beside the tests.
enum Program {
    struct Outcome {
        var status: Int32
        var out: String
        var err: String
    }

    /// The folder that SwiftPM builds into.
    static let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    static let path = products.appending(path: "interline").path

    /// The package's own folder.
    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func run(
        _ arguments: [String], executable: String = path, environment: [String: String] = [:], folder: String? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        var all = ProcessInfo.processInfo.environment
        all["INTERLINE_SCHEMAS"] = nil
        process.environment = all.merging(environment) { _, new in new }
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        // Files, not pipes: a full pipe would stop the program while nobody reads.
        let scratch = try Scratch()
        let (out, err) = (scratch.path("out"), scratch.path("err"))
        for f in [out, err] { _ = FileManager.default.createFile(atPath: f, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: out)
        process.standardError = FileHandle(forWritingAtPath: err)
        try process.run()
        process.waitUntilExit()
        func text(_ f: String) -> String {
            FileManager.default.contents(atPath: f).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        return Outcome(status: process.terminationStatus, out: text(out), err: text(err))
    }
}

/// A folder of a test's own that is gone when the test is.
final class Scratch: Sendable {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "interline-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ name: String, _ text: String) throws {
        let file = URL(filePath: path(name))
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func bytes(_ name: String) -> [UInt8] { FileManager.default.contents(atPath: path(name)).map(Array.init) ?? [] }
}
