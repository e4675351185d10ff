import EDI
import Testing

@Suite struct StreamTests {
    /// All of a file's transmissions, with its bytes given in chunks of the lengths that `next` says.
    private func stretches(_ bytes: [UInt8], limits: Limits = Limits(), _ next: @escaping () -> Int) -> [Transmission] {
        var at = 0
        var reader = TransmissionReader(limits: limits) {
            let from = at
            at = min(bytes.count, at + max(1, next()))
            return Array(bytes[from..<at])
        }
        var out: [Transmission] = []
        while let t = reader.next() { out.append(t) }
        return out
    }

    /// What a reader makes of a transmission: all that is public of it, values included.
    private func said(_ all: [Transmission]) -> [String] {
        all.flatMap { t -> [String] in
            var lines = t.interchanges.map { "\($0)" } + t.groups.map { "\($0)" } + t.findings.map { "\($0)" }
            for m in t.messages {
                lines.append("\(m)")
                for s in m.segments {
                    let i = t.interchanges[m.interchange]
                    let n = t.elementCount(s, i.delimiters)
                    lines.append(
                        t.tag(s) + " \(t.place(s)) "
                            + (0..<n).map { t.text(s, $0 + 1, in: i) ?? "-" }.joined(separator: "|"))
                }
            }
            return lines + ["\(t.firstMessage)"]
        }
    }

    private static var mixed: [UInt8] {
        var s = "gateway line\n"
        for n in 0..<40 {
            s +=
                n % 3 == 0
                ? Samples.x12()
                : Samples.una
                    + Samples.edifact(
                        Samples.order.map { $0.replacing("PO4711", with: "PO?+47\(n)???'x") })
            if n % 7 == 0 { s += "\r\n" }
            if n % 11 == 5 { s += "junk between\n" }
        }
        return Array((s + String(Samples.x12().prefix(190)) + "\n" + Samples.edifact()).utf8)
    }

    @Test(arguments: [1, 2, 3, 7, 64, 1000, 100_000])
    func `the result does not depend on how a file is cut into chunks`(chunk: Int) {
        for limits in [Limits(), Limits(message: 600, stretch: 900)] {
            let whole = said(stretches(Self.mixed, limits: limits) { 1 << 30 })
            #expect(said(stretches(Self.mixed, limits: limits) { chunk }) == whole)
        }
    }

    @Test func `one stretch is what a whole file gives`() {
        #expect(said(stretches(Self.mixed) { 50 }) == said([Transmission(Self.mixed)]))
    }

    @Test func `stretches hold all messages, numbered through`() {
        let all = stretches(Self.mixed, limits: Limits(message: 600, stretch: 900)) { 100 }
        #expect(all.count > 5)
        var n = 0
        for t in all {
            #expect(t.firstMessage == n)
            n += t.messages.count
        }
        #expect(n == Transmission(Self.mixed).messages.count)
        let types = all.flatMap { $0.messages.map(\.type) }
        #expect(types == Transmission(Self.mixed).messages.map(\.type))
    }

    @Test(arguments: [13, 4096]) func `wrapped files are unwrapped in chunks too`(chunk: Int) {
        let lines = (Samples.x12() + Samples.x12()).utf8.split(maxSplits: .max) { _ in false }.first ?? []
        var wrapped: [UInt8] = []
        for (i, b) in lines.enumerated() {
            if i > 0, i % 80 == 0 { wrapped += [13, 10] }
            wrapped.append(b)
        }
        let whole = said([Transmission(wrapped)])
        #expect(said(stretches(wrapped) { chunk }) == whole)
    }

    /// An interchange of one message with so many lines.
    private func long(_ lines: Int) -> String {
        let body = (1...lines).map { "PO1*\($0)*10*EA*9.95**VP*PART\($0)" }
        return Samples.x12(["ST*850*0001", "BEG*00*SA*PO1**20260131"] + body + ["SE*\(lines + 3)*0001"])
    }

    @Test func `a message over the limit is cut with findings, and what follows is read`() throws {
        let bytes = Array((long(200) + Samples.x12()).utf8)
        for chunk in [100, 100_000] {
            let all = stretches(bytes, limits: Limits(message: 2000, stretch: 1 << 20)) { chunk }
            let messages = all.flatMap(\.messages)
            #expect(messages.map(\.type) == ["850", "850"])
            #expect(messages.map(\.isComplete) == [false, true])
            let cut = try #require(all[0].findings.first { $0.code == "message-too-large" })
            let skipped = try #require(all[0].findings.first { $0.code == "bytes-skipped" })
            #expect(cut.severity == .critical)
            #expect(cut.messages == 0..<1)
            #expect(messages[0].span.upperBound <= skipped.offset)
            // Nothing between the cut and the trailer's end is unaccounted for.
            #expect(String(decoding: bytes[(skipped.offset + skipped.length)...].prefix(4), as: UTF8.self) == "~GE*")
        }
    }

    @Test func `a long interchange is handed on in stretches that end between messages`() throws {
        let body = (1...50).flatMap { n in
            ["ST*850*\(1000 + n)", "BEG*00*SA*PO\(n)**20260131", "PO1*1*10*EA*9.95", "SE*4*\(1000 + n)"]
        }
        let bytes = Array(Samples.x12(body, groupEnd: "GE*50*7").utf8)
        let all = stretches(bytes, limits: Limits(message: 500, stretch: 500)) { 77 }
        #expect(all.count > 3)
        #expect(all.flatMap(\.messages).count == 50)
        #expect(all.flatMap(\.messages).allSatisfy { $0.isComplete && $0.group != nil })
        // Counts and control numbers hold over all stretches.
        #expect(all.flatMap(\.findings).isEmpty)
        #expect(all.allSatisfy { t in t.interchanges.allSatisfy { $0.sender.id == "123456789" } })
    }

    @Test func `a segment that never ends stops the interchange, not the file`() throws {
        let endless = Samples.x12().replacing("PO1*1", with: "PO1*" + String(repeating: "x", count: 9000))
            .replacing("~", with: "\n")
        let bytes = Array((endless.replacing("\nCTT", with: "CTT") + "\n" + Samples.edifact()).utf8)
        for chunk in [333, 100_000] {
            let all = stretches(bytes, limits: Limits(message: 3000, stretch: 1 << 20)) { chunk }
            #expect(all.flatMap(\.messages).map(\.type) == ["850", "ORDERS"])
            let codes = all.flatMap(\.findings).map(\.code)
            #expect(codes.contains("segment-too-long"))
            #expect(codes.contains("bytes-skipped"))
        }
    }

    @Test func `a whole file is one transmission, however long its interchanges`() {
        let body = (1...100).flatMap { n in
            ["ST*850*\(1000 + n)", "BEG*00*SA*PO\(n)**20260131", "PO1*1*10*EA*9.95", "SE*4*\(1000 + n)"]
        }
        let bytes = Array(Samples.x12(body, groupEnd: "GE*100*7").utf8)
        let t = Transmission(bytes, limits: Limits(message: 500))
        #expect(t.messages.count == 100)
        #expect(t.findings.isEmpty)
    }

    @Test func `small limits do not make healthy segments too long where chunks end`() {
        let one = Samples.x12() + Samples.edifact()
        let bytes = Array(String(repeating: one, count: 200_000 / one.utf8.count).utf8)
        let limits = Limits(message: 600, stretch: 900)
        let whole = stretches(bytes, limits: limits) { 1 << 30 }
        for chunk in [333, 65_533] {
            let parts = stretches(bytes, limits: limits) { chunk }
            #expect(parts.flatMap(\.messages).map(\.control) == whole.flatMap(\.messages).map(\.control))
            #expect(parts.flatMap(\.findings).allSatisfy { $0.code != "segment-too-long" })
        }
    }

    @Test func `stretches of what is passed over end where they end in any chunks`() {
        let bytes = Array((long(3000) + Samples.edifact()).utf8)
        let limits = Limits(message: 2000, stretch: 1000)
        let whole = said(stretches(bytes, limits: limits) { 1 << 30 })
        for chunk in [1, 97, 5000, 70_000] {
            #expect(said(stretches(bytes, limits: limits) { chunk }) == whole)
        }
    }

    private func held(_ t: Transmission) -> Int { t.withFlatSegments { $0.bytes.count } }

    @Test func `bytes that are passed over are not held`() throws {
        let strays = Samples.x12((1...20_000).map { "PO1*\($0)*10*EA*9.95" } + ["ST*850*0001", "BEG*00", "SE*3*0001"])
        let junk = String(repeating: "lorem ipsum dolor sit amet\n", count: 100_000)
        let endless = Samples.x12(
            ["ST*850*0001", "BEG*00*SA*PO1**20260131"] + (1...20_000).map { "PO1*\($0)*10*EA*9.95" }, end: "")
        let mixed = Samples.x12() + junk + Samples.edifact()
        for (n, text) in [strays, junk + Samples.x12(), mixed, endless].enumerated() {
            let bytes = Array(text.utf8)
            let whole = Transmission(bytes, limits: Limits(message: 2000))
            for chunk in [1000, 7000] {
                let parts = stretches(bytes, limits: Limits(message: 2000, stretch: 1000)) { chunk }
                #expect(parts.flatMap(\.messages).map(\.span) == whole.messages.map(\.span))
                // Within the limits, what is looked ahead and a step of 1 MiB over foreign bytes.
                #expect(parts.allSatisfy { held($0) < 1_200_000 })
                if n % 3 == 0 { #expect(parts.map(held).max().map { $0 < 200_000 } == true, "file \(n)") }
                let codes = parts.flatMap(\.findings).map(\.code)
                #expect(codes.count { $0 == "bytes-skipped" } <= (n == 2 ? 2 : 1), "file \(n)")
                #expect(codes.count { $0 == "segment-stray" } <= 1)
            }
        }
    }

    @Test func `what parts cannot release`() {
        let text = Samples.edifact().replacing("UNA:+.? '", with: "")
        for una in ["UNA:+.+ '", "UNA:+.: '", "UNA:+.' '"] {
            let t = Transmission(Array((una + text).utf8))
            #expect(t.messages.map(\.type) == ["ORDERS"])
            #expect(t.interchanges.first?.delimiters.release == nil)
        }
    }

    @Test func `ISX names a release character`() throws {
        let body = ["ST*850*0001", "BEG*00*SA*PO?*47??~", "SE*3*0001"].map { $0 + "~" }.joined()
        let s =
            Samples.isa(version: "00705") + "ISX*?~GS*PO*A*B*20260131*1005*7*X*007050~"
            + body.replacing("??~~", with: "??~") + "GE*1*7~IEA*1*000000001~"
        let t = Transmission(Array(s.utf8))
        #expect(t.findings.isEmpty)
        let m = try #require(t.messages.first)
        #expect(t.text(m.segments.lowerBound + 1, 3, in: t.interchanges[0]) == "PO*47?")
    }
}
