/// Interchanges of our own making.
enum Samples {
    static func isa(
        _ control: String = "000000001", sep: String = "*", term: String = "~", eleven: String = "U",
        version: String = "00401", test: String = "P"
    ) -> String {
        [
            "ISA", "00", "          ", "00", "          ", "01", "123456789      ", "ZZ", "RECEIVER       ", "260131",
            "1005", eleven, version, control, "0", test, ":",
        ]
        .joined(separator: sep) + term
    }

    static let body = ["ST*850*0001", "BEG*00*SA*PO4711**20260131", "PO1*1*10*EA*9.95", "CTT*1", "SE*5*0001"]

    static func x12(
        _ body: [String] = body, term: String = "~", groupEnd: String = "GE*1*7", end: String = "IEA*1*000000001"
    ) -> String {
        isa(term: term)
            + (["GS*PO*SND*RCV*20260131*1005*7*X*004010"] + body + [groupEnd, end]).map { $0 + term }.joined()
    }

    static let una = "UNA:+.? '"

    static func edifact(_ body: [String] = order, syntax: String = "UNOC:3", end: String = "UNZ+1+R1") -> String {
        (["UNB+\(syntax)+4000000000013:14+4000000000020:14+260131:1005+R1"] + body + [end]).map { $0 + "'" }.joined()
    }

    static let order = ["UNH+M1+ORDERS:D:96A:UN", "BGM+220+PO4711+9", "DTM+137:20260131:102", "UNT+4+M1"]
}
