/// Where the bytes of a transmission come from: a whole file, or one that comes in chunks of any size, of which only the stretch
/// at hand is held.
struct ByteSource {
    /// No more bytes will come.
    private(set) var isComplete: Bool
    /// The file is broken into lines of one length, and how.
    private(set) var wrap: Wrap?
    /// Gives the next bytes of the file; none at its end.
    private let more: () -> [UInt8]

    /// How far decisions look ahead: an envelope's header with what surrounds it is shorter. Whatever is decided is decided with
    /// so much of the file at hand, so that it does not depend on how the file was cut into chunks.
    static let lookAhead = 4096

    /// A whole file.
    init(_ bytes: [UInt8], into out: inout Transmission) {
        more = { [] }
        isComplete = true
        begin(with: bytes, &out)
    }

    /// A file that comes in chunks; an empty one is its end.
    init(_ more: @escaping () -> [UInt8], into out: inout Transmission) {
        self.more = more
        isComplete = false
        var first: [UInt8] = []
        while first.count < Wrap.evidence, !isComplete {
            let chunk = more()
            isComplete = chunk.isEmpty
            first += chunk
        }
        begin(with: first, &out)
    }

    private mutating func begin(with first: [UInt8], _ out: inout Transmission) {
        wrap = Wrap(first.prefix(Wrap.evidence), isWhole: isComplete && first.count <= Wrap.evidence)
        guard let wrap else {
            out.bytes = first
            return
        }
        out.origin.breakLength = wrap.breakLength
        self.wrap?.append(first, isLast: isComplete, to: &out.bytes, &out.origin)
    }

    /// Asks for more bytes once; false where there are none.
    mutating func grow(_ out: inout Transmission) -> Bool {
        if isComplete { return false }
        let chunk = more()
        isComplete = chunk.isEmpty
        if wrap != nil {
            wrap?.append(chunk, isLast: isComplete, to: &out.bytes, &out.origin)
        } else {
            out.bytes += chunk
        }
        return true
    }

    /// Sees to it that what is decided at a place can be decided: so much of the file is at hand, or all of it.
    @inline(__always)
    mutating func ensure(_ at: Int, _ out: inout Transmission) {
        while out.bytes.count < at + ByteSource.lookAhead, grow(&out) {}
    }

    /// Up to where the bytes at hand can be cut into segments.
    func horizon(_ out: Transmission) -> Int {
        isComplete ? out.bytes.count : max(0, out.bytes.count - ByteSource.lookAhead)
    }
}
