import EDI
import EDIReader
import Foundation
import Testing
import Vocabulary

/// Rows written straight from a sheet are, to the byte, what the same readings give as values.
@Suite struct RowTests {
    @Test(arguments: MapSampleTests.samples) func `rows and readings say the same`(_ name: String) throws {
        var reader = try EDIReader(try MapSampleTests.files())
        let bytes = [UInt8](try Data(contentsOf: MapSampleTests.folder.appending(path: "\(name).edi")))
        let at = Locator(path: name)
        var rows = ReadRows()
        reader.read(Transmission(bytes), at: at, source: "s", into: &rows, writing: true)
        var values = ReadRows()
        for r in reader.read(bytes, at: at, source: "s") { values.add(r, writing: true) }
        #expect(Array(rows.documents.bytes) == Array(values.documents.bytes))
        #expect(Array(rows.events.bytes) == Array(values.events.bytes))
        #expect(rows.tally == values.tally)
        #expect(!rows.events.bytes.isEmpty)
    }

    @Test func `texts of all scripts and escapes come out alike`() throws {
        var reader = try EDIReader(try MapSampleTests.files())
        let name = "M\u{FC}ller \"&\" S\u{F6}hne?' \\ \u{B5}"
        let s =
            "UNB+UNOC:3+A:14+B:14+260131:1005+R1'UNH+M1+ORDERS:D:96A:UN'BGM+220+po?+1+9'DTM+137:202601311005?+01:303'"
            + "NAD+BY+1::9++\(name)'LIN+1++4000862749967:EN'QTY+21:1000000000000000000.5:PCE'PRI+AAA:-0.0500:CA'UNT+8+M1'UNZ+1+R1'"
        let bytes = s.unicodeScalars.map { UInt8($0.value) }
        var rows = ReadRows()
        reader.read(Transmission(bytes), at: Locator(path: "x"), source: "s", into: &rows, writing: true)
        var values = ReadRows()
        for r in reader.read(bytes, at: Locator(path: "x"), source: "s") { values.add(r, writing: true) }
        let text = String(decoding: rows.events.bytes, as: UTF8.self)
        #expect(text == String(decoding: values.events.bytes, as: UTF8.self))
        #expect(text.contains("Müller \\\"&\\\" Söhne' \\\\ µ"))
        #expect(text.contains("\"value\":\"1000000000000000000.5\""))
    }
}
