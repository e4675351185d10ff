import CHash
import Foundation
import Glibc

/// What one run of a program cost.
struct Cost {
    /// Seconds from start to end.
    var wall = 0.0
    /// Seconds of processor time, user and system, of the program and the workers it waited for.
    var processor = 0.0
    /// The largest resident set of one process, in bytes.
    var largest = 0
    /// The largest sum of resident sets of the program and its workers, in bytes, sampled every 20 ms. Pages that they
    /// share count in each.
    var together = 0
}

struct Failure: Error, CustomStringConvertible {
    let description: String
}

enum Measure {
    /// Runs a program to its end. Its output goes where ours goes, or nowhere where it is not to be seen.
    static func run(_ program: String, _ arguments: [String], quietly: Bool = false) throws -> Cost {
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }

        var cost = Cost()
        let clock = ContinuousClock()
        let start = clock.now
        var pid: pid_t = 0
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if quietly { posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) }
        let refused = posix_spawn(&pid, program, &actions, nil, &argv, &envp)
        guard refused == 0 else { throw Failure(description: "\(program) does not start: \(text(of: refused))") }
        var status: Int32 = 0
        var usage = rusage()
        var sampled = start
        while true {
            let ended = wait4(pid, &status, WNOHANG, &usage)
            if ended == pid { break }
            guard ended == 0 || errno == EINTR else { throw Failure(description: "wait4: \(text(of: errno))") }
            if clock.now - sampled >= .milliseconds(20) {
                sampled = clock.now
                cost.together = max(cost.together, residentSet(of: pid))
            }
            usleep(1000)
        }
        cost.wall = (clock.now - start) / .seconds(1)
        guard status == 0 else {
            throw Failure(description: "\(program) \(arguments.joined(separator: " ")) ended with status \(status)")
        }
        cost.processor = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        cost.largest = usage.ru_maxrss * 1024
        cost.together = max(cost.together, cost.largest)
        return cost
    }

    /// Seconds to read files one after the other and hash them (SHA-256): the least that any intake has to do.
    static func reading(_ files: [(path: String, size: Int)]) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var hash = [UInt8](repeating: 0, count: 32)
        for file in files {
            let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Failure(description: "\(file.path): \(text(of: errno))") }
            defer { close(descriptor) }
            EVP_DigestInit_ex(context, EVP_sha256(), nil)
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                guard count >= 0 else { throw Failure(description: "\(file.path): \(text(of: errno))") }
                if count == 0 { break }
                EVP_DigestUpdate(context, buffer, count)
            }
            EVP_DigestFinal_ex(context, &hash, nil)
        }
        return (clock.now - start) / .seconds(1)
    }

    /// The resident sets of a process and its children together, in bytes, from `/proc/PID/stat` (proc(5): 4 is the
    /// parent, 24 the pages).
    private static func residentSet(of pid: pid_t) -> Int {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(Int32.init) ?? []
        return processes.reduce(0) { sum, process in
            // The name, field 2, may hold blanks and brackets; it ends at the last bracket.
            guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat"),
                let stat = String(bytes: bytes, encoding: .utf8), let name = stat.lastIndex(of: ")")
            else { return sum }
            let fields = stat[name...].split(separator: " ")
            guard fields.count > 22, process == pid || fields[2] == "\(pid)" else { return sum }
            return sum + (Int(fields[22]) ?? 0) * sysconf(Int32(_SC_PAGESIZE))
        }
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    private static func text(of error: Int32) -> String { String(cString: strerror(error)) }
}
