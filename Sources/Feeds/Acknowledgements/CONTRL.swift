import EDI
import Schemas
import Vocabulary

/// Composes CONTRL, ISO 9735-4: syntax versions 3 (D:3) and 4 (4:1).
struct CONTRL {
    let received: Received
    let codes: AcknowledgementCodes
    private var t: Transmission { received.transmission }
    private var i: Interchange { received.interchange }

    /// - Parameter control: our own number for the interchange.
    /// - Returns: nil where the interchange holds nothing but acknowledgements.
    func compose(control: Int, asOf: Moment) -> Acknowledgement? {
        let answered = i.messages.filter { !codes.never.contains(t.messages[$0].type) }
        guard !answered.isEmpty || i.messages.isEmpty else { return nil }
        let (date, time) = asOf.ediDateTime
        let version = i.version.isEmpty || i.version == ":" ? "UNOC:3" : i.version
        var delimiters = i.delimiters
        // A value that holds a service character has to be written too.
        if delimiters.release == nil, delimiters.element == Delimiters.edifact.element,
            ![delimiters.component, delimiters.terminator, delimiters.repetition].contains(Delimiters.edifact.release)
        {
            delimiters.release = Delimiters.edifact.release
        }
        var w = InterchangeWriter(
            edifact: InterchangeWriter.Header(
                sender: i.receiver, receiver: i.sender, date: date, time: time, control: "\(control)",
                version: version, isTest: i.isTest), delimiters: delimiters)
        let isFour = version.split(separator: ":").dropFirst().first?.first.map { $0 >= "4" } == true
        w.beginMessage("CONTRL", control: "1", version: isFour ? ["4", "1", "UN"] : ["D", "3", "UN"])
        let notes = received.envelope(codes, trailers: ["UNE", "UNZ"]) { $0.edifact }
        let rejected = answered.filter(isRejected)
        let isWhole = !answered.isEmpty && rejected.count == answered.count
        // 0083: 7 acknowledges all that is not rejected below, 4 rejects.
        w.segment(
            "UCI",
            [
                [i.control], i.sender.components, i.receiver.components, ["7"], [notes.first ?? ""],
            ])
        for m in rejected where t.messages[m].group == nil { write(m, &w) }
        for g in i.groups { write(t.groups[g], &w) }
        w.endMessage()
        let hasErrors = answered.contains { !received.told($0, codes).isEmpty } || !notes.isEmpty
        return Acknowledgement(
            kinds: ["CONTRL"], bytes: w.end(),
            verdict: isWhole ? .rejected : hasErrors ? .acceptedWithErrors : .accepted, rejected: rejected.count,
            messages: i.messages.count)
    }

    private func isRejected(_ m: Int) -> Bool { received.isRejected(m, codes) }

    private func write(_ g: Group, _ w: inout InterchangeWriter) {
        let rejected = g.messages.filter(isRejected)
        guard !rejected.isEmpty else { return }
        w.segment(
            "UCF",
            [
                [g.control], g.sender.components, g.receiver.components, ["7"],
            ])
        for m in rejected { write(m, &w) }
    }

    private func isRejecting(_ f: SyntaxFinding) -> Bool { f.severity == .critical || codes.rejecting.contains(f.code) }

    /// UCM of a rejected message, with UCS and UCD of its segments and elements.
    private func write(_ m: Int, _ w: inout InterchangeWriter) {
        let message = t.messages[m]
        let told = received.told(m, codes)
        let whole = told.first { isRejecting($0) && (codes.rows[$0.code] ?? codes.unspecified).segment == nil }
        let code = whole.flatMap { (codes.rows[$0.code] ?? codes.unspecified).edifact }
        // 0135 names the service segment that is at fault.
        let tag = whole?.tag.map { $0.hasPrefix("UN") ? $0 : "" } ?? ""
        w.segment(
            "UCM",
            [[message.control], identifier(message), ["4"], [code ?? codes.unspecified.edifact ?? "18"], [tag]])
        for (segment, findings) in codes.bySegment(told) { write(findings, segment, &w) }
    }

    private func write(_ findings: [SyntaxFinding], _ segment: Int, _ w: inout InterchangeWriter) {
        let own = findings.first { codes.rows[$0.code]?.segment != nil }
        w.segment("UCS", [["\(segment)"], [own.flatMap { codes.rows[$0.code]?.edifact } ?? ""]])
        for f in findings.filter({ codes.rows[$0.code]?.element != nil }).prefix(99) {
            guard let code = codes.rows[f.code]?.edifact, let element = f.element else { continue }
            // S011: positions are counted with the segment's tag, which is the first.
            w.segment("UCD", [[code], ["\(element + 1)", f.component.map { "\($0)" } ?? ""]])
        }
    }

    /// S009 as it was sent.
    private func identifier(_ m: Message) -> [String] {
        let n = max(1, t.components(m.segments.lowerBound, 2, in: i))
        return (1...n).map { t.text(m.segments.lowerBound, 2, $0, in: i) ?? "" }
    }
}
