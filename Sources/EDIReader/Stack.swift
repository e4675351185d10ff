/// A growing array of plain values that is filled, read and emptied for every message: an append is a store, and nothing is
/// counted. Not for values that hold references. Whoever makes one frees it.
struct Stack<Element> {
    private struct Header {
        var base: UnsafeMutablePointer<Element>
        var count: Int
        var capacity: Int
    }

    private let header: UnsafeMutablePointer<Header>

    init(capacity: Int = 256) {
        header = .allocate(capacity: 1)
        header.initialize(to: Header(base: .allocate(capacity: capacity), count: 0, capacity: capacity))
    }

    func free() {
        header.pointee.base.deallocate()
        header.deallocate()
    }

    @inline(__always) var base: UnsafeMutablePointer<Element> { header.pointee.base }
    @inline(__always) var count: Int { header.pointee.count }

    @inline(__always)
    func clear() { header.pointee.count = 0 }

    @inline(__always)
    func append(_ e: Element) {
        let n = header.pointee.count
        if n == header.pointee.capacity { grow(1) }
        (header.pointee.base + n).initialize(to: e)
        header.pointee.count = n &+ 1
    }

    /// The same value so many times.
    func append(_ e: Element, times n: Int) {
        if count + n > header.pointee.capacity { grow(n) }
        (base + count).initialize(repeating: e, count: n)
        header.pointee.count += n
    }

    @inline(never)
    private func grow(_ n: Int) {
        let capacity = max(header.pointee.capacity * 2, count + n)
        let wider = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        wider.moveInitialize(from: base, count: count)
        base.deallocate()
        header.pointee.base = wider
        header.pointee.capacity = capacity
    }

    /// The element at an index, which has to be one.
    @inline(__always)
    subscript(_ i: Int) -> Element {
        get {
            assert(i >= 0 && i < count)
            return header.pointee.base[i]
        }
        nonmutating set {
            assert(i >= 0 && i < count)
            header.pointee.base[i] = newValue
        }
    }

    /// A place to change part of an element.
    @inline(__always)
    func at(_ i: Int) -> UnsafeMutablePointer<Element> {
        assert(i >= 0 && i < count)
        return header.pointee.base + i
    }
}
