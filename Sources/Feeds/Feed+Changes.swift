import Ledger
import Vocabulary

extension Feed {
    /// All rows as they are written and as the ledger keeps them. Rows that share a key are told apart by a count.
    package var resultRows: [ResultRow] {
        FeedFile.allCases.flatMap { file in
            var seen: [String: Int] = [:]
            func row(_ key: String, _ content: [UInt8]) -> ResultRow {
                let n = seen[key, default: 0] + 1
                seen[key] = n
                return ResultRow(file: file.rawValue, key: n == 1 ? key : "\(key)#\(n)", content: content)
            }
            guard file != .events else { return events.map { row($0.id, $0.content) } }
            let written = Threads.map(self[file]) { ($0[file.key]?.string ?? "", $0.bytes) }
            return written.map { row($0, $1) }
        }
    }

    /// The rows that a run changed, each with `change`, in the order of a whole feed.
    package static func rows(of changes: [Change]) throws(JSONFault) -> [ResultRow] {
        var all: [ResultRow] = []
        for file in FeedFile.allCases {
            var rows: [(json: JSON, key: String)] = []
            for change in changes where change.row.file == file.rawValue {
                guard case .object(var row) = try JSON(parsing: change.row.content) else { continue }
                row["change"] = .string(change.kind.rawValue)
                rows.append((.object(row), change.row.key))
            }
            if file == .documents { rows = inLocatorOrder(rows) { $0.json } }
            all += rows.map { ResultRow(file: file.rawValue, key: $0.key, content: $0.json.bytes) }
        }
        return all
    }
}
