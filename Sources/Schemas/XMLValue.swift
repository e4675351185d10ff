/// What a map reads a value from: a path, a constant (`"=KGM"`), a text with paths in braces (`"{CurrentCode}{PreviousCode}"`,
/// several elements of one path joined by `/`), or the first of a list that gives something.
package indirect enum XMLValue: Sendable {
    case path(XMLPath)
    case constant(String)
    case joined([XMLValue])
    case first([XMLValue])
    /// In a text: the words that a table has for the codes at a path, or for each step of a pointer (`/A/B[2]/C`). Keys are
    /// in capitals.
    case words(XMLPath, [String: String])
    /// In a text: another text at each element of a path, joined by commas.
    case each(XMLPath, XMLValue)
}

extension XMLMapLoader {
    func value(_ node: Node?) throws(SchemaFault) -> XMLValue? {
        guard let node, !node.isNone else { return nil }
        return try value(of: node)
    }

    func value(of node: Node, depth: Int = 0) throws(SchemaFault) -> XMLValue {
        guard depth < 4 else { throw node.fault("texts use each other in a circle") }
        if case .list(let list) = node.value {
            var all: [XMLValue] = []
            for n in list { all.append(try value(of: n, depth: depth)) }
            return .first(all)
        }
        guard let text = node.text else { throw node.fault("a path, \"=constant\" or \"{path} text\" belongs here") }
        if text.hasPrefix("=") { return .constant(String(text.dropFirst())) }
        guard text.contains("{") else { return .path(try XMLPath(text, at: node, names)) }
        var parts: [XMLValue] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { throw node.fault("a { is not closed") }
            if open > rest.startIndex { parts.append(.constant(String(rest[..<open]))) }
            parts.append(try part(rest[rest.index(after: open)..<close], of: node, depth: depth))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.constant(String(rest))) }
        return .joined(parts)
    }

    /// What stands in braces: `PATH`, `PATH from TABLE`, `PATH as TEXT`.
    private func part(_ inner: Substring, of node: Node, depth: Int) throws(SchemaFault) -> XMLValue {
        let parts = inner.split(separator: " ").map(String.init)
        guard parts.count == 3, parts[1] == "from" || parts[1] == "as" else {
            return .path(try XMLPath(String(inner), at: node, names))
        }
        let path = try XMLPath(parts[0], at: node, names)
        if parts[1] == "as" {
            guard let text = find(parts[2], in: "texts") else { throw node.fault("there is no text \(parts[2])") }
            return .each(path, try value(of: text, depth: depth + 1))
        }
        guard let table = find(parts[2], in: "tables") else { throw node.fault("there is no table \(parts[2])") }
        var words: [String: String] = [:]
        for m in table.members { words[m.key.uppercased()] = m.value.text }
        return .words(path, words)
    }
}
