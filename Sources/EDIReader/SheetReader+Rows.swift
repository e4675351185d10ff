import EDI
import Vocabulary

extension SheetReader {
    /// Appends the sheet's events as rows of NDJSON: what `Event.json` gives, with the event's id and its document's.
    ///
    /// Members stand in the order of their names, as in every file we write.
    func write(_ head: MessageHead, document id: String, to out: RowBuffer) {
        for (n, e) in sheet.events.enumerated() {
            write(e, n, head, id, out)
        }
    }

    private func write(_ e: SheetEvent, _ ordinal: Int, _ head: MessageHead, _ document: String, _ out: RowBuffer) {
        out.write("{")
        let f = e.facts
        writeList(.amounts, f, out, "\"amounts\":[")
        out.write("\"confidence\":1,")
        writeList(.dates, f, out, "\"dates\":[")
        out.write("\"document\":")
        out.write(string: document)
        out.write(",")
        writeList(.equipment, f, out, "\"equipment\":[")
        out.write("\"id\":")
        out.write(string: Digest.id("evt", [document, String(ordinal)]))
        out.write(",")
        if !e.lines.isEmpty {
            out.write("\"lines\":[")
            for l in e.lines {
                if l > e.lines.lowerBound { out.write(",") }
                write(sheet.lines[l], out)
            }
            out.write("],")
        }
        writeList(.locations, f, out, "\"locations\":[")
        out.write("\"ordinal\":")
        out.write(ordinal)
        out.write(",")
        writeList(.parties, f, out, "\"parties\":[", and: head.parties.map(\.json))
        writeList(.quantities, f, out, "\"quantities\":[")
        writeList(.references, f, out, "\"references\":[")
        writeList(.terms, f, out, "\"terms\":[", and: head.test.map { [$0.json] } ?? [])
        out.write("\"type\":")
        out.write(string: e.type)
        out.write("}\n")
    }

    private func write(_ l: SheetLine, _ out: RowBuffer) {
        out.write("{")
        writeList(.amounts, l.facts, out, "\"amounts\":[")
        out.write("\"at\":")
        write(placeOfSegment(l.segment), out)
        out.write(",")
        writeList(.dates, l.facts, out, "\"dates\":[")
        writeList(.equipment, l.facts, out, "\"equipment\":[")
        writeList(.locations, l.facts, out, "\"locations\":[")
        if !l.number.isEmpty {
            out.write("\"number\":")
            out.write(string: bytes(l.number))
            out.write(",")
        }
        writeList(.parties, l.facts, out, "\"parties\":[")
        writeList(.quantities, l.facts, out, "\"quantities\":[")
        writeList(.references, l.facts, out, "\"references\":[")
        writeList(.terms, l.facts, out, "\"terms\":[")
        out.replaceLastComma(with: UInt8(ascii: "}"))
    }

    @inline(__always)
    private func writeList(
        _ section: Section, _ block: FactBlock, _ out: RowBuffer, _ name: StaticString, and more: [JSON] = []
    ) {
        let range = block[Int(section.rawValue)]
        if range.isEmpty, more.isEmpty { return }
        out.write(name)
        for i in range {
            write(facts[Int(sheet.order[i])], section, block, out)
            out.write(",")
        }
        for m in more {
            out.write(m.bytes)
            out.write(",")
        }
        out.replaceLastComma(with: UInt8(ascii: "]"))
        out.write(",")
    }

    @inline(__always)
    private func member(_ name: StaticString, _ t: Text, _ out: RowBuffer) {
        if t.isEmpty { return }
        out.write(name)
        out.write(string: bytes(t))
    }

    private func write(_ f: Fact, _ section: Section, _ block: FactBlock, _ out: RowBuffer) {
        switch section {
        case .references:
            openFact(f, out)
            out.write(",\"kind\":")
            out.write(string: bytes(f.word))
            member(",\"line\":", f.a, out)
            writeRaw(f, out)
            out.write(",\"value\":")
            out.write(string: bytes(f.value))
        case .parties:
            openFact(f, out)
            member(",\"country\":", f.c, out)
            member(",\"id\":", f.value, out)
            member(",\"name\":", f.a, out)
            out.write(",\"role\":")
            out.write(string: bytes(f.word))
            member(",\"scheme\":", f.b, out)
        case .dates:
            let m = sheet.moments[Int(f.figure)]
            out.write("{")
            if let other = m.other {
                out.write("\"alternatives\":[")
                out.write(string: other.description)
                out.write("],")
            }
            out.write("\"at\":")
            write(f.place, out)
            writeRaw(f, out)
            out.write(",\"role\":")
            out.write(string: bytes(f.word))
            out.write(",\"value\":")
            write(m.value, out)
        case .amounts:
            openFact(f, out)
            if f.basis >= 0 {
                out.write(",\"basis\":\"")
                write(sheet.figures[Int(f.basis)], out)
            }
            member(",\"code\":", f.c, out)
            member(",\"currency\":", f.a.or(block.currency), out)
            writeRaw(f, out)
            out.write(",\"role\":")
            out.write(string: bytes(f.word))
            member(",\"text\":", f.d, out)
            member(",\"unit\":", f.b, out)
            out.write(",\"value\":\"")
            write(sheet.figures[Int(f.figure)], out)
        case .quantities:
            openFact(f, out)
            writeRaw(f, out)
            out.write(",\"role\":")
            out.write(string: bytes(f.word))
            member(",\"unit\":", f.a, out)
            out.write(",\"value\":\"")
            write(sheet.figures[Int(f.figure)], out)
        case .locations:
            openFact(f, out)
            member(",\"code\":", f.value, out)
            member(",\"country\":", f.b, out)
            member(",\"name\":", f.a, out)
            out.write(",\"role\":")
            out.write(string: bytes(f.word))
        case .equipment:
            openFact(f, out)
            out.write(",\"id\":")
            out.write(string: bytes(f.value))
            out.write(",\"kind\":")
            out.write(string: bytes(f.word))
        case .terms:
            openFact(f, out)
            out.write(",\"name\":")
            out.write(string: bytes(f.word))
            writeRaw(f, out)
            out.write(",\"value\":")
            out.write(string: bytes(f.value))
        default: return
        }
        out.write("}")
    }

    @inline(__always)
    private func openFact(_ f: Fact, _ out: RowBuffer) {
        out.write("{\"at\":")
        write(f.place, out)
    }

    @inline(__always)
    private func writeRaw(_ f: Fact, _ out: RowBuffer) {
        out.write(",\"raw\":")
        out.write(string: bytes(f.raw))
    }

    private func write(_ p: SheetPlace, _ out: RowBuffer) {
        out.reserve(160)
        if p.component > 0 {
            out.write("{\"component\":")
            out.write(Int(p.component))
            out.write(",\"element\":")
            out.write(Int(p.element))
            out.write(",\"length\":")
        } else if p.element > 0 {
            out.write("{\"element\":")
            out.write(Int(p.element))
            out.write(",\"length\":")
        } else {
            out.write("{\"length\":")
        }
        let from = base.map { Int(p.offset) + $0 } ?? transmission.fileOffset(Int(p.offset))
        let length =
            base == nil ? max(0, transmission.fileOffset(Int(p.offset) + Int(p.length)) - from) : Int(p.length)
        out.write(length)
        out.write(",\"offset\":")
        out.write(from)
        out.write(",\"segment\":")
        out.write(Int(p.segment) + 1)
        out.write(",\"tag\":")
        writeTag(Int(p.segment), out)
        out.write("}")
    }

    @inline(__always)
    private func writeTag(_ s: Int, _ out: RowBuffer) {
        let r = record(s)
        let from = Int(r.start)
        let to = max(from, Int(flat.marks[Int(r.first)]))
        let text = Bytes(rebasing: flat.bytes[from..<min(to, flat.bytes.count)])
        if text.count <= 4, text.allSatisfy({ $0 < 0x80 }) {
            out.write(string: text)
        } else {
            out.write(string: tag(s))
        }
    }

    /// What `Exact.description` gives, and the closing quote.
    private func write(_ n: Exact, _ out: RowBuffer) {
        if n.scale > 0 || n.mantissa > Int128(Int64.max) || n.mantissa < Int128(Int64.min) {
            writeDecimal(n, out)
        } else {
            out.write(Int(truncatingIfNeeded: n.mantissa))
        }
        out.write("\"")
    }

    private func writeDecimal(_ n: Exact, _ out: RowBuffer) {
        guard n.scale <= 6, n.mantissa < 1_000_000_000_000_000, n.mantissa > -1_000_000_000_000_000 else {
            out.write(plain: n.description)
            return
        }
        var m = Int(truncatingIfNeeded: n.mantissa)
        if m < 0 {
            out.write("-")
            m = -m
        }
        var power = 1
        for _ in 0..<n.scale { power *= 10 }
        out.write(m / power)
        out.write(".")
        var rest = m % power
        for _ in 0..<n.scale {
            power /= 10
            out.write(byte: 0x30 &+ UInt8(truncatingIfNeeded: rest / power))
            rest %= power
        }
    }

    /// What `Moment.description` gives, in quotes.
    private func write(_ value: Moment, _ out: RowBuffer) {
        var m = value
        if m.offset != nil, m.second != nil { m = Moment(epochSeconds: m.epochSeconds) }
        let c = m.civil
        guard (1000...9999).contains(c.year) else {
            out.write(string: value.description)
            return
        }
        out.write("\"")
        out.write(two: c.year / 100)
        out.write(two: c.year % 100)
        out.write("-")
        out.write(two: c.month)
        out.write("-")
        out.write(two: c.day)
        if let s = m.second {
            out.write("T")
            out.write(two: s / 3600)
            out.write(":")
            out.write(two: s / 60 % 60)
            out.write(":")
            out.write(two: s % 60)
            if value.offset != nil { out.write("Z") }
        }
        out.write("\"")
    }
}
