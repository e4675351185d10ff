import EDI
import EDIReader
import Feeds
import Foundation
import Schemas
import Testing
import Vocabulary

@Suite struct AcknowledgementTests {
    static let schemas = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../schemas").standardizedFileURL

    static func files() throws -> SchemaFiles {
        var texts: [String: String] = [:]
        let all = FileManager.default.enumerator(atPath: schemas.path())
        while let path = all?.nextObject() as? String {
            guard path.hasSuffix(".yaml") else { continue }
            texts[path] = String(decoding: try Data(contentsOf: schemas.appending(path: path)), as: UTF8.self)
        }
        return SchemaFiles(texts)
    }

    private let asOf = Moment(epochSeconds: 1_774_951_500)  // 2026-03-31T10:05Z

    /// The answer to the first interchange, its policy laid over the default one.
    private func answer(_ text: String, policy: String = "{}", adding: [SyntaxFinding] = []) throws -> (
        answer: Acknowledgement, text: String
    ) {
        let files = try Self.files()
        let rules = try Policy(files, overlay: try Node(yaml: policy, file: "policy.yaml"))
        let t = Transmission(Array(text.utf8))
        var reader = try EDIReader(files)
        let received = try #require(
            Received.all(t, findings: t.findings + reader.mapFindings(t) + adding).first)
        let a = try #require(try Acknowledger(files, policy: rules).answer(received, control: 7, asOf: asOf))
        #expect(Transmission(a.bytes).findings.filter { $0.code != "test-indicator" }.isEmpty)
        return (a, String(decoding: a.bytes, as: UTF8.self))
    }

    private func isa(_ version: String = "00401", wants: String = "0", test: String = "P") -> String {
        "ISA*00*          *00*          *01*123456789      *ZZ*OURSELVES      *260131*1005*U*\(version)*000000012*\(wants)*\(test)*:~"
    }

    private func x12(
        _ sets: String, count: Int, version: String = "004010", end: String = "IEA*1*000000012~", wants: String = "0",
        test: String = "P"
    ) -> String {
        isa(wants: wants, test: test) + "GS*PO*SND*US*20260131*1005*34*X*\(version)~" + sets + "GE*\(count)*34~" + end
    }

    private let good = "ST*850*0001~BEG*00*SA*PO4711**20260131~PO1*1*10*EA*9.95~CTT*1~SE*5*0001~"
    private let bad = "ST*850*0002~BEG*00*SA*PO4712**20260131~PO1*1*10*EA*9.95~CTT*1~SE*9*0002~"

    private func body(_ text: String) -> [String] {
        text.split(separator: "~").map(String.init).filter {
            $0.hasPrefix("AK") || $0.hasPrefix("IK") || $0.hasPrefix("TA1")
        }
    }

    @Test func `what is wrong with one group's trailer is told to that group alone`() throws {
        let two = "GS*PO*SND*US*20260131*1005*35*X*004010~" + good + "GE*1*35~"
        let a = try answer(x12(good, count: 2, end: two + "IEA*2*000000012~"))
        #expect(body(a.text).filter { $0.hasPrefix("AK9") } == ["AK9*E*2*1*1*5", "AK9*A*1*1*1"])
        #expect(a.answer.verdict == .acceptedWithErrors)
    }

    @Test func `groups of different parties and versions are answered in groups of their own`() throws {
        let two = "GS*PO*OTHER*US*20260131*1005*35*X*005010~" + good + "GE*1*35~"
        let a = try answer(x12(good, count: 1, end: two + "IEA*2*000000012~"))
        #expect(
            a.text.split(separator: "~").filter { $0.hasPrefix("GS") } == [
                "GS*FA*US*SND*20260331*1005*7001*X*004010", "GS*FA*US*OTHER*20260331*1005*7002*X*005010",
            ])
    }

    @Test func `an ISA keeps its 106 bytes, whatever the partner's says`() throws {
        let a = try answer(
            x12(good, count: 1).replacing("*00401*", with: "*401*").replacing("*U*401", with: "*U*401"))
        #expect(Array(a.text.utf8)[105] == UInt8(ascii: "~"))
    }

    @Test func `a good group is accepted, with ids and versions turned round`() throws {
        let a = try answer(x12(good, count: 1))
        #expect(a.answer.verdict == .accepted)
        #expect(a.answer.kinds == ["997"])
        #expect(
            a.text.hasPrefix(
                "ISA*00*          *00*          *ZZ*OURSELVES      *01*123456789      *260331*1005*U*00401*000000007*0*P*:~GS*FA*US*SND*20260331*1005*7*X*004010~ST*997*0001~"
            ))
        #expect(body(a.text) == ["AK1*PO*34", "AK2*850*0001", "AK5*A", "AK9*A*1*1*1"])
    }

    @Test func `a set that its trailer contradicts is rejected, its neighbour is not`() throws {
        let a = try answer(x12(good + bad, count: 2))
        #expect(
            body(a.text) == [
                "AK1*PO*34", "AK2*850*0001", "AK5*A", "AK2*850*0002", "AK5*R*4", "AK9*P*2*2*1",
            ])
        #expect(a.answer.rejected == 1)
        #expect(a.answer.messages == 2)
    }

    @Test func `what the map cannot do without rejects too`() throws {
        let a = try answer(x12(good.replacing("BEG*00*SA*PO4711**20260131", with: "BEG*00*SA***20260131"), count: 1))
        #expect(body(a.text) == ["AK1*PO*34", "AK2*850*0001", "AK5*R*5", "AK9*R*1*1*0"])
    }

    @Test func `errors of segments and elements are told with their places`() throws {
        func f(_ code: String, _ element: Int?) -> SyntaxFinding {
            SyntaxFinding(
                code, .warning, "", offset: 0, messages: 0..<1, segment: 3, tag: "PO1", element: element)
        }
        let findings = [f("element-too-long", 4), f("element-type", 2)]
        let a = try answer(x12(good, count: 1), adding: findings)
        #expect(
            body(a.text) == [
                "AK1*PO*34", "AK2*850*0001", "AK3*PO1*3**8", "AK4*4**5*9.95", "AK4*2**6*10", "AK5*E*5", "AK9*E*1*1*1",
            ])
        let b = try answer(x12(good, count: 1), adding: [f("segment-order", nil)])
        #expect(body(b.text).contains("AK3*PO1*3**7"))
    }

    @Test func `the partner's policy chooses 999 and TA1`() throws {
        let policy = "acknowledgements: {partners: {\"123456789\": {x12: \"999\", ta1: always}}}"
        let a = try answer(x12(good, count: 1, version: "005010"), policy: policy)
        #expect(a.answer.kinds == ["TA1", "999"])
        #expect(a.text.contains("~TA1*000000012*260131*1005*A*000~GS*FA*"))
        #expect(a.text.contains("ST*999*0001*005010~"))
        #expect(body(a.text).suffix(4) == ["AK1*PO*34*005010", "AK2*850*0001", "IK5*A", "AK9*A*1*1*1"])
    }

    @Test func `a 999 follows the guide of what it answers, and names it set by set`() throws {
        let policy = "acknowledgements: {default: {x12: \"999\"}}"
        let sets = good.replacing("ST*850*0001~", with: "ST*850*0001*005010X999~")
        let a = try answer(x12(sets, count: 1, version: "005010X999"), policy: policy)
        #expect(a.text.contains("*X*005010X231A1~ST*999*0001*005010X231A1~"))
        #expect(body(a.text).prefix(2) == ["AK1*PO*34*005010X999", "AK2*850*0001*005010X999"])
    }

    @Test func `a group without sets is answered`() throws {
        #expect(try body(answer(x12("", count: 0)).text) == ["AK1*PO*34", "AK9*A*0*0*0"])
        #expect(try body(answer(x12("", count: 2)).text) == ["AK1*PO*34", "AK9*R*2*0*0*5"])
    }

    @Test func `an interchange whose trailer is wrong gets a TA1 with its note`() throws {
        let a = try answer(x12(good, count: 1, end: "IEA*1*000000099~"))
        #expect(a.text.contains("TA1*000000012*260131*1005*E*001~"))
        let cut = try answer(x12(good, count: 1, end: ""))
        #expect(cut.text.contains("TA1*000000012*260131*1005*E*023~"))
        let asked = try answer(
            x12(good, count: 1, wants: "1"), policy: "acknowledgements: {default: {ta1: asked}}")
        #expect(asked.answer.kinds == ["TA1", "997"])
    }

    @Test func `test traffic is answered as test traffic`() throws {
        #expect(try answer(x12(good, count: 1, test: "T")).text.contains("*0*T*:~"))
    }

    @Test func `acknowledgements are not acknowledged`() throws {
        let files = try Self.files()
        let acknowledger = try Acknowledger(files, policy: try Policy(files))
        let nines = x12("ST*997*0001~AK1*PO*1~AK9*A*1*1*1~SE*4*0001~", count: 1)
        let ta1 = isa() + "TA1*000000009*260131*1005*R*022~IEA*0*000000012~"
        let contrl = "UNB+UNOC:3+A+B+260131:1005+R1'UNH+1+CONTRL:D:3:UN'UCI+1+A+B+7'UNT+3+1'UNZ+1+R1'"
        for text in [nines, ta1, contrl] {
            let t = Transmission(Array(text.utf8))
            let received = Received.all(t, findings: t.findings)[0]
            #expect(acknowledger.answer(received, control: 1, asOf: asOf) == nil)
        }
    }

    @Test func `missing segments are told by their own names, in order`() throws {
        func f(_ tag: String, _ segment: Int) -> SyntaxFinding {
            SyntaxFinding("segment-missing", .warning, "", offset: 0, messages: 0..<1, segment: segment, tag: tag)
        }
        let a = try answer(x12(good, count: 1), adding: [f("PO1", 4), f("BEG", 2), f("CUR", 2)])
        #expect(body(a.text).filter { $0.hasPrefix("AK3") } == ["AK3*BEG*2**3", "AK3*CUR*2**3", "AK3*PO1*4**3"])
    }

    @Test func `an interchange's missing trailer is no fault of its groups`() throws {
        let a = try answer(x12(good, count: 1, end: ""))
        #expect(body(a.text).last == "AK9*A*1*1*1")
    }

    @Test func `what is not read is not called accepted`() throws {
        let a = try answer(x12(good.replacing("ST*850", with: "ST*943"), count: 1))
        #expect(body(a.text) == ["AK1*PO*34", "AK2*943*0001", "AK5*R*1", "AK9*R*1*1*0"])
    }

    @Test func `an interchange without sets gets a TA1 where its envelope is wrong`() throws {
        let a = try answer(isa() + "IEA*3*000000099~")
        #expect(a.answer.kinds == ["TA1"])
        #expect(a.text.contains("TA1*000000012*260131*1005*E*0"))
    }

    @Test func `999 is for releases that know it`() throws {
        let policy = "acknowledgements: {default: {x12: \"999\"}}"
        #expect(try answer(x12(good, count: 1), policy: policy).answer.kinds == ["997"])
    }

    // MARK: EDIFACT

    @Test func `a message's error is none of the interchange's, and routing addresses go along`() throws {
        let f = SyntaxFinding(
            "element-too-long", .warning, "", offset: 0, messages: 0..<1, segment: 2, tag: "BGM", element: 1)
        let a = try answer(
            edifact(order).replacing("4000000000013:14", with: "4000000000013:14:SUB"), adding: [f])
        #expect(a.text.contains("'UCI+R1+4000000000013:14:SUB+4000000000020:14+7'"))
        #expect(a.text.contains("+4000000000020:14+4000000000013:14:SUB+"))
    }

    private func edifact(_ messages: String, _ n: Int = 1, syntax: String = "UNOC:3") -> String {
        "UNB+\(syntax)+4000000000013:14+4000000000020:14+260131:1005+R1'" + messages + "UNZ+\(n)+R1'"
    }

    private let order = "UNH+M1+ORDERS:D:96A:UN:EAN008'BGM+220+PO?+1+9'DTM+137:20260131:102'UNT+4+M1'"

    @Test func `CONTRL acknowledges an interchange with its parties turned round`() throws {
        let a = try answer(edifact(order))
        #expect(
            a.text
                == "UNB+UNOC:3+4000000000020:14+4000000000013:14+260331:1005+7'UNH+1+CONTRL:D:3:UN'UCI+R1+4000000000013:14+4000000000020:14+7'UNT+3+1'UNZ+1+7'"
        )
    }

    @Test func `CONTRL rejects single messages with the place of their errors`() throws {
        let wrong = order.replacing("M1", with: "M2").replacing("UNT+4", with: "UNT+3")
        let a = try answer(edifact(order + wrong, 2))
        #expect(
            a.text.contains(
                "'UCI+R1+4000000000013:14+4000000000020:14+7'UCM+M2+ORDERS:D:96A:UN:EAN008+4+29+UNT'UNT+4+1'"))
        let f = SyntaxFinding(
            "element-missing", .critical, "", offset: 0, messages: 0..<1, segment: 2, tag: "BGM", element: 2,
            component: 1)
        let b = try answer(edifact(order), adding: [f])
        #expect(b.text.contains("'UCM+M1+ORDERS:D:96A:UN:EAN008+4+13'UCS+2'UCD+13+3:1'UNT+6+1'"))
    }

    @Test func `syntax version 4 is answered in its own form, and counts that are wrong are told`() throws {
        let a = try answer("UNA:+.?*'" + edifact(order, 3, syntax: "UNOC:4"))
        #expect(a.text.contains("'UNH+1+CONTRL:4:1:UN'UCI+R1+4000000000013:14+4000000000020:14+7+29'"))
        #expect(a.text.contains("+20260331:1005+7'"))
    }

    @Test func `our answers are read as acknowledgements by the maps`() throws {
        var reader = try EDIReader(try Self.files())
        for text in [x12(good + bad, count: 2), edifact(order)] {
            let a = try answer(text)
            let readings = reader.read(a.answer.bytes, at: Locator(path: "a"), source: "")
            #expect(readings.allSatisfy { $0.document.status == .accepted })
            #expect(readings.flatMap(\.events).map(\.type).allSatisfy { $0 == "exchange.acknowledged" })
            #expect(!readings.flatMap(\.events).isEmpty)
        }
    }
}
