/// Numbers the lines of a file. Asked in the order of the file it passes over the bytes once.
final class LineCounter {
    private let bytes: [UInt8]
    private var at = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The line in which a byte stands, from 1.
    func line(at offset: Int) -> Int {
        if offset < at {
            at = 0
            line = 1
        }
        while at < min(offset, bytes.count) {
            if bytes[at] == 0x0A { line += 1 }
            at += 1
        }
        return line
    }
}
