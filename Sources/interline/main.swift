import ArgumentParser
import Pipeline

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

// Help and version are answers; whatever is wrong with the command line is one line on stderr and exit status 2.
do {
    var command = try Interline.parseAsRoot()
    try command.run()
} catch let fault as Fault {
    Terminal.complain(fault.description)
    exit(fault.status)
} catch let status as ExitCode {
    exit(status.rawValue)
} catch {
    if Interline.exitCode(for: error).isSuccess {
        print(Interline.fullMessage(for: error))
        exit(0)
    }
    Terminal.complain(Interline.message(for: error) + " (--help shows how)")
    exit(2)
}
