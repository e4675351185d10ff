import Synchronization
import Vocabulary

/// What the threads of one run have in common: readings by content, and the caller's callbacks.
final class Shared: Sendable {
    private struct State {
        var readings: [String: [Reading]] = [:]
        var kept: Set<String> = []
        var progress = Progress()
    }

    private let state: Mutex<State>
    private let source: @Sendable (String, [UInt8]) -> Void
    private let report: @Sendable (Progress) -> Void

    init(
        files: Int, report: @escaping @Sendable (Progress) -> Void,
        source: @escaping @Sendable (String, [UInt8]) -> Void
    ) {
        state = Mutex(State(progress: Progress(of: files)))
        self.report = report
        self.source = source
    }

    /// What was read from the same bytes before. Two threads that meet the same content at once both read it, to the
    /// same result.
    func reading(of content: String) -> [Reading]? { state.withLock { $0.readings[content] } }

    func remember(_ content: String, _ readings: [Reading]) { state.withLock { $0.readings[content] = readings } }

    /// Hands the bytes of a source to the caller, once, whatever other threads hand over meanwhile.
    func keep(_ hash: String, _ bytes: [UInt8]) {
        if state.withLock({ $0.kept.insert(hash).inserted }) { source(hash, bytes) }
    }

    func done(documents: Int) {
        state.withLock {
            $0.progress.files += 1
            $0.progress.documents += documents
            report($0.progress)
        }
    }
}

/// How far a run's reading has come.
package struct Progress: Hashable, Sendable {
    /// Files read, of how many in the drop.
    package var files = 0
    package var of = 0
    package var documents = 0
}
