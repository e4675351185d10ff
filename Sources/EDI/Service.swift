/// EDIFACT's service characters of one interchange: from UNA, or guessed where there is none. ISO 9735, 5.1 and 7.
struct Service {
    var delimiters: Delimiters
    /// Where the first segment begins.
    var next: Int

    init(_ bytes: [UInt8], at start: Int) {
        var at = start
        var una = false
        delimiters = .edifact
        if Start.isUNA(bytes, at) {
            una = true
            delimiters.component = bytes[at + 3]
            delimiters.element = bytes[at + 4]
            delimiters.decimal = bytes[at + 5]
            delimiters.release = bytes[at + 6] == 0x20 ? nil : bytes[at + 6]
            delimiters.terminator = bytes[at + 8]
            at += 9
            // UNA written with five characters: the reserved blank was lost.
            if bytes[at - 1].isAlphanumeric, !bytes[at - 2].isAlphanumeric {
                delimiters.terminator = bytes[at - 2]
                at -= 1
            }
            while at < bytes.count, bytes[at].isLayout, !Start.has(bytes, at, "UN") { at += 1 }
        }
        next = at
        defer { settleRelease() }
        guard Start.has(bytes, at, "UN"), at + 10 < bytes.count else { return }
        if !una { guess(bytes, at) }
        guard Start.has(bytes, at, "UNB") else { return }
        // From syntax version 4 on elements repeat, and UNA3 is to be ignored.
        let version = bytes[at + 9]
        guard version == UInt8(ascii: "4") else { return }
        delimiters.decimal = nil
        let r = una ? bytes[start + 7] : UInt8(ascii: "*")
        // Where it stands for something else already, elements do not repeat.
        let others = [delimiters.terminator, delimiters.element, delimiters.component, delimiters.release]
        if r != 0x20, !r.isAlphanumeric, !others.contains(r) { delimiters.repetition = r }
    }

    /// A character cannot both part and release: what parts goes on parting.
    private mutating func settleRelease() {
        let parting = [delimiters.terminator, delimiters.element, delimiters.component]
        if let r = delimiters.release, parting.contains(r) { delimiters.release = nil }
    }

    private mutating func guess(_ bytes: [UInt8], _ at: Int) {
        let element = bytes[at + 3]
        if element == 0x1D {
            delimiters = .edifactLevelB
            return
        }
        delimiters.element = element
        if Start.has(bytes, at, "UNB"), bytes[at + 8] != element { delimiters.component = bytes[at + 8] }
        // What stands before the next service segment ends this one.
        var i = at + 4
        while i + 4 < bytes.count, i < at + 600 {
            if bytes[i + 3] == element, Start.has(bytes, i, "UNH") || Start.has(bytes, i, "UNG"),
                !bytes[i - 1].isAlphanumeric
            {
                var back = i - 1
                while back > at, bytes[back].isLayout { back -= 1 }
                delimiters.terminator = bytes[back].isAlphanumeric ? bytes[back + 1] : bytes[back]
                return
            }
            i += 1
        }
    }
}
