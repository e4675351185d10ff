import EDI
import Schemas
import Vocabulary

/// Reads X12 and EDIFACT: a file's bytes to documents and events, driven by the maps of `schemas/maps`.
package struct EDIReader: Sendable {
    private var maps: EDIMaps
    private let envelope: EnvelopeTables

    /// - Throws: a fault of `words.yaml` or `maps/envelope.yaml`. A map's fault shows when its message occurs, as a finding.
    package init(_ schemas: SchemaFiles) throws(SchemaFault) {
        maps = try EDIMaps(schemas)
        envelope = try EnvelopeTables(schemas)
    }

    /// One reading for each transaction set or message, counted through all interchanges of the file; one that says why
    /// where there is none.
    ///
    /// - Parameter source: SHA-256 of the bytes, hexadecimal.
    package mutating func read(_ bytes: [UInt8], at locator: Locator, source: String) -> [Reading] {
        let t = Transmission(bytes)
        guard !t.messages.isEmpty else { return [nothing(t, bytes, locator, source)] }
        var byMessage: [Int: [Finding]] = [:]
        for f in t.findings {
            for m in f.messages { byMessage[m, default: []].append(Finding(f)) }
        }
        var out: [Reading] = []
        out.reserveCapacity(t.messages.count)
        for (n, m) in t.messages.enumerated() {
            var at = locator
            at.message = n + 1
            out.append(reading(t, m, at, source, byMessage[n] ?? []))
        }
        return out
    }

    private mutating func reading(
        _ t: Transmission, _ m: Message, _ locator: Locator, _ source: String, _ syntax: [Finding]
    ) -> Reading {
        let i = t.interchanges[m.interchange]
        let group = m.group.map { t.groups[$0] }
        var d = Document(locator: locator, format: i.standard == .x12 ? .x12 : .edifact, type: m.type.uppercased())
        if d.type.isEmpty { d.type = "unknown" }
        d.version = m.version.isEmpty ? nil : m.version
        let sender = i.sender.id.isEmpty ? group?.sender ?? i.sender : i.sender
        let receiver = i.receiver.id.isEmpty ? group?.receiver ?? i.receiver : i.receiver
        d.sender = sender.id.isEmpty ? nil : sender.id
        d.receiver = receiver.id.isEmpty ? nil : receiver.id
        d.envelope = i.moment(group)
        d.source = source
        d.span = [m.span.lowerBound, m.span.upperBound]
        d.findings = syntax
        digests(t, m, i, group, &d)
        var events: [Event] = []
        do {
            if let map = try maps.map(standard: i.standard.rawValue, type: d.type, sender: sender.id) {
                events = apply(map, t, m, &d)
            } else {
                d.findings.append(
                    Finding(
                        "no-map", .info, "There is no map for \(d.type); the document is kept unread.", at: head(t, m)))
            }
        } catch {
            d.findings.append(Finding("map-faulty", .warning, "The map cannot be used: \(error)", at: head(t, m)))
        }
        // What names no date of its own is of the day it was sent.
        d.date = d.date ?? d.envelope?.dateOnly
        d.status = Document.status(for: d.findings)
        if d.status == .rejected { events = [] }
        let at = Place(offset: i.span.lowerBound, length: 0, tag: i.standard == .x12 ? "ISA" : "UNB")
        let parties = [
            envelope.party("sender", sender, i.standard, at: at),
            envelope.party("receiver", receiver, i.standard, at: at),
        ].compactMap { $0 }
        for e in events.indices {
            events[e].facts.parties += parties
            if i.isTest { events[e].facts.terms.append(Term("test", "true", at: at)) }
        }
        return Reading(d, events)
    }

    private func apply(_ map: EDIMap, _ t: Transmission, _ m: Message, _ d: inout Document) -> [Event] {
        var reader = MessageReader(MessageView(t, m), map, envelope.hierarchies)
        reader.read()
        reader.check()
        d.number = reader.number()?.text.uppercased()
        d.date = reader.date()
        d.findings += reader.findings
        return reader.events()
    }

    private func head(_ t: Transmission, _ m: Message) -> Place {
        let r = t.place(m.segments.lowerBound)
        return Place(offset: r.lowerBound, length: r.count, segment: 1, tag: t.tag(m.segments.lowerBound))
    }

    /// A copy has the same control numbers and content; the same document sent again only the same content.
    private func digests(_ t: Transmission, _ m: Message, _ i: Interchange, _ group: Group?, _ d: inout Document) {
        let controls = [i.sender.id, i.receiver.id, i.control, group?.control ?? "", i.date, i.time]
        var whole = Array(controls.joined(separator: "\u{1E}").utf8)
        whole += t.canonical(m.segments, in: i)
        d.digest = Digest.hex(Digest.sha256(whole))
        let last = m.isComplete && m.type != "TA1" ? m.segments.upperBound - 1 : m.segments.upperBound
        let first = m.type == "TA1" ? m.segments.lowerBound : m.segments.lowerBound + 1
        var body = Array("\(i.standard.rawValue) \(d.type) ".utf8)
        body += t.canonical(first..<max(first, last), in: i)
        d.body = Digest.hex(Digest.sha256(body))
    }

    /// A file in which no message was found.
    private func nothing(_ t: Transmission, _ bytes: [UInt8], _ locator: Locator, _ source: String) -> Reading {
        let standard = t.interchanges.first?.standard
        let isX12 = standard.map { $0 == .x12 } ?? bytes.prefix(400).contains(UInt8(ascii: "*"))
        let isOther = t.findings.contains { $0.code == "tradacoms-not-read" }
        var d = Document(locator: locator, format: isOther ? .unknown : isX12 ? .x12 : .edifact, type: "unknown")
        d.source = source
        d.digest = Digest.hex(Digest.sha256(bytes))
        d.body = d.digest
        d.span = [0, bytes.count]
        d.findings = t.findings.map(Finding.init)
        if let i = t.interchanges.first {
            d.sender = i.sender.id.isEmpty ? nil : i.sender.id
            d.receiver = i.receiver.id.isEmpty ? nil : i.receiver.id
            d.envelope = i.moment(t.groups.first)
        }
        if !isOther {
            d.findings.append(
                Finding(
                    "no-message", .critical, "No transaction set or message could be found in the file.",
                    at: Place(offset: 0, length: bytes.count)))
        }
        d.status = .rejected
        return Reading(d)
    }
}

extension Vocabulary.Finding {
    init(_ f: SyntaxFinding) {
        let severity: Severity =
            switch f.severity {
            case .info: .info
            case .warning: .warning
            case .critical: .critical
            }
        self.init(
            f.code, severity, f.text,
            at: Place(
                offset: f.offset, length: f.length, segment: f.segment, tag: f.tag, element: f.element,
                component: f.component))
    }
}
