/// Checks messages against the structure tables: the order of segments, their elements, their codes.
///
/// Complexity of a check: linear in the bytes of the message, times a factor that depends on the structure alone.
public struct StructureCheck: Sendable {
    /// What is checked.
    public struct Tiers: OptionSet, Sendable {
        /// A bit for each tier.
        public let rawValue: Int

        /// The tiers of these bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Which segments stand where, and how often.
        public static let order = Tiers(rawValue: 1)
        /// Presence, length, type and conditions of elements.
        public static let values = Tiers(rawValue: 2)
        /// Codes of elements whose list is complete.
        public static let codes = Tiers(rawValue: 4)
        /// Everything.
        public static let all: Tiers = [.order, .values, .codes]
    }

    /// What the messages are checked against.
    public let structure: MessageStructure
    /// What is checked.
    public let tiers: Tiers

    /// A check of a message's tiers, to be used for many messages.
    public init(_ structure: MessageStructure, _ tiers: Tiers = .all) {
        self.structure = structure
        self.tiers = tiers
    }

    /// Checks one message.
    ///
    /// - Parameter message: an index in `Transmission.messages`, of a message of the structure's type.
    /// - Returns: places of all segments, whatever the tiers; findings of the tiers.
    public func check(_ message: Int, in transmission: Transmission) -> StructureReport {
        let m = transmission.messages[message]
        let interchange = transmission.interchanges[m.interchange]
        var findings = StructureFindings(transmission, message: message, interchange)
        var report = StructureReport()
        if structure.isNearest, let first = m.segments.first {
            findings.add(
                "version-nearest", .info,
                "The tables have no \(structure.type) in \(m.version); it is checked as \(structure.version).", first)
        }
        var placer = Placer(structure)
        let values = ValueCheck(structure, tiers, transmission, interchange)
        var tag = m.segments.first.map(transmission.tag) ?? ""
        for s in m.segments {
            let next = s + 1 < m.segments.upperBound ? transmission.tag(s + 1) : ""
            let section =
                tag == "UNS" && structure.standard == .edifact ? transmission.text(s, 1, 1, in: interchange) : nil
            let faults = placer.place(tag, before: next, section: section)
            if tiers.contains(.order) { note(faults, tag, s, &placer, &findings) }
            report.placements.append(Placement(item: placer.item, group: placer.group))
            if let shape = structure.segments[tag] { values.check(s, shape, &findings) }
            tag = next
        }
        report.findings = findings.finish()
        return report
    }

    private func note(
        _ faults: [Placer.Fault], _ tag: String, _ segment: Int, _ placer: inout Placer,
        _ findings: inout StructureFindings
    ) {
        for fault in faults {
            switch fault {
            case .missing(let item):
                let tag = structure.tag(of: item)
                let text = "The mandatory segment \(words(tag)) is missing before this one."
                placer.missing[item] = findings.add("segment-missing", .warning, text, segment, tag: tag)
            case .found(let number): findings.withdraw(number)
            case .repeats(let item):
                let i = structure.items[item]
                if i.isGroup {
                    let text = "The group \(i.tag), which begins with \(tag), stands more than \(i.maximum) times here."
                    findings.add("group-repeats", .warning, text, segment)
                } else {
                    let text = "\(words(tag)) stands more than \(i.maximum) times here."
                    findings.add("segment-repeats", .warning, text, segment)
                }
            case .order:
                let text = "\(words(tag)) does not belong here; \(structure.type) has it in another place."
                findings.add("segment-order", .warning, text, segment)
            case .unexpected:
                if structure.known.contains(tag) {
                    let text = "\(structure.type) \(structure.version) has no segment \(tag)."
                    findings.add("segment-unexpected", .warning, text, segment)
                } else {
                    let text = "\(structure.version) has no segment \(tag)."
                    findings.add("segment-unknown", .warning, text, segment)
                }
            }
        }
    }

    private func words(_ tag: String) -> String {
        structure.segments[tag].map { $0.name.isEmpty ? tag : "\(tag) (\($0.name))" } ?? tag
    }
}
