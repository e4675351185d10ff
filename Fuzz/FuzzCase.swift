/// What one input of the fuzzer stands for: a file, the limits it is read with, and how it is cut into chunks.
///
/// The first byte chooses, the rest is the file. So the fuzzer can take a file to another cut or limit by one change.
struct FuzzCase {
    let file: [UInt8]
    let limits: Limits
    private let chunks: [Int]

    /// Small ones, ones around a line of 80 columns, and ones around what is read ahead (4096); the last lines mix them.
    private static let cuts: [[Int]] = [
        [1], [2], [3], [7], [16], [79], [80], [106], [333], [1000], [4095], [4096], [4097],
        [1, 5000, 2, 300], [4096, 1, 1], [17, 1, 90, 1, 2000],
    ]
    private static let limits = [
        Limits(), Limits(message: 500, stretch: 200), Limits(message: 600, stretch: 900),
        Limits(message: 3000, stretch: 500),
    ]
    /// Chunks are asked for one by one only behind the beginning that tells whether a file is wrapped (65,536 bytes), so a
    /// short file is put behind blanks or repeated until it is longer.
    private static let long = 1 << 16

    init(_ input: UnsafeBufferPointer<UInt8>) {
        let choice = Int(input[0])
        let text = Array(input[1...])
        chunks = Self.cuts[choice & 15]
        limits = Self.limits[(choice >> 4) & 3]
        switch choice >> 6 {
        case 2: file = Array(repeating: 0x20, count: Self.long) + text
        case 3 where !text.isEmpty:
            var all: [UInt8] = []
            while all.count <= Self.long + 2 * text.count { all += text }
            file = all
        default: file = text
        }
    }

    /// All stretches of the file in one chunk.
    func whole() -> [Transmission] { stretches { file.count } }

    /// All stretches of the file in the chunks of the case; what is taken in one piece anyway comes as one chunk.
    func cut() -> [Transmission] {
        var n = 0
        return stretches {
            n += 1
            return n == 1 && file.count > Self.long ? Self.long - 3 : chunks[n % chunks.count]
        }
    }

    private func stretches(_ next: @escaping () -> Int) -> [Transmission] {
        var at = 0
        var reader = TransmissionReader(limits: limits) {
            let from = at
            at = min(file.count, at + next())
            return Array(file[from..<at])
        }
        var all: [Transmission] = []
        while let t = reader.next() { all.append(t) }
        return all
    }
}
