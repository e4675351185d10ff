/// What a segment may hold in one version of its standard.
public struct SegmentShape: Sendable {
    /// `N1`, `DTM`.
    public let tag: String
    /// In the words of the tables.
    public let name: String
    /// In the order of the standard; an EDIFACT element that is repeated has several places.
    public let elements: [ElementShape]
    /// X12 relational conditions.
    let conditions: [RelationalCondition]
    /// The elements with each run of the same one in a single place; nil where no element has several places.
    let repeating: [ElementShape]?

    init(tag: String, name: String, elements: [ElementShape], conditions: [RelationalCondition]) {
        self.tag = tag
        self.name = name
        self.elements = elements
        self.conditions = conditions
        let runs = elements.indices.filter { $0 == 0 || elements[$0].id != elements[$0 - 1].id }
        repeating = runs.count < elements.count ? runs.map { elements[$0] } : nil
    }
}

/// An element of a segment, or a component of a composite.
public struct ElementShape: Sendable {
    /// `1004`, `C507`.
    public let id: String
    /// In the words of the tables; empty where this version has no such element.
    public let name: String
    /// Must have a value.
    public let isMandatory: Bool
    /// How often it may stand in its place (X12 repeating elements); 1 elsewhere.
    public let maximum: Int
    /// Nil for a composite, and where the version has no such element.
    let type: ValueType?
    /// Nil where there is no list.
    let codes: CodeList?
    /// Empty for a simple element.
    public let components: [ElementShape]

    /// X12 DT: a date.
    public var isDate: Bool { type?.kind == .date }

    /// What a value means, where the element has a list of codes with this one in it.
    public func meaning(of code: String) -> String? { codes?.name(code) }
}

/// The codes of an element in one version.
struct CodeList: Sendable {
    let table: TableText
    /// Code → place of its name in the table.
    let names: [String: Range<Int>]
    /// No row says that other codes exist.
    let isComplete: Bool

    func name(_ code: String) -> String? { names[code].map(table.text) }
}

/// Type and length of a simple element.
struct ValueType: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Anything: X12 AN and ID, EDIFACT an.
        case text
        /// EDIFACT a: no digits.
        case letters
        /// X12 Nn: digits and a minus sign.
        case integer
        /// X12 R: a minus sign, digits, a point, an exponent.
        case decimal
        /// EDIFACT n: a sign, digits, point or comma (ISO 9735, 10).
        case numeric
        /// X12 DT: YYMMDD or CCYYMMDD.
        case date
        /// X12 TM: HHMM, HHMMSS, HHMMSSD, HHMMSSDD.
        case time
        /// X12 B: bytes, not looked at.
        case binary
    }

    let kind: Kind
    /// Characters; 0 where the table names no minimum.
    let minimum: Int
    let maximum: Int

    /// `an..35`, `n6`, or `AN 1 20`; nil where it is neither.
    init?(_ text: String, _ standard: Standard) {
        if standard == .x12 {
            let parts = text.split(separator: " ")
            guard parts.count == 3, let low = Int(parts[1]), let high = Int(parts[2]), low <= high,
                let kind = ValueType.x12(parts[0])
            else { return nil }
            (self.kind, minimum, maximum) = (kind, low, high)
        } else {
            let letters = text.prefix { $0.isLetter }
            let rest = text.dropFirst(letters.count)
            guard let kind = ValueType.edifact[String(letters)], let length = Int(rest.drop { $0 == "." }) else {
                return nil
            }
            (self.kind, minimum, maximum) = (kind, rest.hasPrefix("..") ? 0 : length, length)
        }
    }

    private static let edifact: [String: Kind] = ["a": .letters, "an": .text, "n": .numeric]

    private static func x12(_ type: Substring) -> Kind? {
        switch type {
        case "AN", "ID": .text
        case "DT": .date
        case "TM": .time
        case "R": .decimal
        case "B": .binary
        default: type.first == "N" && type.dropFirst().allSatisfy(\.isNumber) ? .integer : nil
        }
    }
}

/// A relational condition of X12 (X12.6): a letter and the elements that it is about, `P0304`.
struct RelationalCondition: Hashable, Sendable {
    enum Kind: Character, Sendable {
        /// If any is present, all are.
        case paired = "P"
        /// At least one is present.
        case required = "R"
        /// If the first is present, all others are.
        case conditional = "C"
        /// At most one is present.
        case exclusion = "E"
        /// If the first is present, at least one of the others is.
        case listConditional = "L"
    }

    let kind: Kind
    /// 1-based, in the order of the condition.
    let elements: [Int]

    /// Nil where the token is none: a letter and two or more numbers of two digits.
    init?(_ token: Substring) {
        let digits = token.dropFirst()
        guard let kind = token.first.flatMap(Kind.init), digits.utf8.allSatisfy(\.isDigit), digits.utf8.count >= 4,
            digits.utf8.count % 2 == 0
        else { return nil }
        var numbers: [Int] = []
        var rest = digits
        while let n = Int(rest.prefix(2)) {
            numbers.append(n)
            rest = rest.dropFirst(2)
        }
        self.kind = kind
        elements = numbers
    }

    /// Whether it holds where exactly these elements have values.
    func holds(_ isPresent: (Int) -> Bool) -> Bool {
        let present = elements.count(where: isPresent)
        switch kind {
        case .paired: return present == 0 || present == elements.count
        case .required: return present > 0
        case .conditional: return !isPresent(elements[0]) || present == elements.count
        case .exclusion: return present <= 1
        case .listConditional: return !isPresent(elements[0]) || present > 1
        }
    }
}
