/// Where a segment of a message stands in its structure.
public struct Placement: Hashable, Sendable {
    /// Index in `MessageStructure.items`; nil where the structure has no place for the segment here.
    public let item: Int?
    /// Index of the group that it stands in, or is left in where it has no place; 0 is the message itself.
    public let group: Int
}

/// What the check of one message says.
public struct StructureReport: Sendable {
    /// In the order of the segments they are about.
    public internal(set) var findings: [SyntaxFinding] = []
    /// For each segment of the message.
    public internal(set) var placements: [Placement] = []
}

/// Gathers the findings of a message, with their places.
struct StructureFindings {
    /// More than this many are only counted: a message of another kind than it says would give one for every segment.
    static let limit = 1000

    private let transmission: Transmission
    private let message: Int
    private let interchange: Interchange
    private var all: [SyntaxFinding] = []
    private var withdrawn: Set<Int> = []
    private var left = 0
    private var last = 0

    init(_ transmission: Transmission, message: Int, _ interchange: Interchange) {
        self.transmission = transmission
        self.message = message
        self.interchange = interchange
    }

    /// A finding about a segment (an index in the transmission), or one of its elements.
    ///
    /// - Parameter tag: the tag where it is about a segment that is not there.
    /// - Returns: a number to withdraw it with; nil where it is one too many.
    @discardableResult
    mutating func add(
        _ code: String, _ severity: SyntaxFinding.Severity, _ text: String, _ segment: Int, tag: String? = nil,
        element: Int? = nil, component: Int? = nil, repetition: Int = 0
    ) -> Int? {
        guard all.count < StructureFindings.limit else {
            left += 1
            last = segment
            return nil
        }
        let whole = transmission.place(segment)
        let place =
            element.flatMap {
                transmission.place(segment, $0, component, repetition: repetition, in: interchange)
                    ?? transmission.place(segment, $0, in: interchange)
            } ?? whole
        let first = transmission.messages[message].segments.lowerBound
        all.append(
            SyntaxFinding(
                code, severity, text, offset: place.lowerBound, length: place.count, messages: message..<message + 1,
                segment: segment - first + 1, tag: tag ?? transmission.tag(segment), element: element,
                component: component))
        return all.count - 1
    }

    /// How many there are, those left out among them.
    var total: Int { all.count + left }

    mutating func withdraw(_ number: Int) { withdrawn.insert(number) }

    /// All findings by segment; the last says how many are left out.
    mutating func finish() -> [SyntaxFinding] {
        if left > 0 {
            let place = transmission.place(last)
            all.append(
                SyntaxFinding(
                    "findings-cut", .info, "\(left) more findings about this message are left out.",
                    offset: place.lowerBound, length: place.count, messages: message..<message + 1,
                    segment: last - transmission.messages[message].segments.lowerBound + 1,
                    tag: transmission.tag(last)))
        }
        return all.indices.filter { !withdrawn.contains($0) }.map { all[$0] }
    }
}
