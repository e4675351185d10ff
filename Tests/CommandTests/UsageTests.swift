import Foundation
import Testing

/// What the caller did wrong is one line on stderr and exit status 2.
@Suite struct UsageTests {
    private func refused(_ arguments: [String], _ words: String) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.out.isEmpty)
        #expect(outcome.err.hasPrefix("interline: "))
        #expect(outcome.err.split(separator: "\n").count == 1)
        #expect(outcome.err.contains(words), "\(outcome.err)")
    }

    @Test func aDropThatIsNotThereIsNamed() throws {
        let scratch = try Scratch()
        try refused(
            ["run", scratch.path("nothing"), "--out", scratch.path("out")],
            "there is no folder \(scratch.path("nothing"))")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out")))
    }

    @Test func aFileIsNoDrop() throws {
        let scratch = try Scratch()
        try scratch.write("a.x12", "ISA")
        try refused(["run", scratch.path("a.x12"), "--out", scratch.path("out")], "a drop is a folder")
    }

    @Test func aFileCannotBeTheOutputFolder() throws {
        let scratch = try Scratch()
        try scratch.write("drop/a.txt", "hello")
        try scratch.write("out", "a file")
        try refused(["run", scratch.path("drop"), "--out", scratch.path("out")], scratch.path("out"))
    }

    @Test func wrongArgumentsAreNamed() throws {
        let scratch = try Scratch()
        let drop = scratch.path("drop")
        try scratch.write("drop/a.txt", "hello")
        try refused(["run", drop], "--out")
        try refused(["run", drop, "--out", "o", "--as-of", "tomorrow"], "tomorrow is no time")
        try refused(["run", drop, "--out", "o", "--frobnicate"], "--frobnicate")
        try refused(["run", drop, "--out", scratch.path("o"), "--changes"], "--store")
        try refused(["dance"], "dance")
        try refused(["exceptions"], "--out FOLDER or --store FILE")
        try refused(["exceptions", "--out", drop], "run.json")
        try refused(["exceptions", "--store", scratch.path("none.db")], "no ledger")
        try refused(["exceptions", "--out", drop, "--severity", "grave"], "grave")
        try refused(["inspect", scratch.path("none.x12")], "none.x12")
        try refused(["readiness", "--out", drop, "--verdict", "perfect"], "perfect")
        try refused(["report", "--out", drop], "--readiness")
    }

    @Test func aWrongPolicyIsNamedByFileAndLine() throws {
        let scratch = try Scratch()
        try scratch.write("drop/a.txt", "hello")
        try scratch.write("policy.yaml", "# mine\nno-such-thing: 4\n")
        let run = ["run", scratch.path("drop"), "--out", scratch.path("out"), "--policy"]
        try refused(run + [scratch.path("policy.yaml")], "policy.yaml:2: no-such-thing")
        try scratch.write("broken.yaml", "a: [1\n")
        try refused(run + [scratch.path("broken.yaml")], "broken.yaml:")
        try refused(run + [scratch.path("none.yaml")], "none.yaml")
    }

    @Test func helpAndVersionAreAnswers() throws {
        for arguments in [["--version"], ["--help"], [], ["run", "--help"], ["explain", "--help"]] {
            let outcome = try Program.run(arguments)
            #expect(outcome.status == 0)
            #expect(!outcome.out.isEmpty)
            #expect(outcome.err.isEmpty)
        }
    }
}
