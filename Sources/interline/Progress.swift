import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One line on stderr that says how far reading is; nothing where stderr is no terminal.
final class Progress: Sendable {
    private struct State {
        var shown: ContinuousClock.Instant?
        var isDrawn = false
    }

    private let isOn: Bool
    private let begin = ContinuousClock.now
    private let state = Mutex(State())

    init(quiet: Bool) { isOn = !quiet && Terminal.isTerminal(STDERR_FILENO) }

    /// May be called from any thread, as often as one likes: at most ten lines a second are drawn.
    func update(_ done: Int, of all: Int) {
        guard isOn else { return }
        state.withLock { s in
            let now = ContinuousClock.now
            if let shown = s.shown, now - shown < .milliseconds(100), done < all { return }
            s.shown = now
            s.isDrawn = true
            let passed = now - begin
            let millis =
                Int(passed.components.seconds) * 1000 + Int(passed.components.attoseconds / 1_000_000_000_000_000)
            let rate = millis > 0 ? done * 1000 / millis : 0
            let width = 24
            let filled = all > 0 ? done * width / all : 0
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
            Terminal.note("\r\u{1B}[Kreading \(bar) \(done) of \(all) files, \(rate) a second")
        }
    }

    /// Takes the line away again.
    func end() {
        state.withLock { s in
            if s.isDrawn { Terminal.note("\r\u{1B}[K") }
            s.isDrawn = false
        }
    }
}
