import Glibc
import Vocabulary

/// The talk with interline: first what to work with, which is answered by `ready`, then documents, each answered before the
/// next is read.
package struct Session {
    /// Limits already hold.
    package let confinement: Confinement
    private let pipe: Pipe

    /// Takes the limits from the command line: bytes of memory, seconds of processor time for a document, and the most that
    /// it may be granted. They hold from here on; nil, and no limits, where these are not three whole numbers above 0.
    package init?(arguments: [String]) {
        let numbers = arguments.dropFirst().compactMap { Int($0) }
        guard arguments.count == 4, numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else { return nil }
        confinement = Confinement(memory: numbers[0], seconds: numbers[1], most: numbers[2])
        pipe = Pipe()
    }

    /// Until interline closes its side.
    ///
    /// - Parameters:
    ///   - prepare: makes a reader of what the first frame's header says; nil where it is none that is known.
    ///   - read: the answer to a document.
    package func run<Reader>(
        prepare: (JSON) -> Reader?, read: (inout Reader, Frame) -> Frame
    ) {
        guard let hello = pipe.receive(), var reader = prepare(hello.header) else { return }
        guard pipe.send(Frame(.object(["ready": .bool(true)]))) else { return }
        while let request = pipe.receive() {
            confinement.begin()
            var answer = read(&reader, request)
            // So that an answer is never taken for that to another document.
            if case .object(var members) = answer.header {
                members["request"] = request.header["request"]
                answer.header = .object(members)
            }
            guard pipe.send(answer) else { return }
        }
    }
}

extension Frame {
    /// The answer where the worker itself, not the document, is at fault.
    package static func fault(_ reason: String) -> Frame { Frame(.object(["fault": .string(reason)])) }
}
