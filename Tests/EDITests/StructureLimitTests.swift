import EDI
import Testing

@Suite struct StructureLimitTests {
    @Test func `findings beyond a thousand are counted`() throws {
        let body = ["BGM+220+1+9", "DTM+137:1", "LIN+1"] + Array(repeating: "ZZZ+1", count: 1500) + ["QTY+1", "UNS+S"]
        let text = StructureSamples.message(body)
        let findings = try StructureSamples.report(text, StructureSamples.edifact(), .order).report.findings
        #expect(findings.count == 1001)
        #expect(findings.last?.code == "findings-cut")
        #expect(findings.last?.text.hasPrefix("500 more") == true)
    }

    @Test func `a message of 200,000 segments is checked in one go`() throws {
        let line = ["LIN+1", "PIA+1", "QTY+5", "PRI+100"]
        let body = ["BGM+220+1+9", "DTM+137:1"] + (0..<50_000).flatMap { _ in line } + ["UNS+S"]
        let (report, structure) = try StructureSamples.report(
            StructureSamples.message(body), StructureSamples.edifact(), .order)
        #expect(StructureSamples.places(report) == ["group-repeats 40 LIN"])
        #expect(report.placements.count == 200_005)
        #expect(structure.items[report.placements[200_000].group].tag == "SG4")
    }

    @Test func `segments with very many elements, components and repetitions end`() throws {
        let long = String(repeating: "+", count: 100_000) + String(repeating: ":", count: 100_000)
        let body = ["BGM+220+1" + long, "RFF" + "+A" + String(repeating: "*B", count: 100_000), "NAD+BY+:" + long]
        let text = StructureSamples.message(body, una: "UNA:+.?*'", syntax: "UNOC:4")
        let codes = Set(try StructureSamples.report(text, StructureSamples.edifact()).report.findings.map(\.code))
        #expect(codes.contains("element-unexpected"))
    }

    @Test func `bytes of any kind give findings inside the file and never stop the check`() throws {
        let edifact = try StructureSamples.edifact()
        let x12 = try StructureSamples.x12()
        var state: UInt64 = 7
        func random(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }
        let seeds = [
            Array(
                StructureSamples.message(["BGM+220+1+9", "DTM+137:1:102", "NAD+BY+1::9", "LIN+1", "QTY+1", "UNS+S"])
                    .utf8),
            Array(StructureSamples.set(["BEG*00*SA*1**20260131", "N1*BY*A", "PO1*1*1*EA", "CTT*1"]).utf8),
        ]
        var checked = 0
        for round in 0..<2000 {
            var bytes = seeds[round % 2]
            for _ in 0...random(12) { bytes[random(bytes.count)] = UInt8(random(256)) }
            if random(3) == 0 { bytes.removeSubrange(random(bytes.count)..<bytes.count) }
            let t = Transmission(bytes)
            for (i, m) in t.messages.enumerated() {
                let tables = t.interchanges[m.interchange].standard == .x12 ? x12 : edifact
                guard let s = try tables.structure(of: m.type, version: m.version) else { continue }
                let report = StructureCheck(s).check(i, in: t)
                checked += 1
                #expect(report.placements.count == m.segments.count)
                #expect(
                    report.findings.allSatisfy {
                        $0.offset >= 0 && $0.length >= 0 && $0.offset + $0.length <= bytes.count
                    })
            }
        }
        #expect(checked > 500)
    }
}
