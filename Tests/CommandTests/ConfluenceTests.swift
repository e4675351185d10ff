import Coordination
import Foundation
import Intake
import Pipeline
import Schemas
import Testing
import Vocabulary

/// Order, split and repetition of the samples change nothing.
@Suite struct ConfluenceTests {
    private static func schemas() throws -> SchemaFiles {
        try SchemaFolder(given: Program.package + "/schemas", environment: nil, executable: Program.path).files
    }

    private static func bytes(_ r: Results) -> [UInt8] {
        var out: [UInt8] = []
        for row in r.events { out += row.content + [10] }
        for row in r.documents + r.entities.map(\.json) + r.links.map(\.json) + r.exceptions.map(\.json)
            + r.readiness.map(\.json)
        {
            row.write(to: &out)
            out.append(10)
        }
        return out
    }

    @Test func twoHundredOrdersOfTheSamplesGiveTheSameBytes() throws {
        let schemas = try ConfluenceTests.schemas()
        let readings = try Intake(schemas, reader: Program.products.appending(path: "interline-reader").path)
            .read(drop: SampleDropTests.drop)
        #expect(readings.count > 40)
        let coordinator = try Coordinator(schemas, policy: Policy(schemas))
        let asOf = try #require(Moment(iso: SampleDropTests.asOf))
        let wanted = ConfluenceTests.bytes(
            coordinator.coordinate(readings, survey: coordinator.survey(readings), asOf: asOf))
        var random = Mixer(state: 20_260_331)
        for n in 0..<200 {
            var shuffled = readings.shuffled(using: &random)
            if n % 3 == 0 { shuffled += shuffled.prefix(n % 40) }
            let got = ConfluenceTests.bytes(
                coordinator.coordinate(shuffled, survey: coordinator.survey(shuffled), asOf: asOf))
            let same = got == wanted
            #expect(same, "shuffle \(n)")
            if !same { return }
        }
    }

    /// The drop cut into two to four runs over one ledger, some of them repeated.
    @Test(arguments: 0..<10)
    func wholeRunsOverSplitsAndRepeatsGiveTheSameBytes(_ n: Int) throws {
        let scratch = try Scratch()
        var random = Mixer(state: UInt64(n) + 1)
        var parts: [[String]] = Array(repeating: [], count: 2 + n % 3)
        for file in try FileManager.default.subpathsOfDirectory(atPath: SampleDropTests.drop).sorted() {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(SampleDropTests.drop)/\(file)", isDirectory: &isFolder)
            if !isFolder.boolValue { parts[Int(random.next() % UInt64(parts.count))].append(file) }
        }
        var runs = Array(parts.indices)
        if n % 2 == 0 { runs.append(Int(random.next() % UInt64(parts.count))) }
        for (i, files) in parts.enumerated() {
            for f in files {
                let to = URL(filePath: scratch.path("part\(i)/\(f)"))
                try FileManager.default.createDirectory(
                    at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: URL(filePath: "\(SampleDropTests.drop)/\(f)"), to: to)
            }
        }
        for i in runs {
            let outcome = try SampleDropTests.run(
                scratch.path("part\(i)"), scratch.path("out"), ["--store", scratch.path("ledger.db")])
            #expect(outcome.status == 0, "\(outcome.err)")
        }
        for name in RunTests.names {
            let same = scratch.bytes("out/\(name).ndjson") == SampleDropTests.bytes(SampleDropTests.expected, name)
            #expect(same, "\(name) after runs \(runs)")
        }
    }
}

/// The same numbers every time (SplitMix64).
struct Mixer: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
