import Vocabulary

/// The bytes of a file that have not been read yet, in one piece wherever the file was cut into chunks, with the digests
/// that run along. Positions count from the start of the text.
final class Window {
    @exclusivity(unchecked) private(set) var base: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) private(set) var count = 0
    private var capacity = 1 << 16
    /// Position of the first byte.
    @exclusivity(unchecked) private(set) var origin = 0
    /// What the digests have seen.
    private var settled = 0
    /// Of the part of the file that is being read, and of the document in it.
    private var part: Digest.Sum? = Digest.Sum()
    private var document: Digest.Sum?

    init() { base = .allocate(capacity: capacity) }

    deinit { base.deallocate() }

    var end: Int { origin + count }

    /// Takes bytes behind those that are there, and gives up those before an index.
    func append(_ bytes: UnsafeBufferPointer<UInt8>, dropping index: Int) {
        settle(to: origin + index)
        let left = count - index
        if left + bytes.count > capacity || (capacity > 1 << 21 && left + bytes.count < 1 << 19) {
            capacity = max(1 << 16, left + bytes.count)
            let other = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            other.update(from: base + index, count: left)
            base.deallocate()
            base = other
        } else if index > 0 {
            base.update(from: base + index, count: left)
        }
        if let from = bytes.baseAddress { (base + left).update(from: from, count: bytes.count) }
        origin += index
        count = left + bytes.count
    }

    /// Gives the digests all bytes before a position.
    private func settle(to position: Int) {
        guard position > settled else { return }
        if part != nil || document != nil {
            let bytes = UnsafeBufferPointer(start: base + (settled - origin), count: position - settled)
            part?.add(bytes)
            document?.add(bytes)
        }
        settled = position
    }

    func beginPart(at position: Int) {
        settle(to: position)
        part = Digest.Sum()
        document = nil
    }

    /// The part's digest is not wanted any more.
    func leavePart() { part = nil }

    func beginDocument(at position: Int) {
        settle(to: position)
        document = Digest.Sum()
    }

    /// SHA-256 of the document, or of the part where no document of its own is being read, up to a position.
    func digest(to position: Int) -> String {
        settle(to: position)
        defer { (document != nil) ? (document = nil) : (part = nil) }
        return (document ?? part).map { Digest.hex($0.value) } ?? ""
    }
}
