import Foundation

/// A drop of our own making: an order with its acknowledgement and notice of shipment, an order in EDIFACT, a mail, and
/// what cannot be read.
enum SmallDrop {
    static func x12(_ control: Int, _ group: String, _ set: String, date: String, _ segments: [String]) -> String {
        let n = String(repeating: "0", count: 9 - String(control).count) + String(control)
        let buyerSends = group == "PO"
        let ids = buyerSends ? ("NORTHWINDCO    ", "SOLDERWORKS    ") : ("SOLDERWORKS    ", "NORTHWINDCO    ")
        let isa = "ISA*00*          *00*          *ZZ*\(ids.0)*ZZ*\(ids.1)*\(date.dropFirst(2))*0900*U*00401*\(n)*0*P*>"
        let gs = "GS*\(group)*\(ids.0.prefix(11))*\(ids.1.prefix(11))*\(date)*0900*\(control)*X*004010"
        let body = ["ST*\(set)*0001"] + segments + ["SE*\(segments.count + 2)*0001"]
        return ([isa, gs] + body + ["GE*1*\(control)", "IEA*1*\(n)"]).map { $0 + "~\n" }.joined()
    }

    static let files: [(name: String, text: String)] = [
        (
            "north/order.x12",
            x12(
                11, "PO", "850", date: "20260105",
                [
                    "BEG*00*SA*00045**20260105", "CUR*BY*EUR", "DTM*002*20260201", "N1*BY*Northwind Homewares*92*NW1",
                    "N1*SE*Solder Works GmbH*92*SW7", "PO1*1*100*EA*4.50**BP*KET-1*VP*S-778", "CTT*1",
                ])
        ),
        (
            "solder/ack.txt",
            x12(
                31, "PR", "855", date: "20260106",
                [
                    "BAK*00*AC*00045*20260106", "CUR*SE*EUR", "N1*SE*Solder Works GmbH*92*SW7",
                    "PO1*1*100*EA*4.95**BP*KET-1*VP*S-778",
                    "ACK*IC*100*EA*068*20260220", "CTT*1",
                ])
        ),
        (
            "solder/asn.edi",
            x12(
                32, "SH", "856", date: "20260218",
                [
                    "BSN*00*SHP-9001*20260218*1000*0001", "HL*1**S", "REF*BM*BL77120", "DTM*011*20260218",
                    "HL*2*1*O", "PRF*00045***20260105", "HL*3*2*I", "LIN*1*BP*KET-1*VP*S-778", "SN1*1*80*EA", "CTT*3",
                ])
        ),
        (
            "maas/orders.edi",
            """
            UNA:+.? '
            UNB+UNOC:3+5412345000013:14+4012345000009:14+260110:1015+7001'
            UNH+1+ORDERS:D:96A:UN:EAN008'
            BGM+220+PU-77810+9'
            DTM+137:20260110:102'
            DTM+2:20260210:102'
            NAD+BY+5412345000013::9'
            NAD+SU+4012345000009::9'
            CUX+2:EUR:9'
            LIN+1++8712345000011:EN'
            QTY+21:40'
            PRI+AAA:12.30'
            UNS+S'
            CNT+2:1'
            UNT+13+1'
            UNZ+1+7001'
            """
        ),
        (
            "mail/late.eml",
            """
            From: Ana Ruiz <ana@solderworks.example>\r
            To: orders@northwind.example\r
            Subject: PO 00045 delayed\r
            Date: Mon, 19 Jan 2026 08:30:00 +0000\r
            Message-ID: <1@solderworks.example>\r
            Content-Type: text/plain; charset=utf-8\r
            \r
            Dear team,\r
            your order 00045 will be delayed. The new delivery date is 2026-02-25.\r
            Regards, Ana\r

            """
        ),
        ("odd/empty.dat", ""),
        ("odd/noise.bin", "\u{1}\u{2}\u{3}nothing that any partner would send\u{4}"),
    ]

    /// - Parameter prefix: only the files in folders whose names begin so.
    static func write(to scratch: Scratch, _ folder: String, where admits: (String) -> Bool = { _ in true }) throws {
        try FileManager.default.createDirectory(atPath: scratch.path(folder), withIntermediateDirectories: true)
        for f in files where admits(f.name) { try scratch.write("\(folder)/\(f.name)", f.text) }
    }
}
