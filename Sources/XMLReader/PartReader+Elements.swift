import Vocabulary

extension PartReader {
    var openName: Int? { open.last?.name }

    /// A start tag with its attributes.
    ///
    /// - Returns: what is wrong with an attribute's value, and the byte in the window.
    func start(
        _ name: Int, _ attributes: [Tokenizer.Attribute], _ code: ByteCode, at position: Int
    ) -> (words: String, index: Int)? {
        var wrong: (words: String, index: Int)?
        let level = open.count
        let q = names.qualified[name]
        var this = Open(
            name: name, element: -1, before: tree.textCount, textStart: tree.textCount, bindings: bindings.count)
        if !attributes.isEmpty { bind(attributes) }
        let namespace = namespace(of: q.prefix, at: position)
        depth += 1
        if candidate < 0 { count(q.local, level, position) }
        if !isGivenUp, candidate < 0 || fits(position) {
            if level > 0 { setAside(level - 1) }
            this.before = tree.textCount
            this.element = tree.count
            tree.add(
                name: q.local, namespace: namespace, parent: level > 0 ? open[level - 1].element : -1,
                offset: sent(position))
            if candidate < 0 || candidate == level {
                let n = level < siblings.count ? siblings[level][q.local] ?? 1 : 1
                tree.setPosition(n > 1 ? n : 0, of: this.element)
            }
            if !attributes.isEmpty { wrong = keep(attributes, code) }
            this.textStart = tree.textCount
        }
        open.append(this)
        return wrong
    }

    /// Counts an element of the wrapper among its siblings, and sees whether it may be a document.
    private func count(_ name: Int, _ level: Int, _ position: Int) {
        guard level <= Recognition.wrappers else { return }
        while siblings.count <= level { siblings.append([:]) }
        siblings[level][name, default: 0] += 1
        if siblings.count > level + 1 { siblings[level + 1].removeAll(keepingCapacity: true) }
        guard recognition.isCandidate(name) else { return }
        candidate = level
        documentStart = position
        documentElement = tree.count
        remarks = Remarks()
        if level > 0 { window.beginDocument(at: position) }
    }

    /// Whether the open document may grow.
    private func fits(_ position: Int) -> Bool {
        if position - documentStart > Limits.bytes {
            giveUp("too-large", "The document has more than \(Limits.bytes >> 20) MiB; it was not read.")
        } else if tree.count - documentElement > Limits.elements {
            giveUp("too-many-elements", "The document has more than \(Limits.elements) elements; it was not read.")
        }
        return !isGivenUp
    }

    private func giveUp(_ code: String, _ words: String) {
        tooLarge = Finding(code, .critical, words, at: Place(offset: sent(documentStart)))
        isGivenUp = true
        let root = open[candidate]
        tree.cut(to: root.element, text: root.before)
        for level in candidate..<open.count {
            open[level].element = -1
            open[level].aside = 0
            asides[level] = nil
            open[level].textStart = root.before
        }
    }

    /// The innermost element ends before a position.
    ///
    /// - Returns: whether it was the root.
    func end(at position: Int) -> Bool {
        let level = open.count - 1
        depth -= 1
        guard var this = open.popLast() else { return true }
        if bindings.count > this.bindings { bindings.removeSubrange(this.bindings...) }
        if this.element >= 0 { closeText(&this, level: level) }
        if level == candidate {
            closeDocument(this, at: position)
        } else if candidate < 0, level > 0, this.element >= 0,
            tree.count > Limits.wrapperElements || tree.textCount > Limits.wrapperText
        {
            tree.cut(to: this.element, text: this.before)
        }
        if level > 0 { open[level - 1].textStart = tree.textCount }
        return level == 0
    }

    private func closeDocument(_ root: Open, at position: Int) {
        var readings = isGivenUp ? [tooLargeDocument()] : read(at: root.element, partial: false)
        tooLarge = nil
        isGivenUp = false
        found += readings.count
        if !readings.isEmpty {
            seal(&readings, to: position)
            if candidate > 0 { window.leavePart() }
            readings.forEach(output.hold)
        }
        candidate = -1
        if root.element >= 0 { tree.cut(to: root.element, text: root.before) }
    }

    // MARK: Namespaces

    private func bind(_ attributes: [Tokenizer.Attribute]) {
        for a in attributes {
            let q = names.qualified[a.name]
            guard q.prefix == xmlns || (q.local == xmlns && q.prefix < 0) else { continue }
            let value = UnsafeBufferPointer(start: window.base + a.from, count: min(a.to - a.from, Limits.text))
            let namespace = names.id(trimmed(String(decoding: value, as: UTF8.self)))
            bindings.append((q.prefix == xmlns ? q.local : -1, namespace))
        }
    }

    private func namespace(of prefix: Int, at position: Int) -> Int {
        for b in bindings.reversed() where b.prefix == prefix {
            if b.namespace == none, prefix >= 0 { break }
            return b.namespace
        }
        if prefix >= 0 {
            if candidate >= 0 {
                remarks.undeclared = remarks.undeclared ?? sent(position)
            } else {
                wrapperRemarks.undeclared = wrapperRemarks.undeclared ?? sent(position)
            }
        }
        return none
    }

    private func keep(_ attributes: [Tokenizer.Attribute], _ code: ByteCode) -> (words: String, index: Int)? {
        var wrong: (words: String, index: Int)?
        for a in attributes {
            let q = names.qualified[a.name]
            let from = tree.textCount
            let value = UnsafeBufferPointer(start: window.base + a.from, count: a.to - a.from)
            wrong = appendValue(value, code, at: a.from) ?? wrong
            if q.prefix == xmlns || (q.local == xmlns && q.prefix < 0) {
                tree.cutText(to: from)
            } else {
                tree.addAttribute(name: q.local, from: from)
            }
        }
        return wrong
    }
}
