import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Plain threads: readers block on workers and files, which tasks of Swift's own pool must not.
package enum Threads {
    /// As many as there are processors.
    package static var wanted: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs the same work on some threads and waits for all. Where a thread cannot be had, the caller's does its work.
    package static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        // As the first thread has it: parsers recurse.
        pthread_attr_setstacksize(attributes, 8 << 20)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        var threads: [pthread_t] = []
        for _ in 0..<count {
            let work = Unmanaged.passRetained(Work(body))
            var thread = pthread_t()
            let status = pthread_create(
                &thread, attributes,
                { raw in
                    guard let raw else { return nil }
                    Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body()
                    return nil
                }, work.toOpaque())
            if status == 0 { threads.append(thread) } else { work.release() }
        }
        if threads.isEmpty { body() }
        for t in threads { pthread_join(t, nil) }
    }

    /// What `map` gives, worked out by all processors.
    ///
    /// Complexity: O(n / processors); lists of less than a few hundred items stay on the caller's thread.
    package static func map<T: Sendable, U: Sendable>(_ items: [T], _ body: @escaping @Sendable (T) -> U) -> [U] {
        let size = 256
        let pieces = (items.count + size - 1) / size
        guard pieces > 1 else { return items.map(body) }
        let work = Pieces<U>(pieces)
        run(min(wanted, pieces)) {
            while let p = work.next() {
                work.set(p, items[p * size..<min(items.count, (p + 1) * size)].map(body))
            }
        }
        return work.result()
    }
}

/// The pieces of a list as they are taken and done.
private final class Pieces<U: Sendable>: Sendable {
    private let state: Mutex<(next: Int, done: [[U]])>

    init(_ count: Int) { state = Mutex((0, Array(repeating: [], count: count))) }

    func next() -> Int? {
        state.withLock { s in
            guard s.next < s.done.count else { return nil }
            s.next += 1
            return s.next - 1
        }
    }

    func set(_ piece: Int, _ items: [U]) { state.withLock { $0.done[piece] = items } }
    func result() -> [U] { state.withLock { $0.done.flatMap { $0 } } }
}
