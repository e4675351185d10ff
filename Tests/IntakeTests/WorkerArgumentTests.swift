import Foundation
import Testing

/// A worker without limits reads nothing.
@Suite struct WorkerArgumentTests {
    private func status(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: Ground.hostileWorker)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test func `whose limits are not three numbers does not start`() throws {
        try #require(Ground.hasHostileWorker)
        #expect(try status([]) == 64)
        #expect(try status(["1000000000", "10"]) == 64)
        #expect(try status(["1000000000", "ten", "160"]) == 64)
        #expect(try status(["ten", "1000000000", "10", "160"]) == 64)
        #expect(try status(["0", "10", "160"]) == 64)
        #expect(try status(["1000000000", "-1", "160"]) == 64)
        #expect(try status(["1000000000", "10", "160"]) == 0)
    }
}
