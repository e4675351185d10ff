import EDI
import Schemas
import Vocabulary

/// One message's segments and elements as rules ask for them. Segments are counted from 0 within the message here.
struct MessageView {
    let transmission: Transmission
    let interchange: Interchange
    let message: Message
    let tags: [String]
    /// Segments by tag, in order.
    let byTag: [String: [Int]]

    init(_ transmission: Transmission, _ message: Message) {
        self.transmission = transmission
        self.message = message
        interchange = transmission.interchanges[message.interchange]
        var tags: [String] = []
        var byTag: [String: [Int]] = [:]
        tags.reserveCapacity(message.segments.count)
        for s in message.segments {
            let tag = transmission.tag(s)
            byTag[tag, default: []].append(tags.count)
            tags.append(tag)
        }
        self.tags = tags
        self.byTag = byTag
    }

    private func number(_ segment: Int) -> Int { message.segments.lowerBound + segment }

    var isX12: Bool { interchange.standard == .x12 }

    /// The text of an element without blanks at its ends; empty where there is none.
    func text(_ path: EDIPath, _ segment: Int, repetition: Int = 0) -> String {
        Self.trim(raw(path, segment, repetition: repetition))
    }

    /// The text as sent; empty where there is none.
    func raw(_ path: EDIPath, _ segment: Int, repetition: Int = 0) -> String {
        let s = number(segment)
        switch path.part {
        case .plain:
            return transmission.text(s, path.element, isX12 ? nil : 1, repetition: repetition, in: interchange) ?? ""
        case .component(let c):
            return transmission.text(s, path.element, c, repetition: repetition, in: interchange) ?? ""
        case .all:
            let n = transmission.components(s, path.element, in: interchange)
            guard n > 0 else { return "" }
            let parts = (1...n).map {
                Self.trim(transmission.text(s, path.element, $0, repetition: repetition, in: interchange) ?? "")
            }
            return parts.filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    func repetitions(_ path: EDIPath, _ segment: Int) -> Int {
        transmission.repetitions(number(segment), path.element, in: interchange)
    }

    func components(_ path: EDIPath, _ segment: Int) -> Int {
        transmission.components(number(segment), path.element, in: interchange)
    }

    func elements(_ segment: Int) -> Int { transmission.elementCount(number(segment), interchange.delimiters) }

    /// Where an element stands; the segment itself for element 0.
    func place(_ path: EDIPath, _ segment: Int, repetition: Int = 0) -> Place {
        let s = number(segment)
        var component: Int?
        if case .component(let c) = path.part { component = c }
        let range =
            path.element == 0
            ? nil : transmission.place(s, path.element, component, repetition: repetition, in: interchange)
        let at = range ?? transmission.place(s)
        return Place(
            offset: at.lowerBound, length: at.count, segment: segment + 1, tag: tags[segment],
            element: path.element == 0 ? nil : path.element, component: component)
    }

    static func trim(_ s: String) -> String {
        let u = s.utf8
        guard let f = u.first, let l = u.last, f <= 0x20 || l <= 0x20 else { return s }
        var v = u[...]
        while let f = v.first, f <= 0x20 { v.removeFirst() }
        while let l = v.last, l <= 0x20 { v.removeLast() }
        return String(Substring(v))
    }
}
