/// What a segment does to the envelope, and where its control elements are: all that X12 and EDIFACT differ in here.
enum Role {
    case interchange, interchangeEnd, group, groupEnd, message, messageEnd, acknowledgement, body

    init(_ tag: UInt32, _ standard: Standard) {
        self = (standard == .x12 ? Role.x12[tag] : Role.edifact[tag]) ?? .body
    }

    private static let x12: [UInt32: Role] = [
        Segments.tag("ISA"): .interchange, Segments.tag("IEA"): .interchangeEnd, Segments.tag("GS"): .group,
        Segments.tag("GE"): .groupEnd, Segments.tag("ST"): .message, Segments.tag("SE"): .messageEnd,
        Segments.tag("TA1"): .acknowledgement,
    ]
    private static let edifact: [UInt32: Role] = [
        Segments.tag("UNB"): .interchange, Segments.tag("UNZ"): .interchangeEnd, Segments.tag("UNG"): .group,
        Segments.tag("UNE"): .groupEnd, Segments.tag("UNH"): .message, Segments.tag("UNT"): .messageEnd,
    ]
}

/// The words of a standard for its envelope, for findings.
struct EnvelopeWords {
    let messageEnd: String
    let groupEnd: String
    let interchangeEnd: String
    let message: String

    init(_ standard: Standard) {
        let x12 = standard == .x12
        messageEnd = x12 ? "SE" : "UNT"
        groupEnd = x12 ? "GE" : "UNE"
        interchangeEnd = x12 ? "IEA" : "UNZ"
        message = x12 ? "transaction set" : "message"
    }
}
