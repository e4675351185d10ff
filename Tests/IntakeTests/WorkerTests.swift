import Foundation
import Testing
import Vocabulary

@testable import Intake

@Suite struct `A worker` {
    /// A drop of one PDF, read by a script in the worker's place.
    func read(_ script: String, _ change: (inout Limits) -> Void = { _ in }) throws -> [Reading] {
        let folder = try Folder()
        try folder.write("a.pdf", Ground.pdf)
        var limits = Limits()
        limits.workerWall = 1
        change(&limits)
        return try Ground.intake(limits, reader: try folder.script(script)).read(drop: folder.path)
    }

    func code(_ readings: [Reading]) -> [String] { readings.flatMap { $0.document.findings.map(\.code) } }

    /// Shell commands that read and forget what comes in, and answer with a frame.
    static func answering(_ frame: Frame) -> String {
        let octal = frame.bytes.map { b in
            let s = String(b, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - s.count) + s
        }.joined()
        return "exec 3<&0; cat <&3 >/dev/null & printf '\(octal)'; wait"
    }

    static let good = Extracted(readings: [
        Reading(Document(locator: Locator(path: "a.pdf"), format: .pdf, type: "proof-of-delivery", number: "POD-1"))
    ])

    @Test func `answers with readings`() throws {
        let readings = try read(Self.answering(Self.good.frame))
        #expect(readings.map(\.document.number) == ["POD-1"])
    }

    @Test(arguments: ["exit 3", "kill -SEGV $$", "kill -KILL $$", "head -c 20 >/dev/null; exit 0"])
    func `that dies leaves an unknown document`(_ script: String) throws {
        let readings = try read(script)
        #expect(code(readings) == ["worker-died"])
        #expect(readings.map(\.document.format) == [.pdf])
        #expect(readings.map(\.document.type) == ["unknown"])
        #expect(readings.map(\.document.status) == [.rejected])
    }

    @Test func `that hangs is killed`() throws {
        let start = Date()
        #expect(code(try read("exec 3<&0; cat <&3 >/dev/null & exec sleep 60")) == ["worker-timeout"])
        #expect(Date().timeIntervalSince(start) < 30)
    }

    @Test func `that used up its processor time is not tried again`() throws {
        let folder = try Folder()
        let count = folder.path + "/count"
        #expect(code(try read("echo x >>\(count); kill -XCPU $$")) == ["worker-timeout"])
        #expect(try String(contentsOfFile: count, encoding: .utf8) == "x\n")
    }

    @Test func `that ran into its memory limit is told by what it held`() throws {
        // Linux counts the parent's own peak as the child's: the script has to hold more than this process ever did.
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        var doublings = 23
        while 16 << doublings < usage.ru_maxrss * 1024 * 5 / 4 { doublings += 1 }
        let eat = "x=0123456789abcdef; i=0; while [ $i -lt \(doublings) ]; do x=$x$x; i=$((i+1)); done"
        let readings = try read("\(eat); kill -ABRT $$") {
            $0.workerMemory = 64 << 20
            $0.workerWall = 60
        }
        #expect(code(readings) == ["worker-memory"])
    }

    @Test func `gets a second try alone`() throws {
        let folder = try Folder()
        let flag = folder.path + "/flag"
        let script = "if [ ! -e \(flag) ]; then touch \(flag); exit 9; fi; " + Self.answering(Self.good.frame)
        #expect(try read(script).map(\.document.number) == ["POD-1"])
    }

    @Test func `that speaks another language is a fault of the program`() throws {
        #expect(throws: IntakeFault.self) {
            try read("exec 3<&0; cat <&3 >/dev/null & echo 'hello, this is no frame'; wait")
        }
        let fault = Frame(.object(["fault": .string("proof/labels.yaml:3: wrong")]))
        #expect(throws: IntakeFault.reader(path: "", reason: "")) {
            do {
                _ = try read(Self.answering(fault))
            } catch IntakeFault.reader(_, let reason) where reason == "proof/labels.yaml:3: wrong" {
                throw IntakeFault.reader(path: "", reason: "")
            }
        }
    }

    @Test func `that is not there is a fault of the program, for a drop that needs it`() throws {
        let folder = try Folder()
        try folder.write("a.edi", Ground.order)
        #expect(try Ground.intake().read(drop: folder.path).count == 1)
        try folder.write("a.pdf", Ground.pdf)
        #expect(throws: IntakeFault.self) { try Ground.intake().read(drop: folder.path) }
    }

    @Test func `leaves no process behind`() throws {
        let folder = try Folder()
        let file = folder.path + "/process"
        _ = try read("echo $$ >\(file); " + Self.answering(Self.good.frame))
        let process = try #require(
            pid_t(try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kill(process, 0) == -1)
    }
}

@Suite struct `The worker itself` {
    @Test(.enabled(if: Ground.hasWorker, "interline-reader is not built"))
    func `reads damaged PDFs and mails without end`() throws {
        let folder = try Folder()
        try folder.write("a.pdf", Ground.pdf)
        try folder.write("b.pdf", Array("%PDF-1.7\n%%EOF".utf8))
        try folder.write("c.eml", Ground.mail)
        var limits = Limits()
        limits.workerDocuments = 2
        limits.threads = 1
        let readings = try Ground.intake(limits, reader: Ground.worker).read(drop: folder.path)
        #expect(readings.map(\.document.locator.path) == ["a.pdf", "b.pdf", "c.eml"])
        #expect(readings.map(\.document.format) == [.pdf, .pdf, .email])
        #expect(readings.map(\.document.status) == [.rejected, .rejected, .accepted])
        for r in readings { for f in r.document.findings { #expect(!f.code.hasPrefix("worker-")) } }
    }
}

@Suite struct `A frame` {
    @Test func `comes back as it was`() throws {
        let extracted = Extracted(
            readings: [
                Reading(Document(locator: Locator(path: "ü.eml", part: "2"), format: .email, type: "correspondence"))
            ],
            attachments: [
                Attachment(locator: Locator(path: "ü.eml", part: "2"), name: "a \"b\".pdf", bytes: [0, 10, 255]),
                Attachment(locator: Locator(path: "ü.eml", part: "3"), name: "", bytes: []),
            ])
        let bytes = extracted.frame.bytes
        let lengths = try #require(Frame.lengths(bytes))
        #expect(Frame.headLength + lengths.header + lengths.body == bytes.count)
        let frame = try Frame(Array(bytes.dropFirst(Frame.headLength)), headerLength: lengths.header)
        #expect(Extracted(frame: frame) == extracted)
    }

    @Test func `with sizes that do not fit is refused`() {
        var frame = Extracted(attachments: [Attachment(locator: Locator(path: "a"), name: "b", bytes: [1, 2])]).frame
        frame.body = [1]
        #expect(Extracted(frame: frame) == nil)
        #expect(Frame.lengths(Array("HTTP/1.1 200 OK".utf8)) == nil)
    }
}
