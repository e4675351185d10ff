import EDI
import Feeds
import Intake
import Ledger
import Schemas

/// Why a command cannot do what it was asked to.
///
/// `usage` is the caller's to mend (arguments, paths, policy, schemas: exit status 2), `failure` is ours (1).
package enum Fault: Error, Equatable, CustomStringConvertible {
    case usage(String)
    case failure(String)

    package var description: String {
        switch self {
        case .usage(let s), .failure(let s): s
        }
    }

    package var status: Int32 {
        switch self {
        case .usage: 2
        case .failure: 1
        }
    }
}

extension Fault {
    /// Sorts what the rooms below throw.
    init(_ error: any Error) {
        switch error {
        case let e as Fault: self = e
        case let e as DiskFault: self = .usage(e.reason)
        case let e as OutputFault: self = .usage(e.reason)
        case let e as LedgerFault: self = .usage(e.reason)
        case let e as StructureFault: self = .usage("structures: \(e)")
        case let e as SchemaFault: self = .usage(e.description)
        case IntakeFault.reader(let path, let reason): self = .failure("\(path): \(reason)")
        case let e as IntakeFault: self = .usage(e.description)
        default: self = .failure("\(error)")
        }
    }
}

/// The program's version, as `--version` and `run.json` say it.
package let version = "0.1.0"
