import Synchronization
import Testing
import Vocabulary

@testable import Intake

@Suite struct `Reading a drop` {
    func drop() throws -> Folder {
        let folder = try Folder()
        for n in 0..<20 {
            try folder.write(
                "\(n % 3)/\(n).edi", n % 4 == 0 ? Ground.edifact : Ground.order + [UInt8](repeating: 10, count: n))
        }
        try folder.write("x.zip", Packing.zip((1...9).map { .init(name: "\($0)", bytes: Ground.order) }))
        try folder.write("note.txt", Array("call me".utf8))
        return folder
    }

    @Test func `gives the same whatever the threads do`() throws {
        let folder = try drop()
        var limits = Limits()
        limits.threads = 1
        let alone = try Ground.intake(limits).read(drop: folder.path)
        #expect(alone.count == 30)
        #expect(alone.map(\.document.locator) == alone.map(\.document.locator).sorted())
        for threads in [2, 5, 8] {
            limits.threads = threads
            #expect(try Ground.intake(limits).read(drop: folder.path) == alone)
        }
    }

    @Test func `hands over each source once and reports every file`() throws {
        let folder = try drop()
        let seen = Mutex<[String: Int]>([:])
        let last = Mutex(Progress())
        let readings = try Ground.intake().read(
            drop: folder.path, progress: { p in last.withLock { $0 = p } },
            source: { hash, bytes in
                #expect(Digest.hex(Digest.sha256(bytes)) == hash)
                seen.withLock { $0[hash, default: 0] += 1 }
            })
        #expect(seen.withLock { Array($0.values) }.allSatisfy { $0 == 1 })
        #expect(Set(readings.map(\.document.source)) == Set(seen.withLock { $0.keys }))
        #expect(last.withLock { $0 } == Progress(files: 22, of: 22, documents: 30))
    }

    @Test func `the same bytes under two names are two documents`() throws {
        let folder = try Folder()
        try folder.write("a.edi", Ground.order)
        try folder.write("b/c.txt", Ground.order)
        let readings = try Ground.intake().read(drop: folder.path)
        #expect(readings.map(\.document.locator.description) == ["a.edi, message 1", "b/c.txt, message 1"])
        #expect(Set(readings.map(\.document.id)).count == 2)
        #expect(Set(readings.map(\.document.digest)).count == 1)
    }

    @Test func `what cannot be identified is one unknown document`() throws {
        let folder = try Folder()
        try folder.write("a.edi", Array("Customer;No\n17;0.5\n".utf8))
        try folder.write("b.edi", [0, 1, 2, 3, 4, 200, 201])
        let readings = try Ground.intake().read(drop: folder.path)
        #expect(readings.map { $0.document.findings.map(\.code) } == [["unreadable"], ["unreadable"]])
        #expect(readings.allSatisfy { $0.document.format == .unknown && $0.document.status == .rejected })
    }

    @Test func `attachments of mails are read under their part`() throws {
        let folder = try Folder()
        try folder.write("m.eml", Ground.mail)
        let at = Locator(path: "m.eml")
        let answer = Extracted(
            readings: [Reading(Document(locator: at, format: .email, type: "correspondence"))],
            attachments: [
                Attachment(locator: Locator(path: "m.eml", part: "2"), name: "a.edi", bytes: Ground.order),
                Attachment(
                    locator: Locator(path: "m.eml", part: "3"), name: "b.zip",
                    bytes: Packing.zip([.init(name: "c.edi", bytes: Ground.edifact)])),
                Attachment(locator: at, name: "../d.edi", bytes: Ground.order),
                Attachment(locator: at, name: "d.edi", bytes: Ground.order),
            ])
        var first = answer.frame
        guard case .object(var header) = first.header else { return }
        header["request"] = .int(1)
        first.header = .object(header)
        let script = try folder.script("\(`A worker`.ready); sleep 0.1; \(`A worker`.answering(first)); wait")
        let readings = try Ground.intake(reader: script).read(drop: folder.path)
        #expect(
            readings.map(\.document.locator) == [
                Locator(path: "m.eml"), Locator(path: "m.eml", part: "2", message: 1),
                Locator(path: "m.eml", part: "3!c.edi", message: 1), Locator(path: "m.eml!d.edi", message: 1),
                Locator(path: "m.eml!d.edi (2)", message: 1),
            ])
    }

    @Test func `damaged files of every kind end as documents`() throws {
        let folder = try Folder()
        var seed: UInt64 = 41
        func random(_ n: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % n
        }
        let xml = Array("<?xml version=\"1.0\"?><Invoice><ID>1</ID><Line n=\"1\">x &amp; y</Line></Invoice>".utf8)
        let samples = [Ground.order, Ground.edifact, xml, Packing.zip([.init(name: "a", bytes: Ground.order)])]
        for n in 0..<160 {
            var bytes = samples[n % samples.count]
            for _ in 0..<(1 + n % 5) { bytes[random(bytes.count)] = UInt8(random(256)) }
            if n % 3 == 0 { bytes = Array(bytes.prefix(random(bytes.count))) }
            try folder.write("\(n)", bytes)
        }
        let script = try folder.script("exit 1")
        let readings = try Ground.intake(reader: script).read(drop: folder.path)
        let files = Set(readings.map { $0.document.locator.path.split(separator: "!")[0] })
        #expect(files.count == 160)
        for r in readings where r.document.type == "unknown" { #expect(!r.document.findings.isEmpty) }
    }
}
