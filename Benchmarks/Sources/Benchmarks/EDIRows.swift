import EDI
import Foundation
import Glibc

/// The rows about EDI: what the engine makes of made-up traffic, beside what the machine can do at all.
struct EDIRows {
    let files: TrafficFile

    /// The library in this process, one core. Prints a line for each standard.
    func run() throws {
        for (standard, separator) in [("edifact", UInt8(ascii: "+")), ("x12", UInt8(ascii: "*"))] {
            let url = try files.stream(standard, size: 64 << 20, standard: standard)
            let bytes = [UInt8](try Data(contentsOf: url))
            var messages = 0
            let floor = Self.best(of: 5) { Self.count(separator, in: bytes) }
            let engine = Self.best(of: 5) { messages = Self.parse(bytes) }
            let megabytes = Double(bytes.count) / 1e6
            print(
                "tokenise \(standard): \(Row.fixed(megabytes / engine, 0)) MB/s, \(messages) messages;",
                "memchr of the element separator \(Row.fixed(megabytes / floor, 0)) MB/s,",
                "ratio \(Row.fixed(floor / engine, 2)) (at least 0.4: \(floor / engine >= 0.4 ? "met" : "not met"))")
            fflush(nil)
        }
    }

    /// The one place that calls the engine: bytes to segments and envelopes.
    ///
    /// - Returns: the number of messages.
    private static func parse(_ bytes: [UInt8]) -> Int {
        var at = 0
        var reader = TransmissionReader {
            let from = at
            at = min(bytes.count, at + (1 << 18))
            return Array(bytes[from..<at])
        }
        var messages = 0
        var current = reader.next()
        while current != nil {
            messages += current?.messages.count ?? 0
            current = reader.next(reusing: current.take())
        }
        return messages
    }

    /// How often a byte occurs, found by the C library.
    @discardableResult
    private static func count(_ byte: UInt8, in bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { all in
            guard var at = all.baseAddress else { return 0 }
            let end = at + all.count
            var n = 0
            while at < end, let hit = memchr(at, Int32(byte), end - at) {
                n += 1
                at = UnsafeRawPointer(hit) + 1
            }
            return n
        }
    }

    /// Seconds of the fastest of several runs.
    private static func best(of times: Int, _ work: () -> Void) -> Double {
        let clock = ContinuousClock()
        return (0..<times).map { _ in clock.measure(work) / .seconds(1) }.min() ?? 0
    }
}
