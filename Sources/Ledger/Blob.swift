import FoundationEssentials
import GRDB

/// GRDB carries blobs as Foundation's `Data`; the rest of the program speaks of bytes.
extension [UInt8] {
    var blob: Data { Data(self) }

    init(blob row: Row, _ column: String) {
        let data: Data = row[column]
        self = Array(data)
    }
}
