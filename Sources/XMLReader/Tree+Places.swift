import Vocabulary

/// Where an element stands: its path with the numbers of its siblings, made only for what a fact or finding names.
extension Tree {
    /// The number of an element among the siblings of its name. All children of its parent are numbered at once, so that a
    /// long list costs no more than its length.
    @inline(__always)
    private func position(_ element: Int) -> Int {
        if elements[element].position < 0 { numberSiblings(of: element) }
        return Int(elements[element].position)
    }

    private func numberSiblings(of element: Int) {
        let parent = parent(element)
        guard parent >= 0 else {
            elements[element].position = 0
            return
        }
        let end = end(parent)
        var i = parent + 1
        var few = 0
        while i < end, few <= Tree.few {
            few += 1
            i = self.end(i)
        }
        if few <= Tree.few {
            numberFew(parent, end)
        } else {
            numberMany(parent, end)
        }
    }

    /// Up to so many siblings are compared with each other.
    private static let few = 24

    private func numberFew(_ parent: Int, _ end: Int) {
        var i = parent + 1
        while i < end {
            if elements[i].position < 0 {
                elements[i].position = 0
                var n: Int32 = 1
                var k = self.end(i)
                while k < end {
                    if elements[k].packedName == elements[i].packedName {
                        n += 1
                        elements[i].position = 1
                        elements[k].position = n
                    }
                    k = self.end(k)
                }
            }
            i = self.end(i)
        }
    }

    private func numberMany(_ parent: Int, _ end: Int) {
        var last: [Int32: Int] = [:]
        var i = parent + 1
        while i < end {
            let before = last.updateValue(i, forKey: elements[i].packedName)
            if let before {
                if elements[before].position < 1 { elements[before].position = 1 }
                elements[i].position = elements[before].position + 1
            } else {
                elements[i].position = 0
            }
            i = self.end(i)
        }
    }

    /// `/Invoice/InvoiceLine[2]/ID`, from the file's root element, prefixes dropped.
    func xpath(_ element: Int, attribute: Int? = nil) -> String {
        writePath(parent(element))
        let length = path.count
        writeStep(element)
        if let attribute {
            path.append(UInt8(ascii: "/"))
            path.append(UInt8(ascii: "@"))
            names.withText(attribute) { path.append($0) }
        }
        defer { path.cut(to: length) }
        return String(decoding: path.bytes, as: UTF8.self)
    }

    private func writePath(_ element: Int) {
        // What stands behind the element in document order is none of its ancestors.
        while let last = steps.last, last.element > element { steps.removeLast() }
        if steps.last?.element == element || element < 0 {
            path.cut(to: steps.last?.end ?? 0)
            return
        }
        writePath(parent(element))
        writeStep(element)
        steps.append((element, path.count))
    }

    private func writeStep(_ element: Int) {
        path.append(UInt8(ascii: "/"))
        names.withText(name(element)) { path.append($0) }
        let position = position(element)
        guard position > 0 else { return }
        path.append(UInt8(ascii: "["))
        for digit in String(position).utf8 { path.append(digit) }
        path.append(UInt8(ascii: "]"))
    }

    func place(_ element: Int, attribute: Int? = nil) -> Place {
        Place(offset: offset(element), xpath: xpath(element, attribute: attribute))
    }
}
