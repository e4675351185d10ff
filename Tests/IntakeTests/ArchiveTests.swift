import Testing
import Vocabulary

@testable import Intake

@Suite struct `An archive` {
    func read(_ name: String, _ bytes: [UInt8], _ limits: Limits = Limits()) throws -> [Reading] {
        let folder = try Folder()
        try folder.write(name, bytes)
        return try Ground.intake(limits).read(drop: folder.path)
    }

    func codes(_ readings: [Reading]) -> [String: [String]] {
        Dictionary(grouping: readings, by: \.document.locator.path).mapValues {
            $0.flatMap { $0.document.findings.map(\.code) }
        }
    }

    @Test func `gives its members as documents and is none itself`() throws {
        let zip = Packing.zip([
            .init(name: "in/a.edi", bytes: Ground.order), .init(name: "b.dat", bytes: Ground.edifact),
            .init(name: "in/", bytes: []),
        ])
        let readings = try read("x.zip", zip)
        #expect(readings.map(\.document.locator.path) == ["x.zip!b.dat", "x.zip!in/a.edi"])
        #expect(readings.map(\.document.locator.message) == [1, 1])
    }

    @Test func `of one compressed file names it after itself`() throws {
        let readings = try read("orders.edi.gz", Packing.gzip(Ground.order))
        #expect(readings.map(\.document.locator.path) == ["orders.edi.gz!orders.edi"])
    }

    @Test func `compressed twice is opened as one`() throws {
        let readings = try read("x.tar.gz", Packing.gzip(Packing.tar("a.edi", Ground.order)))
        #expect(readings.map(\.document.locator.path) == ["x.tar.gz!a.edi"])
    }

    @Test func `in an archive nests, up to three`() throws {
        var bytes = Packing.zip([.init(name: "a.edi", bytes: Ground.order)])
        for n in ["3.zip", "2.zip"] { bytes = Packing.zip([.init(name: n, bytes: bytes)]) }
        #expect(try read("1.zip", bytes).map(\.document.locator.path) == ["1.zip!2.zip!3.zip!a.edi"])
        let deeper = Packing.zip([.init(name: "1.zip", bytes: bytes)])
        #expect(codes(try read("0.zip", deeper)) == ["0.zip!1.zip!2.zip!3.zip": ["nested-too-deep"]])
    }

    @Test func `of nothing is one unknown document`() throws {
        #expect(codes(try read("x.zip", Packing.zip([]))) == ["x.zip": ["empty-archive"]])
    }

    @Test func `with an empty member says so`() throws {
        #expect(codes(try read("x.zip", Packing.zip([.init(name: "a", bytes: [])]))) == ["x.zip!a": ["empty-file"]])
    }

    @Test func `cannot write outside`() throws {
        let readings = try read("x.zip", Packing.zip([.init(name: "../../a.edi", bytes: Ground.order)]))
        #expect(readings.map(\.document.locator.path) == ["x.zip!a.edi"])
        #expect(readings.first?.document.findings.map(\.code).contains("unsafe-member-name") == true)
    }

    @Test func `with one name twice keeps both`() throws {
        let zip = Packing.zip([.init(name: "a.edi", bytes: Ground.order), .init(name: "a.edi", bytes: Ground.edifact)])
        #expect(try read("x.zip", zip).map(\.document.locator.path) == ["x.zip!a.edi", "x.zip!a.edi (2)"])
    }

    @Test func `that is encrypted or damaged names the member`() throws {
        let zip = Packing.zip([
            .init(name: "a.edi", bytes: Ground.order, encrypted: true),
            .init(name: "b.edi", bytes: Ground.order, damaged: true),
            .init(name: "c.edi", bytes: Ground.order),
        ])
        let found = codes(try read("x.zip", zip))
        #expect(found["x.zip!a.edi"] == ["encrypted"])
        #expect(found["x.zip!b.edi"]?.contains("broken-member") == true)
        #expect(found.keys.contains("x.zip!c.edi"))
    }

    @Test func `that is a Word file is not read`() throws {
        let zip = Packing.zip([.init(name: "first.bin", bytes: [1]), .init(name: "[Content_Types].xml", bytes: [0x20])])
        #expect(codes(try read("x", zip)) == ["x": ["format-not-read"]])
    }

    @Test func `stops at its limits and says so`() throws {
        let members = (1...5).map { Packing.Member(name: "\($0).edi", bytes: Ground.order) }
        var limits = Limits()
        limits.archiveEntries = 3
        let many = codes(try read("x.zip", Packing.zip(members), limits))
        #expect(many.count == 4)
        #expect(many["x.zip"] == ["archive-too-many"])
        limits = Limits()
        limits.archiveBytes = Ground.order.count * 2 + 10
        let large = codes(try read("x.zip", Packing.zip(members), limits))
        #expect(large["x.zip!3.edi"] == ["archive-too-large"])
        #expect(large["x.zip"] == ["archive-too-large"])
    }

    @Test func `that blows up is given up`() throws {
        var limits = Limits()
        limits.archiveRatioFrom = 100_000
        let found = codes(try read("x.gz", Packing.bomb(runs: 2000), limits))
        #expect(found == ["x.gz!x": ["archive-ratio"], "x.gz": ["archive-ratio"]])
    }

    @Test func `cut off or with flipped bits is read as far as it goes`() throws {
        let zip = Packing.zip((1...3).map { .init(name: "\($0).edi", bytes: Ground.order) })
        var seed: UInt64 = 2026
        for n in 0..<60 {
            var bytes = zip
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let at = Int(seed >> 33) % bytes.count
            if n % 2 == 0 { bytes = Array(bytes.prefix(at)) } else { bytes[at] ^= UInt8(1 << (n % 8)) }
            #expect(try !read("x.zip", bytes).isEmpty)
        }
    }

    @Test(arguments: [false, true]) func `of Outlook's gives its attachments`(_ longNames: Bool) throws {
        let tnef = Packing.tnef(
            [.init(name: "../orders 1.edi", bytes: Ground.order), .init(name: "x.txt", bytes: Ground.edifact)],
            longNames: longNames)
        let readings = try read("winmail.dat", tnef)
        #expect(readings.map(\.document.locator.path) == ["winmail.dat!orders 1.edi", "winmail.dat!x.txt"])
        for n in stride(from: 7, to: tnef.count, by: 13) {
            #expect(try !read("winmail.dat", Array(tnef.prefix(n))).isEmpty)
        }
    }

    @Test func `of Outlook's without attachments is not read`() throws {
        #expect(
            codes(try read("winmail.dat", Packing.tnef([], longNames: false))) == ["winmail.dat": ["format-not-read"]])
    }
}
