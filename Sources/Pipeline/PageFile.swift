import Ledger

/// A file that a command writes for a reader.
package enum PageFile {
    /// Writes UTF-8; the file appears whole or not at all.
    package static func write(_ text: String, to path: String) throws(Fault) {
        try write(Array(text.utf8), to: path)
    }

    /// Writes bytes, in the same way.
    package static func write(_ bytes: [UInt8], to path: String) throws(Fault) {
        do { try Disk.replace(path, bytes) } catch { throw Fault.usage(error.reason) }
    }
}
