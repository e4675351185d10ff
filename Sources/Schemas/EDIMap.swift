/// How one X12 transaction set or EDIFACT message becomes events: a file of `schemas/maps/x12` or `edifact`, checked and
/// compiled (`docs/maps.md` is the language).
package struct EDIMap: Sendable {
    /// `850`, `ORDERS`.
    package let message: String
    package let title: String
    package let events: [Choice]
    package let number: [Source]
    package let date: [Source]
    /// Segments without which the message cannot be used: one path of each has to be there.
    package let needs: [[EDIPath]]
    package let checks: [Check]
    /// Rules by tag, wherever the segment stands.
    package let segments: [String: [EDIRule]]
    package let groups: [Group]
    /// Indices of the groups that a tag begins, in the order of the file.
    package let starts: [String: [Int]]
    package let tables: [String: [String: String]]

    /// A map that reads nothing.
    package init() {
        message = ""
        title = ""
        (events, number, date, needs, checks, groups) = ([], [], [], [], [], [])
        (segments, starts, tables) = ([:], [:], [:])
    }

    /// An event's type and what has to hold for it.
    package struct Choice: Sendable {
        package let when: [EDICondition]
        package let type: String
    }

    /// Where a document's number or date comes from: an element, or the header's first fact of a kind.
    package enum Source: Sendable {
        case path(EDIPath)
        case fact(EDIFact)
    }

    package struct Group: Sendable {
        package enum Gives: Sendable { case line, event, context, scope, nothing }

        package let name: String
        package let start: String
        package let when: [EDICondition]
        /// Groups that it stands in; empty for the whole message.
        package let under: [Int]
        /// It may stand in the message itself.
        package let underMessage: Bool
        package let end: Set<String>
        package let gives: Gives
        package let events: [Choice]
        package let segments: [String: [EDIRule]]
    }

    /// A control total against what is there (CTT, CNT).
    package struct Check: Sendable {
        package let value: EDIPath
        package let when: [EDICondition]
        /// Number of segments with one of these tags; it is right if it agrees with any of them that occurs.
        package let count: [String]
        /// Sum of these elements; the same.
        package let sum: [EDIPath]
    }
}

/// An element: which, and of which segment. `tag` is nil for the segment at hand.
package struct EDIPath: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        /// All of an X12 element, the first component of an EDIFACT one.
        case plain
        case component(Int)
        /// All components with a blank between them.
        case all
    }

    package var tag: String?
    /// 1-based; 0 for the segment itself.
    package var element: Int
    package var part: Part

    package init(tag: String? = nil, element: Int, part: Part = .plain) {
        self.tag = tag
        self.element = element
        self.part = part
    }
}

/// What a companion says: elements, the first filled of which counts, or a constant.
package enum EDIOperand: Sendable {
    case paths([EDIPath])
    case constant(String)
}

package struct EDICondition: Sendable {
    package enum Test: Sendable {
        case among(Set<String>), notAmong(Set<String>), present, absent
        case shape(String, Bool)
    }

    package let path: EDIPath
    package let test: Test

    /// The same test of an element of the segment at hand.
    package var here: EDICondition {
        EDICondition(path: EDIPath(element: path.element, part: path.part), test: test)
    }
}

/// What an element means.
package enum EDIFact: Sendable {
    case reference(String), party(String), date(String), amount(String), quantity(String), location(String)
    case equipment(String)
    case term(String)
    /// Complete the party read last.
    case partyCountry, partyName
    case lineNumber, orderLine
    case ignore

    /// The word, for facts that have one.
    package var word: String? {
        switch self {
        case .reference(let w), .party(let w), .date(let w), .amount(let w), .quantity(let w), .location(let w),
            .equipment(let w), .term(let w):
            w
        default: nil
        }
    }
}

/// A fact and the table its value goes through.
package struct EDIMeaning: Sendable {
    package let fact: EDIFact
    package let table: String?
}

package struct EDIRule: Sendable {
    package enum Target: Sendable {
        case fixed(EDIMeaning)
        /// The first filled of these elements is the code that says what the value is.
        case by([EDIPath], [String: EDIMeaning], other: EDIMeaning?)
        /// Pairs of code and value from this element on.
        case pairs(Int, [String: EDIMeaning], other: EDIMeaning?)
    }

    package enum Every: Sendable { case first, repetition, component }

    package enum Companion: String, Sendable, CaseIterable {
        case unit, currency, time, zone, format, line, name, id, scheme, country, code, text, basis, with, join
        case basisCode = "basis-code"
    }

    package let target: Target
    /// Elements of the value, the first filled counts; empty where only companions say something.
    package let value: [EDIPath]
    package let companions: [Companion: EDIOperand]
    package let when: [EDICondition]
    package let every: Every
    /// Implied decimals (X12 N2).
    package let decimals: Int?
    package let absolute: Bool
    /// Phrases in a free text behind which the date stands, in upper case.
    package let behind: [String]
}
