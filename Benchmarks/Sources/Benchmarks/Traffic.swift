import Foundation

/// Interchanges as partners exchange them, made up from a seed: the same seed gives the same bytes on every machine.
/// Counts and control numbers are right, lengths and the share of delimiters (about one byte in four) are those of real
/// traffic.
struct Traffic {
    private var numbers: SplitMix
    private var control = 0

    init(seed: UInt64) { numbers = SplitMix(seed: seed) }

    private mutating func random(_ range: ClosedRange<Int>) -> Int { numbers.number(range) }

    private mutating func price() -> (text: String, cents: Int) {
        let cents = random(100...99_999)
        return ("\(cents / 100).\(Self.padded(cents % 100, 2))", cents)
    }

    private mutating func day() -> String { "2026\(Self.padded(random(1...3), 2))\(Self.padded(random(1...28), 2))" }

    private static func padded(_ n: Int, _ width: Int) -> String {
        let digits = String(n)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    // MARK: EDIFACT

    /// UNB … UNZ with ORDERS, INVOIC and DESADV of D96A or D01B.
    mutating func edifact(messages: Int, lines: ClosedRange<Int> = 3...40) -> String {
        control += 1
        let reference = "IC\(control)"
        var out = "UNA:+.? '"
        out += "UNB+UNOC:3+4012345000009:14+8712345000015:14+260131:1200+\(reference)'"
        for n in 1...messages {
            let release = random(0...1) == 0 ? "96A:UN:EAN008" : "01B:UN:EAN010"
            let kind = ["ORDERS", "INVOIC", "DESADV"][random(0...2)]
            var body = ["UNH+M\(n)+\(kind):D:\(release)"]
            body += edifactBody(kind, lines: random(lines))
            out += body.joined(separator: "'") + "'UNT+\(body.count + 1)+M\(n)'"
        }
        return out + "UNZ+\(messages)+\(reference)'"
    }

    private mutating func edifactBody(_ kind: String, lines: Int) -> [String] {
        let order = random(100_000...999_999)
        let name = ["ORDERS": "220", "INVOIC": "380", "DESADV": "351"][kind] ?? "220"
        var s = ["BGM+\(name)+\(kind.prefix(2))\(order)\(control)+9", "DTM+137:\(day()):102"]
        if kind != "DESADV" { s.append("FTX+AAI+++Call O?'Hara ?+49 30 555?: dock 4, ask for gate B") }
        s += kind == "ORDERS" ? ["RFF+CT:C\(order)"] : ["RFF+ON:PO\(order)", "DTM+171:\(day()):102"]
        s += ["NAD+BY+8712345000015::9", "NAD+SU+4012345000009::9++Nordhafen Werke+Kai 3+Kiel++24103+DE"]
        s.append("NAD+DP+8712345000\(random(100...999))::9")
        if kind == "INVOIC" { s.append("CUX+2:EUR:4") }
        if kind == "DESADV" { s.append("CPS+1") }
        var total = 0
        for n in 1...lines {
            let quantity = random(1...500)
            let (text, cents) = price()
            total += quantity * cents
            s.append("LIN+\(n)++\(4_000_862_000_000 + random(1...999_999)):EN")
            s.append("PIA+1+A-\(random(1000...9999)):SA")
            if kind != "DESADV" { s.append("IMD+F++:::Bracket ?+ screw M\(random(3...12)), zinc") }
            s.append("QTY+\(kind == "ORDERS" ? "21" : kind == "INVOIC" ? "47" : "12"):\(quantity):PCE")
            if kind == "INVOIC" {
                let amount = quantity * cents
                s.append("MOA+203:\(amount / 100).\(Self.padded(amount % 100, 2))")
            }
            if kind != "DESADV" { s.append("PRI+AAA:\(text)") }
        }
        if kind == "DESADV" { return s + ["CNT+2:\(lines)"] }
        s += ["UNS+S"]
        if kind == "INVOIC" { s.append("MOA+77:\(total / 100).\(Self.padded(total % 100, 2))") }
        s.insert("CNT+2:\(lines)", at: kind == "INVOIC" ? s.count - 1 : s.count)
        return s
    }

    // MARK: X12

    /// ISA … IEA with 850, 856 and 810 of 004010, a group for each run of the same set.
    mutating func x12(messages: Int, lines: ClosedRange<Int> = 3...40, only: String? = nil) -> String {
        control += 1
        let number = Self.padded(control % 1_000_000_000, 9)
        let isa = [
            "ISA", "00", "          ", "00", "          ", "ZZ", "NORDHAFEN      ", "01", "123456789      ", "260131",
            "1200", "U", "00401", number, "0", "P", ">",
        ]
        var out = isa.joined(separator: "*") + "~"
        var left = messages
        var group = 0
        while left > 0 {
            group += 1
            let count = random(1...left)
            left -= count
            let kinds = [("850", "PO"), ("856", "SH"), ("810", "IN")].filter { only == nil || $0.0 == only }
            let (set, function) = kinds[random(0...kinds.count - 1)]
            out += "GS*\(function)*NORDHAFEN*123456789*20260131*1200*\(group)*X*004010~"
            for n in 1...count {
                let id = Self.padded(n, 4)
                var body = ["ST*\(set)*\(id)"]
                body += x12Body(set, lines: random(lines))
                out += body.joined(separator: "~") + "~SE*\(body.count + 1)*\(id)~"
            }
            out += "GE*\(count)*\(group)~"
        }
        return out + "IEA*\(group)*\(number)~"
    }

    /// One interchange with one 850 of at least `size` bytes.
    mutating func x12Order(atLeast size: Int) -> String { x12(messages: 1, lines: size / 60...size / 60, only: "850") }

    private mutating func x12Body(_ set: String, lines: Int) -> [String] {
        let order = random(100_000...999_999)
        let parties = [
            "N1*ST*NORDHAFEN DC \(random(1...40))*92*\(random(1000...9999))", "N3*12 QUAY RD", "N4*KEARNY*NJ*07032*US",
        ]
        var items: [(quantity: Int, price: String, cents: Int, part: String)] = []
        for _ in 0..<lines {
            let p = price()
            items.append((random(1...500), p.text, p.cents, "A\(random(1000...9999))"))
        }
        switch set {
        case "850":
            var s = ["BEG*00*SA*PO\(order)**\(day())", "REF*DP*\(random(10...99))", "DTM*010*\(day())"] + parties
            for (n, i) in items.enumerated() {
                s += ["PO1*\(n + 1)*\(i.quantity)*EA*\(i.price)**VN*\(i.part)", "PID*F****BRACKET, SCREW, ZINC"]
            }
            return s + ["CTT*\(lines)*\(items.reduce(0) { $0 + $1.quantity })"]
        case "856":
            var s = ["BSN*00*SHP\(order)*\(day())*1200*0001", "HL*1**S", "TD5*B*2*NKOL*M", "REF*BM*BL\(order)"]
            s += ["DTM*011*\(day())"] + parties + ["HL*2*1*O", "PRF*PO\(order)"]
            for (n, i) in items.enumerated() {
                let pack = 3 + 2 * n
                s += ["HL*\(pack)*2*P", "MAN*GM*00\(Self.padded(random(1...999_999_999), 18))"]
                s += ["HL*\(pack + 1)*\(pack)*I", "LIN**VN*\(i.part)", "SN1**\(i.quantity)*EA"]
            }
            return s + ["CTT*\(2 + 2 * lines)"]
        default:
            var s = ["BIG*\(day())*INV\(order)*\(day())*PO\(order)"] + parties + ["ITD*01*3*2**10**30"]
            for (n, i) in items.enumerated() { s.append("IT1*\(n + 1)*\(i.quantity)*EA*\(i.price)**VN*\(i.part)") }
            let freight = random(500...20_000)
            let total = items.reduce(freight) { $0 + $1.quantity * $1.cents }
            return s + ["TDS*\(total)", "SAC*C*D240***\(freight)", "CTT*\(lines)"]
        }
    }
}
