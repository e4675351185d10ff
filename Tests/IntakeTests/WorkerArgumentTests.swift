import Foundation
import Testing

/// A worker without limits reads nothing.
@Suite struct WorkerArgumentTests {
    @Test(
        .enabled(if: Ground.hasHostileWorker),
        arguments: [
            [], ["1000000000", "10"], ["1000000000", "ten", "160"], ["0", "10", "160"], ["1000000000", "-1", "160"],
        ])
    func `whose limits are not three numbers does not start`(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: Ground.hostileWorker)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
    }
}
