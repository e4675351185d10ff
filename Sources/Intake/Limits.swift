import EDI
import Schemas

/// How much of what is dropped is read, and what a worker may use; sizes in bytes, times in seconds. `proofs` and
/// `messageBytes` are the policy's, the others stand here.
package struct Limits: Hashable, Sendable {
    package var fileBytes = 256 << 20
    /// All members of an archive together, those of archives in it included.
    package var archiveBytes = 200 << 20
    /// Unpacked bytes for a packed one. Counts from `archiveRatioFrom` unpacked bytes on: small texts of blanks pack well.
    package var archiveRatio = 100
    package var archiveRatioFrom = 8 << 20
    package var archiveEntries = 1000
    /// Archives in archives.
    package var archiveDepth = 3
    /// Containers of any kind in each other: a mail's attachment, a PDF's embedded file, an archive's member.
    package var depth = 5
    /// Bytes of a PDF: a worker holds them twice beside what it makes of them.
    package var paperBytes = 100 << 20
    package var workerMemory = 1 << 30
    /// Processor seconds for a document; the worker adds some for each page (`Work.milliseconds`), up to the most.
    package var workerCPU = 10
    package var workerMostCPU = Limits.mostCPU
    /// Wall seconds for a document: twice the most, so that a busy machine does not change what is read.
    package var workerWall = 2 * Limits.mostCPU
    /// Documents after which a worker makes place for a new one.
    package var workerDocuments = 200
    /// So does one that holds more than this between two documents.
    package var workerResident = 512 << 20
    /// What is read of papers, and in which languages.
    package var proofs = ProofPolicy()
    /// Bytes of an EDI message that are read; a longer one is cut off.
    package var messageBytes = EDI.Limits().message
    /// Threads, each with a worker of its own; 0: as many as there are processors.
    package var threads = 0

    private static let mostCPU = 160

    /// Files up to this size are read whole, by the thread that gets them.
    static let whole = 4 << 20
    /// Rows of this size are written out, although more come of the same file.
    static let rows = 1 << 20

    /// Bytes of an XML file that are read at once.
    static let piece = 32 << 10

    package var messages: EDI.Limits { EDI.Limits(message: messageBytes) }

    package init() {}

    package init(_ policy: Policy) {
        messageBytes = policy.messageBytes
        proofs = policy.proofs
    }
}

/// Why a drop cannot be read at all. Whatever is wrong with a file in it is a finding instead.
package enum IntakeFault: Error, Hashable, Sendable, CustomStringConvertible {
    case drop(path: String, reason: String)
    /// The worker executable stands at none of these places.
    case noReader(tried: [String])
    /// The worker could not be started, or does not speak our protocol.
    case reader(path: String, reason: String)

    package var description: String {
        switch self {
        case .drop(let path, let reason): "\(path): \(reason)"
        case .noReader(let tried): "interline-reader was not found; tried \(tried.joined(separator: ", "))"
        case .reader(let path, let reason): "\(path): \(reason)"
        }
    }
}
