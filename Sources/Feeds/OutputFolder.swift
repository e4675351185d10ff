import Ledger
import Schemas
import Vocabulary

/// Why an output folder cannot be written or read.
package struct OutputFault: Error, Equatable, CustomStringConvertible {
    package var reason: String

    package init(_ reason: String) { self.reason = reason }

    package var description: String { reason }
}

/// The folder that a run writes and views read (`--out`).
package struct OutputFolder: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// Makes the folder where it is missing and sees that files can be written there.
    package func prepare() throws(OutputFault) {
        do { try Disk.makeFolder(path) } catch { throw OutputFault(error.reason) }
        guard Disk.isWritable(path) else { throw OutputFault("the folder \(path) cannot be written to") }
    }

    /// Writes the contract's files. Each appears whole or not at all; `run.json` comes last, so that a folder with a
    /// new `run.json` is a finished one.
    ///
    /// - Parameters:
    ///   - rows: each file's in the order in which they are to stand (`Feed.resultRows`).
    ///   - privacy: masks what is sensitive; nil to write it.
    package func write(_ rows: [ResultRow], run: JSON, privacy: Privacy?) throws(OutputFault) {
        let byFile = Dictionary(grouping: rows, by: \.file)
        do {
            for file in FeedFile.allCases {
                var bytes: [UInt8] = []
                let contents = (byFile[file.rawValue] ?? []).map(\.content)
                for content in privacy.map({ p in Threads.map(contents) { p.row($0) } }) ?? contents {
                    bytes += content
                    bytes.append(UInt8(ascii: "\n"))
                }
                try Disk.replace("\(path)/\(file.name)", bytes)
            }
            try Disk.replace("\(path)/run.json", run.bytes + [UInt8(ascii: "\n")])
        } catch {
            throw OutputFault(error.reason)
        }
    }

    /// The rows of one file that a run wrote.
    package func rows(of file: FeedFile) throws(OutputFault) -> [JSON] {
        var rows: [JSON] = []
        for (i, line) in try bytes(of: file.name).split(separator: UInt8(ascii: "\n")).enumerated() {
            do { rows.append(try JSON(parsing: line)) } catch {
                throw OutputFault("\(path)/\(file.name):\(i + 1): \(error.reason)")
            }
        }
        return rows
    }

    /// What the run says of itself.
    package func run() throws(OutputFault) -> JSON {
        let bytes = try bytes(of: "run.json")
        do { return try JSON(parsing: bytes) } catch { throw OutputFault("\(path)/run.json: \(error.reason)") }
    }

    private func bytes(of name: String) throws(OutputFault) -> [UInt8] {
        do { return try Disk.read("\(path)/\(name)") } catch {
            guard Disk.kind(of: "\(path)/run.json") == .file else {
                throw OutputFault("\(path) is not the output folder of a run: it has no run.json")
            }
            throw OutputFault(error.reason)
        }
    }
}
