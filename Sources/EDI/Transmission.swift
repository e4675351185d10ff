/// Who sends or receives an interchange or group: the id as sent, and the code that says what kind of id it is.
public struct Address: Hashable, Sendable {
    /// As sent, blanks at the ends left out.
    public var id: String
    /// X12 I05 (ISA05, ISA07) or EDIFACT 0007; nil or empty where none is given.
    public var qualifier: String?
    /// EDIFACT 0008 and 0014, an address inside the partner's house; nil or empty where none is given.
    public var routing: String?

    /// An address as an envelope names it.
    public init(id: String, qualifier: String? = nil, routing: String? = nil) {
        self.id = id
        self.qualifier = qualifier
        self.routing = routing
    }

    /// As S002 and S003 have it.
    public var components: [String] { [id, qualifier ?? "", routing ?? ""] }
}

/// An envelope: ISA … IEA or UNB … UNZ. Where messages stand without one, its texts are empty.
public struct Interchange: Hashable, Sendable {
    /// X12 or EDIFACT.
    public var standard: Standard
    /// Its own, whatever stood before it in the file.
    public var delimiters: Delimiters
    /// How its values are decoded.
    public var charset: Charset
    /// ISA05/06 or S002.
    public var sender = Address(id: "")
    /// ISA07/08 or S003.
    public var receiver = Address(id: "")
    /// ISA09 or S004, as sent.
    public var date = ""
    /// ISA10 or S004, as sent.
    public var time = ""
    /// ISA13 or 0020.
    public var control = ""
    /// ISA12, or the syntax identifier and version (`UNOC:3`).
    public var version = ""
    /// ISA15 `T` or UNB 0035 `1`.
    public var isTest = false
    /// ISA14 or UNB 0031: the sender asks for an acknowledgement.
    public var wantsAcknowledgement = false
    /// The first segment is ISA or UNB, not a group or message that stands alone.
    public var hasEnvelope = true
    /// Indices in `Transmission.groups`.
    public var groups: Range<Int> = 0..<0
    /// Indices in `Transmission.messages`.
    public var messages: Range<Int> = 0..<0
    /// Byte range in the file.
    public var span: Range<Int> = 0..<0
}

/// A functional group: GS … GE or UNG … UNE.
public struct Group: Hashable, Sendable {
    /// Index in `Transmission.interchanges`.
    public var interchange: Int
    /// GS01 (`PO`, `SH`, …) or 0038.
    public var function = ""
    /// GS02 or S006.
    public var sender = Address(id: "")
    /// GS03 or S007.
    public var receiver = Address(id: "")
    /// GS04 or S004, as sent.
    public var date = ""
    /// GS05 or S004, as sent.
    public var time = ""
    /// GS06 or 0048.
    public var control = ""
    /// GS08 (`004010VICS`), empty in EDIFACT.
    public var version = ""
    /// GE01 or 0060: how many messages its trailer says it has; nil without a trailer or a number in it.
    public var included: Int?
    /// Indices in `Transmission.messages`.
    public var messages: Range<Int> = 0..<0
}

/// A transaction set or message: ST … SE or UNH … UNT.
public struct Message: Hashable, Sendable {
    /// Index in `Transmission.interchanges`.
    public var interchange: Int
    /// Index in `Transmission.groups`, where it stands in one.
    public var group: Int?
    /// ST01 or 0065: `850`, `ORDERS`.
    public var type = ""
    /// GS08 or ISA12 as six digits (`004010`), EDIFACT version and release (`D96A`); empty where none is given.
    public var version = ""
    /// ST02 or 0062.
    public var control = ""
    /// Indices for `Transmission`'s element reading; header first, trailer last where `isComplete`.
    public var segments: Range<Int>
    /// Byte range in the file, terminator included.
    public var span: Range<Int> = 0..<0
    /// SE or UNT was there.
    public var isComplete = false
}

/// A file of X12 and EDIFACT interchanges, as its syntax tells it.
///
/// What cannot be read is a finding, never an error: the unit of loss is a segment, then a message, never the file.
/// Complexity of reading: O(n) for n bytes, memory about 20 bytes a segment and 4 an element beside the bytes.
public struct Transmission: Sendable {
    /// In the order of the file.
    public internal(set) var interchanges: [Interchange] = []
    /// In the order of the file, through all interchanges.
    public internal(set) var groups: [Group] = []
    /// In the order of the file, through all interchanges.
    public internal(set) var messages: [Message] = []
    /// In the order in which they were noticed.
    public internal(set) var findings: [SyntaxFinding] = []
    var segments = Segments()
    /// The bytes that offsets in `segments` mean: the file's, or a stretch of it, without the line breaks of a wrapped one.
    var bytes: [UInt8] = []
    /// From offsets in `bytes` to offsets in the file.
    var origin = Origin()
    /// Messages of the file before this stretch of it.
    public internal(set) var firstMessage = 0

    init() {}

    /// Empty, with the memory it has.
    mutating func empty() {
        interchanges.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        messages.removeAll(keepingCapacity: true)
        findings.removeAll(keepingCapacity: true)
        segments.empty()
        bytes.removeAll(keepingCapacity: true)
        origin = Origin()
        firstMessage = 0
    }

    /// Reads a whole file. Every file gives a transmission; one that holds no EDI has no messages and says why.
    public init(_ bytes: [UInt8], limits: Limits = Limits()) {
        self.init()
        guard bytes.count < Int(UInt32.max) else {
            note("file-too-large", .critical, "The file has 4 GB or more; it can only be read in chunks.", 0..<0, 0..<0)
            return
        }
        var reader = EnvelopeReader(bytes, limits)
        if let all = reader.next() { self = all }
    }
}

/// Reads a file of any size in stretches: whole interchanges together, or whole messages of a long one.
///
/// What comes out does not depend on how the file is cut into chunks. Held at once are one stretch, or one message where it is
/// longer, and about as much again for its structure.
public struct TransmissionReader {
    private var reader: EnvelopeReader

    /// - Parameter chunks: gives the file's bytes one after the other, and none at its end.
    public init(limits: Limits = Limits(), chunks: @escaping () -> [UInt8]) {
        reader = EnvelopeReader(chunks, limits)
    }

    /// The next stretch; nil behind the last. There is always one.
    ///
    /// - Parameter old: a transmission that is done with, whose memory is used again; so a long file needs no new one.
    public mutating func next(reusing old: consuming Transmission? = nil) -> Transmission? {
        if let old { reader.spare = old }
        return reader.next()
    }
}
