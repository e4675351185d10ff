import Glibc
import Vocabulary

/// How a document ended its worker.
enum Death: Hashable {
    /// It used up the processor time that the worker allows itself.
    case processorTime
    case wallTime(seconds: Int)
    /// It broke down after memory had been refused to it.
    case memory(bytes: Int)
    case signal(Int32)
    case status(Int32)
    /// What it answered is no frame, or none that is known.
    case garbled
    case tooLarge

    /// - Parameters:
    ///   - status: what the system says of a process that was waited for.
    ///   - memory: bytes that the worker was allowed.
    init(status: Int32, memory: Int) {
        let signal = status & 0x7F
        let exit = (status >> 8) & 0xFF
        if signal == SIGXCPU {
            self = .processorTime
        } else if signal != 0 {
            self = .signal(signal)
        } else {
            self = exit == Frame.outOfMemory ? .memory(bytes: memory) : .status(exit)
        }
    }

    var code: String {
        switch self {
        case .processorTime, .wallTime: "worker-timeout"
        case .memory: "worker-memory"
        case .signal, .status, .garbled, .tooLarge: "worker-died"
        }
    }

    var words: String {
        switch self {
        case .processorTime: "The reader did not come to an end with this document: it used up its processor time."
        case .wallTime(let s): "The reader did not come to an end with this document: \(s) s went by."
        case .memory(let n): "The reader broke down on this document: memory was refused to it beyond \(n >> 20) MiB."
        case .signal(let n): "The reader broke down on this document: signal \(n)."
        case .status(let n): "The reader broke down on this document: it ended with status \(n)."
        case .garbled: "The reader broke down on this document: what it answered makes no sense."
        case .tooLarge: "The reader broke down on this document: its answer is too large."
        }
    }
}
