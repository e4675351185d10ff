/// The two standards whose interchanges are read, and the one that is only recognised.
public enum Standard: String, Sendable {
    case x12, edifact
    /// TRADACOMS (UK, GS1): begins with `STX=`.
    case tradacoms
}

/// The bytes that structure one interchange: each interchange of a file has its own.
public struct Delimiters: Hashable, Sendable {
    /// Ends a segment.
    public var terminator: UInt8
    /// Stands between elements.
    public var element: UInt8
    /// Stands between the components of an element.
    public var component: UInt8
    /// Nil where elements do not repeat (X12 before 00402, EDIFACT before syntax 4).
    public var repetition: UInt8?
    /// EDIFACT's release character: the byte behind it is data. Nil where there is none.
    public var release: UInt8?
    /// The decimal mark that UNA3 names; nil where dot and comma are both read (no UNA, X12).
    public var decimal: UInt8?

    /// Delimiters as an envelope names them.
    public init(
        terminator: UInt8, element: UInt8, component: UInt8, repetition: UInt8? = nil, release: UInt8? = nil,
        decimal: UInt8? = nil
    ) {
        self.terminator = terminator
        self.element = element
        self.component = component
        self.repetition = repetition
        self.release = release
        self.decimal = decimal
    }

    /// Level A service characters, which hold where no UNA says otherwise (ISO 9735, 5.1).
    public static let edifact = Delimiters(
        terminator: UInt8(ascii: "'"), element: UInt8(ascii: "+"), component: UInt8(ascii: ":"),
        release: UInt8(ascii: "?"))

    /// Level B control characters IS4, IS3 and IS1 (ISO 9735, annex A); there is no release character.
    public static let edifactLevelB = Delimiters(terminator: 0x1C, element: 0x1D, component: 0x1F)
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isUpper: Bool { self >= 0x41 && self <= 0x5A }
    var isAlphanumeric: Bool { isDigit || isUpper || (self >= 0x61 && self <= 0x7A) }
    /// What may stand between segments without being data: line breaks, blanks, tabs, NUL and Ctrl-Z.
    var isLayout: Bool { self == 0x0A || self == 0x0D || self == 0x20 || self == 0x09 || self == 0 || self == 0x1A }
    /// What partners use as a separator: anything but letters, digits, blanks and NUL.
    var isSeparator: Bool { !isAlphanumeric && self != 0x20 && self != 0 && self < 0x80 }
}
