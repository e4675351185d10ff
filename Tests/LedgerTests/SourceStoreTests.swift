import Testing
import Vocabulary

@testable import Ledger

@Suite struct SourceStoreTests {
    @Test func bytesComeBackAsTheyWereKept() throws {
        let scratch = try Scratch()
        let store = SourceStore(folder: scratch.path("ledger.db.sources"))
        for bytes in [[], [0, 255, 10, 13], [UInt8](repeating: 7, count: 700_000)] as [[UInt8]] {
            let digest = Digest.hex(Digest.sha256(bytes))
            try store.keep(bytes, digest: digest)
            try store.keep(bytes, digest: digest)
            #expect(store.bytes(digest) == bytes)
        }
    }

    @Test func bytesThatSomeoneChangedAreNotQuoted() throws {
        let scratch = try Scratch()
        let store = SourceStore(folder: scratch.path("s"))
        let digest = Digest.hex(Digest.sha256(Array("ISA*00*".utf8)))
        try store.keep(Array("ISA*00*".utf8), digest: digest)
        try Disk.replace(scratch.path("s/\(digest.prefix(2))/\(digest.dropFirst(2))"), Array("ISA*01*".utf8))
        #expect(store.bytes(digest) == nil)
        #expect(store.bytes("../../etc/passwd") == nil)
    }
}
