import Vocabulary

/// Sensitive elements of EDI, by tag and number.
extension Privacy {
    package enum Syntax: String, Sendable, CaseIterable { case x12, edifact }

    /// Where a value stands in a segment: `COM01.1`; `PER04` is all of an element.
    struct ElementPlace: Hashable, Sendable {
        let tag: String
        let element: Int
        let component: Int?

        /// - Parameter text: a tag, two digits, and behind a point the component.
        init?(_ text: String) {
            let parts = text.split(separator: ".")
            guard let head = parts.first, parts.count <= 2, head.count > 3, let element = Int(head.suffix(2)),
                parts.count == 1 || Int(parts[1]) != nil
            else { return nil }
            tag = String(head.dropLast(2))
            self.element = element
            component = parts.count == 2 ? Int(parts[1]) : nil
        }
    }

    struct SegmentRule: Sendable {
        let at: ElementPlace
        /// The element whose code says what the value is.
        let by: ElementPlace?
        /// By that code; the empty one where no element says it.
        let kinds: [String: Kind]

        init(_ place: String, _ node: Node, _ kinds: [String: Kind]) throws(SchemaFault) {
            func at(_ text: String) throws(SchemaFault) -> ElementPlace {
                guard let place = ElementPlace(text) else {
                    throw node.fault("\(text) is no element; write one like PER04 or COM01.1")
                }
                return place
            }
            func kind(_ node: Node) throws(SchemaFault) -> Kind {
                guard let kind = node.text.flatMap({ kinds[$0] }) else {
                    throw node.fault("\(node.text ?? "this") is none of the kinds")
                }
                return kind
            }
            self.at = try at(place)
            guard node.isMap else {
                by = nil
                self.kinds = ["": try kind(node)]
                return
            }
            try node.allow(["by", "codes"])
            by = try at(try node.string("by") ?? "")
            var codes: [String: Kind] = [:]
            for m in try node.required("codes").members { codes[m.key] = try kind(m.value) }
            self.kinds = codes
        }
    }

    /// The kind of a value at its place in a segment, nil where it is not sensitive by its place.
    ///
    /// - Parameter value: the segment's other values, by element and component.
    private func kind(
        _ syntax: Syntax, _ tag: String, _ element: Int, _ component: Int, _ value: (Int, Int) -> String?
    ) -> Kind? {
        for rule in segments[syntax]?[tag] ?? []
        where rule.at.element == element && (rule.at.component ?? component) == component {
            guard let by = rule.by else { return rule.kinds[""] }
            if let kind = rule.kinds[value(by.element, by.component ?? 1) ?? ""] { return kind }
        }
        return nil
    }

    /// A value of a segment, masked where its place or its shape says so.
    ///
    /// - Parameter others: the segment's values, by element and component.
    package func element(
        _ value: String, _ syntax: Syntax, tag: String, element: Int, component: Int,
        others: (Int, Int) -> String?
    ) -> String {
        guard let kind = kind(syntax, tag, element, component, others) else { return text(value) }
        // Blanks fill an element of fixed length that says nothing.
        return value.allSatisfy { $0 == " " } ? value : mask(value, kind)
    }

    /// A segment as it stands in its source, each value masked where its place or its shape says so.
    ///
    /// - Parameters:
    ///   - element: what parts elements; `component`, components.
    ///   - terminator: what ends the segment.
    ///   - release: what takes the meaning of the character behind it away, if there is one.
    package func segment(
        _ text: String, _ syntax: Syntax, element: Character, component: Character, terminator: Character,
        release: Character?
    ) -> String {
        func trimmed(_ raw: String) -> String { Privacy.trimmed(raw, terminator) }
        let elements = Privacy.cut(text, at: element, release).map { Privacy.cut($0, at: component, release) }
        let tag = String((elements.first?.first ?? "").drop { $0.isWhitespace })
        func value(_ e: Int, _ c: Int) -> String? {
            guard e < elements.count, c <= elements[e].count else { return nil }
            return trimmed(elements[e][c - 1])
        }
        return elements.enumerated().map { e, components in
            guard e > 0 else { return components.joined(separator: String(component)) }
            return components.enumerated().map { c, raw in
                // The terminator stands behind the last value.
                let bare = e == elements.count - 1 && c == components.count - 1 ? trimmed(raw) : raw
                return self.element(
                    bare, syntax, tag: tag, element: e, component: c + 1, others: value) + raw.dropFirst(bare.count)
            }.joined(separator: String(component))
        }.joined(separator: String(element))
    }

    private static func cut(_ text: String, at separator: Character, _ release: Character?) -> [String] {
        var parts = [""]
        var isReleased = false
        for c in text {
            if c == separator, !isReleased {
                parts.append("")
            } else {
                parts[parts.count - 1].append(c)
            }
            isReleased = !isReleased && c == release
        }
        return parts
    }

    /// Without the segment's terminator and line ends behind a value.
    private static func trimmed(_ raw: String, _ terminator: Character) -> String {
        var end = raw.endIndex
        while end > raw.startIndex {
            let c = raw[raw.index(before: end)]
            guard c.isNewline || c == terminator else { break }
            end = raw.index(before: end)
        }
        return String(raw[..<end])
    }
}
