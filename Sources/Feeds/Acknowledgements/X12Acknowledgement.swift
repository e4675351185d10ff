import EDI
import Schemas
import Vocabulary

/// Composes TA1, 997 and 999. X12.5 (TA1), X12.20 (997), X12.59 (999).
struct X12Acknowledgement {
    let received: Received
    let codes: AcknowledgementCodes
    let set: AcknowledgementPolicy.Set
    private var t: Transmission { received.transmission }
    private var i: Interchange { received.interchange }

    /// - Parameters:
    ///   - ta1: whether the interchange itself is answered.
    ///   - control: our own number for the interchange and its group.
    /// - Returns: nil where there is nothing to answer.
    func compose(ta1: Bool, control: Int, asOf: Moment) -> Acknowledgement? {
        let groups = set == .none ? [] : i.groups.filter { !isAcknowledgement($0) }
        guard ta1 || !groups.isEmpty else { return nil }
        let (date, time) = asOf.ediDateTime
        let notes = received.envelope(codes, trailers: ["IEA"]) { $0.interchange }
        var w = InterchangeWriter(
            x12: InterchangeWriter.Header(
                sender: i.receiver, receiver: i.sender, date: date, time: time, control: "\(control)",
                version: i.version.isEmpty ? "00401" : i.version, isTest: i.isTest), delimiters: delimiters)
        if ta1 {
            // A: accepted, E: accepted with errors. I17.
            w.acknowledgement([
                i.control, i.date, i.time, notes.isEmpty ? "A" : "E", notes.first ?? "000",
            ])
        }
        // A group of ours answers groups of one sender, receiver and version.
        let alike = Dictionary(grouping: groups) { g in
            [t.groups[g].sender.id, t.groups[g].receiver.id, t.groups[g].version]
        }.values.sorted { $0[0] < $1[0] }
        for (n, some) in alike.enumerated() {
            writeGroup(some, alike.count == 1 ? control : control * 1000 + n + 1, &w)
        }
        let rejected = i.messages.filter(isRejected).count
        return Acknowledgement(
            kinds: (ta1 ? ["TA1"] : []) + (groups.isEmpty ? [] : [set.rawValue]), bytes: w.end(),
            verdict: verdict(of: Array(i.messages), notes + i.groups.flatMap { self.notes(on: t.groups[$0]) }),
            rejected: rejected, messages: i.messages.count)
    }

    private func notes(on g: Group) -> [String] {
        guard g.messages.isEmpty else { return received.envelope(codes, of: g, trailers: ["GE"]) { $0.group } }
        // Findings go by messages; what is wrong with a group without any shows in its trailer.
        guard let included = g.included else { return [codes.rows["trailer-missing"]?.group].compactMap(\.self) }
        return included == 0 ? [] : [codes.rows["group-count-wrong"]?.group].compactMap(\.self)
    }

    /// A group of nothing but acknowledgements; one without sets is what its function [479] says.
    private func isAcknowledgement(_ group: Int) -> Bool {
        let g = t.groups[group]
        return g.messages.isEmpty
            ? g.function == "FA" : g.messages.allSatisfy { codes.never.contains(t.messages[$0].type) }
    }

    private func isRejected(_ m: Int) -> Bool { received.isRejected(m, codes) }

    /// The partner's, without what their version does not know; with a component separator where they named none.
    private var delimiters: Delimiters {
        var d = i.delimiters
        d.release = nil
        d.decimal = nil
        if d.component >= 0x80 {
            let used = [d.terminator, d.element, d.repetition]
            d.component = [UInt8(ascii: ">"), UInt8(ascii: ":")].first { !used.contains($0) } ?? UInt8(ascii: "<")
        }
        return d
    }

    private func verdict(of messages: [Int], _ notes: [String]) -> Acknowledgement.Verdict {
        if !messages.isEmpty, messages.allSatisfy(isRejected) { return .rejected }
        let hasErrors = messages.contains { isRejected($0) || !received.told($0, codes).isEmpty }
        return hasErrors || !notes.isEmpty ? .acceptedWithErrors : .accepted
    }

    private func writeGroup(_ groups: [Int], _ control: Int, _ w: inout InterchangeWriter) {
        let first = t.groups[groups[0]]
        let version = set == .functional ? first.version : implementation(first)
        w.beginGroup(
            function: "FA", sender: first.receiver.id, receiver: first.sender.id, control: "\(control)",
            version: version.isEmpty ? "004010" : version)
        for (n, g) in groups.enumerated() { write(t.groups[g], n + 1, &w) }
        w.endGroup()
    }

    /// The version of a 999: its guide, or the bare release.
    private func implementation(_ g: Group) -> String { codes.guide(of: g.version) ?? String(g.version.prefix(6)) }

    /// One set answers one functional group.
    private func write(_ g: Group, _ number: Int, _ w: inout InterchangeWriter) {
        let control = String(repeating: "0", count: max(0, 4 - "\(number)".count)) + "\(number)"
        w.beginMessage(
            set.rawValue, control: control, version: set == .implementation ? [implementation(g)] : [])
        w.segment("AK1", [[g.function], [g.control]] + (set == .implementation ? [[g.version]] : []))
        for m in g.messages { write(m, &w) }
        let rejected = g.messages.filter(isRejected).count
        let hasErrors = g.messages.contains { !received.told($0, codes).isEmpty }
        let notes = self.notes(on: g)
        // AK901 [715]: accepted, accepted with errors, partially accepted, rejected.
        let status =
            rejected == g.messages.count && (rejected > 0 || !notes.isEmpty)
            ? "R" : rejected > 0 ? "P" : hasErrors || !notes.isEmpty ? "E" : "A"
        w.segment(
            "AK9",
            [
                [status], ["\(g.included ?? g.messages.count)"], ["\(g.messages.count)"],
                ["\(g.messages.count - rejected)"],
            ] + notes.prefix(5).map { [$0] })
        w.endMessage()
    }

    private func write(_ m: Int, _ w: inout InterchangeWriter) {
        let message = t.messages[m]
        let told = received.told(m, codes)
        // ST03 [1705] came with 999's release.
        let guide = set == .implementation ? t.text(message.segments.lowerBound, 3, nil, in: i) : nil
        w.segment("AK2", [[message.type], [message.control]] + (guide.map { [[$0]] } ?? []))
        for (segment, findings) in codes.bySegment(told) { write(findings, segment, message, &w) }
        let isRejected = isRejected(m)
        var notes: [String] = []
        for f in told {
            let row = codes.rows[f.code] ?? codes.unspecified
            let code = row.set ?? "5"
            if !notes.contains(code) { notes.append(code) }
        }
        w.segment(
            set == .functional ? "AK5" : "IK5",
            [[isRejected ? "R" : told.isEmpty ? "A" : "E"]] + notes.prefix(5).map { [$0] })
    }

    /// AK3 or IK3 of one segment, and its elements' AK4 or IK4.
    private func write(_ findings: [SyntaxFinding], _ segment: Int, _ m: Message, _ w: inout InterchangeWriter) {
        let is999 = set == .implementation
        let elements = findings.filter { codes.rows[$0.code]?.element != nil }
        func head(_ tag: String, _ code: String) {
            w.segment(is999 ? "IK3" : "AK3", [[String(tag.prefix(3))], ["\(segment)"], [""], [code]])
        }
        for f in findings {
            if let code = codes.rows[f.code]?.segment { head(f.tag ?? "", code) }
        }
        guard !elements.isEmpty || findings.allSatisfy({ codes.rows[$0.code]?.segment == nil }) else { return }
        head(t.tag(m.segments.lowerBound + segment - 1), "8")
        for f in elements.prefix(99) {
            guard let row = codes.rows[f.code], let element = f.element else { continue }
            let code = (is999 ? row.element999 : nil) ?? row.element ?? ""
            let value = t.text(m.segments.lowerBound + segment - 1, element, f.component, in: i) ?? ""
            w.segment(
                is999 ? "IK4" : "AK4",
                [["\(element)"] + (f.component.map { ["\($0)"] } ?? []), [""], [code], [Self.copied(value)]])
        }
    }

    /// A bad value as it is shown to its sender: up to 99 characters [724], without control characters.
    private static func copied(_ value: String) -> String {
        String(value.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(99).map(Character.init))
    }
}

extension Moment {
    /// CCYYMMDD and HHMM, in UTC.
    var ediDateTime: (date: String, time: String) {
        let all = Moment(epochSeconds: epochSeconds).description.filter(\.isNumber)
        return (String(all.prefix(8)), String(all.dropFirst(8).prefix(4)))
    }
}
