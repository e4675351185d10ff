import Glibc

/// Starting a worker, and finding its executable.
enum Spawn {
    /// Starts a program with a socket as its standard input and output, and little of our environment. It leads a process
    /// group of its own, so that what it may start can be ended with it.
    static func run(_ path: String, arguments: [String], socket: Int32) -> (process: pid_t, error: Int32) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, socket, 0)
        posix_spawn_file_actions_adddup2(&actions, socket, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // What we ignore or block, the worker must not inherit.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        var process: pid_t = 0
        var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment().map { strdup($0) } + [nil]
        defer { for p in argv + envp { free(p) } }
        let error = posix_spawn(&process, path, &actions, &attributes, &argv, &envp)
        return (process, error)
    }

    /// `INTERLINE_READER`, else `interline-reader` beside the running executable.
    static func reader() throws(IntakeFault) -> String {
        if let named = variable("INTERLINE_READER"), !named.isEmpty {
            guard access(named, X_OK) == 0 else { throw .noReader(tried: ["INTERLINE_READER=\(named)"]) }
            return named
        }
        var buffer = [CChar](repeating: 0, count: 4096)
        let n = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(0, n)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folder = own.lastIndex(of: "/").map { String(own[..<$0]) } ?? "."
        let beside = folder + "/interline-reader"
        guard access(beside, X_OK) == 0 else { throw .noReader(tried: ["INTERLINE_READER", beside]) }
        return beside
    }

    /// Only what decides where libraries and language data lie, and what keeps the worker small and the same everywhere.
    private static func environment() -> [String] {
        let kept = [
            "PATH", "HOME", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "FONTCONFIG_FILE", "FONTCONFIG_PATH",
            "LLVM_PROFILE_FILE",
        ]
        return kept.compactMap { name in variable(name).map { "\(name)=\($0)" } }
            + ["LC_ALL=C.UTF-8", "TZ=UTC", "SWIFT_BACKTRACE=enable=no", "OMP_THREAD_LIMIT=1", "MALLOC_ARENA_MAX=1"]
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
