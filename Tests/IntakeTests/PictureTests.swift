import Foundation
import Testing
import Vocabulary

@testable import Intake

/// Pictures as files: read in the worker as papers are.
@Suite(.enabled(if: Ground.hasWorker, "interline-reader is not built"))
struct `A picture in a drop` {
    /// A TIFF of white pages, 8 bits of gray a pixel, nothing compressed (TIFF 6.0, section 4).
    static func tiff(pages: Int, side: Int = 40) -> [UInt8] {
        func word(_ n: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(truncatingIfNeeded: n >> (8 * $0)) } }
        var out: [UInt8] = [0x49, 0x49, 42, 0] + word(8, 4)
        for page in 0..<pages {
            let tags = [
                (256, side), (257, side), (258, 8), (259, 1), (262, 1), (273, out.count + 2 + 8 * 12 + 4), (278, side),
                (279, side * side),
            ]
            out += word(tags.count, 2)
            for (tag, value) in tags { out += word(tag, 2) + word(4, 2) + word(1, 4) + word(value, 4) }
            let next = out.count + 4 + side * side
            out += word(page + 1 < pages ? next : 0, 4) + [UInt8](repeating: 255, count: side * side)
        }
        return out
    }

    func read(_ files: [(String, [UInt8])]) throws -> [Document] {
        let folder = try Folder()
        for (name, bytes) in files { try folder.write(name, bytes) }
        return try Ground.intake(reader: Ground.worker).read(drop: folder.path).map(\.document)
    }

    @Test func `that is no paper is one unknown document, and nothing is wrong with it`() throws {
        let documents = try read([("a.tif", Self.tiff(pages: 1)), ("b.bin", Self.tiff(pages: 3, side: 50))])
        #expect(documents.map(\.locator.path) == ["a.tif", "b.bin"])
        for d in documents {
            #expect(d.type == "unknown")
            #expect(d.format == .unknown)
            #expect(d.status == .accepted)
            #expect(d.findings.map(\.code) == ["picture-without-text"])
            #expect(d.findings.map(\.severity) == [.info])
        }
    }

    @Test func `that is damaged is said to be`() throws {
        let documents = try read([
            ("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]), ("b.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            ("c.tif", Array(Self.tiff(pages: 1).prefix(60))),
        ])
        #expect(
            documents.map { $0.findings.map(\.code) } == [
                ["damaged-picture"], ["damaged-picture"], ["damaged-picture"],
            ])
        #expect(documents.allSatisfy { $0.status == .rejected })
    }

    @Test func `is painted with marks, and refused in words where it cannot be`() throws {
        let intake = try Ground.intake(reader: Ground.worker)
        let mark = PageDrawing.Mark(box: [1, 1, 9, 9], label: "", colour: .init(255, 0, 0))
        let drawing = PageDrawing(page: 2, dpi: 72, marks: [mark])
        guard case .png(let png) = try intake.draw(drawing, on: Self.tiff(pages: 2)) else {
            Issue.record("the second page is not painted")
            return
        }
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(
            try intake.draw(drawing, on: Self.tiff(pages: 1)) == .refused("there is no page 2: the file has one page"))
        #expect(try intake.draw(drawing, on: Ground.pdf) == .refused("the file is no PDF that can be opened"))
    }
}

@Suite struct `A drawing` {
    @Test func `comes back from its JSON as it was`() throws {
        let drawing = PageDrawing(
            page: 3, dpi: 150,
            marks: [
                .init(box: [1, -2, 30, 40], label: "ü \"a\"", colour: .init(1, 2, 255), isCovered: true),
                .init(box: [0, 0, 0, 0], label: "", colour: .init(0, 0, 0)),
            ])
        #expect(try PageDrawing(json: JSON(parsing: drawing.json.bytes)) == drawing)
        for broken in ["{}", "{\"page\":1,\"dpi\":72,\"marks\":[{\"box\":[1],\"colour\":[0,0,0]}]}"] {
            #expect(try PageDrawing(json: JSON(parsing: Array(broken.utf8))) == nil)
        }
    }
}
