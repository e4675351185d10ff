import EDI
import EDIReader
import Schemas
import Vocabulary

/// An EDI file segment by segment, as its structure tables see it: groups as indentation, elements with their names, codes in words,
/// and what is wrong below the segment it is about.
package struct EDIOutline: Sendable {
    package struct Line: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case envelope, segment
            case finding(Severity)
        }

        package let kind: Kind
        /// Groups that the line stands in.
        package let depth: Int
        /// The segment's tag; empty for a finding.
        package let tag: String
        /// The segment's name, or the finding's code.
        package let name: String
        package let text: String
    }

    package private(set) var lines: [Line] = []
    private let privacy: Privacy?

    /// - Parameters:
    ///   - readings: what the reader made of the same bytes, for what its maps found.
    ///   - privacy: masks sensitive values; nil to show them.
    package init(
        _ bytes: [UInt8], readings: [Reading], limits: EDI.Limits, schemas: SchemaFiles, privacy: Privacy?
    ) throws(Fault) {
        self.privacy = privacy
        let t = Transmission(bytes, limits: limits)
        var structures = Structures(schemas)
        do {
            let byMessage = Dictionary(
                readings.compactMap { r in r.document.locator.message.map { ($0, r) } }, uniquingKeysWith: { a, _ in a }
            )
            var group: Int?
            for (n, i) in t.interchanges.enumerated() {
                header(i)
                for f in t.findings where f.segment == nil && f.messages.overlaps(i.messages) {
                    add(Finding(f), depth: 1)
                }
                for m in i.messages {
                    if t.messages[m].group != group, let g = t.messages[m].group { header(t.groups[g], i.standard) }
                    group = t.messages[m].group
                    let check = try structures.check(
                        t.messages[m].type.uppercased(), i.standard, version: t.messages[m].version)
                    message(m, t, check, byMessage[m + 1])
                }
                if n + 1 < t.interchanges.count { group = nil }
            }
        } catch {
            throw Fault(error)
        }
    }

    // MARK: Envelope

    private mutating func header(_ i: Interchange) {
        guard i.hasEnvelope else { return }
        func party(_ a: Address) -> String { [a.id, a.qualifier.map { "(\($0))" } ?? ""].joined(separator: " ") }
        let sent = [i.date, i.time].filter { !$0.isEmpty }.joined(separator: " ")
        let parts = [
            "from \(party(i.sender))", "to \(party(i.receiver))", "sent \(sent)", "control \(i.control)",
            "version \(i.version)",
        ]
        lines.append(
            Line(
                kind: .envelope, depth: 0, tag: i.standard == .x12 ? "ISA" : "UNB", name: "Interchange",
                text: (parts + (i.isTest ? ["test"] : [])).joined(separator: " · ")))
    }

    private mutating func header(_ g: Group, _ standard: Standard) {
        let parts = [
            g.function, "from \(g.sender.id)", "to \(g.receiver.id)", "control \(g.control)",
            g.version.isEmpty ? "" : "version \(g.version)",
        ]
        lines.append(
            Line(
                kind: .envelope, depth: 1, tag: standard == .x12 ? "GS" : "UNG", name: "Functional group",
                text: parts.filter { !$0.isEmpty }.joined(separator: " · ")))
    }

    // MARK: Messages

    private mutating func message(_ m: Int, _ t: Transmission, _ check: StructureCheck?, _ reading: Reading?) {
        let message = t.messages[m]
        let report = check?.check(m, in: t)
        var findings: [Int: [Finding]] = [:]
        var seen: Set<Finding> = []
        // The reader tells of foreign segments and empty ends too, once a message; the check tells each.
        let told = Set(report?.findings.map(\.code) ?? [])
        let all =
            t.findings.filter { $0.messages.contains(m) && $0.segment != nil }.map { Finding($0) }
            + (report?.findings.map { Finding($0) } ?? [])
            + (reading?.document.findings.filter {
                $0.at.segment != nil && !told.contains($0.code)
                    && !($0.code == "segment-unexpected" && told.contains("segment-unknown"))
            } ?? [])
        for f in all where seen.insert(f).inserted { findings[f.at.segment ?? 0, default: []].append(f) }
        for (n, s) in message.segments.enumerated() {
            let level = 2 + (report.map { depth(of: $0.placements[n], check) } ?? 0)
            let tag = t.tag(s)
            let shape = check?.structure.segments[tag]
            lines.append(
                Line(
                    kind: .segment, depth: level, tag: tag, name: shape?.name ?? "",
                    text: SegmentWords(t, t.interchanges[message.interchange], s, shape, privacy).text))
            for f in findings[n + 1] ?? [] { add(f, depth: level + 1) }
        }
    }

    private func depth(of p: Placement, _ check: StructureCheck?) -> Int {
        check?.structure.path(of: p.group).count { $0 != 0 } ?? 0
    }

    private mutating func add(_ f: Finding, depth: Int) {
        lines.append(
            Line(
                kind: .finding(f.severity), depth: depth, tag: "", name: f.code,
                text: privacy?.text(f.message) ?? f.message))
    }
}

/// The values of a segment in words.
private struct SegmentWords {
    private let t: Transmission
    private let interchange: Interchange
    private let s: Int
    private let shape: SegmentShape?
    private let privacy: Privacy?

    init(
        _ t: Transmission, _ interchange: Interchange, _ s: Int, _ shape: SegmentShape?, _ privacy: Privacy?
    ) {
        self.privacy = privacy
        self.t = t
        self.interchange = interchange
        self.s = s
        self.shape = shape
    }

    var text: String {
        let n = t.elementCount(s, interchange.delimiters)
        return (1...max(1, n)).compactMap { e in e <= n ? element(e) : nil }.joined(separator: " · ")
    }

    private func element(_ e: Int) -> String? {
        let known = shape.flatMap { e <= $0.elements.count ? $0.elements[e - 1] : nil }
        let repetitions = max(1, t.repetitions(s, e, in: interchange))
        let all = (0..<repetitions).compactMap { r in repetition(e, r, known) }
        return all.isEmpty ? nil : all.joined(separator: " | ")
    }

    private func repetition(_ e: Int, _ r: Int, _ known: ElementShape?) -> String? {
        let isComposite = interchange.standard == .edifact || known?.components.isEmpty == false
        let n = isComposite ? components(e, r) : 1
        guard n > 1 || known?.components.isEmpty == false else {
            let value = t.text(s, e, isComposite ? 1 : nil, repetition: r, in: interchange) ?? ""
            return words(shown(value, e, 1), known, named: true)
        }
        let parts = (1...n).map { shown(t.text(s, e, $0, repetition: r, in: interchange) ?? "", e, $0) }
        let shapes = known?.components ?? []
        if let date = date(parts, shapes) { return date }
        let said = parts.enumerated().compactMap { i, value in
            words(value, i < shapes.count ? shapes[i] : nil, named: false)
        }
        return said.isEmpty ? nil : said.joined(separator: ", ")
    }

    private func shown(_ value: String, _ e: Int, _ c: Int) -> String {
        guard let privacy else { return value }
        return privacy.element(
            value, interchange.standard == .x12 ? .x12 : .edifact, tag: t.tag(s), element: e, component: c
        ) { t.text(s, $0, interchange.standard == .edifact ? $1 : nil, in: interchange)?.trimmed }
    }

    private func components(_ e: Int, _ r: Int) -> Int {
        var n = t.components(s, e, in: interchange)
        while t.text(s, e, n + 1, repetition: r, in: interchange) != nil { n += 1 }
        return max(1, n)
    }

    /// A value, the code's meaning behind it, or its name before it.
    private func words(_ value: String, _ shape: ElementShape?, named: Bool) -> String? {
        let value = value.trimmed
        if value.isEmpty { return nil }
        if let meaning = shape?.meaning(of: value) { return "\(value) \(meaning)" }
        if shape?.isDate == true, value.count == 8, value.allSatisfy(\.isNumber) {
            let digits = Array(value)
            return "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
        }
        guard named, let name = shape?.name, !name.isEmpty else { return value }
        return "\(name.prefix(1).lowercased() + name.dropFirst()) \(value)"
    }

    /// C507: a date with its qualifier and its format.
    private func date(_ parts: [String], _ shapes: [ElementShape]) -> String? {
        guard shapes.first?.id == "2005", parts.count > 1, let qualifier = words(parts[0], shapes[0], named: false)
        else {
            return nil
        }
        let digits = Array(parts[1])
        guard ["102", "203", "204"].contains(parts.count > 2 ? parts[2] : ""), digits.count >= 8,
            digits.allSatisfy(\.isNumber)
        else { return nil }
        func two(_ at: Int) -> String { String(digits[at..<at + 2]) }
        var date = "\(two(0))\(two(2))-\(two(4))-\(two(6))"
        if digits.count >= 12 { date += " \(two(8)):\(two(10))" }
        return "\(qualifier) · \(date)"
    }
}

extension String {
    fileprivate var trimmed: String {
        var v = Substring(self)
        while v.first == " " { v.removeFirst() }
        while v.last == " " { v.removeLast() }
        return String(v)
    }
}
