import Foundation
import Testing

/// What docs/xsd.md shows is what the program prints.
@Suite struct XSDPageTests {
    /// The blocks of the page by what stands behind their fence.
    private static func blocks() throws -> [String: String] {
        let page = try String(contentsOfFile: Program.package + "/docs/xsd.md", encoding: .utf8)
        var blocks: [String: String] = [:]
        for (i, part) in page.components(separatedBy: "```").enumerated() where i % 2 == 1 {
            guard let end = part.firstIndex(of: "\n") else { continue }
            blocks[String(part[..<end])] = String(part[part.index(after: end)...])
        }
        return blocks
    }

    private static func example() throws -> Scratch {
        let scratch = try Scratch()
        for (name, text) in try blocks() where name.hasPrefix("xml ") {
            let path = String(name.dropFirst(4))
            try scratch.write(path.hasSuffix(".xsd") ? "xsd/" + path : path, text)
        }
        return scratch
    }

    @Test func theExampleIsWhatInspectSays() throws {
        let scratch = try XSDPageTests.example()
        let outcome = try Program.run(["inspect", "parcel.xml", "--xsd", "xsd"], folder: scratch.folder)
        #expect(outcome.status == 0)
        #expect(outcome.err.isEmpty)
        let said = outcome.out.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.contains(" schema-") }
        #expect(said.joined(separator: "\n") + "\n" == (try XSDPageTests.blocks())["text"])
    }

    @Test func whatComesByMailIsValidatedToo() throws {
        let scratch = try XSDPageTests.example()
        let parcel = String(decoding: scratch.bytes("parcel.xml"), as: UTF8.self)
        try scratch.write(
            "mail.eml",
            """
            From: a@example.com
            To: b@example.com
            Subject: Parcel
            Date: Mon, 2 Mar 2026 10:00:00 +0000
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="x"

            --x
            Content-Type: text/plain

            See the attachment.
            --x
            Content-Type: application/xml; name="parcel.xml"
            Content-Disposition: attachment; filename="parcel.xml"

            \(parcel.replacingOccurrences(of: "12,5", with: "12.5"))
            --x--

            """)
        let outcome = try Program.run(["inspect", "mail.eml", "--xsd", "xsd"], folder: scratch.folder)
        #expect(outcome.out.contains("The document is valid under parcel-2, not under parcel-1 (1 error)."))
    }

    @Test func aBrokenSchemaIsToldOnceOnStderrAndStopsNothing() throws {
        let scratch = try XSDPageTests.example()
        try scratch.write("xsd/parcel-1/parcel.xsd", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">")
        try scratch.write("drop/a.xml", String(decoding: scratch.bytes("parcel.xml"), as: UTF8.self))
        try scratch.write("drop/b.xml", String(decoding: scratch.bytes("parcel.xml") + [0x0A], as: UTF8.self))
        for command in [["run", "drop", "--out", "out", "--quiet"], ["read", "drop"]] {
            let outcome = try Program.run(command + ["--xsd", "xsd"], folder: scratch.folder)
            #expect(outcome.status == 0)
            #expect(
                outcome.err
                    == "interline: a schema cannot be used: parcel-1/parcel.xsd:1: the file is not well-formed XML\n")
        }
        let none = try Program.run(["read", "drop", "--xsd", "drop"], folder: scratch.folder)
        #expect(none.status == 2)
        #expect(none.err == "interline: --xsd: there is no .xsd file below drop\n")
    }
}
