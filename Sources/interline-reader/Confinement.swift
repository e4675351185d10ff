import Glibc

/// The limits that the worker sets on itself before it reads a byte from outside.
struct Confinement {
    private let processorSeconds: Int

    init(memory: Int, processorSeconds: Int) {
        self.processorSeconds = processorSeconds
        // Libraries that write caches get an error and not the signal that goes with the limit.
        signal(SIGXFSZ, SIG_IGN)
        Confinement.set(RLIMIT_CORE, 0)
        Confinement.set(RLIMIT_FSIZE, 0)
        Confinement.set(RLIMIT_NOFILE, 64)
        Confinement.set(RLIMIT_AS, memory)
    }

    /// Grants the next document its processor time. The limit counts from the process's start, so it moves on.
    func grantTime() {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let used = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1
        var now = rlimit()
        getrlimit(Confinement.number(RLIMIT_CPU), &now)
        now.rlim_cur = min(rlim_t(used + processorSeconds), now.rlim_max)
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
