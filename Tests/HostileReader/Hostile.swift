import Confined
import Glibc
import Vocabulary

/// What a parser may do to its process once it has been got hold of.
struct Hostile {
    private let hello: JSON
    private let confinement: Confinement
    private var held: [UnsafeMutableRawPointer] = []
    private var locator = Locator(path: "")

    init(hello: JSON, _ confinement: Confinement) {
        self.hello = hello
        self.confinement = confinement
    }

    /// The document is the words `do:DEED`, or `do:DEED=ARGUMENT`, behind anything.
    mutating func answer(_ request: Frame) -> Frame {
        if let l = Locator(json: request.header) { locator = l }
        let text = String(decoding: request.body, as: UTF8.self)
        let order = text.components(after: "do:").split(separator: "=", maxSplits: 1).map(String.init)
        let argument = order.count > 1 ? order[1] : ""
        switch order.first ?? "" {
        case "bad-store": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        case "abort": abort()
        case "exit": exit(3)
        case "kill": kill(getpid(), SIGKILL)
        case "loop": while getpid() > 0 {}
        case "loop-when-granted":
            confinement.grant(milliseconds: 1000)
            burn(seconds: 1.5)
        case "sleep": while true { pause() }
        case "deep": print(Hostile.deep(0))
        case "eat": while true { hold(mebibytes: 8) }
        // More at once than there is: nothing is ever held.
        case "gulp": hold(mebibytes: 1 << 20)
        case "fail-first": once(argument) { abort() }
        case "keep": hold(mebibytes: Int(argument) ?? 0)
        case "files": return says(writes(argument) ? "written" : "refused")
        case "print":
            print("ILF1 this is no frame")
            fputs("nor is this\n", fopen("/dev/stderr", "w"))
            fflush(nil)
        case "fork": return says(fork(holding: argument, andEnd: false))
        case "fork-and-end": return says(fork(holding: argument, andEnd: true))
        case "close": for n in 0..<64 as Range<Int32> { close(n) }
        case "garbage": write([UInt8](repeating: 0x41, count: 100))
        case "half": write(Array(says("half").bytes.dropLast(5)), andEnd: true)
        case "half-and-wait":
            write(Array(says("half").bytes.dropLast(5)))
            while true { pause() }
        case "claim": write(Array("ILF1".utf8) + [255, 255, 255, 127, 255, 255, 255, 255])
        case "twice": write(says("first").bytes)
        case "nonsense": return Frame(.object(["readings": .array([.string("none")])]))
        case "lie":
            locator.path = "another.pdf"
            return says("lie")
        case "nested": write(Hostile.nested)
        case "policy": return says(hello["proofs"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? "")
        default: break
        }
        return says(String(getpid()))
    }

    /// A good answer: a document with this as its number.
    private func says(_ number: String) -> Frame {
        Extracted(readings: [
            Reading(Document(locator: locator, format: .pdf, type: "proof-of-delivery", number: number))
        ]).frame
    }

    private mutating func hold(mebibytes: Int) {
        let size = mebibytes << 20
        // Like an allocator's user that does not look: what is not there is stepped on.
        let block = malloc(size) ?? UnsafeMutableRawPointer(bitPattern: 8)
        guard let block else { return }
        memset(block, 1, size)
        held.append(block)
    }

    private func burn(seconds: Double) {
        let end = clock() + Int(seconds * 1_000_000)
        while clock() < end {}
    }

    private static func deep(_ n: Int) -> Int {
        var block = [n, n + 1]
        return block.withUnsafeMutableBufferPointer { b in
            b[0] < .max - 1 ? deep(b[1]) + b[0] : 0
        }
    }

    private func once(_ flag: String, _ deed: () -> Void) {
        guard access(flag, F_OK) != 0 else { return }
        mkdir(flag, 0o755)
        deed()
    }

    private func writes(_ path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        defer { fclose(file) }
        fputs("written", file)
        return fflush(file) == 0
    }

    /// Leaves a process behind that holds the socket open, and its number in a folder's name.
    private func fork(holding folder: String, andEnd: Bool) -> String {
        var child: pid_t = 0
        var argv: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
        let failed = posix_spawn(&child, "/bin/sleep", nil, nil, &argv, nil)
        if failed == 0 { mkdir("\(folder)/\(child)", 0o755) }
        if andEnd { _exit(3) }
        return failed == 0 ? "forked" : "refused"
    }

    /// Into the socket, wherever it is.
    private func write(_ bytes: [UInt8], andEnd: Bool = false) {
        _ = (3..<64 as Range<Int32>).first { Glibc.write($0, bytes, bytes.count) > 0 }
        if andEnd { _exit(0) }
    }

    /// A frame whose header is an abyss of brackets.
    private static var nested: [UInt8] {
        let n = 1 << 20
        var out = Array("ILF1".utf8)
        for shift in [0, 8, 16, 24] { out.append(UInt8(truncatingIfNeeded: n >> shift)) }
        return out + [0, 0, 0, 0] + [UInt8](repeating: 0x5B, count: n)
    }
}

extension String {
    /// What stands behind these words up to the end of its line; empty where they do not occur.
    fileprivate func components(after words: String) -> String {
        guard let at = range(of: words) else { return "" }
        return String(self[at...].prefix { !$0.isNewline })
    }

    private func range(of words: String) -> Index? {
        var i = startIndex
        while i < endIndex {
            if self[i...].hasPrefix(words) { return index(i, offsetBy: words.count) }
            i = index(after: i)
        }
        return nil
    }
}
