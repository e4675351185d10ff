import Testing
import Vocabulary

@testable import Ledger

@Suite struct SourceStoreTests {
    @Test func bytesComeBackAsTheyWereKept() throws {
        let scratch = try Scratch()
        let store = try Ledger(path: scratch.path("ledger.db")).sources
        for bytes in [[], [0, 255, 10, 13], [UInt8](repeating: 7, count: 700_000)] as [[UInt8]] {
            let digest = Digest.hex(Digest.sha256(bytes))
            try store.keep(bytes, digest: digest)
            try store.keep(bytes, digest: digest)
            #expect(store.bytes(digest) == bytes)
        }
    }

    @Test func whatWasKeptIsThereWhenTheLedgerIsOpenedAgain() throws {
        let scratch = try Scratch()
        let small = Array("ISA*00*".utf8)
        let large = [UInt8](repeating: 9, count: SourceStore.large)
        do {
            let store = try Ledger(path: scratch.path("ledger.db")).sources
            for bytes in [small, large] { try store.keep(bytes, digest: Digest.hex(Digest.sha256(bytes))) }
            try store.flush()
        }
        let store = try Ledger(path: scratch.path("ledger.db"), existing: true).sources
        for bytes in [small, large] { #expect(store.bytes(Digest.hex(Digest.sha256(bytes))) == bytes) }
    }

    @Test func bytesThatSomeoneChangedAreNotQuoted() throws {
        let scratch = try Scratch()
        let store = try Ledger(path: scratch.path("l.db")).sources
        let bytes = [UInt8](repeating: 65, count: SourceStore.large)
        let digest = Digest.hex(Digest.sha256(bytes))
        try store.keep(bytes, digest: digest)
        try Disk.replace(
            scratch.path("l.db.sources/\(digest.prefix(2))/\(digest.dropFirst(2))"), Array("ISA*01*".utf8))
        #expect(store.bytes(digest) == nil)
        #expect(store.bytes("../../etc/passwd") == nil)
    }
}
