import Foundation
import Testing

@testable import Intake

@Suite struct ChunkedFileTests {
    /// A file that is cut off by somebody else while it is read must not pass for a whole one.
    @Test func aFileThatBecomesShorterSaysSo() throws {
        let path = NSTemporaryDirectory() + "chunked-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(repeating: 65, count: 3 * ChunkedFile.chunk).write(to: URL(filePath: path))
        let file = try ChunkedFile(Drop.file(path))
        #expect(file.next().count == ChunkedFile.chunk)
        #expect(truncate(path, off_t(2 * ChunkedFile.chunk)) == 0)
        #expect(file.next().count == ChunkedFile.chunk)
        #expect(file.next().isEmpty && file.failure != nil)
        #expect(file.at == 2 * ChunkedFile.chunk)
    }

    @Test func aWholeFileHasNoFailure() throws {
        let path = NSTemporaryDirectory() + "whole-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(repeating: 65, count: ChunkedFile.chunk + 1).write(to: URL(filePath: path))
        let file = try ChunkedFile(Drop.file(path))
        _ = file.digest()
        file.rewind()
        while !file.next().isEmpty {}
        #expect(file.failure == nil)
    }
}
