import Schemas
import Vocabulary

/// Builds the tree of what the tokenizer finds, one part of a file after the other (a part is what begins with an XML
/// declaration or a root element), and reads each document in it as soon as its element closes.
///
/// Only one document stands in the tree at a time: the outermost element that may be one by its name is waited for, read,
/// and taken away again. Of the wrapper around it the tree keeps what is open and a little of what has been closed.
final class PartReader {
    /// An element that has not been closed.
    struct Open {
        /// Its name in tags.
        var name: Int
        /// Its place in the tree, -1 where it is not kept.
        var element: Int
        /// Length of the tree's text before the element, and where its own text goes on.
        var before: Int
        var textStart: Int
        /// Bytes of its own text before its last child (`asides`).
        var aside = 0
        /// Namespace bindings before it.
        var bindings: Int
    }

    /// What is remarked on in a document or in the wrapper around it, at the first byte that shows it.
    struct Remarks {
        var damage: Int?
        var undeclared: Int?
        var cut: (offset: Int, isBase64: Bool)?
    }

    let recognition: Recognition
    let locator: Locator
    let source: String
    let names: NameTable
    let tree: Tree
    let window = Window()
    /// Set where the file is UTF-16.
    var wide: UTF16Source?
    /// Bytes before the text's first (a byte order mark), and bytes of the file so far.
    var offset = 0
    var length = 0

    // The part.
    @exclusivity(unchecked) private(set) var isOpen = false
    /// It is not well-formed; nothing more of it is kept.
    @exclusivity(unchecked) private(set) var isBroken = false
    private(set) var hasParts = false
    @exclusivity(unchecked) var depth = 0
    var start = 0
    private var declared: Int?
    private(set) var unknownEncoding: String?
    /// Text before the first part, or right before this one.
    var leading: Int?
    var isForeign = false
    private(set) var found = 0
    var wrapperRemarks = Remarks()
    var fault: Finding?
    /// Why what is left of the file is not read.
    var refusal: Finding?

    // The elements.
    @exclusivity(unchecked) var open: [Open] = []
    /// Text of open elements, by level, that stands before their last child.
    var asides: [Int: [UInt8]] = [:]
    @exclusivity(unchecked) private var bindings: [(prefix: Int, namespace: Int)] = []
    private var siblings: [[Int: Int]] = []
    private let xmlns: Int
    private let none: Int

    // The document.
    /// Level of the open element that may be a document, -1 where none is.
    @exclusivity(unchecked) var candidate = -1
    @exclusivity(unchecked) var documentStart = 0
    @exclusivity(unchecked) private var documentElement = 0
    var remarks = Remarks()
    /// Why the open document is not kept.
    private(set) var tooLarge: Finding?
    @exclusivity(unchecked) private var isGivenUp = false
    /// What was read of the document in which the part broke.
    var broken: [Reading] = []
    let output = Output()

    init(_ recognition: Recognition, locator: Locator, source: String) {
        self.recognition = recognition
        self.locator = locator
        self.source = source
        names = NameTable(recognition.names)
        tree = Tree(names)
        xmlns = recognition.names.xmlns
        none = recognition.names.none
    }

    /// The byte of the file as sent that stands at a position.
    func sent(_ position: Int) -> Int { wide?.sent(position) ?? position + offset }

    // MARK: Parts

    /// An XML declaration stands here.
    func declare(at position: Int, unknownEncoding: String?) {
        window.beginPart(at: position)
        declared = position
        self.unknownEncoding = unknownEncoding
    }

    /// Text that is no XML stands outside of documents.
    func stray(at position: Int) {
        declared = nil
        if hasParts {
            output.remark(strayText(sent(position)))
        } else if leading == nil {
            leading = sent(position)
        }
    }

    /// Begins a part, unless one is open.
    func open(at position: Int) {
        guard !isOpen else { return }
        if declared == nil {
            window.beginPart(at: position)
            unknownEncoding = nil
        }
        start = declared ?? position
        declared = nil
        isOpen = true
        isBroken = false
        found = 0
        fault = nil
        isForeign = leading != nil
        wrapperRemarks = Remarks()
        candidate = -1
        depth = 0
    }

    /// Ends the part.
    ///
    /// - Parameter isWhole: its root has been closed.
    func close(at position: Int, isWhole: Bool) {
        if !isWhole {
            fault(
                "truncated", "The document ends before its root element is closed; what stands before was read.",
                at: position)
        }
        if !broken.isEmpty {
            seal(&broken, to: position)
            broken.forEach(output.hold)
            broken = []
        } else if found == 0 {
            output.hold(unknown(to: position))
        } else if let fault {
            output.spoil(fault)
        }
        endPart()
    }

    private func endPart() {
        isOpen = false
        hasParts = true
        leading = nil
        unknownEncoding = nil
        open.removeAll(keepingCapacity: true)
        asides.removeAll()
        tooLarge = nil
        isGivenUp = false
        bindings.removeAll(keepingCapacity: true)
        siblings.removeAll(keepingCapacity: true)
        tree.cut(to: 0, text: 0)
        if names.ownCount > 4096 { names.reset() }
    }

    /// The part is not well-formed from here on. What stands before is read: the open document, as far as it came.
    func fault(_ code: String, _ words: String, at position: Int) {
        guard !isBroken else { return }
        isBroken = true
        var at = tree.count > 0 ? tree.place(tree.count - 1) : Place()
        at.offset = sent(position)
        fault = Finding(code, .critical, words, at: at)
        guard candidate >= 0 else { return }
        let element = open[candidate].element
        if isGivenUp {
            broken = [tooLargeDocument()]
        } else if element >= 0 {
            for level in open.indices.reversed() {
                var this = open[level]
                if level < open.count - 1 { this.textStart = tree.textCount }
                closeText(&this, level: level)
            }
            broken = read(at: element, partial: true)
        }
        found += broken.count
    }

    /// What is left of the file is not read.
    func refuse(_ code: String, _ words: String, at position: Int) {
        if declared != nil || !isOpen { open(at: position) }
        refusal = Finding(code, .critical, words, at: Place(offset: sent(position)))
        if candidate < 0, found > 0 {
            start = position
            window.beginPart(at: position)
        } else if candidate > 0 {
            start = documentStart
        }
        broken = []
    }

    /// Nothing follows.
    ///
    /// - Parameter finding: what to say of a file in which nothing was found.
    func finish(otherwise finding: Finding) {
        if let refusal {
            var findings = partFindings()
            findings.append(refusal)
            let digest = window.digest(to: window.end)
            output.hold(document(.xml, findings, digest, [sent(start), length]))
        } else if !hasParts {
            output.hold(document(.unknown, [finding], window.digest(to: window.end), [0, length]))
        } else if let half = wide?.half {
            output.remark(encodingMismatch(half), isFirst: false)
        }
        output.finish()
    }

    func take() -> [Reading] { output.take() }

    // MARK: Elements

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
