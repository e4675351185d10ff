import Glibc
import Vocabulary

/// What a worker that breaks down still says: whether memory was what it lacked.
///
/// Where memory is refused, allocators abort, trap or hand out null pointers that somebody steps on. The signal alone tells
/// nothing then, and neither does what was held: the largest bombs are refused before they hold anything.
enum LastWords {
    /// Catches the signals of a breakdown, on a stack of its own, since the usual one may be what is used up.
    static func prepare() {
        let size = 64 << 10
        var stack = stack_t(
            ss_sp: UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16), ss_flags: 0, ss_size: size)
        sigaltstack(&stack, nil)
        for fatal in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { LastWords.speak($0) }
            action.sa_flags = Int32(bitPattern: UInt32(SA_ONSTACK)) | Int32(bitPattern: UInt32(SA_RESETHAND))
            sigaction(fatal, &action, nil)
        }
    }

    /// Does nothing that a signal's handler must not do: no memory is taken, no lock waited for.
    private static func speak(_ signal: Int32) {
        if errno == ENOMEM { _exit(Frame.outOfMemory) }
        // The handler is gone by now (SA_RESETHAND): the signal does what it does by itself, also where it came by a trap
        // that would go on behind it.
        raise(signal)
    }
}
