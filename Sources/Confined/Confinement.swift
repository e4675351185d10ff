import Glibc

/// The limits that a worker sets on itself before it reads a byte from outside.
package final class Confinement {
    /// Processor time that a document has at first, and that it may get in all, in milliseconds.
    private let base: Int
    private let most: Int
    private var granted = 0
    /// Processor time since the process began at which the document has to be done, in milliseconds.
    private var deadline = 0

    /// - Parameters:
    ///   - memory: bytes of address space.
    ///   - seconds: processor time for a document.
    ///   - most: what it may be granted in all.
    package init(memory: Int, seconds: Int, most: Int) {
        base = seconds * 1000
        self.most = most * 1000
        // Libraries that write caches get an error and not the signal that goes with the limit.
        signal(SIGXFSZ, SIG_IGN)
        Confinement.set(RLIMIT_CORE, 0)
        Confinement.set(RLIMIT_FSIZE, 0)
        Confinement.set(RLIMIT_NOFILE, 64)
        // Nothing here starts threads or programs. The superuser is not held by this one.
        Confinement.set(__RLIMIT_NPROC, 0)
        Confinement.set(RLIMIT_AS, memory)
        LastWords.prepare()
    }

    /// Gives the next document its processor time. The system counts from the process's start, so the limit moves on.
    package func begin() {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        deadline =
            (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000
            + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000 + base
        granted = base
        limitTime()
        // What is refused for want of memory from here on is this document's doing.
        errno = 0
    }

    /// Gives the document in hand more processor time, for work that it honestly needs.
    package func grant(milliseconds: Int) {
        let more = min(milliseconds, most - granted)
        guard more > 0 else { return }
        granted += more
        deadline += more
        limitTime()
    }

    private func limitTime() {
        var now = rlimit()
        getrlimit(Confinement.number(RLIMIT_CPU), &now)
        now.rlim_cur = min(rlim_t((deadline + 999) / 1000), now.rlim_max)
        setrlimit(Confinement.number(RLIMIT_CPU), &now)
    }

    private static func set(_ what: __rlimit_resource, _ value: Int) {
        var l = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
        setrlimit(number(what), &l)
    }

    /// C gives the names as an enumeration and takes them as numbers.
    private static func number(_ what: __rlimit_resource) -> __rlimit_resource_t {
        __rlimit_resource_t(what.rawValue)
    }
}
