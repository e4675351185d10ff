import EDI
import Schemas
import Vocabulary

/// Reads X12 and EDIFACT: a file's bytes to documents and events, driven by the maps of `schemas/maps`.
package struct EDIReader: Sendable {
    private var maps: EDIMaps
    private let envelope: EnvelopeTables
    private var plans: [PlanKey: Plan?] = [:]
    private var structures: Structures
    private var canonical: [UInt8] = []
    private let limits: Limits

    /// - Parameter limits: how much of a message is read.
    /// - Throws: a fault of `words.yaml` or `maps/envelope.yaml`. A map's fault shows when its message occurs, as a finding.
    package init(_ schemas: SchemaFiles, limits: Limits = Limits()) throws(SchemaFault) {
        self.limits = limits
        maps = try EDIMaps(schemas)
        envelope = try EnvelopeTables(schemas)
        structures = Structures(schemas)
    }

    /// One reading for each transaction set or message, counted through all interchanges of the file; one that says why
    /// where there is none.
    ///
    /// - Parameter source: SHA-256 of the bytes, hexadecimal.
    package mutating func read(_ bytes: [UInt8], at locator: Locator, source: String) -> [Reading] {
        let t = transmission(bytes)
        guard !t.messages.isEmpty else { return [nothing(t, bytes, locator, source)] }
        var out: [Reading] = []
        out.reserveCapacity(t.messages.count)
        read(t, at: locator, source: source) { m, sheet in
            var events = m.hasEvents ? sheet.events() : []
            for e in events.indices {
                events[e].facts.parties += m.parties
                if let test = m.test { events[e].facts.terms.append(test) }
            }
            out.append(Reading(m.document, events))
        }
        return out
    }

    /// A file's envelopes and messages, as far as the limits go.
    package func transmission(_ bytes: [UInt8]) -> Transmission { Transmission(bytes, limits: limits) }

    /// Goes through the messages of a transmission.
    ///
    /// - Parameter each: gets what is said of a message as a whole, and the sheet its events are on, which holds until the next.
    mutating func read(
        _ t: Transmission, at locator: Locator, source: String, carried: [Finding] = [],
        _ each: (MessageHead, SheetReader) -> Void
    ) {
        var byMessage: [Int: [Finding]] = carried.isEmpty ? [:] : [0: carried]
        for f in t.findings {
            for m in f.messages { byMessage[m, default: []].append(Finding(f)) }
        }
        t.withFlatSegments { flat in
            let sheet = SheetReader(t, flat)
            var frame: Frame?
            for (n, m) in t.messages.enumerated() {
                if frame == nil || frame?.number != m.interchange || frame?.group != m.group {
                    frame = self.frame(t, m)
                    if let i = frame?.interchange { sheet.enter(i) }
                }
                guard let frame else { continue }
                var at = locator
                at.message = t.firstMessage + n + 1
                var d = frame.document
                d.locator = at
                d.source = source
                d.type = m.type.isEmpty ? "unknown" : m.type.uppercased()
                d.version = m.version.isEmpty ? nil : m.version
                d.span = [m.span.lowerBound, m.span.upperBound]
                d.findings = byMessage[n] ?? []
                digests(t, m, frame, &d)
                let isRead = apply(t, m, sheet, &d)
                // What names no date of its own is of the day it was sent.
                d.date = d.date ?? d.envelope?.dateOnly
                d.status = Document.status(for: d.findings)
                let head = MessageHead(
                    document: d, hasEvents: isRead && d.status != .rejected, parties: frame.parties, test: frame.test)
                each(head, sheet)
            }
        }
    }

    /// What the maps find in messages, beside what their syntax tells: by the words of the syntax, for acknowledgements.
    package mutating func mapFindings(_ t: Transmission) -> [SyntaxFinding] {
        guard !t.messages.isEmpty else { return [] }
        var out: [SyntaxFinding] = []
        var syntax = Array(repeating: 0, count: t.messages.count)
        for f in t.findings { for m in f.messages { syntax[m] += 1 } }
        read(t, at: Locator(path: ""), source: "") { head, sheet in
            let n = (head.document.locator.message ?? 1) - 1 - t.firstMessage
            var own = head.document.findings
            own.removeFirst(min(own.count, syntax[n]))
            for f in own {
                var s = SyntaxFinding(
                    f.code, f.severity == .critical ? .critical : f.severity == .warning ? .warning : .info, f.message,
                    offset: f.at.offset ?? 0, length: f.at.length ?? 0, messages: n..<n + 1)
                (s.segment, s.tag, s.element, s.component) = (f.at.segment, f.at.tag, f.at.element, f.at.component)
                out.append(s)
            }
        }
        return out
    }

    /// What the messages of one group have in common.
    private struct Frame {
        let number: Int
        let group: Int?
        let interchange: Interchange
        let document: Document
        let parties: [Party]
        let test: Term?
        /// Ids, control numbers and times, for digests.
        let controls: [UInt8]
    }

    private func frame(_ t: Transmission, _ m: Message) -> Frame {
        let i = t.interchanges[m.interchange]
        let group = m.group.map { t.groups[$0] }
        let sender = i.sender.id.isEmpty ? group?.sender ?? i.sender : i.sender
        let receiver = i.receiver.id.isEmpty ? group?.receiver ?? i.receiver : i.receiver
        var d = Document(locator: Locator(path: ""), format: i.standard == .x12 ? .x12 : .edifact, type: "")
        d.sender = sender.id.isEmpty ? nil : sender.id
        d.receiver = receiver.id.isEmpty ? nil : receiver.id
        d.envelope = i.moment(group)
        let place = Place(offset: i.span.lowerBound, length: 0, tag: i.standard == .x12 ? "ISA" : "UNB")
        let parties = [
            envelope.party("sender", sender, i.standard, at: place),
            envelope.party("receiver", receiver, i.standard, at: place),
        ].compactMap { $0 }
        let controls = [i.sender.id, i.receiver.id, i.control, group?.control ?? "", i.date, i.time]
        return Frame(
            number: m.interchange, group: m.group, interchange: i, document: d, parties: parties,
            test: i.isTest ? Term("test", "true", at: place) : nil,
            controls: Array(controls.joined(separator: "\u{1E}").utf8))
    }

    /// Reads a message by its map; false where there is none that can be used.
    private mutating func apply(
        _ t: Transmission, _ m: Message, _ sheet: SheetReader, _ d: inout Document
    ) -> Bool {
        do {
            let standard = t.interchanges[m.interchange].standard
            guard let plan = try plan(standard, d.type, d.sender ?? "") else {
                d.findings.append(
                    Finding(
                        "no-map", .info, "There is no map for \(d.type); the document is kept unread.", at: head(t, m)))
                return false
            }
            sheet.read(m, plan, tags: structures.tags(of: d.type, standard, version: m.version))
            d.number = sheet.number()
            d.date = sheet.date()
            if !sheet.findings.isEmpty { d.findings += sheet.findings }
            return true
        } catch {
            d.findings.append(Finding("map-faulty", .warning, "The map cannot be used: \(error)", at: head(t, m)))
            return false
        }
    }

    private mutating func plan(_ standard: Standard, _ type: String, _ sender: String) throws(SchemaFault) -> Plan? {
        let key = PlanKey(standard: standard, type: type, sender: maps.hasDialects ? sender : "")
        if let known = plans[key] { return known }
        var plan: Plan?
        if let map = try maps.map(standard: standard.rawValue, type: type, sender: sender) {
            plan = Plan(try PlanCompiler(map, envelope.hierarchies))
        }
        plans[key] = .some(plan)
        return plan
    }

    private func head(_ t: Transmission, _ m: Message) -> Place {
        let r = t.place(m.segments.lowerBound)
        return Place(offset: r.lowerBound, length: r.count, segment: 1, tag: t.tag(m.segments.lowerBound))
    }

    /// A copy has the same control numbers and content; the same document sent again only the same content.
    private mutating func digests(_ t: Transmission, _ m: Message, _ frame: Frame, _ d: inout Document) {
        let i = frame.interchange
        let last = m.isComplete && m.type != "TA1" ? m.segments.upperBound - 1 : m.segments.upperBound
        let first = m.type == "TA1" ? m.segments.lowerBound : m.segments.lowerBound + 1
        canonical.removeAll(keepingCapacity: true)
        canonical += i.standard.rawValue.utf8
        canonical.append(0x20)
        canonical += d.type.utf8
        canonical.append(0x20)
        t.appendCanonical(first..<max(first, last), in: i, to: &canonical)
        d.body = Digest.hex(Digest.sha256(canonical))
        canonical.removeAll(keepingCapacity: true)
        canonical += frame.controls
        canonical += d.body.utf8
        t.appendCanonical(m.segments.lowerBound..<first, in: i, to: &canonical)
        t.appendCanonical(max(first, last)..<m.segments.upperBound, in: i, to: &canonical)
        d.digest = Digest.hex(Digest.sha256(canonical))
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

/// What is said of a message beside the events on its sheet.
struct MessageHead {
    let document: Document
    /// The sheet is this message's, and it is not rejected.
    let hasEvents: Bool
    /// What the envelope adds to every event.
    let parties: [Party]
    let test: Term?
}

/// What chooses a message's plan.
private struct PlanKey: Hashable {
    let standard: Standard
    let type: String
    let sender: String
}

extension Vocabulary.Finding {
    package init(_ f: SyntaxFinding) {
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
