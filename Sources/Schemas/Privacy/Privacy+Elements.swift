import Vocabulary

/// Sensitive elements of XML, by the end of their path.
extension Privacy {
    struct ElementRule: Sendable {
        /// Local names, the element's own last.
        let path: [String]
        let kind: Kind
        /// What a neighbour has to say: one of these texts.
        let when: (name: String, texts: [String])?

        init(_ path: String, _ node: Node, _ kinds: [String: Kind]) throws(SchemaFault) {
            self.path = path.split(separator: "/").map(String.init)
            if node.isMap { try node.allow(["kind", "when"]) }
            let name = node.isMap ? try node.string("kind") : node.text
            guard let kind = name.flatMap({ kinds[$0] }) else {
                throw node.fault("\(name ?? "this") is none of the kinds")
            }
            self.kind = kind
            when = node["when"]?.members.first.map { ($0.key, $0.value.texts) }
        }
    }

    /// Whether an element of this name is sensitive only by what stands beside it, so that its parent has to be seen.
    package func needsParent(_ name: String) -> Bool { elements.contains { $0.path.last == name && $0.when != nil } }

    /// A piece of XML as it stands in its source, the texts of sensitive elements masked, and what has the shape of
    /// something sensitive in all others.
    ///
    /// - Parameters:
    ///   - above: local names of the elements around the piece, from the root.
    ///   - parent: the element around the piece, where `needsParent` asks for it.
    package func markup(_ piece: String, above: [String], parent: String? = nil) -> String {
        var out = ""
        var open = above
        var rest = piece[...]
        // Where the open elements begin, for what their children say.
        var starts = above.map { _ in piece.startIndex }
        while !rest.isEmpty {
            guard rest.first == "<", !rest.hasPrefix(Privacy.verbatim) else {
                let isVerbatim = rest.first == "<"
                let end =
                    isVerbatim
                    ? rest.firstRange(of: "]]>")?.lowerBound : rest.firstIndex(of: "<")
                let value = String(rest[..<(end ?? rest.endIndex)].dropFirst(isVerbatim ? Privacy.verbatim.count : 0))
                let around = surroundings(of: open, above, starts, piece, parent)
                out += isVerbatim ? Privacy.verbatim : ""
                out += kind(of: open, around).map { masked(value, $0) } ?? text(value)
                rest = rest[(end ?? rest.endIndex)...]
                if isVerbatim, rest.hasPrefix("]]>") {
                    out += "]]>"
                    rest = rest.dropFirst(3)
                }
                continue
            }
            let end = rest.firstIndex(of: ">").map { rest.index(after: $0) } ?? rest.endIndex
            let tag = rest[..<end]
            if tag.hasPrefix("</") {
                if open.count > above.count {
                    open.removeLast()
                    starts.removeLast()
                }
            } else if !tag.hasPrefix("<!"), !tag.hasPrefix("<?"), !tag.hasSuffix("/>") {
                open.append(Privacy.name(of: tag))
                starts.append(rest.startIndex)
            }
            // An attribute or a comment may hold a number or an address too.
            out += text(String(tag))
            rest = rest[end...]
        }
        return out
    }

    /// The element around a text's own, where a rule asks what stands in it.
    private func surroundings(
        of open: [String], _ above: [String], _ starts: [String.Index], _ piece: String, _ parent: String?
    ) -> String? {
        guard let name = open.last, needsParent(name) else { return nil }
        return open.count > above.count + 1 ? String(piece[starts[starts.count - 2]...]) : parent
    }

    private func kind(of path: [String], _ parent: String?) -> Kind? {
        for rule in elements where path.suffix(rule.path.count).elementsEqual(rule.path) {
            guard let when = rule.when else { return rule.kind }
            // Where the neighbours are out of sight the value counts as sensitive.
            guard let parent else { return rule.kind }
            if let said = Privacy.content(of: when.name, in: parent), when.texts.contains(said) { return rule.kind }
        }
        return nil
    }

    private func masked(_ value: String, _ kind: Kind) -> String {
        let bare = value.drop { $0.isWhitespace }
        return bare.isEmpty ? value : value.prefix(value.count - bare.count) + mask(String(bare), kind)
    }

    private static func name(of tag: Substring) -> String {
        let name = tag.dropFirst().prefix { !$0.isWhitespace && $0 != "/" && $0 != ">" }
        return String(name.split(separator: ":").last ?? name)
    }

    private static let verbatim = "<![CDATA["

    /// The text of the first child of a name of the element that the piece begins with.
    private static func content(of name: String, in piece: String) -> String? {
        var rest = piece[...]
        var depth = 0
        while let open = rest.firstIndex(of: "<") {
            rest = rest[open...]
            let end = rest.firstIndex(of: ">").map { rest.index(after: $0) } ?? rest.endIndex
            let tag = rest[..<end]
            rest = rest[end...]
            if tag.hasPrefix("</") {
                depth -= 1
                if depth <= 0 { return nil }
            } else if !tag.hasPrefix("<!"), !tag.hasPrefix("<?") {
                if depth == 1, self.name(of: tag) == name {
                    return rest.prefix { $0 != "<" }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                }
                if !tag.hasSuffix("/>") { depth += 1 }
            }
        }
        return nil
    }
}
