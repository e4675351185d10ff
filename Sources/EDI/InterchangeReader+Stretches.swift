/// A long interchange is handed on in stretches, and what was passed over is not held.
extension InterchangeReader {
    /// Between messages: a long interchange is handed on in stretches, but where the whole file is one.
    func isEnough(_ out: Transmission) -> Bool {
        openMessage == nil && !ended && limits.stretch < .max && position - start > limits.message
            && (acknowledgements == nil || !out.messages.isEmpty)
    }

    /// Hands on what there is of the interchange; the rest comes with other transmissions.
    mutating func pause(_ out: inout Transmission) {
        if openGroup, let g = out.groups.indices.last {
            out.groups[g].messages = out.groups[g].messages.lowerBound..<out.messages.count
            groupMessagesBefore += out.groups[g].messages.count
        }
        record(&out)
        messagesBefore += interchange.messages.count
        groupsBefore += interchange.groups.count - (openGroup ? 1 : 0)
        pausedGroup = openGroup ? out.groups.last : nil
    }

    /// Goes on with the bytes behind what was handed on.
    mutating func resume(_ out: inout Transmission) {
        position = 0
        start = 0
        firstMark = 0
        isAstray = false
        acknowledgements = nil
        if cutter.isDropping { cutter.limit = limits.stretch }
        marks = Marks(interchange.delimiters, from: 0)
        interchange.groups = 0..<0
        interchange.messages = 0..<0
        if var g = pausedGroup {
            g.interchange = 0
            g.messages = 0..<0
            out.groups.append(g)
        }
    }

    /// Goes on where what was passed over is not held any longer.
    mutating func forget() {
        position = 0
        start = 0
        firstMark = 0
        head = nil
        if cutter.isDropping { cutter.limit = limits.stretch }
        marks = Marks(interchange.delimiters, from: 0)
    }
}
