import Vocabulary

extension PartReader {
    /// Whether the innermost element has no text yet, so that white space would be trimmed from it.
    @inline(__always)
    var isTextEmpty: Bool {
        guard let last = open.last else { return true }
        return last.textStart == tree.textCount && last.aside == 0
    }

    /// Text of the innermost element; beyond `Limits.text` it is passed over.
    func append(_ bytes: UnsafePointer<UInt8>, _ n: Int) {
        guard let last = open.last, last.element >= 0 else { return }
        let room = Limits.text - last.aside - (tree.textCount - last.textStart)
        if room > 0 { tree.append(bytes, min(n, room)) }
        if n > room, remarks.cut == nil, wrapperRemarks.cut == nil {
            noteCut((tree.offset(last.element), isBase64(from: last.textStart)))
        }
    }

    func append(byte: UInt8) { withUnsafePointer(to: byte) { append($0, 1) } }

    private func noteCut(_ cut: (offset: Int, isBase64: Bool)) {
        if candidate >= 0 {
            remarks.cut = remarks.cut ?? cut
        } else {
            wrapperRemarks.cut = wrapperRemarks.cut ?? cut
        }
    }

    private func isBase64(from: Int) -> Bool {
        UnsafeBufferPointer(start: tree.text + from, count: tree.textCount - from).allSatisfy { b in
            (0x30...0x39).contains(b) || (0x41...0x5A).contains(b) || (0x61...0x7A).contains(b) || b <= 0x20
                || b == UInt8(ascii: "+") || b == UInt8(ascii: "/") || b == UInt8(ascii: "=")
        }
    }

    /// A byte that ought to have been UTF-8 was read as windows-1252.
    func damaged(at position: Int) {
        if candidate >= 0 {
            remarks.damage = remarks.damage ?? sent(position)
        } else {
            wrapperRemarks.damage = wrapperRemarks.damage ?? sent(position)
        }
    }

    /// Puts an element's text so far aside, since a child follows: only an element's last stretch stands in the tree.
    func setAside(_ level: Int) {
        let from = open[level].textStart
        guard tree.textCount > from else { return }
        asides[level, default: []] += UnsafeBufferPointer(start: tree.text + from, count: tree.textCount - from)
        open[level].aside += tree.textCount - from
        tree.cutText(to: from)
    }

    /// Gives an element its text, trimmed, and closes it.
    func closeText(_ this: inout Open, level: Int) {
        guard this.element >= 0 else { return }
        if this.aside > 0 { joinText(&this, level: level) }
        var from = this.textStart
        var to = tree.textCount
        while to > from, tree.text[to - 1] <= 0x20 { to -= 1 }
        while from < to, tree.text[from] <= 0x20 { from += 1 }
        tree.cutText(to: to)
        tree.close(this.element, textFrom: from)
    }

    private func joinText(_ this: inout Open, level: Int) {
        let from = this.textStart
        let before = asides.removeValue(forKey: level) ?? []
        let all = before + UnsafeBufferPointer(start: tree.text + from, count: tree.textCount - from)
        this.aside = 0
        tree.cutText(to: from)
        all.withUnsafeBufferPointer { if let p = $0.baseAddress { tree.append(p, all.count) } }
    }

    /// An attribute's value, its white space made blanks and trimmed (XML 1.0, 3.3.3).
    ///
    /// - Parameter index: where it stands in the window.
    /// - Returns: what is wrong with it, and where.
    func appendValue(
        _ value: UnsafeBufferPointer<UInt8>, _ code: ByteCode, at index: Int
    ) -> (words: String, index: Int)? {
        guard let p = value.baseAddress else { return nil }
        let from = tree.textCount
        var i = 0
        var to = value.count
        // White space only: a control character is a fault, wherever it stands.
        func isBlank(_ b: UInt8) -> Bool { b == 0x20 || b == 0x0A || b == 0x0D || b == 0x09 }
        while to > i, isBlank(p[to - 1]) { to -= 1 }
        while i < to, isBlank(p[i]) { i += 1 }
        while i < to, tree.textCount - from < Limits.text {
            let b = p[i]
            if b == UInt8(ascii: "&") {
                switch CharacterReference.read(p + i, to - i, isLast: true) {
                case .character(let s, let length):
                    for b in UTF8.encode(s) ?? UTF8.encodedReplacementCharacter { tree.append(b) }
                    i += length
                case .wrong(let words):
                    return (words, index + i)
                case .unfinished: return nil
                }
            } else if b >= 0x80 {
                switch code.piece(p + i, to - i, isLast: true) {
                case .sequence(let n):
                    tree.append(p + i, n)
                    i += n
                case .letter(let s, let isDamage):
                    if isDamage { damaged(at: window.origin + index + i) }
                    for b in UTF8.encode(s) ?? UTF8.encodedReplacementCharacter { tree.append(b) }
                    i += 1
                case .unfinished: return nil
                }
            } else if b < 0x20 {
                guard b == 0x0A || b == 0x0D || b == 0x09 else {
                    return ("a control character (\(b))", index + i)
                }
                if b != 0x0D || i + 1 >= to || p[i + 1] != 0x0A { tree.append(0x20) }
                i += 1
            } else {
                tree.append(b)
                i += 1
            }
        }
        if i < to { noteCut((tree.offset(tree.count - 1), false)) }
        return nil
    }
}
