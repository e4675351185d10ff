import Testing
import Vocabulary

@testable import ProofReader

/// What a page says beside its painted words: fields, annotations, attached files, and text that poppler's boxes do not fit.
@Suite struct `The text layer` {
    private func sample() -> PaperMaker {
        var p = PaperMaker()
        p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
        p.text("PRO No: 60010011", 40, 90)
        p.text("Delivered on: 19 Feb 2026", 40, 110)
        p.text("Received by: J. Smith", 40, 130)
        return p
    }

    // MARK: Boxes

    /// A font of one-byte codes that mean what the map says.
    private func add(font: [UInt8: String], to p: inout PaperMaker) {
        let lines = font.sorted { $0.key < $1.key }.map { code, text in
            let hex = text.utf16.map { String(0x10000 + Int($0), radix: 16).dropFirst() }.joined()
            return "<\(String(0x100 + Int(code), radix: 16).dropFirst())> <\(hex)>"
        }
        p.object(
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode @2 0 R /FirstChar 0 /LastChar 255 /Widths ["
                + String(repeating: "500 ", count: 256) + "] >>")
        p.stream(
            "",
            Array(
                ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
                    + "1 begincodespacerange <00> <FF> endcodespacerange \(lines.count) beginbfchar\n"
                    + lines.joined(separator: "\n") + "\nendbfchar endcmap end end").utf8))
        p.enter(resources: "/F3 @1 0 R")
    }

    @Test func `keeps all words where marks of direction have no boxes`() throws {
        var p = sample()
        add(font: [0x41: "\u{FEF7}", 0x42: "\u{0634}"], to: &p)
        p.raw("BT /F3 10 Tf 40 692 Td (BBBA) Tj ET")
        p.text("Pieces received: 17 cartons", 40, 190)
        p.text("Remarks: 2 cartons damaged", 40, 210)
        let x = try Knowledge.read(p)
        #expect(x.delivery?.pieces?.value.description == "17")
        #expect(x.codes == ["damaged"])
        #expect(x.delivery?.pieces?.at.box?[1] ?? 0 > 170)
        #expect(x.readings.first?.document.findings.map(\.code).contains("text-without-boxes") == false)
    }

    @Test func `reads ligatures as the letters they join`() throws {
        var p = PaperMaker()
        var letters = Dictionary(
            uniqueKeysWithValues: (0x20...0x7E as ClosedRange<UInt8>).map { ($0, String(UnicodeScalar($0))) })
        letters[1] = "\u{FB01}"
        letters[2] = "\u{FB03}"
        add(font: letters, to: &p)
        p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
        p.raw("BT /F3 10 Tf 40 742 Td (Received by: Gri\\002th O\\001n) Tj ET")
        p.text("Delivered on: 19 Feb 2026", 40, 130)
        let x = try Knowledge.read(p)
        #expect(x.delivery?.receivedBy == "Griffith Ofin")
    }

    // MARK: Fields

    private func field(_ entries: String, at top: Int) -> String {
        "<< /Type /Annot /Subtype /Widget /F 4 /Rect [120 \(842 - top - 8) 320 \(842 - top + 14)] \(entries) >>"
    }

    @Test func `takes a signed signature field for a signature, and an empty one for none`() throws {
        for signed in [true, false] {
            var p = sample()
            p.text("Signature:", 40, 160)
            p.object(field("/FT /Sig /T (s) \(signed ? "/V @2 0 R" : "")", at: 160))
            p.object(
                "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <00> /ByteRange [0 1 2 3] >>"
            )
            p.enter(catalog: "/AcroForm << /Fields [@1 0 R] /SigFlags 3 >>", page: "/Annots [@1 0 R]")
            #expect(try Knowledge.read(p).delivery?.signed == signed)
        }
    }

    @Test func `reads what was chosen, ticked and typed`() throws {
        var p = sample()
        p.text("Pieces received:", 40, 160)
        p.text("Damaged", 60, 190)
        p.text("Refused", 60, 220)
        p.object(field("/FT /Ch /Ff 131072 /T (n) /Opt [(16) (17) (18)] /V (17)", at: 160))
        for (i, state) in ["/Yes", "/Off"].enumerated() {
            p.object(
                "<< /Type /Annot /Subtype /Widget /F 4 /FT /Btn /T (b\(i)) /Rect [40 \(648 - i * 30) 52 \(660 - i * 30)] "
                    + "/V \(state) /AS \(state) /AP << /N << /Yes @4 0 R /Off @4 0 R >> >> >>")
        }
        p.stream("/Type /XObject /Subtype /Form /BBox [0 0 12 12]", Array("".utf8))
        p.enter(
            catalog: "/AcroForm << /Fields [@1 0 R @2 0 R @3 0 R] >>", page: "/Annots [@1 0 R @2 0 R @3 0 R]")
        let x = try Knowledge.read(p)
        #expect(x.delivery?.pieces?.value.description == "17")
        #expect(x.codes == ["damaged"])
    }

    // MARK: Annotations

    @Test func `reads text typed over the page, and none that is hidden`() throws {
        for (flag, codes) in [(4, ["damaged"]), (2, []), (32, [])] {
            var p = sample()
            p.text("Remarks:", 40, 160)
            p.object(
                "<< /Type /Annot /Subtype /FreeText /F \(flag) /Rect [100 676 400 692] /Contents (2 cartons damaged) /DA (/Helv 10 Tf) >>"
            )
            p.enter(page: "/Annots [@1 0 R]")
            #expect(try Knowledge.read(p).codes == codes, "flag \(flag)")
        }
    }

    @Test func `takes ink for a signature unless it is hidden`() throws {
        for flag in [4, 2] {
            var p = sample()
            p.text("Signature:", 40, 160)
            p.object(
                "<< /Type /Annot /Subtype /Ink /F \(flag) /Rect [110 670 200 700] /InkList [[110 670 150 700 200 680]] >>"
            )
            p.enter(page: "/Annots [@1 0 R]")
            #expect(try Knowledge.read(p).delivery?.signed == (flag == 4))
        }
    }

    @Test func `hands on files pinned to a page, each once, without their paths`() throws {
        var p = sample()
        p.embed("../../etc/order.xml", Array("<a/>".utf8))
        p.object("<< /Type /Annot /Subtype /FileAttachment /Rect [10 10 30 30] /FS @2 0 R >>")
        p.object("<< /Type /Filespec /F (C:\\\\evil\\\\pin.csv) /EF << /F @3 0 R >> >>")
        p.stream("/Type /EmbeddedFile", Array("a;b".utf8))
        p.object("<< /Type /Annot /Subtype /FileAttachment /Rect [40 10 60 30] /FS @2 0 R >>")
        p.enter(page: "/Annots [@1 0 R @4 0 R]")
        let x = try Knowledge.read(p)
        #expect(x.type == "proof-of-delivery")
        #expect(x.attachments.map(\.name) == ["order.xml", "pin.csv"])
        #expect(x.attachments.map(\.locator.path) == ["in/paper.pdf!order.xml", "in/paper.pdf!pin.csv"])
    }

    @Test func `hands on what a portfolio holds`() throws {
        var p = PaperMaker()
        p.text("For the best experience, open this PDF portfolio in Acrobat.", 40, 50)
        p.embed("pod.pdf", sample().bytes)
        p.enter(catalog: "/Collection << /Type /Collection /View /D >>")
        let x = try Knowledge.read(p)
        #expect(x.attachments.map(\.name) == ["pod.pdf"])
        #expect(x.attachments.first?.bytes == sample().bytes)
    }

    // MARK: Dynamic forms

    @Test func `refuses a form that only Adobe's reader shows`() throws {
        var notice = PaperMaker()
        notice.text("Please wait...", 40, 50, size: 16)
        notice.text("If this message is not eventually replaced by the proper contents of the document,", 40, 90)
        notice.text("your PDF viewer may not be able to display this type of document.", 40, 110)
        var flagged = PaperMaker()
        flagged.enter(catalog: "/NeedsRendering true")
        var german = PaperMaker()
        german.text("Bitte warten. Besuchen Sie http://www.adobe.com/go/reader_download.", 40, 50)
        for p in [notice, flagged, german] {
            let x = try Knowledge.read(p)
            #expect(x.readings.map(\.document.status) == [.rejected])
            #expect(x.readings.first?.document.findings.map(\.code) == ["xfa-form"])
        }
        // What can be read is read.
        var both = sample()
        both.enter(catalog: "/NeedsRendering true")
        #expect(try Knowledge.read(both).type == "proof-of-delivery")
    }

    // MARK: Pages

    @Test func `reads as many pages as the policy says and tells of the others`() throws {
        var p = sample()
        for n in 2...4 {
            p.page()
            p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
            p.text("PRO No: 6001001\(n)", 40, 90)
        }
        let x = try Knowledge.read(p, pages: 2)
        #expect(x.readings.map(\.document.locator.pages) == [[1, 1], [2, 2]])
        #expect(x.readings.first?.document.findings.map(\.code).contains("pages-cut") == true)
    }

    @Test func `refuses a page whose size cannot be meant by that name`() throws {
        var p = sample()
        p.enter(page: "/CropBox [0 0 0.01 0.01]")
        let x = try Knowledge.read(p)
        #expect(x.readings.first?.document.findings.map(\.code) == ["page-size"])
        #expect(x.readings.first?.document.status == .rejected)
    }

    @Test func `leaves out text beyond the page's edge`() throws {
        var p = sample()
        p.text("Remarks: 2 cartons damaged", 700, 160)
        #expect(try Knowledge.read(p).codes == [])
    }
}
