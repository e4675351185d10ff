import EDI
import Testing

@Suite struct BrokenInputTests {
    static let whole = Array(
        (Samples.x12() + Samples.una + Samples.edifact(Samples.order.map { $0.replacing("PO4711", with: "PO?+4711") }))
            .utf8)

    /// Every place has to be one of the file, and every message a range of it.
    private func consistent(_ bytes: [UInt8]) -> Bool {
        let t = Transmission(bytes)
        let all = 0...bytes.count
        return t.findings.allSatisfy {
            all.contains($0.offset) && all.contains($0.offset + $0.length) && $0.messages.upperBound <= t.messages.count
        }
            && t.messages.allSatisfy { m in
                all.contains(m.span.lowerBound) && all.contains(m.span.upperBound)
                    && m.segments.allSatisfy { s in
                        _ = t.text(s, 2, 1, in: t.interchanges[m.interchange])
                        return all.contains(t.place(s).upperBound)
                    }
            }
    }

    @Test func `every beginning of a file is read to its end`() {
        for n in 0...Self.whole.count { #expect(consistent(Array(Self.whole.prefix(n)))) }
    }

    @Test func `flipped bits and missing bytes never stop the reader`() {
        var seed: UInt64 = 7
        func next(_ n: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % n
        }
        for _ in 0..<1500 {
            var b = Self.whole
            for _ in 0..<(1 + next(6)) {
                let at = next(b.count)
                switch next(3) {
                case 0: b[at] ^= UInt8(1 << next(8))
                case 1: b.remove(at: at)
                default: b.insert(UInt8(next(256)), at: at)
                }
            }
            #expect(consistent(b))
        }
    }

    @Test func `bytes that are no EDI give no message`() {
        for s in ["", " ", "\n\n", "hello", "ISA", "UNA", "UNB+", "ISA*", "'''''", "~~~~", "GS*PO*", "ST*850*"] {
            #expect(Transmission(Array(s.utf8)).messages.count <= 1)
        }
        #expect(Transmission([]).messages.isEmpty)
        #expect(consistent([UInt8](repeating: 0x49, count: 5000)))
        #expect(consistent(Array(String(repeating: "ISA*", count: 3000).utf8)))
    }
}
