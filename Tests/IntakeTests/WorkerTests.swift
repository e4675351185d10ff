import Foundation
import Testing
import Vocabulary

@testable import Intake

@Suite struct `A worker` {
    /// A drop of one PDF, read by a script in the worker's place.
    func read(_ script: String) throws -> [Reading] {
        let folder = try Folder()
        try folder.write("a.pdf", Ground.pdf)
        var limits = Limits()
        limits.workerWall = 60
        return try Ground.intake(limits, reader: try folder.script(script)).read(drop: folder.path)
    }

    /// Shell commands that read and forget what comes in, and answer with a frame.
    static func answering(_ frame: Frame) -> String {
        let octal = frame.bytes.map { b in
            let s = String(b, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - s.count) + s
        }.joined()
        return "exec 3<&0; cat <&3 >/dev/null & printf '\(octal)'"
    }

    static let ready = answering(Frame(.object(["ready": .bool(true)])))

    /// The reason that the program gives for not going on.
    func fault(_ script: String) throws -> String {
        do {
            _ = try read(script)
            return ""
        } catch IntakeFault.reader(_, let reason) {
            return reason
        }
    }

    @Test func `that speaks another language is a fault of the program`() throws {
        let reason = try fault("exec 3<&0; cat <&3 >/dev/null & echo 'hello, this is no frame'; wait")
        #expect(reason.contains("does not get ready"))
    }

    @Test func `that cannot start is a fault of the program`() throws {
        #expect(try fault("exit 127").contains("status 127"))
        #expect(try fault("kill -SEGV $$").contains("signal 11"))
    }

    @Test func `that finds our schemas wrong is a fault of the program`() throws {
        let words = Frame(.object(["fault": .string("proofs/labels.en.yaml:3: wrong")]))
        #expect(
            try fault("\(Self.ready); sleep 0.1; \(Self.answering(words)); wait") == "proofs/labels.en.yaml:3: wrong")
    }

    @Test func `that starts at the second try is used`() throws {
        let folder = try Folder()
        let flag = folder.path + "/flag"
        let script =
            "if [ ! -e \(flag) ]; then touch \(flag); exit 9; fi; exec \(Ground.hostileWorker) 1000000000 10 160"
        guard Ground.hasHostileWorker else { return }
        #expect(try read(script).map(\.document.status) == [.accepted])
    }

    @Test func `that is not there is a fault of the program, for a drop that needs it`() throws {
        let folder = try Folder()
        try folder.write("a.edi", Ground.order)
        #expect(try Ground.intake().read(drop: folder.path).count == 1)
        try folder.write("a.pdf", Ground.pdf)
        #expect(throws: IntakeFault.self) { try Ground.intake().read(drop: folder.path) }
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
