import Foundation
import Testing

/// The development worlds beside the project, where they are: the run has to end well and break no rule of the contract; how
/// good it is, the scorer prints.
@Suite struct WorldTests {
    static let shared = URL(filePath: Program.package).deletingLastPathComponent().appending(path: "shared").path

    static var hasWorlds: Bool {
        FileManager.default.fileExists(atPath: shared + "/worlds/dev-small/drop")
            && FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
    }

    @Test(
        .enabled(if: WorldTests.hasWorlds, "the worlds of ../shared, or python3, are not here"),
        arguments: ["dev-small", "dev-medium"])
    func aWorldIsReadWithoutAViolationOfTheContract(_ world: String) throws {
        let scratch = try Scratch()
        let folder = "\(WorldTests.shared)/worlds/\(world)"
        let outcome = try SampleDropTests.run(folder + "/drop", scratch.path("out"))
        #expect(outcome.status == 0, "\(outcome.err)")
        let score = try Program.run(
            ["\(WorldTests.shared)/score/score.py", folder + "/truth", scratch.path("out"), "--misses", "0"],
            executable: "/usr/bin/python3")
        #expect(score.status == 0, "\(score.err)")
        let overall = score.out.split(separator: "\n").last { $0.hasPrefix("overall") } ?? ""
        print("\(world): \(overall)")
        #expect(overall.contains("violations 0"))
    }
}
