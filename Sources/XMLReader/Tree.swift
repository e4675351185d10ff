import Glibc

/// A document's elements in document order, flat: an element's descendants follow it up to `end`. It grows at its tail
/// and is cut back there when a document has been read.
///
/// Its properties are touched for every tag by methods of its own that call nothing else, so that the check for overlapping
/// access, which costs more than what they do, has nothing to find.
final class Tree {
    /// Packed, since a document may have hundreds of thousands; `Limits` keeps every figure but the offset within 32 bits.
    struct Element {
        var packedName: Int32
        var packedNamespace: Int32
        var packedParent: Int32
        var packedEnd: Int32 = .max
        /// Where its start tag begins in the file as sent.
        var offset: Int
        /// Its number among the siblings of its name, 0 where it is the only one; -1 as long as nobody asked.
        var position: Int32 = -1
        var textStart: Int32 = 0
        var textLength: Int32 = 0
        var firstAttribute: Int32
        var attributeCount: Int32
        /// A bit for each child's name, so that most paths are known to lead nowhere at once.
        var children: UInt32 = 0
    }

    struct Attribute {
        var name: Int32
        var start: Int32
        var length: Int32
    }

    let names: NameTable
    @exclusivity(unchecked) private(set) var elements: UnsafeMutablePointer<Element>
    @exclusivity(unchecked) private(set) var count = 0
    @exclusivity(unchecked) private var capacity: Int
    @exclusivity(unchecked) private var attributes: [Attribute] = []
    @exclusivity(unchecked) private(set) var text: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) private(set) var textCount = 0
    @exclusivity(unchecked) private var textCapacity: Int

    /// For who reads the tree, to put bytes together in.
    let scratch = ByteBuffer()
    /// The path written last, and where in it the steps of its elements end: most paths share all but their last step
    /// with the one before.
    let path = ByteBuffer()
    @exclusivity(unchecked) var steps: [(element: Int, end: Int)] = []

    init(_ names: NameTable) {
        self.names = names
        capacity = 1 << 10
        elements = Tree.memory(capacity)
        textCapacity = 1 << 14
        text = .allocate(capacity: textCapacity)
    }

    deinit {
        free(elements)
        text.deallocate()
    }

    private static func memory(_ count: Int) -> UnsafeMutablePointer<Element> {
        guard let new = malloc(count * MemoryLayout<Element>.stride) else { abort() }
        return new.bindMemory(to: Element.self, capacity: count)
    }

    // MARK: Growing

    /// Adds an element behind all others, still open.
    func add(name: Int, namespace: Int, parent: Int, offset: Int) {
        if count == capacity {
            // Without a copy where the kernel can move pages: two of the largest would be too much.
            capacity *= 2
            guard let wider = realloc(elements, capacity * MemoryLayout<Element>.stride) else { abort() }
            elements = wider.assumingMemoryBound(to: Element.self)
        }
        (elements + count).initialize(
            to: Element(
                packedName: Int32(truncatingIfNeeded: name), packedNamespace: Int32(truncatingIfNeeded: namespace),
                packedParent: Int32(truncatingIfNeeded: parent), offset: offset,
                firstAttribute: Int32(truncatingIfNeeded: attributes.count), attributeCount: 0))
        if parent >= 0 { elements[parent].children |= 1 << UInt32(truncatingIfNeeded: name & 31) }
        count += 1
    }

    /// Gives the last element an attribute, whose value is the text's tail.
    func addAttribute(name: Int, from start: Int) {
        attributes.append(
            Attribute(
                name: Int32(truncatingIfNeeded: name), start: Int32(truncatingIfNeeded: start),
                length: Int32(truncatingIfNeeded: textCount - start)))
        elements[count - 1].attributeCount += 1
    }

    /// Closes an element whose own text is the text's tail.
    func close(_ element: Int, textFrom start: Int) {
        elements[element].packedEnd = Int32(truncatingIfNeeded: count)
        elements[element].textStart = Int32(truncatingIfNeeded: start)
        elements[element].textLength = Int32(truncatingIfNeeded: textCount - start)
    }

    func setPosition(_ position: Int, of element: Int) {
        elements[element].position = Int32(truncatingIfNeeded: position)
    }

    @inline(__always)
    func append(_ bytes: UnsafePointer<UInt8>, _ n: Int) {
        if textCount &+ n > textCapacity { growText(n) }
        (text + textCount).update(from: bytes, count: n)
        textCount &+= n
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        if textCount == textCapacity { growText(1) }
        text[textCount] = byte
        textCount &+= 1
    }

    private func growText(_ n: Int) {
        textCapacity = max(textCapacity * 2, textCount + n)
        let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: textCapacity)
        wider.update(from: text, count: textCount)
        text.deallocate()
        text = wider
    }

    /// Leaves only so much of the text.
    func cutText(to length: Int) { textCount = length }

    /// Takes away an element and all behind it, with their attributes and texts.
    func cut(to element: Int, text length: Int) {
        guard element < count else { return }
        steps.removeAll(keepingCapacity: true)
        attributes.removeSubrange(Int(elements[element].firstAttribute)...)
        count = element
        textCount = length
        guard count < 1 << 10, capacity > 1 << 16 else { return }
        // One large document must not hold its memory for all that come after it.
        let less = Tree.memory(1 << 10)
        less.update(from: elements, count: count)
        free(elements)
        elements = less
        capacity = 1 << 10
    }

    // MARK: Reading

    @inline(__always)
    func name(_ element: Int) -> Int { Int(elements[element].packedName) }
    @inline(__always)
    func parent(_ element: Int) -> Int { Int(elements[element].packedParent) }
    /// The index behind its last descendant so far.
    @inline(__always)
    func end(_ element: Int) -> Int { min(count, Int(elements[element].packedEnd)) }
    func offset(_ element: Int) -> Int { elements[element].offset }
    func nameText(_ element: Int) -> String { names.texts[name(element)] }
    func namespace(_ element: Int) -> String { names.texts[Int(elements[element].packedNamespace)] }
    @inline(__always)
    func hasText(_ element: Int) -> Bool { elements[element].textLength > 0 }

    /// The element's own text, trimmed.
    @inline(__always)
    func textBytes(_ element: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: text + Int(elements[element].textStart), count: Int(elements[element].textLength))
    }

    @inline(__always)
    func text(_ element: Int) -> String { String(decoding: textBytes(element), as: UTF8.self) }

    func attributes(_ element: Int) -> ArraySlice<Attribute> {
        let first = Int(elements[element].firstAttribute)
        return attributes[first..<first + Int(elements[element].attributeCount)]
    }

    func value(_ a: Attribute) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text + Int(a.start), count: Int(a.length))
    }

    /// An attribute's value; nil where it is missing or empty.
    func attribute(_ name: Int, of element: Int) -> String? {
        let first = Int(elements[element].firstAttribute)
        for i in first..<first + Int(elements[element].attributeCount) where Int(attributes[i].name) == name {
            return attributes[i].length == 0 ? nil : String(decoding: value(attributes[i]), as: UTF8.self)
        }
        return nil
    }

    /// Whether an element may have a child of that name.
    @inline(__always)
    func mayHold(_ name: Int, _ element: Int) -> Bool {
        elements[element].children & (1 << UInt32(truncatingIfNeeded: name & 31)) != 0
    }
}
