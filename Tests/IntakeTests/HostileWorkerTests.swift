import Foundation
import Schemas
import Testing
import Vocabulary

@testable import Intake

/// What documents do here they do to a worker of their own build: `hostile-reader` (Tests/HostileReader), which stands under the
/// same limits as the real one.
@Suite(.enabled(if: Ground.hasHostileWorker, "hostile-reader is not built"))
struct `A hostile document` {
    static let quick: Limits = {
        var l = Limits()
        l.threads = 1
        l.workerCPU = 1
        l.workerWall = 60
        l.workerMemory = 512 << 20
        return l
    }()

    /// A drop of PDFs, each with an order to its worker, in this order.
    func read(_ orders: [String], _ change: (inout Limits) -> Void = { _ in }) throws -> [Document] {
        let folder = try Folder()
        for (i, order) in orders.enumerated() {
            try folder.write("\(i).pdf", Array("%PDF-1.4\n% \(i) do:\(order)\n".utf8))
        }
        var limits = Self.quick
        change(&limits)
        return try Ground.intake(limits, reader: Ground.hostileWorker).read(drop: folder.path).map(\.document)
    }

    @Test(arguments: [
        ("bad-store", "worker-died", "signal 11"), ("abort", "worker-died", "signal 6"),
        ("exit", "worker-died", "status 3"), ("kill", "worker-died", "signal 9"),
        ("deep", "worker-died", "signal 11"), ("close", "worker-died", "status 0"),
        ("loop", "worker-timeout", "processor time"), ("eat", "worker-memory", "512 MiB"),
        ("gulp", "worker-memory", "512 MiB"), ("garbage", "worker-died", "makes no sense"),
        ("half", "worker-died", "status 0"), ("claim", "worker-died", "too large"),
        ("nonsense", "worker-died", "makes no sense"), ("lie", "worker-died", "makes no sense"),
        ("nested", "worker-died", "makes no sense"),
    ])
    func `costs itself and no other`(_ order: String, _ code: String, _ words: String) throws {
        let documents = try read(["nothing", order, "nothing"])
        #expect(documents.map(\.status) == [.accepted, .rejected, .accepted])
        #expect(documents.map(\.type) == ["proof-of-delivery", "unknown", "proof-of-delivery"])
        #expect(documents.map(\.format) == [.pdf, .pdf, .pdf])
        #expect(documents[1].findings.map(\.code) == [code])
        #expect(documents[1].findings.map(\.severity) == [.critical])
        #expect(documents[1].findings.allSatisfy { $0.message.contains(words) }, "\(documents[1].findings)")
    }

    @Test(arguments: ["sleep", "half-and-wait"])
    func `that never ends is given up`(_ order: String) throws {
        let documents = try read([order, "nothing"]) { $0.workerWall = 1 }
        #expect(documents.map { $0.findings.map(\.code) } == [["worker-timeout"], []])
    }

    @Test func `gets time for what it honestly needs`() throws {
        #expect(try read(["loop-when-granted"]).map(\.status) == [.accepted])
    }

    @Test func `is tried again, alone, in a new worker`() throws {
        let folder = try Folder()
        let documents = try read(["nothing", "fail-first=\(folder.path)/flag", "nothing"])
        #expect(documents.map(\.status) == [.accepted, .accepted, .accepted])
        #expect(documents[0].number != documents[1].number)
        #expect(documents[1].number == documents[2].number)
    }

    @Test func `cannot write into the talk by what it prints`() throws {
        let documents = try read(["print", "nothing"])
        #expect(documents.map(\.status) == [.accepted, .accepted])
        #expect(documents[0].number == documents[1].number)
    }

    @Test func `cannot answer for the next one`() throws {
        let documents = try read(["twice", "nothing"])
        #expect(documents[0].findings.map(\.code) == ["worker-died"])
        #expect(documents[1].number != "first")
        #expect(documents[1].status == .accepted)
    }

    @Test func `cannot write files`() throws {
        let folder = try Folder()
        #expect(try read(["files=\(folder.path)/file"]).map(\.number) == ["refused"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/file")).isEmpty)
    }

    @Test(arguments: ["fork", "fork-and-end"])
    func `leaves no process behind`(_ order: String) throws {
        let folder = try Folder()
        let documents = try read(["\(order)=\(folder.path)", "nothing"])
        // The end of a worker is seen although its child still holds the socket.
        if order == "fork-and-end" {
            #expect(documents[0].findings.map(\.message).allSatisfy { $0.contains("status 3") })
        }
        #expect(documents[1].status == .accepted)
        for child in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            #expect(Self.isGone(child), "process \(child)")
        }
    }

    /// Killed processes vanish, or stay as a name without a body where nobody waits for orphans.
    static func isGone(_ process: String) -> Bool {
        for _ in 0..<500 {
            guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
            if stat.contains(") Z ") { return true }
            usleep(10_000)
        }
        return false
    }

    @Test func `after which much memory is held ends its worker`() throws {
        let light = try read(["keep=1", "nothing"])
        #expect(light[0].number == light[1].number)
        let heavy = try read(["keep=100", "nothing"]) { $0.workerResident = 64 << 20 }
        #expect(heavy.map(\.status) == [.accepted, .accepted])
        #expect(heavy[0].number != heavy[1].number)
    }

    @Test func `after many others gets a new worker`() throws {
        let documents = try read(["nothing", "nothing", "nothing"]) { $0.workerDocuments = 2 }
        #expect(documents[0].number == documents[1].number)
        #expect(documents[1].number != documents[2].number)
    }

    @Test func `is read under the user's policy`() throws {
        var proofs = ProofPolicy()
        proofs.pages = 7
        proofs.languages = ["pol"]
        let documents = try read(["policy"]) { $0.proofs = proofs }
        let told = try JSON(parsing: Array((documents[0].number ?? "").utf8))
        #expect(ProofPolicy(json: told) == proofs)
    }

    @Test func `that is too large is refused by that name`() throws {
        let documents = try read(["nothing"]) { $0.paperBytes = 10 }
        #expect(documents.map { $0.findings.map(\.code) } == [["file-too-large"]])
        #expect(documents[0].status == .rejected)
    }

    @Test func `does not fill the program's own memory`() throws {
        // The claim is of 4 GiB, and is not believed; other tests run in this process too.
        let before = Ground.peakMemory
        _ = try read(["claim", "claim", "nested"])
        #expect(Ground.peakMemory - before < 2 << 30)
    }
}
