import Foundation
import Synchronization
import Testing
import Vocabulary
import XMLReader

@testable import Intake

@Suite struct XSDLimitTests {
    @Test("A file that is too long to be held whole is read, and says that it was not checked")
    func longFilesSayThatTheyWereNotChecked() throws {
        let schema =
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"Parcel\"/></xs:schema>"
        let sets = XSDSets(["s/p.xsd": Array(schema.utf8)], name: "xsd")
        let file = FileManager.default.temporaryDirectory.appending(path: "interline-" + UUID().uuidString + ".xml")
        defer { try? FileManager.default.removeItem(at: file) }
        for (lines, limit, code) in [
            (1, 256, "schema-valid"), (180_000, 256, "schema-valid"), (180_000, 5, "schema-unusable"),
        ] {
            let blank = String(repeating: "<!-- nothing to be said here -->\n", count: lines)
            try Data("<?xml version=\"1.0\"?><Parcel>\(blank)</Parcel>".utf8).write(to: file)
            var limits = Limits()
            limits.fileBytes = limit << 20
            let rows = Mutex("")
            _ = try ReadStage(Ground.schemas, limits: limits, xsd: sets).read(
                [Drop.file(file.path)], progress: { _ in },
                write: { documents, _ in rows.withLock { $0 += String(decoding: documents, as: UTF8.self) } })
            #expect(rows.withLock { $0 }.contains("\"code\":\"\(code)\""))
        }
    }
}
