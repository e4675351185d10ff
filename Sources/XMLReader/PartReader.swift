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
    var found = 0
    var wrapperRemarks = Remarks()
    var fault: Finding?
    /// Why what is left of the file is not read.
    var refusal: Finding?

    // The elements.
    @exclusivity(unchecked) var open: [Open] = []
    /// Text of open elements, by level, that stands before their last child.
    var asides: [Int: [UInt8]] = [:]
    @exclusivity(unchecked) var bindings: [(prefix: Int, namespace: Int)] = []
    var siblings: [[Int: Int]] = []
    let xmlns: Int
    let none: Int

    // The document.
    /// Level of the open element that may be a document, -1 where none is.
    @exclusivity(unchecked) var candidate = -1
    @exclusivity(unchecked) var documentStart = 0
    @exclusivity(unchecked) var documentElement = 0
    var remarks = Remarks()
    /// Why the open document is not kept.
    var tooLarge: Finding?
    @exclusivity(unchecked) var isGivenUp = false
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
}
