import Glibc

extension Tokenizer {
    /// The start tag at `at`.
    ///
    /// - Returns: false where more bytes are needed.
    func startTag() -> Bool {
        let p = window.base
        let count = window.count
        var i = at + 1
        while i < count, classes.isOfName(p[i]) { i &+= 1 }
        guard i < count else { return wait() }
        let name = UnsafeBufferPointer(start: p + at + 1, count: i - at - 1)
        if p[i] == 0x3E {
            if !attributes.isEmpty { attributes.removeAll(keepingCapacity: true) }
            return begin(name, end: i + 1, isEmpty: false)
        }
        guard let end = tagEnd(from: i) else { return wait() }
        let isEmpty = p[end] == 0x3E && p[end - 1] == 0x2F
        let behind = p[end] == 0x3E ? end + 1 : end
        part.open(at: position)
        if p[end] != 0x3E {
            fault("a tag without its \">\"", at: end)
        } else if !readAttributes(from: i, to: isEmpty ? end - 1 : end) {
            return true
        }
        return begin(name, end: behind, isEmpty: isEmpty)
    }

    /// Where a tag ends: its `>`, or the `<` that ought not to stand in it; nil where the bytes end before.
    private func tagEnd(from: Int) -> Int? {
        let p = window.base
        let count = window.count
        var quote: UInt8 = 0
        var i = from
        while i < count {
            let b = p[i]
            if b == 0x3C { return i }
            if quote != 0 {
                if b == quote { quote = 0 }
            } else if b == 0x22 || b == 0x27 {
                quote = b
            } else if b == 0x3E {
                return i
            }
            i &+= 1
        }
        return nil
    }

    private func begin(_ name: UnsafeBufferPointer<UInt8>, end: Int, isEmpty: Bool) -> Bool {
        part.open(at: position)
        if !part.isBroken {
            let q = names.qualified(name, code)
            if names.ownCount > Limits.names {
                refuse("too-many-names", "More than \(Limits.names) different names; the document is refused.")
                return true
            }
            if part.depth >= Limits.depth, !isEmpty {
                refuse(
                    "too-deep",
                    "Elements stand in each other more than \(Limits.depth) deep; the document is refused unread.")
                return true
            }
            if names.qualified[q].isName {
                if let wrong = part.start(q, attributes, code, at: position) {
                    fault(wrong.words, at: wrong.index)
                    part.depth -= 1
                }
            } else if code.text(name).isWhole {
                fault("\(code.text(name).text.prefix(40)) is no name")
            } else {
                fault("an element name that is not UTF-8")
            }
        }
        if part.isBroken {
            at = end
            if !isEmpty { part.depth += 1 } else if part.depth == 0 { closed() }
            return true
        }
        at = end
        if isEmpty, part.end(at: position) { closed() }
        return true
    }

    /// White space (XML 1.0, production 3).
    private func isBlank(_ b: UInt8) -> Bool { b == 0x20 || b == 0x0A || b == 0x0D || b == 0x09 }

    /// Finds the attributes of a tag.
    ///
    /// - Returns: false where the document has been refused.
    private func readAttributes(from: Int, to end: Int) -> Bool {
        let p = window.base
        attributes.removeAll(keepingCapacity: true)
        var i = from
        while true {
            let gap = i
            while i < end, isBlank(p[i]) { i &+= 1 }
            guard i < end else { return true }
            let first = i
            while i < end, classes.isOfName(p[i]) { i &+= 1 }
            guard i > first, first > gap, classes.mayBeginName(p[first]) else {
                fault("what stands in a tag is no attribute", at: first)
                return true
            }
            let q = names.qualified(UnsafeBufferPointer(start: p + first, count: i - first), code)
            while i < end, isBlank(p[i]) { i &+= 1 }
            guard i < end, p[i] == 0x3D else {
                fault("an attribute without its value", at: first)
                return true
            }
            i &+= 1
            while i < end, isBlank(p[i]) { i &+= 1 }
            guard i < end, p[i] == 0x22 || p[i] == 0x27 else {
                fault("an attribute whose value is not quoted", at: first)
                return true
            }
            let quote = p[i]
            i &+= 1
            let value = i
            while i < end, p[i] != quote { i &+= 1 }
            guard i < end else {
                fault("an attribute whose value has no end", at: first)
                return true
            }
            if !names.qualified[q].isName {
                fault("an attribute name that is none", at: first)
                return true
            }
            if attributes.contains(where: { $0.name == q }) {
                fault("an attribute that stands twice in a tag", at: first)
                return true
            }
            attributes.append(Attribute(name: q, from: value, to: i))
            i &+= 1
            if attributes.count > Limits.attributes {
                refuse(
                    "too-many-attributes",
                    "An element has more than \(Limits.attributes) attributes; the document is refused unread.")
                return false
            }
        }
    }

    /// The end tag at `at`.
    ///
    /// - Returns: false where more bytes are needed.
    func endTag() -> Bool {
        let p = window.base
        let count = window.count
        if part.isOpen, !part.isBroken, let q = part.openName {
            let n = names.qualified[q].length
            if at + 2 + n < count, p[at + 2 + n] == 0x3E,
                names.isEqual(q, UnsafeBufferPointer(start: p + at + 2, count: n))
            {
                at += n + 3
                if part.end(at: position) { closed() }
                return true
            }
        }
        var i = at + 2
        while i < count, p[i] != 0x3E, p[i] != 0x3C { i &+= 1 }
        guard i < count else {
            if part.isOpen { return wait() }
            at = isLast || i - at > Limits.tag ? i : at
            return false
        }
        guard part.isOpen else {
            at = p[i] == 0x3E ? i + 1 : i
            return true
        }
        if !part.isBroken {
            var end = i
            while end > at + 2, isBlank(p[end - 1]) { end -= 1 }
            let name = UnsafeBufferPointer(start: p + at + 2, count: max(0, end - at - 2))
            if p[i] == 0x3E, let q = part.openName, names.isEqual(q, name) {
                at = i + 1
                if part.end(at: position) { closed() }
                return true
            }
            let open = part.openName.map { names.texts[names.qualified[$0].local] } ?? ""
            fault("the end tag \(String(decoding: name.prefix(40), as: UTF8.self)), where \(open) is open")
        }
        at = p[i] == 0x3E ? i + 1 : i
        part.depth -= 1
        if part.depth <= 0 { closed() }
        return true
    }
}
