import Foundation
import Testing
import Vocabulary

@testable import Intake

@Suite struct `A drop folder` {
    @Test func `is walked to any depth in the order of its names, hidden files too`() throws {
        let folder = try Folder()
        for name in ["b/z.edi", "b/a/deep/x.edi", "a.edi", "b.edi", ".hidden.edi", "Ä/ü.edi", "in part!1.edi"] {
            try folder.write(name, Ground.order)
        }
        let paths = try Drop.walk(folder.path + "/").map(\.path)
        #expect(
            paths == [".hidden.edi", "a.edi", "b.edi", "b/a/deep/x.edi", "b/z.edi", "in part!1.edi", "Ä/ü.edi"])
    }

    @Test func `links are reported and never followed`() throws {
        let folder = try Folder()
        let outside = try Folder()
        try outside.write("secret.edi", Ground.order)
        try folder.write("a.edi", Ground.order)
        for (name, target) in [("out", outside.path), ("in.edi", folder.path + "/a.edi"), ("loop", folder.path)] {
            try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
        }
        let readings = try Ground.intake().read(drop: folder.path)
        #expect(readings.map(\.document.locator.path) == ["a.edi", "in.edi", "loop", "out"])
        #expect(readings.dropFirst().allSatisfy { $0.document.findings.map(\.code) == ["symbolic-link"] })
        #expect(readings.dropFirst().allSatisfy { $0.document.type == "unknown" && $0.document.status == .accepted })
    }

    @Test func `empty, too large and special files are one unknown document each`() throws {
        let folder = try Folder()
        try folder.write("empty.edi", [])
        try folder.write("large.edi", Ground.order)
        #expect(mkfifo(folder.path + "/pipe", 0o644) == 0)
        var limits = Limits()
        limits.fileBytes = 100
        let readings = try Ground.intake(limits).read(drop: folder.path)
        #expect(
            readings.map { $0.document.findings.map(\.code) } == [["empty-file"], ["file-too-large"], ["special-file"]])
        for r in readings {
            #expect(r.document.format == .unknown)
            #expect(r.document.type == "unknown")
            #expect(r.document.status == .rejected)
            #expect(r.document.locator.message == nil)
        }
    }

    @Test(.enabled(if: getuid() != 0, "permissions do not bind root"))
    func `what may not be read is named`() throws {
        let folder = try Folder()
        try folder.write("locked/a.edi", Ground.order)
        try folder.write("shut.edi", Ground.order)
        #expect(chmod(folder.path + "/locked", 0) == 0)
        #expect(chmod(folder.path + "/shut.edi", 0) == 0)
        let readings = try Ground.intake().read(drop: folder.path)
        #expect(readings.map { $0.document.findings.map(\.code) } == [["unreadable-folder"], ["unreadable-file"]])
    }

    @Test func `a name that is no UTF-8 is read and written with its bytes`() throws {
        let folder = try Folder()
        let name = Array((folder.path + "/x").utf8) + [0xFF, 0xE9] + Array(".edi".utf8)
        let fd = name.withCString { open($0, O_CREAT | O_WRONLY, 0o644) }
        #expect(Ground.order.withUnsafeBytes { write(fd, $0.baseAddress, $0.count) } == Ground.order.count)
        close(fd)
        let readings = try Ground.intake().read(drop: folder.path)
        #expect(readings.map(\.document.locator.path) == ["x\\xFF\\xE9.edi"])
        #expect(readings.first?.document.format == .x12)
        #expect(readings.first?.document.findings.map(\.code).contains("path-not-utf8") == true)
    }

    @Test func `a file that vanished is named`() throws {
        let folder = try Folder()
        let readings = try Ground.intake().read(file: folder.path + "/gone.edi")
        #expect(readings.map { $0.document.findings.map(\.code) } == [["unreadable-file"]])
        #expect(readings.first?.document.locator.path == "gone.edi")
    }

    @Test func `a drop that is no folder is refused`() throws {
        let folder = try Folder()
        #expect(throws: IntakeFault.self) { try Ground.intake().read(drop: folder.path + "/none") }
    }
}

@Suite struct `A member's name` {
    @Test(arguments: [
        ("a.edi", "a.edi"), ("in/a.edi", "in/a.edi"), ("/etc/passwd", "etc/passwd"), ("../../a", "a"),
        ("a/../../b", "a/b"), ("C:\\in\\a.edi", "in/a.edi"), ("./a//b", "a/b"), ("a\nb", "ab"),
    ]) func `never leads out of its archive`(_ name: String, _ expected: String) {
        #expect(Path.member(name)?.name == expected)
    }

    @Test(arguments: ["", "..", "/", "./../.", "\u{1}"]) func `is none where nothing is left`(_ name: String) {
        #expect(Path.member(name) == nil)
    }
}
