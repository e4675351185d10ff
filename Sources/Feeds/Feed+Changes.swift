import Ledger
import Vocabulary

extension Feed {
    /// The rows as the ledger keeps them. Rows that share a key are told apart by a count.
    package var resultRows: [ResultRow] {
        FeedFile.allCases.flatMap { file in
            var seen: [String: Int] = [:]
            return self[file].map { row in
                let key = row[file.key]?.string ?? ""
                let n = seen[key, default: 0] + 1
                seen[key] = n
                return ResultRow(file: file.rawValue, key: n == 1 ? key : "\(key)#\(n)", content: row.bytes)
            }
        }
    }

    /// Only the rows that a run changed, each with `change`, in the order of a whole feed.
    package init(changes: [Change]) throws(JSONFault) {
        var rows: [FeedFile: [JSON]] = [:]
        for change in changes {
            guard let file = FeedFile(rawValue: change.row.file) else { continue }
            guard case .object(var row) = try JSON(parsing: change.row.content) else { continue }
            row["change"] = .string(change.kind.rawValue)
            rows[file, default: []].append(.object(row))
        }
        rows[.documents] = Feed.inLocatorOrder(rows[.documents] ?? [])
        self.init(rows: rows)
    }
}
