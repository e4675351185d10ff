import Foundation
import Schemas
import Testing
import Vocabulary

@testable import Intake

/// Hostile PDFs in the real worker: each ends in documents or in a refusal that says why.
@Suite(.enabled(if: Ground.hasWorker, "interline-reader is not built"))
struct `A PDF made to break readers` {
    /// What a refusal may be called.
    static let refusals: Set<String> = [
        "encrypted", "damaged-pdf", "file-too-large", "worker-timeout", "worker-memory", "worker-died", "xfa-form",
        "unreadable", "page-size",
    ]

    /// Reads files with little time and memory, so that bombs go off soon.
    static func read(_ files: [(name: String, bytes: [UInt8])]) throws -> [String: [Document]] {
        let folder = try Folder()
        for f in files { try folder.write(f.name, f.bytes) }
        var limits = Limits()
        limits.workerCPU = 1
        limits.workerMemory = 512 << 20
        // What is left of a page after an accident is mostly no picture that recognition makes sense of.
        limits.proofs.recognisedPages = 0
        let readings = try Ground.intake(limits, reader: Ground.worker).read(drop: folder.path)
        return Dictionary(grouping: readings.map(\.document)) { $0.locator.path }
    }

    static func check(_ name: String, _ documents: [Document]?) {
        let documents = documents ?? []
        #expect(!documents.isEmpty, "\(name) is lost")
        for d in documents {
            let critical = d.findings.filter { $0.severity == .critical }
            #expect((d.status == .rejected) == !critical.isEmpty, "\(name)")
            #expect(critical.allSatisfy { refusals.contains($0.code) && !$0.message.isEmpty }, "\(name): \(critical)")
            #expect(d.type != "unknown" || !d.findings.isEmpty, "\(name) says nothing")
        }
    }

    @Test func `ends in documents or a named refusal, and harms no file beside it`() throws {
        let all = HostilePDF.all + [("zz-good", HostilePDF.good)]
        let found = try Self.read(all)
        for f in all { Self.check(f.name, found[f.name]) }
        #expect(found["zz-good"]?.map(\.type) == ["proof-of-delivery"])
        for (name, code) in [
            ("many", "pages-cut"), ("embedded", "embedded-files-cut"), ("box-endless", "page-size"),
            ("box-speck", "page-size"), ("catalog-loop", "damaged-pdf"), ("forms-doubling", "worker-timeout"),
            ("content", "worker-timeout"),
        ] {
            let codes = found[name]?.flatMap { $0.findings.map(\.code) } ?? []
            #expect(codes.contains(code), "\(name): \(codes)")
        }
    }

    @Test func `is read as far as it goes where it was cut off`() throws {
        let whole = HostilePDF.good
        let files = (0..<16).map { (name: "\($0).pdf", bytes: Array(whole.prefix(whole.count * $0 / 16))) }
        let found = try Self.read(files)
        for f in files {
            if f.bytes.isEmpty {
                #expect(found[f.name]?.flatMap { $0.findings.map(\.code) } == ["empty-file"])
            } else {
                Self.check(f.name, found[f.name])
            }
        }
    }

    /// `INTERLINE_SOAK`, in seconds, has it go on with other bits each time (`make soak`).
    @Test func `is read or refused where bits of it fell over`() throws {
        let end = ContinuousClock.now + .seconds(Int(ProcessInfo.processInfo.environment["INTERLINE_SOAK"] ?? "") ?? 0)
        var round: UInt64 = 0
        repeat {
            round += 1
            var noise = Noise(seed: round)
            let files = (0..<24).map { i in
                var bytes = HostilePDF.good
                for _ in 0...noise.next(8) { bytes[9 + noise.next(bytes.count - 9)] ^= UInt8(1 << noise.next(8)) }
                return (name: "\(round)-\(i).pdf", bytes: bytes)
            }
            let found = try Self.read(files)
            for f in files { Self.check(f.name, found[f.name]) }
        } while ContinuousClock.now < end
    }

    @Test func `with junk around it is read`() throws {
        let junk = Array("HTTP noise\r\n\r\n".utf8)
        let found = try Self.read([
            ("before", junk + HostilePDF.good), ("behind", HostilePDF.good + [UInt8](repeating: 0x0A, count: 5000)),
            ("both", junk + HostilePDF.good + junk),
        ])
        #expect(
            found.mapValues { $0.map(\.type) } == [
                "before": ["proof-of-delivery"], "behind": ["proof-of-delivery"], "both": ["proof-of-delivery"],
            ])
    }
}
