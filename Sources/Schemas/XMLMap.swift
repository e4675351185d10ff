/// How one family of XML documents is recognised and read (`schemas/maps/xml/`, `docs/xml-maps.md`).
package struct XMLMap: Sendable {
    /// Something that has to hold at an element for a rule, a type or an event to apply: all paths, each with one of its
    /// values.
    package struct Condition: Sendable {
        package enum Wanted: Sendable {
            case present
            case absent
            case anyOf([String])
        }

        package var path: XMLPath
        package var wanted: Wanted
    }

    /// A choice by conditions, tried in order.
    package struct Choice: Sendable {
        package var when: [Condition]
        package var word: String
    }

    package struct Recognise: Sendable {
        /// Local names of the root element, as numbers of `XMLMaps.names`.
        package var roots: [Int]
        /// Groups of paths; of each group one has to be there.
        package var has: [[XMLPath]]
        /// What a namespace of this family begins with: a hint, and the reason of a finding where another stands.
        package var namespaces: [String]
    }

    package struct Header: Sendable {
        package var types: [Choice]
        package var version: XMLValue?
        package var number: XMLValue?
        package var date: XMLValue?
        package var sent: XMLValue?
        package var sentTime: XMLValue?
        package var sender: XMLValue?
        package var receiver: XMLValue?
        /// Where these hold the document is test traffic.
        package var test: [Condition]
        /// Local names of elements that change when the same document is sent again, as numbers.
        package var volatile: Set<Int>
    }

    package struct Required: Sendable {
        /// One of these has to give a value.
        package var paths: [XMLPath]
        package var when: [Condition]
        package var words: String
    }

    /// A fact's word with the table its code goes through. Like a rule and a path it is an object, so that a reader that
    /// goes through thousands of them copies none.
    package final class Fact: Sendable {
        package enum Section: String, Sendable {
            case reference, party, date, amount, quantity, location, equipment, term
        }

        package let section: Section
        package let word: String
        package let table: CodeTable<String>?

        init(section: Section, word: String, table: CodeTable<String>?) {
            self.section = section
            self.word = word
            self.table = table
        }
    }

    /// What else belongs to a fact, each read from the element that the rule stands on.
    package final class Companions: Sendable {
        package typealias ID = (value: XMLValue, scheme: XMLValue?)

        package let value: XMLValue?
        package let unit: XMLValue?
        package let currency: XMLValue?
        package let time: XMLValue?
        package let line: XMLValue?
        package let name: XMLValue?
        package let ids: [ID]
        package let country: XMLValue?
        package let code: XMLValue?
        package let text: XMLValue?
        package let basis: XMLValue?
        package let basisUnit: XMLValue?

        /// - Parameter part: what stands under a companion's name.
        init(ids: [ID] = [], _ part: (String) throws(SchemaFault) -> XMLValue?) throws(SchemaFault) {
            self.ids = ids
            value = try part("value")
            unit = try part("unit")
            currency = try part("currency")
            time = try part("time")
            line = try part("line")
            name = try part("name")
            country = try part("country")
            code = try part("code")
            text = try part("text")
            basis = try part("basis")
            basisUnit = try part("basis-unit")
        }
    }

    package indirect enum Body: Sendable {
        case facts([Fact], Companions)
        /// `by` says what the value is, the first of its values that is listed; else it is `other`, or passed over.
        case coded(by: [XMLValue], codes: CodeTable<[Fact]>, other: [Fact], Companions)
        case below(RuleList)
    }

    package final class Rule: Sendable {
        package let path: XMLPath
        package let when: [Condition]
        /// Only the first element that the path and the conditions reach.
        package let once: Bool
        package let body: Body

        init(path: XMLPath, when: [Condition], once: Bool, body: Body) {
            self.path = path
            self.when = when
            self.once = once
            self.body = body
        }
    }

    /// Rules with the name that each asks of a child first (-1 for none), so that a rule that leads nowhere is not touched.
    package struct RuleList: Sendable {
        package let rules: [Rule]
        package let firsts: [Int]

        init(_ rules: [Rule]) {
            self.rules = rules
            firsts = rules.map { $0.path.absolute ? -1 : $0.path.first }
        }
    }

    package struct LineRule: Sendable {
        package var path: XMLPath
        package var when: [Condition]
        package var number: XMLValue?
        package var rules: RuleList
    }

    package var file: String
    package var title: String
    package var recognise: Recognise
    package var header: Header
    package var required: [Required]
    /// Empty for a family that is only named.
    package var events: [Choice]
    package var rules: RuleList
    package var lines: [LineRule]
    package var currency: XMLValue?
    package var unit: XMLValue?
    /// Party id schemes as sent to those of the house (`0088` is `gln`).
    package var schemes: CodeTable<String>?
}

/// Codes as sent and what they stand for, capitals or not. A key that ends or begins in `*` stands for all codes that begin
/// or end like the rest of it, the longest first.
package struct CodeTable<Meaning: Sendable>: Sendable {
    private var exact: [String: Meaning] = [:]
    private var beginnings: [(text: String, meaning: Meaning)] = []
    private var endings: [(text: String, meaning: Meaning)] = []
    package var other: Meaning?

    package init(_ rows: [(code: String, meaning: Meaning)]) {
        for row in rows {
            let code = row.code.uppercased()
            if code == "OTHER" {
                other = row.meaning
            } else if code.hasSuffix("*") {
                beginnings.append((text: String(code.dropLast()), meaning: row.meaning))
            } else if code.hasPrefix("*") {
                endings.append((text: String(code.dropFirst()), meaning: row.meaning))
            } else {
                exact[code] = row.meaning
            }
        }
        beginnings.sort { ($1.text.count, $0.text) < ($0.text.count, $1.text) }
        endings.sort { ($1.text.count, $0.text) < ($0.text.count, $1.text) }
    }

    /// What a code stands for, `other` apart.
    package func listed(_ code: String) -> Meaning? {
        // Most codes are sent in capitals, as the keys are.
        if let m = exact[code] { return m }
        let key = code.uppercased()
        if key != code, let m = exact[key] { return m }
        return beginnings.first { key.hasPrefix($0.text) }?.meaning
            ?? endings.first { key.hasSuffix($0.text) }?.meaning
    }

    package subscript(_ code: String) -> Meaning? { listed(code) ?? other }
}

extension CodeTable<String> {
    package init(_ node: Node) throws(SchemaFault) {
        guard node.isMap else { throw node.fault("a table is a mapping of code and word") }
        var rows: [(code: String, meaning: String)] = []
        for m in node.members {
            guard let word = m.value.text else { throw m.value.fault("\(m.key) has to have a word") }
            rows.append((code: m.key, meaning: word))
        }
        self.init(rows)
    }

    /// The word for a code; the word `=` stands for the code itself.
    package func word(for code: String) -> String? { self[code].map { $0 == "=" ? code : $0 } }
}
