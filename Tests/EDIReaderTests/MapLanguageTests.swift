import EDIReader
import Schemas
import Testing
import Vocabulary

/// Maps of a few lines, and what they make of a message.
@Suite struct MapLanguageTests {
    static let words = """
        references: {purchase-order: ~, invoice: ~, asn: ~, other: ~, order-line: ~}
        parties: {buyer: ~, seller: ~, carrier: ~, sender: ~, receiver: ~, other: ~}
        dates: {issued: ~, shipped: ~, status: ~, other: ~}
        amounts: {unit-price: ~, charge: ~, total: ~}
        quantities: {ordered: ~, shipped: ~, packages: ~}
        locations: {status: ~, loading: ~}
        equipment: {sscc: ~, container: ~}
        terms: {purpose: ~, status: ~, status-code: ~, currency: ~, gtin: ~, reason: ~, test: ~}
        """
    static let envelope = """
        schemes: {x12: {"01": duns, "14": gln}, edifact: {"14": gln}}
        hierarchies: {HL: {id: 01, parent: 02}, CPS: {id: 01, parent: 02}}
        """

    static func reader(
        _ map: String, common: String? = nil, name: String = "850", standard: String = "x12",
        more: [String: String] = [:]
    ) throws -> EDIReader {
        var files = ["words.yaml": words, "maps/envelope.yaml": envelope, "maps/\(standard)/\(name).yaml": map]
        files["maps/\(standard)/common.yaml"] = common
        return try EDIReader(SchemaFiles(files.merging(more) { _, new in new }))
    }

    static func x12(_ segments: [String], set: String = "850", test: String = "P", sender: String = "BUYCO          ")
        -> [UInt8]
    {
        let all = ["ST*\(set)*0001"] + segments + ["SE*\(segments.count + 2)*0001"]
        let isa =
            "ISA*00*          *00*          *01*\(sender)*14*4000000000013  *260131*1005*U*00401*000000009*0*\(test)*>~"
        return Array(
            (isa + "GS*PO*A*B*20260131*1005*7*X*004010~" + all.map { $0 + "~" }.joined() + "GE*1*7~IEA*1*000000009~")
                .utf8)
    }

    static func edifact(_ segments: [String], type: String = "ORDERS") -> [UInt8] {
        let all = ["UNH+M1+\(type):D:96A:UN"] + segments + ["UNT+\(segments.count + 2)+M1"]
        return Array(
            ("UNB+UNOC:3+4000000000013:14+SELLCO+260131:1005+R1'" + all.map { $0 + "'" }.joined() + "UNZ+1+R1'").utf8)
    }

    static func read(
        _ map: String, _ bytes: [UInt8], common: String? = nil, name: String = "850", standard: String = "x12",
        more: [String: String] = [:]
    ) throws -> Reading {
        var r = try reader(map, common: common, name: name, standard: standard, more: more)
        return try #require(r.read(bytes, at: Locator(path: "a.edi"), source: "00").first)
    }

    static let order = """
        message: "850"
        event: order.issued
        document: {number: BEG03, date: BEG05}
        segments:
          BEG: {01: term purpose from purposes, 03: reference purchase-order, 05: date issued}
          CUR: {02: term currency}
        tables: {purposes: {"00": original, other: change}}
        groups:
          item:
            start: PO1
            line: true
            end: [CTT]
            segments:
              PO1:
                - 01: line number
                - {02: quantity ordered, unit: 03}
                - {04: amount unit-price, basis-code: 05}
                - {pairs: 06, codes: {UP: term gtin}}
        """

    @Test func `a flat order gives number, date, facts with places, and lines`() throws {
        let r = try Self.read(
            Self.order, Self.x12(["BEG*00*SA*po-1 **20260130", "CUR*BY*USD", "PO1*1*10*EA*9.95**VP*X*UP*012", "CTT*1"]))
        #expect(r.document.number == "PO-1")
        #expect(r.document.date?.description == "2026-01-30")
        #expect(r.document.envelope?.description == "2026-01-31T10:05:00")
        #expect(r.document.version == "004010")
        #expect(r.document.status == .accepted)
        #expect(r.document.locator.message == 1)
        let e = try #require(r.events.first)
        #expect(e.type == "order.issued")
        let po = try #require(e.facts.reference("purchase-order"))
        #expect((po.value, po.raw) == ("PO-1", "po-1 "))
        #expect((po.at.segment, po.at.tag, po.at.element) == (2, "BEG", 3))
        #expect(e.facts.term("purpose") == "original")
        #expect(
            e.facts.party("sender")
                == Party("sender", id: "BUYCO", scheme: "duns", at: e.facts.party("sender")?.at ?? Place()))
        #expect(e.facts.party("receiver")?.scheme == "gln")
        let line = try #require(e.lines.first)
        #expect(line.number == "1")
        #expect(line.facts.quantity("ordered")?.value == Exact(10))
        #expect(line.facts.quantity("ordered")?.unit == "EA")
        #expect(line.facts.amount("unit-price")?.currency == "USD")
        #expect(line.facts.term("gtin") == "012")
    }

    @Test func `a missing mandatory part rejects the document and keeps it`() throws {
        let r = try Self.read(Self.order, Self.x12(["CUR*BY*USD"]))
        #expect(r.document.status == .rejected)
        #expect(r.document.findings.map(\.code) == ["mandatory-missing"])
        #expect(r.events.isEmpty)
        let strict = try Self.read(Self.order + "\nneeds: [BEG03]", Self.x12(["BEG*00*SA***20260130"]))
        #expect(strict.document.status == .rejected)
    }

    @Test func `control totals that agree with nothing are warnings`() throws {
        let map = Self.order + "\nchecks: [{value: CTT01, count: [PO1]}, {value: CTT02, sum: [PO102]}]"
        let lines = ["BEG*00*SA*1**20260130", "PO1*1*10*EA*1", "PO1*2*2.5*EA*1"]
        #expect(try Self.read(map, Self.x12(lines + ["CTT*2*12.5"])).document.status == .accepted)
        let wrong = try Self.read(map, Self.x12(lines + ["CTT*3*12.5"]))
        #expect(wrong.document.status == .acceptedWithErrors)
        #expect(wrong.document.findings.map(\.code) == ["control-total-wrong"])
        #expect(wrong.events.count == 1)
    }

    @Test func `dates and numbers that are none are warnings with their place`() throws {
        let r = try Self.read(Self.order, Self.x12(["BEG*00*SA*1**20260231", "PO1*1*ten*EA*1"]))
        #expect(r.document.status == .acceptedWithErrors)
        #expect(r.document.findings.map(\.code) == ["date-unreadable", "number-unreadable"])
        #expect(r.document.findings.map(\.at.tag) == ["BEG", "PO1"])
    }

    @Test func `test traffic is marked on document and events`() throws {
        let r = try Self.read(Self.order, Self.x12(["BEG*00*SA*1**20260130"], test: "T"))
        #expect(r.document.findings.map(\.code) == ["test-indicator"])
        #expect(r.events.first?.facts.term("test") == "true")
    }

    @Test func `a message without a map is kept unread`() throws {
        let r = try Self.read(Self.order, Self.x12(["BGN*00*1"], set: "832"))
        #expect(r.document.type == "832")
        #expect(r.document.findings.map(\.code) == ["no-map"])
        #expect(r.document.status == .accepted)
        #expect(r.events.isEmpty)
    }

    @Test func `a partner's dialect takes the place of the rules it names`() throws {
        let dialect = """
            message: "850"
            segments: {BEG: {04: reference purchase-order}}
            """
        let r = try Self.read(
            Self.order, Self.x12(["BEG*00*SA*1*REAL*20260130"]), more: ["maps/x12/850@BUYCO.yaml": dialect])
        #expect(r.events.first?.facts.references.map(\.value) == ["REAL"])
    }

    @Test func `the same content under another control number has the same body and another digest`() throws {
        let a = Self.x12(["BEG*00*SA*1**20260130"])
        let b = Array(String(decoding: a, as: UTF8.self).replacing("000000009", with: "000000010").utf8)
        let (x, y) = (try Self.read(Self.order, a).document, try Self.read(Self.order, b).document)
        #expect(x.body == y.body)
        #expect(x.digest != y.digest)
    }

    static let notice = """
        message: "856"
        event: shipment.notified
        document: {number: BSN02}
        segments: {BSN: {02: reference asn}}
        groups:
          shipment: {start: HL, when: {03: [S]}, segments: {TD1: {02: quantity packages}}}
          order: {start: HL, under: shipment, when: {03: [O]}, context: true, segments: {PRF: {01: reference purchase-order}, TD1: ignore}}
          pack: {start: HL, under: [order, shipment], when: {03: [P]}, context: true, segments: {MAN: {02: equipment sscc}}}
          item:
            start: HL
            under: [order, pack]
            when: {03: [I]}
            line: true
            segments: {LIN: {01: line order-line}, SN1: {02: quantity shipped, unit: 03}}
        """

    private func notice(_ levels: [String]) throws -> Reading {
        try Self.read(Self.notice, Self.x12(["BSN*00*S1"] + levels, set: "856"), name: "856")
    }

    @Test func `HL02 says which order and package an item stands in`() throws {
        let r = try notice([
            "HL*1**S", "TD1*CTN*9", "HL*2*1*O", "PRF*A", "TD1*CTN*4", "HL*3*1*O", "PRF*B", "HL*4*2*P", "MAN*GM*111",
            "HL*5*4*I", "LIN*7", "SN1**3*EA",
            "HL*6*3*I", "LIN*8", "SN1**5*EA",
        ])
        let e = try #require(r.events.first)
        #expect(e.lines.map { $0.facts.reference("purchase-order")?.value } == ["A", "B"])
        #expect(e.lines.map { $0.facts.reference("purchase-order")?.line } == ["7", "8"])
        #expect(e.lines.map { $0.facts.equipment.map(\.id) } == [["111"], []])
        #expect(e.facts.references.map(\.value) == ["S1", "A", "B"])
        #expect(e.facts.quantities.map(\.value) == [Exact(9)])
    }

    @Test func `without HL02 the level's rank places an item, with a wrong one too`() throws {
        for parent in ["", "99"] {
            let r = try notice([
                "HL*1**S", "HL*2*1*O", "PRF*A", "HL*3*\(parent)*I", "SN1**3*EA", "HL*4*1*O", "PRF*B",
                "HL*5*\(parent)*I", "SN1**4*EA",
            ])
            #expect(r.events.first?.lines.map { $0.facts.reference("purchase-order")?.value } == ["A", "B"])
            #expect(r.document.findings.count == 2)
            #expect(r.document.status == .accepted)
        }
    }

    @Test func `an unknown level passes its parent's context on`() throws {
        let r = try notice(["HL*1**S", "HL*2*1*O", "PRF*A", "HL*3*2*ZZ", "HL*4*3*I", "SN1**3*EA"])
        #expect(r.events.first?.lines.first?.facts.reference("purchase-order")?.value == "A")
    }

    @Test func `groups with events give one each, with the header's facts behind their own`() throws {
        let map = """
            message: IFTSTA
            event: shipment.status
            document: {number: BGM02.1, date: date issued}
            tables: {formats: {"203": CCYYMMDDHHMM, "303": CCYYMMDDHHMMZZZ}, statuses: {"21": delivered, "21/14": damaged}}
            segments:
              BGM: {02.1: reference other}
              DTM: {by: 01.1, value: 01.2, format: 01.3, codes: {"137": date issued}}
            groups:
              consignment: {start: CNI, context: true, segments: {RFF: {by: 01.1, value: 01.2, codes: {ON: reference purchase-order}}}}
              status:
                start: STS
                under: [consignment, message]
                event: [{when: {STS02.1: ["99"]}, type: shipment.lost}, {type: shipment.status}]
                segments:
                  STS: {02.1: term status from statuses, with: 03.1}
                  DTM: {by: 01.1, value: 01.2, format: 01.3, codes: {"334": date status}}
                  LOC: {fact: location status, code: 02.1, name: 02.4}
            """
        let bytes = Self.edifact(
            [
                "BGM+23+9", "DTM+137:202601311005:203", "CNI+1", "RFF+ON:A", "STS+1+21+14",
                "DTM+334:202601301200+01:303", "DTM+334:202601301200?+01:303", "LOC+175+DEHAM:139:6:Hamburg", "CNI+2",
                "RFF+ON:B", "STS+1+99",
            ], type: "IFTSTA")
        let r = try Self.read(map, bytes, name: "IFTSTA", standard: "edifact")
        #expect(r.events.map(\.type) == ["shipment.status", "shipment.lost"])
        #expect(r.events.map(\.ordinal) == [0, 1])
        #expect(r.events.map { $0.facts.references("purchase-order").map(\.value) } == [["A"], ["B"]])
        #expect(r.events.first?.facts.term("status") == "damaged")
        #expect(r.events.first?.facts.location("status")?.code == "DEHAM")
        #expect(r.events.first?.facts.dates.map(\.value.description).contains("2026-01-30T11:00:00Z") == true)
        #expect(r.document.number == "9")
        #expect(r.document.date?.description == "2026-01-31T10:05:00")
        let none = try Self.read(map, Self.edifact(["BGM+23+9"], type: "IFTSTA"), name: "IFTSTA", standard: "edifact")
        #expect(none.events.map(\.type) == ["shipment.status"])
    }

    @Test func `CPS packages give their SSCCs to the lines below them`() throws {
        let map = """
            message: DESADV
            event: shipment.notified
            document: {number: BGM02.1}
            groups:
              despatch: {start: CPS, when: {02: absent}, segments: {PAC: {01: quantity packages}}}
              package: {start: CPS, under: [despatch, package], when: {02: present}, context: true, segments: {PAC: ignore, GIN: {02.1: equipment sscc}}}
              item: {start: LIN, under: [package, despatch, message], line: true, segments: {LIN: {01: line number}, RFF: {by: 01.1, value: 01.2, line: 01.3, codes: {ON: reference purchase-order}}, QTY: {01.2: quantity shipped}}}
            """
        let bytes = Self.edifact(
            [
                "BGM+351+D1", "CPS+1", "PAC+2", "CPS+2+1", "PAC+1", "GIN+BJ+111", "LIN+1", "QTY+12:4,5", "RFF+ON:A:7",
                "CPS+3+1", "GIN+BJ+222", "LIN+1", "QTY+12:2.5",
            ], type: "DESADV")
        let e = try #require(try Self.read(map, bytes, name: "DESADV", standard: "edifact").events.first)
        #expect(e.lines.map { $0.facts.equipment.map(\.id) } == [["111"], ["222"]])
        #expect(e.lines.map { $0.facts.quantity("shipped")?.value.description } == ["4.5", "2.5"])
        #expect(e.lines.first?.facts.references.first?.line == "7")
        #expect(e.facts.quantities.map(\.value) == [Exact(2)])
    }
}
