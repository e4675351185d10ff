import Foundation
import Testing

/// What the README shows is what the program prints.
@Suite struct ReadmeTests {
    private static func readme() throws -> String {
        try String(contentsOfFile: Program.package + "/README.md", encoding: .utf8)
    }

    @Test func theFirstScreenOfTheSamplesIsTheOneShown() throws {
        let scratch = try Scratch()
        let outcome = try Program.run(
            ["run", SampleDropTests.drop, "--out", "out", "--as-of", SampleDropTests.asOf], folder: scratch.folder)
        let parts = try ReadmeTests.readme().components(separatedBy: "```text\n")
        let shown = parts.count > 1 ? parts[1].components(separatedBy: "```")[0] : ""
        func lines(_ s: String) -> [String] {
            s.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        #expect(lines(outcome.out) == lines(shown))
    }

    @Test func everyCommandShownExists() throws {
        let help = try Program.run(["--help"]).out
        let commands = try ReadmeTests.readme().split(separator: "\n")
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("interline ") }
            .map { String($0.split(separator: " ")[1]) }
        #expect(commands.count >= 4)
        for c in Set(commands) { #expect(help.contains("  \(c) "), "\(c) is a command") }
    }

    @Test func pagesOfTheDocumentationLinkToFilesThatExist() throws {
        let docs = Program.package + "/docs"
        var pages = [Program.package + "/README.md", Program.package + "/CONTRIBUTING.md"]
        pages += try FileManager.default.contentsOfDirectory(atPath: docs).filter { $0.hasSuffix(".md") }.map {
            "\(docs)/\($0)"
        }
        for page in pages {
            let text = try String(contentsOfFile: page, encoding: .utf8)
            let folder = URL(filePath: page).deletingLastPathComponent()
            for part in text.components(separatedBy: "](").dropFirst() {
                let target = part.prefix { $0 != ")" && $0 != "#" }
                if target.isEmpty || target.hasPrefix("http") { continue }
                let there = FileManager.default.fileExists(atPath: folder.appending(path: String(target)).path)
                #expect(there, "\(page) links to \(target)")
            }
        }
    }
}
