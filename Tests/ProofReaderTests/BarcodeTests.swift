import Glibc
import Schemas
import Testing
import Vocabulary

@testable import ProofReader

/// A proof of delivery that names its PRO, with room for codes at the top right.
private func proof(pro: String? = "60010011") -> PaperMaker {
    var p = PaperMaker()
    p.text("Proof of Delivery", 40, 50, size: 16, bold: true)
    if let pro { p.text("PRO No: \(pro)", 40, 90) }
    p.text("Delivered on: 19 Feb 2026", 40, 110)
    p.text("Received by: J. Smith", 40, 130)
    return p
}

extension Extracted {
    fileprivate func reference(_ kind: String) -> Reference? { event?.facts.reference(kind) }
    fileprivate var barcodes: [String] { event?.facts.terms.filter { $0.name == "barcode" }.map(\.value) ?? [] }
    fileprivate var findings: [String] { readings.flatMap { $0.document.findings.map(\.code) } }
}

@Suite struct BarcodeReadingTests {
    @Test(arguments: [0.0, 90, 180, 270, 2, -2])
    func aCodeIsReadHoweverItIsTurned(_ degrees: Double) throws {
        var p = proof(pro: nil)
        p.bars(Bars.code128("MSKU6287450"), 300, 400, turned: degrees)
        let x = try Knowledge.read(p)
        #expect(x.values("container") == ["MSKU6287450"])
        #expect(x.reference("container")?.at.symbology == "code-128")
        #expect(x.reference("container")?.at.quote == "MSKU6287450")
    }

    @Test func thePlaceIsTheBoxOfTheBars() throws {
        var p = proof(pro: nil)
        let bars = Bars.code128("MSKU6287450")
        p.bars(bars, 300, 400)
        let box = try #require(try Knowledge.read(p).reference("container")?.at.box)
        let right = 300 + bars.reduce(0, +)
        for (is_, should) in zip(box, [300, 400, right, 430]) { #expect(abs(is_ - should) <= 3, "\(box)") }
    }

    @Test(arguments: [
        (Bars.code39("60010011"), "code-39"), (Bars.itf("60010011"), "itf"), (Bars.code128("60010011"), "code-128"),
    ])
    func symbologiesConfirmWhatIsPrinted(_ bars: [Int], _ symbology: String) throws {
        var p = proof()
        p.bars(bars, 250, 200)
        let r = try #require(try Knowledge.read(p).reference("pro"))
        #expect(r.value == "60010011")
        #expect(r.also.map(\.symbology) == [symbology])
        #expect(r.also.map(\.page) == [1])
        #expect(r.at.symbology == nil)
        #expect(r.confidence > 990)
    }

    @Test func tradeItemNumbersAreTerms() throws {
        var p = proof()
        p.bars(Bars.ean13("4006381333931"), 250, 200)
        p.bars(Bars.itf("14006381333938"), 250, 300)
        let x = try Knowledge.read(p)
        #expect(x.event?.facts.terms.filter { $0.name == "gtin" }.map(\.value) == ["4006381333931", "14006381333938"])
    }

    @Test func severalCodesAndTheSameTwice() throws {
        var p = proof()
        p.bars(Bars.code128("60010011"), 350, 60)
        p.bars(Bars.code128("MSKU6287450"), 300, 400)
        p.bars(Bars.code128("60010011"), 350, 700)
        let x = try Knowledge.read(p)
        #expect(x.values("container") == ["MSKU6287450"])
        #expect(x.reference("pro")?.also.compactMap { $0.box?[1] }.map { $0 < 300 } == [true, false])
    }

    @Test(arguments: [0, 10]) func scannedCodes(_ noise: Int) throws {
        var p = proof()
        p.scanned(Bars.code128("60010011"), 300, 200, noise: noise)
        #expect(try Knowledge.read(p).reference("pro")?.also.count == 1)
    }

    @Test func aCodeOnAScannedPageAndItsWordsAgree() throws {
        var p = PaperMaker()
        p.scanned(Bars.code128("60010011"), 300, 200, module: 1.2, height: 40)
        let x = try Knowledge.read(p)
        // Nothing but a picture: no kind of paper, and the code is told.
        #expect(x.findings.contains("barcode"))
        #expect(x.event == nil)
    }

    @Test func picturesWithoutCodesGiveNone() throws {
        var p = proof()
        p.scribble(100, 300)
        p.scanned([1, 2, 1, 1, 3, 1, 2, 2, 1, 1, 1, 3, 2], 300, 200, noise: 40)
        let x = try Knowledge.read(p)
        #expect(x.barcodes.isEmpty)
        #expect(x.values("sscc").isEmpty)
        #expect(x.reference("pro")?.also == [])
    }

    @Test func realPapersGiveNoFalseNumbers() throws {
        let folder =
            String(#filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 })
            + "/../shared/corpora/pdf"
        guard let d = opendir(folder) else {
            print("skipped: the folder of real papers (\(folder)) is not here")
            return
        }
        defer { closedir(d) }
        let scanner = BarcodeScanner()
        let words = try ProofWords(Knowledge.files).barcodes
        while let e = readdir(d) {
            let name = withUnsafePointer(to: &e.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasSuffix(".pdf"), let bytes = Knowledge.bytes(folder + "/" + name),
                let file = try? PDFFile(bytes)
            else { continue }
            let reader = BarcodeReader(
                words: words, file: file, hasDrawnBars: DrawnBars.mayStand(in: bytes), scanner: scanner)
            for n in 1...max(1, min(file.pageCount, 3)) {
                guard let page = file.page(n)?.page else { continue }
                for code in reader.codes(on: page) {
                    let least = try #require(words.symbologies[code.symbology])
                    #expect(code.text.count < least.length || code.lines < least.lines, "\(name) \(code)")
                    #expect(!CheckDigit.gs1(code.text), "\(name) \(code)")
                }
            }
        }
    }

    @Test func hostileSizesEnd() throws {
        for box in ["0 0 0 0", "0 0 1 1", "0 0 200000 200000", "0 0 14400 20", "0 0 1e30 1e30", "-5 -5 -1 -1"] {
            var p = proof()
            p.bars(Bars.code128("60010011"), 350, 60)
            p.scanned(Bars.code128("60010011"), 300, 200)
            let text = String(decoding: p.bytes, as: UTF8.self)
            let changed = text.replacing("[0 0 595 842]", with: "[\(box)]")
            #expect(try !Knowledge.read(Array(changed.utf8)).readings.isEmpty)
        }
    }
}

@Suite struct BarcodeFactTests {
    @Test func gs1FieldsGiveFacts() throws {
        var p = proof()
        p.bars(Bars.code128("00340123450000000017", gs1: true), 100, 200, module: 0.9)
        p.bars(Bars.code128("4004500012345\u{1D}330200123410LOT-7", gs1: true), 60, 300, module: 0.9)
        p.bars(Bars.code128("4104012345000016", gs1: true), 100, 400)
        let x = try Knowledge.read(p)
        #expect(x.values("sscc") == ["340123450000000017"])
        #expect(x.event?.facts.equipment.contains { $0.kind == "sscc" && $0.id == "340123450000000017" } == true)
        #expect(x.values("purchase-order") == ["4500012345"])
        #expect(x.reference("purchase-order")?.at.symbology == "gs1-128")
        let mass = x.event?.facts.quantity("gross-mass")
        #expect(mass?.value == Exact("12.34"))
        #expect(mass?.unit == "KGM")
        #expect(x.event?.facts.party("ship-to")?.id == "4012345000016")
        #expect(x.event?.facts.party("ship-to")?.scheme == "gln")
        #expect(x.barcodes == ["(10)LOT-7"])
    }

    @Test func aWrongCheckDigitIsNoSSCC() throws {
        var p = proof()
        p.bars(Bars.code128("00340123450000000018", gs1: true), 100, 200, module: 0.9)
        let x = try Knowledge.read(p)
        #expect(x.values("sscc").isEmpty)
        #expect(x.barcodes == ["(00)340123450000000018"])
    }

    @Test func measuresOfSeveralPalletsAreNotThePapers() throws {
        var p = proof()
        p.bars(Bars.code128("3302001234", gs1: true), 100, 200)
        p.bars(Bars.code128("3302009999", gs1: true), 100, 300)
        #expect(try Knowledge.read(p).event?.facts.quantity("gross-mass") == nil)
    }

    @Test func aMatrixCodeGivesItsKeys() throws {
        var p = proof(pro: nil)
        p.qr(QR.keyed, 450, 60)
        let x = try Knowledge.read(p)
        #expect(x.values("pro") == ["60010011"])
        #expect(x.values("purchase-order") == ["4500012345"])
        #expect(x.reference("pro")?.at.symbology == "qr")
        var q = proof()
        q.qr(QR.json, 450, 60)
        #expect(try Knowledge.read(q).values("delivery-note") == ["L-887766"])
        var link = proof()
        link.qr(QR.link, 450, 60)
        #expect(try Knowledge.read(link).values("sscc") == ["340123450000000017"])
        var message = proof()
        message.qr(QR.message, 450, 60)
        let m = try Knowledge.read(message)
        #expect(m.values("purchase-order") == ["4500012345"])
        #expect(m.values("bill-of-lading") == ["BL77001"])
    }

    @Test func anAddressConfirmsTheNumberInIt() throws {
        var p = proof()
        p.qr(QR.tracking, 450, 60)
        let x = try Knowledge.read(p)
        #expect(x.reference("pro")?.also.map(\.symbology) == ["qr"])
        #expect(x.barcodes.isEmpty)
    }

    @Test func theLabelSaysWhatANumberIs() throws {
        var p = proof(pro: nil)
        p.text("Delivery note", 300, 195)
        p.bars(Bars.code128("L-887766"), 300, 200)
        p.text("BOL #", 60, 320)
        p.bars(Bars.code128("77012233"), 120, 305)
        p.bars(Bars.code128("4711-0815"), 60, 500)
        p.text("Customer PO", 80, 545)
        let x = try Knowledge.read(p)
        #expect(x.values("delivery-note") == ["L-887766"])
        #expect(x.values("bill-of-lading") == ["77012233"])
        #expect(x.values("purchase-order") == ["4711-0815"])
    }

    @Test func withoutALabelItIsNotGuessed() throws {
        var p = proof()
        p.bars(Bars.code128("98765432"), 300, 500)
        let x = try Knowledge.read(p)
        #expect(x.event?.facts.references.map(\.value) == ["60010011"])
        #expect(x.barcodes == ["98765432"])
    }

    @Test func aDataIdentifierCountsWhereThePageSaysTheSame() throws {
        var p = proof()
        p.text("4500012345", 300, 250)
        p.bars(Bars.code39("K4500012345"), 250, 200)
        #expect(try Knowledge.read(p).values("purchase-order") == ["4500012345"])
        var q = proof()
        q.bars(Bars.code39("K4500012345"), 250, 200)
        let x = try Knowledge.read(q)
        #expect(x.values("purchase-order").isEmpty)
        #expect(x.barcodes == ["K4500012345"])
    }

    @Test func aCodeThatContradictsItsLabelIsSaid() throws {
        var p = proof(pro: nil)
        p.text("PRO No: 60010011", 300, 195)
        p.bars(Bars.code128("60010019"), 300, 200)
        let x = try Knowledge.read(p)
        #expect(x.values("pro") == ["60010011", "60010019"])
        let f = try #require(x.readings.first?.document.findings.first { $0.code == "barcode-differs" })
        #expect(f.severity == .warning)
        #expect(f.at.symbology == "code-128")
        #expect(f.message.contains("60010011"))
        #expect(f.message.contains("60010019"))
    }

    @Test func theCharactersBelowACodeAreItsText() throws {
        var p = proof(pro: nil)
        p.text("PRO", 300, 195)
        p.bars(Bars.code128("60010019"), 300, 200)
        p.text("60010011", 330, 241, size: 8)
        #expect(try Knowledge.read(p).findings.contains("barcode-differs"))
        var q = proof(pro: nil)
        q.text("PRO", 300, 195)
        q.bars(Bars.code128("60010011"), 300, 200)
        q.text("60010011", 330, 241, size: 8)
        let x = try Knowledge.read(q)
        #expect(!x.findings.contains("barcode-differs"))
        #expect(x.values("pro") == ["60010011"])
    }

    @Test func aPaperOfNoKnownKindTellsItsCodes() throws {
        var p = PaperMaker()
        p.text("Shelf label", 40, 60, size: 16)
        p.bars(Bars.code128("98765432"), 300, 500)
        let x = try Knowledge.read(p)
        #expect(x.findings == ["unrecognised", "barcode"])
    }
}

/// What recognition makes of a page, put together by hand: each word as certain as is said.
@Suite struct BarcodeAndRecognitionTests {
    private func read(pro: String, certain: Int, code: String, at codeBox: Box, turn: Turn? = nil) throws -> Reading {
        let words = try ProofWords(Knowledge.files)
        func line(_ text: String, _ y: Double) -> [Word] {
            var x = 40.0
            return text.split(separator: " ").map { w in
                let box = Box(x0: x, y0: y, x1: x + Double(w.count) * 6, y1: y + 10)
                x = box.x1 + 4
                return Word(String(w), box, confidence: certain)
            }
        }
        let all = line("PROOF OF DELIVERY", 40) + line("PRO No: \(pro)", 80) + line("Delivered on: 19 Feb 2026", 110)
        var page = Page(number: 1, width: 595, height: 842, chunks: Page.chunks(of: all), images: [], marks: [])
        page.turn = turn
        page.codes = [Barcode(symbology: "code-128", text: code, box: codeBox, lines: 40, isGS1: false)]
        return Compiler(
            words: words, sheets: [Sheet(page, words: words, raster: nil)], locator: Locator(path: "a.pdf"), source: "s"
        ).reading(findings: [])
    }

    @Test func theCodeCorrectsACharacter() throws {
        let r = try read(pro: "60010O11", certain: 930, code: "60010011", at: Box(x0: 160, y0: 76, x1: 260, y1: 104))
        let pro = try #require(r.events.first?.facts.references("pro").first)
        #expect(r.events.first?.facts.references("pro").count == 1)
        #expect(pro.value == "60010011")
        #expect(pro.raw == "60010O11")
        #expect(pro.also.map(\.symbology) == ["code-128"])
        #expect(!r.document.findings.contains { $0.code == "barcode-differs" })
    }

    @Test func farFromALabelOnlyWhatWasNotCertain() throws {
        let corner = Box(x0: 440, y0: 20, x1: 560, y1: 50)
        let doubtful = try read(pro: "60010O11", certain: 820, code: "60010011", at: corner)
        #expect(doubtful.events.first?.facts.references("pro").map(\.value) == ["60010011"])
        let certain = try read(pro: "60010811", certain: 960, code: "60010011", at: corner)
        #expect(certain.events.first?.facts.references("pro").map(\.value) == ["60010811"])
        #expect(certain.events.first?.facts.term("barcode") == "60010011")
    }

    @Test func onATurnedPageTheLabelIsFoundInTheUprightFrame() throws {
        // The page was sent on its side; the code stands right of the label once it is upright.
        let turn = Turn(quarters: 1, angle: 0, width: 595, height: 842)
        let upright = Box(x0: 160, y0: 76, x1: 260, y1: 104)
        let r = try read(pro: "60010O11", certain: 930, code: "60010011", at: turn.back(upright), turn: turn)
        let pro = try #require(r.events.first?.facts.references("pro").first)
        #expect(pro.value == "60010011")
        #expect(pro.also.first?.box == turn.back(upright).ints)
    }
}

@Suite struct DrawnBarsTests {
    @Test func barsAreSeenWithoutPainting() {
        for bars in [Bars.code128("60010011"), Bars.code39("60010011"), Bars.itf("60010011")] {
            for turned in [0.0, 90, 2] {
                var p = proof()
                p.bars(bars, 300, 400, turned: turned)
                #expect(DrawnBars.mayStand(in: p.bytes))
            }
        }
        var p = proof()
        p.qr(QR.keyed, 450, 60)
        #expect(DrawnBars.mayStand(in: p.bytes))
    }

    @Test func formsAndTablesAreNone() {
        var p = proof()
        for i in 0..<30 { p.rule(40, 200 + i * 14, 500) }
        for i in 0..<12 { p.draw("\(40 + i * 45) 100 45 500 re S") }
        for i in 0..<16 { p.draw("0.9 g \(40 + i * 30) 300 30 14 re f 0 g") }
        for i in 0..<8 { p.box(40 + i * 40, 180) }
        p.scribble(300, 600)
        #expect(!DrawnBars.mayStand(in: p.bytes))
    }

    @Test func whatCannotBeLookedIntoMayDraw() {
        let other = String(decoding: proof().bytes, as: UTF8.self).replacing(
            "<< /Length ", with: "<< /Filter /LZWDecode /Length ")
        #expect(DrawnBars.mayStand(in: Array(other.utf8)))
        #expect(!DrawnBars.mayStand(in: []))
        #expect(!DrawnBars.mayStand(in: Array("stream".utf8)))
    }
}
