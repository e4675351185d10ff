/// One structure table as bytes, with its rows found by their first column; a row is taken apart when it is asked for.
///
/// Complexity of making: one pass over the bytes.
struct TableText: Sendable {
    /// A row's columns and where it begins.
    struct Row {
        let columns: [String]
        let offset: Int
    }

    let file: String
    let bytes: [UInt8]
    /// Runs of neighbouring rows with the same first column: packed column → byte ranges, in the order of the file.
    private let runs: [UInt64: [Range<Int>]]

    /// - Throws: `StructureFault` for an id of more than eight bytes, or a row without a tab.
    init(_ file: String, _ bytes: [UInt8]) throws(StructureFault) {
        self.file = file
        self.bytes = bytes
        var runs: [UInt64: [Range<Int>]] = [:]
        var fault: Int?
        bytes.withUnsafeBufferPointer { b in
            var at = 0
            var run: (key: UInt64, from: Int)?
            func close(_ end: Int) { if let run { runs[run.key, default: []].append(run.from..<end) } }
            while at < b.count {
                let from = at
                var key: UInt64 = 0
                while at < b.count, b[at] != 0x09, b[at] != 0x0A {
                    key = key << 8 | UInt64(b[at])
                    at += 1
                }
                let isRow = at > from && b[from] != UInt8(ascii: "#")
                if isRow, at - from > 8 || at == b.count || b[at] != 0x09 { fault = fault ?? from }
                while at < b.count, b[at] != 0x0A { at += 1 }
                at = min(at + 1, b.count)
                if isRow, let run, run.key == key { continue }
                close(from)
                run = isRow ? (key, from) : nil
            }
            close(b.count)
        }
        self.runs = runs
        if let fault {
            throw self.fault("the first column is no id of at most eight letters, with a tab behind it", at: fault)
        }
    }

    private static func key(_ id: String) -> UInt64? {
        guard id.utf8.count <= 8, !id.isEmpty else { return nil }
        return id.utf8.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// All ids, in no order.
    var ids: some Collection<String> {
        runs.keys.lazy.map { key in
            let letters = (0..<8).reversed().map { UInt8(truncatingIfNeeded: key >> (8 * UInt64($0))) }
            return String(decoding: letters.drop { $0 == 0 }, as: UTF8.self)
        }
    }

    func has(_ id: String) -> Bool { TableText.key(id).map { runs[$0] != nil } ?? false }

    /// Byte ranges of the columns of every row of an id; the last range is what stands behind the second-last column.
    func forEachRow(
        _ id: String, columns: Int, _ body: ([Range<Int>]) throws(StructureFault) -> Void
    ) throws(StructureFault) {
        guard let key = TableText.key(id), let ranges = runs[key] else { return }
        var cells: [Range<Int>] = []
        for run in ranges {
            var from = run.lowerBound
            for at in run where bytes[at] == 0x09 || bytes[at] == 0x0A || at + 1 == run.upperBound {
                let isEnd = bytes[at] != 0x09
                cells.append(from..<(isEnd && bytes[at] != 0x0A ? at + 1 : at))
                from = at + 1
                guard isEnd else { continue }
                guard cells.count == columns else {
                    throw fault("the row has \(cells.count) columns instead of \(columns)", at: at)
                }
                try body(cells)
                cells.removeAll(keepingCapacity: true)
            }
        }
    }

    /// The rows of an id, in the order of the file.
    func rows(_ id: String, columns: Int) throws(StructureFault) -> [Row] {
        var out: [Row] = []
        try forEachRow(id, columns: columns) { cells throws(StructureFault) in
            out.append(Row(columns: cells.map(text), offset: cells[0].lowerBound))
        }
        return out
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// A fault in the line of an offset.
    func fault(_ reason: String, at offset: Int) -> StructureFault {
        StructureFault(file: file, line: 1 + bytes[..<min(offset, bytes.count)].count { $0 == 0x0A }, reason: reason)
    }
}
