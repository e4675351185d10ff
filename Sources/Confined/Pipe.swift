import Glibc
import Vocabulary

/// The way to interline: what were standard input and output when we started. From then on those lead nowhere, so that
/// nothing a library prints gets between the frames.
struct Pipe {
    private let input: Int32
    private let output: Int32

    init() {
        // Descriptors that were open in interline and came along are none of ours.
        for inherited in 3..<1024 as Range<Int32> { close(inherited) }
        input = dup(0)
        output = dup(1)
        let nothing = open("/dev/null", O_RDWR)
        for standard in 0...2 as ClosedRange<Int32> { dup2(nothing, standard) }
        if nothing > 2 { close(nothing) }
    }

    /// The next frame, or nil where interline closed its side or sent something else.
    func receive() -> Frame? {
        guard let head = take(Frame.headLength), let lengths = Frame.lengths(head),
            let rest = take(lengths.header + lengths.body)
        else { return nil }
        return try? Frame(rest, headerLength: lengths.header)
    }

    /// False where interline is gone.
    func send(_ frame: Frame) -> Bool {
        let bytes = frame.bytes
        var at = 0
        while at < bytes.count {
            let n = bytes.withUnsafeBytes { write(output, $0.baseAddress?.advanced(by: at), $0.count - at) }
            if n < 0, errno == EINTR { continue }
            if n <= 0 { return false }
            at += n
        }
        return true
    }

    private func take(_ count: Int) -> [UInt8]? {
        var failed = false
        let all = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let n = read(input, buffer.baseAddress?.advanced(by: filled), count - filled)
                if n < 0, errno == EINTR { continue }
                if n <= 0 {
                    failed = true
                    return
                }
                filled += n
            }
        }
        return failed ? nil : all
    }
}
