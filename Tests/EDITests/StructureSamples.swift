import EDI
import Testing

/// Small structure tables of our own making, and messages that are checked against them.
enum StructureSamples {
    static let edifactMessages = """
        # A comment.
        versions\tD95B D96A D97A D01B
        ORDERS\tD95B-D97A\tUNH! BGM! DTM!*2 SG1*3(RFF! DTM) SG2*9(NAD! LOC SG3*2(CTA! COM*2)) SG4*9(LIN! PIA*2 QTY! FTX SG5*2(PRI! CUX)) UNS! MOA*2 UNT!\tPurchase order
        TWINS\tD95B-D01B\tUNH! SG1(NAD! LOC) SG2(NAD! RFF) UNS! SG3(ALC! MOA) UNS! CNT UNT!\tTwins
        """
    static let edifactSegments = """
        ALC\tD95B-D01B\t5463\tAllowance or charge
        BGM\tD95B-D97A\t1001 1004! 1225\tBeginning of message
        CNT\tD95B-D01B\tC270\tControl total
        COM\tD95B-D01B\t3148\tCommunication contact
        CTA\tD95B-D01B\t3139\tContact information
        CUX\tD95B-D01B\tC504 C504 5402\tCurrencies
        DTM\tD95B-D01B\tC507!\tDate/time/period
        EQD\tD95B-D01B\t8053\tEquipment details
        FTX\tD95B-D01B\t4451\tFree text
        LIN\tD95B-D01B\t1082\tLine item
        LOC\tD95B-D01B\t3227\tPlace
        MOA\tD95B-D01B\t5004\tMonetary amount
        NAD\tD95B-D01B\t3035! C082\tName and address
        PIA\tD95B-D01B\t4347\tAdditional product id
        PRI\tD95B-D01B\t5118 3045\tPrice details
        QTY\tD95B-D01B\t6060!\tQuantity details
        RFF\tD95B-D01B\tC506!\tReference
        UNH\tD95B-D01B\t0062! S009!\tMessage header
        UNS\tD95B-D01B\t0081!\tSection control
        UNT\tD95B-D01B\t0074! 0062!\tMessage trailer
        """
    static let edifactComposites = """
        C082\tD95B-D01B\t3039! 1131 3055\tParty identification
        C270\tD95B-D01B\t6069 6066\tControl
        C504\tD95B-D01B\t6347! 6345\tCurrency details
        C506\tD95B-D01B\t1153! 1154\tReference
        C507\tD95B-D01B\t2005! 2380 2379\tDate/time/period
        S009\tD95B-D01B\t0065! 0052 0054 0051 0057\tMessage identifier
        """
    static let edifactElements =
        [
            ("0051", "an..2"), ("0052", "an..3"), ("0054", "an..3"), ("0057", "an..6"), ("0062", "an..14"),
            ("0065", "an..6"), ("0074", "n..6"), ("0081", "a1"), ("1001", "an..3"), ("1004", "an..10"),
            ("1082", "n..6"), ("1131", "an..3"), ("1153", "an..3"), ("1154", "an..35"), ("1225", "an..3"),
            ("2005", "an..3"), ("2379", "an..3"), ("2380", "an..35"), ("3035", "an..3"), ("3039", "an..17"),
            ("3045", "a..3"), ("3055", "an..3"), ("3139", "an..3"), ("3148", "an..25"), ("3227", "an..3"),
            ("4347", "an..3"), ("4451", "an..3"), ("5004", "n..8"), ("5118", "n3"), ("5402", "n..12"),
            ("5463", "an..3"), ("6060", "n..6"), ("6066", "n..18"), ("6069", "an..3"), ("6345", "an..3"),
            ("6347", "an..3"), ("8053", "an..3"),
        ]
        .map { "\($0.0)\tD95B-D01B\t\($0.1)\tElement \($0.0)" }.joined(separator: "\n")
    static let edifactCodes = """
        1225\t9\tD95B-D01B\tOriginal
        1225\t22\tD97A-D01B\tLater code
        3035\tBY\tD95B-D01B\tBuyer
        3035\t…\tD95B-D01B\tOthers
        3039\t1\tD95B-D01B\tOne
        """

    static let x12Messages = """
        versions\t004010 005010
        850\t004010-005010\tST! BEG! REF*2 DTM*2 N1*2(N1! N2*2 N4) PO1!*999999(PO1! PID*2 N1(N1!)) CTT SE!\tPurchase order
        856\t004010\tST! BSN! HL!*999999(HL! LIN SN1 REF*2 N1*9(N1! N4)) CTT SE!\tShip notice
        """
    static let x12Segments = """
        BEG\t004010-005010\t353! 92! 324 328 373!\tPurchase order header
        BSN\t004010-005010\t353!\tShip notice header
        CTT\t004010-005010\t354\tTotals
        DTM\t004010-005010\t374 373 337 P0203\tDate
        HL\t004010-005010\t628! 734 735\tLevel
        LIN\t004010-005010\t350\tItem identification
        N1\t004010-005010\t98! 93 66 67 R0203 P0304\tParty
        N2\t004010-005010\t93\tMore names
        N4\t004010-005010\t19 C0201 156\tPlace
        PID\t004010-005010\t349 352*2 L010203 E0203 350\tDescription
        PO1\t004010-005010\t350 330 355 212\tOrder line
        REF\t004010-005010\t128! 127 C040\tReference
        SE\t004010-005010\t96! 329!\tTrailer
        SN1\t004010-005010\t350\tShipped
        ST\t004010-005010\t143! 329!\tHeader
        """
    static let x12Elements =
        [
            ("19", "AN 2 30"), ("66", "ID 1 2"), ("67", "AN 2 20"), ("92", "ID 2 2"), ("93", "AN 1 60"),
            ("96", "N0 1 10"), ("98", "ID 2 3"), ("127", "AN 1 30"), ("128", "ID 2 3"), ("143", "ID 3 3"),
            ("156", "ID 2 2"), ("212", "R 1 6"), ("324", "AN 1 22"), ("328", "AN 1 30"), ("329", "AN 4 9"),
            ("330", "R 1 9"), ("337", "TM 4 8"), ("349", "ID 1 1"), ("350", "AN 1 20"), ("352", "AN 1 80"),
            ("353", "ID 2 2"), ("354", "N0 1 6"), ("355", "ID 2 2"), ("373", "DT 8 8"), ("374", "ID 3 3"),
            ("628", "AN 1 12"), ("734", "AN 1 12"), ("735", "ID 1 2"),
        ]
        .map { "\($0.0)\t004010-005010\t\($0.1)\tElement \($0.0)" }.joined(separator: "\n")

    static func edifact(
        messages: String = edifactMessages, segments: String = edifactSegments
    ) throws -> StructureTables {
        try StructureTables(
            .edifact, messages: Array(messages.utf8), segments: Array(segments.utf8),
            composites: Array(edifactComposites.utf8), elements: Array(edifactElements.utf8),
            codes: Array(edifactCodes.utf8))
    }

    static func x12() throws -> StructureTables {
        try StructureTables(
            .x12, messages: Array(x12Messages.utf8), segments: Array(x12Segments.utf8),
            composites: Array("C040\t004010-005010\t128! 127\tReference".utf8), elements: Array(x12Elements.utf8),
            codes: Array("353\t00\t004010-005010\tOriginal".utf8))
    }

    /// The check of the only message of a file.
    static func report(
        _ text: String, _ tables: StructureTables, _ tiers: StructureCheck.Tiers = .all
    ) throws -> (report: StructureReport, structure: MessageStructure) {
        let t = Transmission(Array(text.utf8))
        let m = try #require(t.messages.first)
        let structure = try #require(try tables.structure(of: m.type, version: m.version))
        return (StructureCheck(structure, tiers).check(0, in: t), structure)
    }

    /// An ORDERS (or another type) with these segments between UNH and UNT.
    static func message(
        _ body: [String], type: String = "ORDERS:D:96A:UN", una: String = Samples.una, syntax: String = "UNOC:3"
    ) -> String {
        una + Samples.edifact(["UNH+M1+\(type)"] + body + ["UNT+\(body.count + 2)+M1"], syntax: syntax)
    }

    /// An 850 or another set with these segments between ST and SE.
    static func set(_ body: [String], type: String = "850") -> String {
        Samples.x12(["ST*\(type)*0001"] + body + ["SE*\(body.count + 2)*0001"])
    }

    /// `code segment tag` of each finding.
    static func places(_ report: StructureReport) -> [String] {
        report.findings.map { "\($0.code) \($0.segment ?? 0) \($0.tag ?? "")" }
    }
}
