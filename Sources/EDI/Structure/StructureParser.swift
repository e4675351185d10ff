/// Reads a structure as the tables write it: `UNH! BGM! DTM!*35 SG1*99(RFF! DTM*5) UNT!`.
struct StructureParser {
    private let text: [UInt8]
    private var at = 0
    /// What is wrong, behind "the structure of ORDERS".
    private(set) var complaint = ""

    init(_ text: String) { self.text = Array(text.utf8) }

    /// The message itself as the first item, then all others in their order; nil where the text is no structure.
    mutating func items() -> [MessageStructure.Item]? {
        var items = [
            MessageStructure.Item(tag: "", isGroup: true, isMandatory: true, maximum: 1, parent: 0, depth: 0, end: 1)
        ]
        var open = [0]
        while at < text.count, let group = open.last {
            switch text[at] {
            case UInt8(ascii: " "): at += 1
            case UInt8(ascii: ")"):
                guard open.count > 1 else { return fail("closes a group that is not open") }
                guard items.count > group + 1 else { return fail("has an empty group \(items[group].tag)") }
                items[group].end = items.count
                open.removeLast()
                at += 1
            default:
                guard var item = item() else { return nil }
                item.parent = group
                item.depth = open.count
                item.end = items.count + 1
                item.isGroup = at < text.count && text[at] == UInt8(ascii: "(")
                if item.isGroup {
                    // What opens a group is a segment: only so can it be told where the group begins.
                    guard group == 0 || items.count > group + 1 else {
                        return fail("has a group that begins with a group, \(item.tag)")
                    }
                    open.append(items.count)
                    at += 1
                }
                items.append(item)
            }
        }
        guard open.count == 1 else { return fail("does not close a group") }
        guard items.count > 1, !items[1].isGroup else { return fail("does not begin with a segment") }
        items[0].end = items.count
        return items
    }

    private mutating func fail(_ reason: String) -> [MessageStructure.Item]? {
        complaint = reason
        return nil
    }

    /// A name with `!` and `*n`.
    private mutating func item() -> MessageStructure.Item? {
        let from = at
        while at < text.count, text[at].isAlphanumeric { at += 1 }
        let tag = String(decoding: text[from..<at], as: UTF8.self)
        let isMandatory = take("!")
        var maximum = 1
        if take("*") {
            let digits = at
            while at < text.count, text[at].isDigit { at += 1 }
            maximum = Int(String(decoding: text[digits..<at].prefix(9), as: UTF8.self)) ?? 0
        }
        guard !tag.isEmpty, maximum > 0 else {
            complaint = "cannot be read at its letter \(at + 1)"
            return nil
        }
        return MessageStructure.Item(
            tag: tag, isGroup: false, isMandatory: isMandatory, maximum: maximum, parent: 0, depth: 0, end: 0)
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard at < text.count, text[at] == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }
}
