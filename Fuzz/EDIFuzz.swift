// A libFuzzer target over the syntax engine; `make fuzz` compiles it together with Sources/EDI, outside the package,
// because an executable without `main` would break a plain `swift build`.

/// The first byte chooses limits, chunks and length (`FuzzCase`), the rest is the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let one = FuzzCase(UnsafeBufferPointer(start: start, count: count))
    Invariants(of: Transmission(one.file, limits: one.limits), bytes: one.file.count).check()
    // The same file in chunks, handed on in stretches: the chunks must not show.
    let whole = one.whole()
    for t in whole { Invariants(of: t, bytes: one.file.count).check() }
    let (a, b) = (said(whole), said(one.cut()))
    if a != b {
        let n = zip(a, b).prefix { $0 == $1 }.count
        fatalError("the result depends on the chunks: \(a.dropFirst(n).first ?? "-")\n\(b.dropFirst(n).first ?? "-")")
    }
    return 0
}

/// What a reader makes of the stretches of a file.
private func said(_ all: [Transmission]) -> [String] {
    var said: [String] = []
    for t in all {
        said += t.interchanges.map { "\($0)" } + t.groups.map { "\($0)" } + t.findings.map { "\($0)" }
        for m in t.messages {
            said.append("\(m)")
            for s in m.segments {
                said.append("\(t.tag(s)) \(t.place(s)) \(t.text(s, 1, in: t.interchanges[m.interchange]) ?? "")")
            }
        }
        said.append("\(t.firstMessage)")
    }
    return said
}

/// What holds of every transmission, whatever the bytes were. A breach traps, with the reason on standard error.
struct Invariants {
    private let t: Transmission
    private let size: Int

    init(of transmission: Transmission, bytes: Int) {
        t = transmission
        size = bytes
    }

    func check() {
        interchanges()
        messages()
        for f in t.findings {
            holds(f.offset >= 0 && f.length >= 0 && f.offset + f.length <= size, "a finding lies outside the file", f)
            holds(f.messages.upperBound <= t.messages.count, "a finding is about a message that is not there", f)
        }
    }

    private func interchanges() {
        var end = 0
        for i in t.interchanges {
            holds(i.span.lowerBound >= end && i.span.upperBound <= size, "interchanges overlap or leave the file", i)
            holds(i.messages.upperBound <= t.messages.count, "an interchange has messages that are not there", i)
            holds(i.groups.upperBound <= t.groups.count, "an interchange has groups that are not there", i)
            end = i.span.upperBound
        }
        for g in t.groups { holds(t.interchanges.indices.contains(g.interchange), "a group without interchange", g) }
    }

    private func messages() {
        var end = 0
        var segment = 0
        for m in t.messages {
            holds(t.interchanges.indices.contains(m.interchange), "a message without interchange", m)
            holds(m.group.map(t.groups.indices.contains) ?? true, "a message in a group that is not there", m)
            holds(m.span.lowerBound >= end && m.span.upperBound <= size, "messages overlap or leave the file", m)
            holds(m.segments.lowerBound >= segment && !m.segments.isEmpty, "segments are in two messages, or none", m)
            end = m.span.upperBound
            segment = m.segments.upperBound
            var last = m.span.lowerBound
            for s in m.segments {
                let place = t.place(s)
                holds(place.lowerBound >= last && place.upperBound <= size, "segments overlap or leave the file", place)
                last = place.upperBound
                values(of: s, at: place, in: t.interchanges[m.interchange])
            }
        }
    }

    /// Every element, repetition and component can be read, and stands inside its segment.
    private func values(of segment: Int, at place: Range<Int>, in interchange: Interchange) {
        _ = t.tag(segment)
        let n = t.elementCount(segment, interchange.delimiters)
        // Reading by number walks the segment each time: a bound keeps one long segment from being a slow input.
        for e in 1...(min(n, 64) + 1) {
            let there = e <= n
            holds((t.text(segment, e, in: interchange) != nil) == there, "an element is not readable", (segment, e))
            let repetitions = t.repetitions(segment, e, in: interchange)
            let components = t.components(segment, e, in: interchange)
            holds(there == (repetitions > 0), "an element has no repetition", (segment, e, repetitions))
            for c in stride(from: 1, through: min(components, 16), by: 1) {
                guard let r = t.place(segment, e, c, in: interchange) else {
                    fail("a component is not readable", (segment, e, c, components))
                }
                holds(
                    r.lowerBound >= place.lowerBound && r.upperBound <= place.upperBound, "a value leaves its segment",
                    (segment, e, c, r, place))
                _ = t.text(segment, e, c, in: interchange)
            }
            for p in stride(from: 0, to: min(repetitions, 16), by: 1) {
                let text = t.text(segment, e, 1, repetition: p, in: interchange)
                holds(text != nil, "a repetition is not readable", (segment, e, p))
            }
        }
    }

    private func holds(_ condition: Bool, _ rule: String, _ what: Any) {
        if !condition { fail(rule, what) }
    }

    private func fail(_ rule: String, _ what: Any) -> Never { fatalError("\(rule): \(what)") }
}
