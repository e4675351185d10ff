/// Puts an interchange together: envelopes, counts and control references come by themselves, so that they always agree.
///
/// Groups are X12's; EDIFACT messages are written without.
public struct InterchangeWriter: Sendable {
    /// What the envelope says.
    public struct Header: Hashable, Sendable {
        /// ISA05/06 or S002.
        public var sender: Address
        /// ISA07/08 or S003.
        public var receiver: Address
        /// Eight digits, CCYYMMDD.
        public var date: String
        /// Four digits, HHMM.
        public var time: String
        /// ISA13 (up to nine digits) or 0020.
        public var control: String
        /// ISA12 (`00401`), or the syntax identifier and version (`UNOC:3`).
        public var version: String
        /// ISA15 `T`, UNB 0035 `1`.
        public var isTest: Bool

        /// A header of either standard.
        public init(
            sender: Address, receiver: Address, date: String, time: String, control: String, version: String,
            isTest: Bool = false
        ) {
            self.sender = sender
            self.receiver = receiver
            self.date = date
            self.time = time
            self.control = control
            self.version = version
            self.isTest = isTest
        }
    }

    private var writer: SegmentWriter
    private let standard: Standard
    private let header: Header
    private var groups = 0
    private var messages = 0
    private var groupMessages = 0
    private var segments = 0
    private var groupControl = ""
    private var message = (type: "", control: "")

    /// How many characters had to be replaced by blanks.
    public var replaced: Int { writer.replaced }

    /// Begins an X12 interchange. X12.5; ISA is padded to its 106 bytes.
    public init(x12 header: Header, delimiters: Delimiters) {
        standard = .x12
        self.header = header
        writer = SegmentWriter(delimiters, charset: .latin1)
        func text(_ b: UInt8) -> String { String(decoding: [b], as: UTF8.self) }
        writer.fixed(
            "ISA",
            [
                "00", "          ", "00", "          ", header.sender.qualifier.padded(2, "ZZ"),
                header.sender.id.padded(15),
                header.receiver.qualifier.padded(2, "ZZ"), header.receiver.id.padded(15), String(header.date.suffix(6)),
                header.time, delimiters.repetition.map(text) ?? "U", header.version.padded(5), header.control.zeros(9),
                "0",
                header.isTest ? "T" : "P", text(delimiters.component),
            ])
    }

    /// Begins an EDIFACT interchange. ISO 9735, 7; UNA is written wherever the service characters are not the usual ones.
    public init(edifact header: Header, delimiters: Delimiters) {
        standard = .edifact
        self.header = header
        let parts = header.version.split(separator: ":").map(String.init)
        let syntax = parts.first ?? "UNOC"
        writer = SegmentWriter(delimiters, charset: Charset.announced[syntax.uppercased()] ?? .latin1)
        var usual = Delimiters.edifact
        usual.decimal = delimiters.decimal
        if delimiters != usual {
            let d = delimiters
            writer.raw(
                Array("UNA".utf8) + [
                    d.component, d.element, d.decimal ?? UInt8(ascii: "."), d.release ?? 0x20, d.repetition ?? 0x20,
                    d.terminator,
                ])
        }
        let version = parts.count > 1 ? parts[1] : "3"
        // From syntax version 4 on the date has its century.
        let date = version.first.map { $0 >= "4" } == true ? header.date : String(header.date.suffix(6))
        writer.segment(
            "UNB",
            [
                [syntax, version], header.sender.components,
                header.receiver.components, [date, header.time], [header.control], [""],
                [""], [""], [""], [""], [header.isTest ? "1" : ""],
            ])
    }

    /// Appends an interchange acknowledgement, which stands before the first group.
    public mutating func acknowledgement(_ elements: [String]) { writer.segment("TA1", elements.map { [$0] }) }

    /// Begins a functional group: GS.
    public mutating func beginGroup(
        function: String, sender: String, receiver: String, control: String, version: String
    ) {
        groups += 1
        groupMessages = 0
        groupControl = control
        writer.segment(
            "GS",
            [function, sender, receiver, header.date, header.time, control, "X", version].map { [$0] })
    }

    /// Begins a transaction set or message: ST or UNH.
    ///
    /// - Parameter version: further elements of ST, or the components of S009 behind the type.
    public mutating func beginMessage(_ type: String, control: String, version: [String] = []) {
        messages += 1
        groupMessages += 1
        segments = 0
        message = (type, control)
        if standard == .x12 {
            segment("ST", [[type], [control]] + version.map { [$0] })
        } else {
            segment("UNH", [[control], [type] + version])
        }
    }

    /// Appends a segment of the message.
    public mutating func segment(_ tag: String, _ elements: [[String]]) {
        segments += 1
        writer.segment(tag, elements)
    }

    /// Ends the message: SE or UNT.
    public mutating func endMessage() {
        segment(standard == .x12 ? "SE" : "UNT", [["\(segments + 1)"], [message.control]])
    }

    /// Ends the group: GE.
    public mutating func endGroup() { writer.segment("GE", [["\(groupMessages)"], [groupControl]]) }

    /// Ends the interchange: IEA or UNZ.
    ///
    /// - Returns: all that was written.
    public mutating func end() -> [UInt8] {
        if standard == .x12 {
            writer.segment("IEA", [["\(groups)"], [header.control.zeros(9)]])
        } else {
            writer.segment("UNZ", [["\(messages)"], [header.control]])
        }
        return writer.bytes
    }
}

extension String {
    /// Blanks behind, up to a width; cut at it.
    fileprivate func padded(_ width: Int) -> String {
        let cut = String(prefix(width))
        return cut + String(repeating: " ", count: width - cut.count)
    }

    fileprivate func zeros(_ width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}

extension String? {
    fileprivate func padded(_ width: Int, _ other: String) -> String {
        let own = self ?? ""
        return (own.isEmpty ? other : own).padded(width)
    }
}
