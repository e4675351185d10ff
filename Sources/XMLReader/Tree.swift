import Vocabulary

/// A document's elements in document order, flat: an element's descendants follow it up to `end`.
struct Tree {
    /// Packed, since a code list of 40 MB has millions of them; `Limits.bytes` keeps every figure within 32 bits.
    struct Element {
        private var packedName: Int32
        private var packedParent: Int32
        private var packedEnd: Int32
        private var packedOffset: Int32
        private var packedPosition: Int32 = 0
        private var packedNamespace: Int32
        private var textStart: Int32 = 0
        private var textEnd: Int32 = 0
        private var firstAttribute: Int32
        private var attributeCount: Int32

        init(name: Int, namespace: Int, parent: Int, index: Int, offset: Int?, attributes: Range<Int>) {
            packedName = Int32(truncatingIfNeeded: name)
            packedNamespace = Int32(truncatingIfNeeded: namespace)
            packedParent = Int32(truncatingIfNeeded: parent)
            packedEnd = Int32(truncatingIfNeeded: index + 1)
            packedOffset = Int32(truncatingIfNeeded: offset ?? -1)
            firstAttribute = Int32(truncatingIfNeeded: attributes.lowerBound)
            attributeCount = Int32(truncatingIfNeeded: attributes.count)
        }

        /// Into `names`.
        var name: Int { Int(packedName) }
        var namespace: Int { Int(packedNamespace) }
        /// -1 for the root.
        var parent: Int { Int(packedParent) }
        /// Where its start tag begins in the file; nil where the bytes were transcoded from UTF-16.
        var offset: Int? { packedOffset < 0 ? nil : Int(packedOffset) }
        var attributes: Range<Int> { Int(firstAttribute)..<Int(firstAttribute) + Int(attributeCount) }

        /// The index behind its last descendant.
        var end: Int {
            get { Int(packedEnd) }
            set { packedEnd = Int32(truncatingIfNeeded: newValue) }
        }

        /// Its number among the siblings of its name, 0 where it is the only one.
        var position: Int {
            get { Int(packedPosition) }
            set { packedPosition = Int32(truncatingIfNeeded: newValue) }
        }

        /// Its own text, trimmed.
        var text: Range<Int> {
            get { Int(textStart)..<Int(textEnd) }
            set {
                textStart = Int32(truncatingIfNeeded: newValue.lowerBound)
                textEnd = Int32(truncatingIfNeeded: newValue.upperBound)
            }
        }
    }

    struct Attribute {
        var name: Int
        var value: String
    }

    var elements: [Element] = []
    var attributes: [Attribute] = []
    var text: [UInt8] = []
    private(set) var names: [String] = []
    private(set) var ids: [String: Int] = [:]
    /// Set once the elements are complete.
    private var numbered = false

    mutating func id(_ name: String) -> Int {
        if let i = ids[name] { return i }
        ids[name] = names.count
        names.append(name)
        return names.count - 1
    }

    func name(_ element: Int) -> String { names[elements[element].name] }
    func namespace(_ element: Int) -> String { names[elements[element].namespace] }
    func text(_ element: Int) -> String { String(decoding: text[elements[element].text], as: UTF8.self) }

    func attribute(_ name: String, of element: Int) -> String? {
        guard let id = ids[name] else { return nil }
        return attributes[elements[element].attributes].first { $0.name == id }?.value
    }

    /// Calls the body with each child in order, until it returns false.
    func children(of element: Int, _ body: (Int) -> Bool) {
        var i = element + 1
        let end = elements[element].end
        while i < end {
            if !body(i) { return }
            i = elements[i].end
        }
    }

    /// Gives every element its number among the siblings of its name.
    mutating func number() {
        guard !numbered else { return }
        numbered = true
        var last: [Int: Int] = [:]
        for parent in elements.indices where elements[parent].end > parent + 1 {
            last.removeAll(keepingCapacity: true)
            var i = parent + 1
            while i < elements[parent].end {
                let name = elements[i].name
                if let before = last[name] {
                    if elements[before].position == 0 { elements[before].position = 1 }
                    elements[i].position = elements[before].position + 1
                }
                last[name] = i
                i = elements[i].end
            }
        }
    }

    /// `/Invoice/InvoiceLine[2]/ID`, from the file's root element, prefixes dropped.
    func xpath(_ element: Int) -> String {
        var steps: [String] = []
        var i = element
        while i >= 0 {
            let e = elements[i]
            steps.append(e.position == 0 ? names[e.name] : "\(names[e.name])[\(e.position)]")
            i = e.parent
        }
        return "/" + steps.reversed().joined(separator: "/")
    }

    /// The first element whose name is not plain ASCII.
    var nameBeyondASCII: Int? {
        let odd = Set(names.indices.filter { !names[$0].utf8.allSatisfy { $0 < 0x80 } })
        return odd.isEmpty ? nil : elements.firstIndex { odd.contains($0.name) }
    }

    func place(_ element: Int, attribute: String? = nil) -> Place {
        Place(offset: elements[element].offset, xpath: xpath(element) + (attribute.map { "/@\($0)" } ?? ""))
    }
}
