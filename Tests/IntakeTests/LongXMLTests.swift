import Foundation
import Schemas
import Synchronization
import Testing
import Vocabulary

@testable import Intake

/// Rows of XML files that are longer than what is read whole.
@Suite struct LongXMLTests {
    private static let declaration = """
        <Declaration><FunctionCode>9</FunctionCode><FunctionalReferenceID>L1</FunctionalReferenceID>\
        <GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric></GovernmentAgencyGoodsItem>\
        </GoodsShipment></Declaration>

        """

    /// Documents and events as they are written.
    private func rows(_ files: [(name: String, text: [UInt8])]) throws -> (
        documents: [JSON], events: Int, tally: ReadTally
    ) {
        let folder = NSTemporaryDirectory() + "long-xml-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for f in files { try Data(f.text).write(to: URL(filePath: "\(folder)/\(f.name)")) }
        var limits = Limits()
        limits.threads = 2
        let stage = try ReadStage(Ground.schemas, limits: limits)
        let out = Mutex<(documents: [UInt8], events: [UInt8])>(([], []))
        let tally = try stage.read(try Drop.walk(folder), progress: { _ in }) { d, e in
            out.withLock {
                $0.documents += d
                $0.events += e
            }
        }
        let (documents, events) = out.withLock { $0 }
        let parsed = try documents.split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
        return (parsed, events.split(separator: 0x0A).count, tally)
    }

    @Test func aLongFileIsWrittenInOrderBesideOthers() throws {
        let count = Limits.whole / Self.declaration.utf8.count + 100
        let long = Array("<Batch>\(String(repeating: Self.declaration, count: count))</Batch>".utf8)
        let short = Array(Self.declaration.utf8)
        let (documents, events, tally) = try rows([("a.xml", short), ("b.xml", long), ("c.xml", short)])
        #expect(tally.total.documents == count + 2)
        #expect(events == count + 2)
        #expect(documents.map { $0["path"]?.string } == ["a.xml"] + Array(repeating: "b.xml", count: count) + ["c.xml"])
        #expect(documents.dropFirst().dropLast().map { $0["message"]?.int } == (1...count).map { $0 })
        #expect(documents.allSatisfy { $0["source"]?.string?.count == 64 })
    }

    @Test func aLongFileThatIsCutOffSaysSo() throws {
        let count = Limits.whole / Self.declaration.utf8.count + 100
        let cut = Array("<Batch>\(String(repeating: Self.declaration, count: count))<Declaration><TypeCode>".utf8)
        let (documents, _, tally) = try rows([("b.xml", cut)])
        #expect(tally.total.rejected == 1)
        #expect(documents.last?["findings"]?.items.first?["code"]?.string == "truncated")
    }
}
