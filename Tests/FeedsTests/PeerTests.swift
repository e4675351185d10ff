import EDI
import Feeds
import Foundation
import Schemas
import Testing
import Vocabulary

/// What we write is read by readers that are not ours. `make peers` sets them up and runs this.
@Suite struct PeerTests {
    static let folder = ProcessInfo.processInfo.environment["INTERLINE_PEERS"]

    private func x12(_ sets: String, _ count: Int) -> String {
        "ISA*00*          *00*          *01*123456789      *ZZ*OURSELVES      *260131*1005*U*00401*000000012*0*P*:~"
            + "GS*PO*SND*US*20260131*1005*34*X*004010~" + sets + "GE*\(count)*34~IEA*1*000000012~"
    }

    @Test(.enabled(if: folder != nil, "INTERLINE_PEERS names no venv with pyx12 and pydifact; make peers does"))
    func `pyx12 and pydifact find nothing wrong with our acknowledgements`() throws {
        let files = try AcknowledgementTests.files()
        let good = "ST*850*0001~BEG*00*SA*PO4711**20260131~PO1*1*10*EA*9.95~CTT*1~SE*5*0001~"
        let order = "UNH+M1+ORDERS:D:96A:UN'BGM+220+PO?+1+9'DTM+137:20260131:102'UNT+4+M1'"
        func edifact(_ s: String) -> String {
            "UNB+UNOC:3+4000000000013:14+4000000000020:14+260131:1005+R1'" + s + "UNZ+1+R1'"
        }
        let inputs = [
            x12(good, 1), x12(good + good.replacing("0001", with: "0002").replacing("SE*5", with: "SE*9"), 2),
            edifact(order), edifact(order.replacing("UNT+4", with: "UNT+3")),
        ]
        let out = FileManager.default.temporaryDirectory.appending(path: "peers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: out) }
        let acknowledger = try Acknowledger(files, policy: try Policy(files))
        var paths: [String] = []
        for (n, text) in inputs.enumerated() {
            let t = Transmission(Array(text.utf8))
            let received = Received.all(t, findings: t.findings)[0]
            let asOf = Moment(epochSeconds: 1_774_951_500)
            let a = try #require(acknowledger.answer(received, control: 7, asOf: asOf))
            paths.append(out.appending(path: "\(n).edi").path())
            try Data(a.bytes).write(to: URL(filePath: paths[n]))
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peers.py")
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.folder)).appending(path: "bin/python")
        process.arguments = [script.path()] + paths
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            said.split(separator: "\n").map(String.init) == [
                "ISA GS ST AK1 AK2 AK5 AK9 SE GE IEA|[]", "ISA GS ST AK1 AK2 AK5 AK2 AK5 AK9 SE GE IEA|[]", "UCI|[]",
                "UCI UCM|[]",
            ])
    }
}
