import Glibc
import Schemas
import Vocabulary

/// Reads papers, PDF or pictures: proofs of delivery, transport documents, invoices, packing lists, certificates.
///
/// Poppler, tesseract and leptonica parse hostile input here: run this in a worker process with limits, never in the coordinator.
package struct ProofReader {
    private let words: ProofWords
    private let policy: ProofPolicy
    private let recogniser: Recogniser
    private let scanner = BarcodeScanner()
    private let spelling: Spelling

    /// - Parameter schemas: has to hold `words.yaml`, `dates.yaml` and `proofs/`.
    package init(_ schemas: SchemaFiles, policy: ProofPolicy = ProofPolicy()) throws(SchemaFault) {
        words = try ProofWords(schemas)
        self.policy = policy
        recogniser = Recogniser(languages: policy.languages)
        spelling = Spelling(words)
    }

    /// The documents in a PDF or a picture, and the files embedded in it.
    ///
    /// - Parameters:
    ///   - locator: where the file is; `pages` is set where it holds several documents.
    ///   - source: SHA-256 of the bytes, hexadecimal.
    ///   - begin: called before each piece of work that takes time.
    package func read(
        _ bytes: [UInt8], at locator: Locator, source: String, begin: (Work) -> Void = { _ in }
    ) -> Extracted {
        // All pages of a picture are recognised.
        let limit = ImageFile.isPicture(bytes) ? max(1, policy.recognisedPages) : policy.pages
        let file: any PaperFile
        do {
            file = ImageFile.isPicture(bytes) ? try ImageFile(bytes, limit: limit) : try PDFFile(bytes)
        } catch ImageFile.Refusal.tooLarge {
            return refused("picture-too-large", "The picture has more pixels than are read.", locator, source)
        } catch is ImageFile.Refusal {
            return refused("damaged-picture", "The picture cannot be decoded.", locator, source)
        } catch PDFFile.Refusal.encrypted {
            return refused(
                "encrypted", "The PDF is encrypted and cannot be read without its password.", locator, source)
        } catch {
            return refused("damaged-pdf", "The file is no PDF that can be opened.", locator, source)
        }
        guard file.pageCount > 0 else {
            return refused("damaged-pdf", "The PDF holds no page.", locator, source)
        }
        let hasDrawnBars = file is PDFFile && DrawnBars.mayStand(in: bytes)
        let (sheets, findings) = sheets(of: file, limit: limit, hasDrawnBars: hasDrawnBars, begin)
        guard !sheets.isEmpty else {
            let code = findings.contains { $0.code == "page-size" } ? "page-size" : "damaged-pdf"
            return refused(
                code, "No page of the PDF can be read.", locator, source, findings.filter { $0.code != code })
        }
        var out = Extracted(readings: readings(of: sheets, findings, locator, source))
        if file is ImageFile { out.readings = out.readings.map(\.ofPicture) }
        if out.readings.allSatisfy({ $0.document.type == "unknown" }), isForm(sheets, bytes) {
            out = refused(
                "xfa-form", "The paper is a dynamic form (XFA), which only Adobe's reader shows.", locator, source,
                findings)
        }
        add(file.attachments(pages: policy.pages), to: &out, at: locator)
        return out
    }

    /// The pages that can be read, and what was noticed about all of them.
    private func sheets(
        of file: any PaperFile, limit: Int, hasDrawnBars: Bool, _ begin: (Work) -> Void
    ) -> (sheets: [Sheet], findings: [Finding]) {
        var findings: [Finding] = []
        if file.pageCount > limit {
            findings.append(
                Finding("pages-cut", .warning, "The file has more pages than are read: only the first \(limit) were."))
        }
        var sheets: [Sheet] = []
        var recognised = 0
        let codes = BarcodeReader(words: words.barcodes, file: file, hasDrawnBars: hasDrawnBars, scanner: scanner)
        for n in 1...min(file.pageCount, limit) {
            begin(.page)
            guard let read = file.page(n) else {
                findings.append(Finding("damaged-page", .warning, "Page \(n) cannot be read.", at: Place(page: n)))
                continue
            }
            findings += read.findings
            // A page without a size holds nothing that could be shown.
            guard !read.findings.contains(where: { $0.code == "page-size" }) else { continue }
            var page = read.page
            page.codes = codes.codes(on: page)
            let legibility = Legibility(page)
            if legibility == .text {
                sheets.append(Sheet(page, words: words, raster: ink(of: page, file)))
            } else if recognised < policy.recognisedPages {
                recognised += 1
                sheets.append(sheet(recognising: page, legibility, file, &findings, begin))
            } else {
                findings.append(
                    Finding(
                        "recognition-cut", .warning,
                        "Page \(n) is a picture; only \(policy.recognisedPages) such pages of a file are read.",
                        at: Place(page: n)))
                sheets.append(Sheet(page, words: words, raster: nil))
            }
        }
        return (sheets, findings)
    }

    /// The documents that the pages hold, each with what was noticed about its pages; the first with what is said of the file.
    private func readings(
        of sheets: [Sheet], _ findings: [Finding], _ locator: Locator, _ source: String
    ) -> [Reading] {
        let parts = Splitter(words: words).parts(sheets)
        return parts.enumerated().map { i, part in
            var at = locator
            if parts.count > 1, let first = part.first, let last = part.last {
                at.pages = [first.page.number, last.page.number]
            }
            let numbers = part.map(\.page.number)
            let own = findings.filter { f in f.at.page.map { numbers.contains($0) } ?? (i == 0) }
            return Compiler(words: words, sheets: part, locator: at, source: source).reading(findings: own)
        }
    }

    /// Whether the pages only stand in for a form that is not there: they say so, or the file does (ISO 32000-1, 7.7.2).
    private func isForm(_ sheets: [Sheet], _ bytes: [UInt8]) -> Bool {
        let tokens = sheets.flatMap { $0.page.chunks }.flatMap(\.tokens)
        let says = tokens.indices.contains { words.notices.match(tokens[...], at: $0)?.meaning == ["xfa-form"] }
        return says || bytes.holds("/NeedsRendering true")
    }

    private func add(_ attachments: PDFAttachments, to out: inout Extracted, at locator: Locator) {
        for (i, f) in attachments.files.enumerated() {
            let name = ProofReader.clean(f.name).isEmpty ? "embedded-\(i + 1)" : ProofReader.clean(f.name)
            var at = locator
            if let p = at.part { at.part = p + "!" + name } else { at.path += "!" + name }
            out.attachments.append(Attachment(locator: at, name: name, bytes: f.bytes))
        }
        guard attachments.skipped > 0, !out.readings.isEmpty else { return }
        out.readings[0].document.findings.append(
            Finding(
                "embedded-files-cut", .warning,
                "\(attachments.skipped) embedded files were left out for their number or size."))
        out.readings[0].document.status = Document.status(for: out.readings[0].document.findings)
    }

    private func ink(of page: Page, _ file: any PaperFile) -> Raster? {
        guard let picture = file.picture(page.number, dpi: 110) else { return nil }
        var raster = Raster(picture)
        raster.erase(page.chunks.flatMap { $0.words.map(\.box) })
        return raster
    }

    /// A page that is a picture, or whose text looks like none.
    private func sheet(
        recognising page: Page, _ legibility: Legibility, _ file: any PaperFile, _ findings: inout [Finding],
        _ begin: (Work) -> Void
    ) -> Sheet {
        let plain = Sheet(page, words: words, raster: nil)
        guard let picture = file.picture(page.number, dpi: 200) else {
            findings.append(
                Finding(
                    "unpainted-page", .warning, "Page \(page.number) cannot be painted.", at: Place(page: page.number)))
            return plain
        }
        guard let recognition = recogniser.read(picture, begin: begin) else {
            findings.append(
                Finding(
                    "no-recognition", .warning, "No language data for character recognition are installed.",
                    at: Place(page: page.number)))
            return plain
        }
        let read = page.recognised(recognition, spelling)
        var raster = recognition.raster
        // A word that is hardly certain, or high and not quite certain, may be a signature: its ink stays.
        let high = 1.6 * read.bodyHeight
        raster.erase(
            recognition.words.filter { ($0.confidence ?? 0) >= ($0.box.height > high ? 900 : 600) }.map(\.box))
        let sheet = Sheet(read, words: words, raster: raster)
        // A text layer that was doubted stays where recognition makes no more sense of the page.
        if legibility == .doubtful, plain.hits.count + plain.titles.count >= sheet.hits.count + sheet.titles.count {
            return plain
        }
        guard read.hasText else { return sheet }
        let mean = recognition.words.reduce(0) { $0 + ($1.confidence ?? 0) } / max(recognition.words.count, 1)
        findings.append(
            Finding(
                "recognised", .info,
                "Page \(page.number) was read by character recognition, \((mean + 5) / 10) % certain on average.",
                at: Place(page: page.number, confidence: mean)))
        return sheet
    }

    private func refused(
        _ code: String, _ message: String, _ locator: Locator, _ source: String, _ others: [Finding] = []
    ) -> Extracted {
        let findings = [Finding(code, .critical, message)] + others
        return Extracted(readings: [
            Reading(
                Document(
                    locator: locator, format: .pdf, type: "unknown", status: Document.status(for: findings),
                    findings: findings,
                    source: source, digest: source, body: source))
        ])
    }

    /// A file's name without folders, control characters and marks that turn text around.
    private static func clean(_ name: String) -> String {
        let base = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var out = ""
        for u in base.unicodeScalars {
            if u.value < 0x20 || (0x7F...0x9F).contains(u.value) || (0x202A...0x202E).contains(u.value)
                || (0x2066...0x2069).contains(u.value)
            {
                continue
            }
            out.unicodeScalars.append(u == "!" ? "_" : u)
        }
        return out == "." || out == ".." ? "" : String(out.prefix(150))
    }
}

extension [UInt8] {
    /// Complexity: O(n).
    fileprivate func holds(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        return withUnsafeBytes { all in
            var at = 0
            while at + wanted.count <= all.count, let start = all.baseAddress {
                guard let hit = memchr(start + at, Int32(wanted[0]), all.count - wanted.count - at + 1) else { break }
                at = start.distance(to: UnsafeRawPointer(hit))
                if memcmp(hit, wanted, wanted.count) == 0 { return true }
                at += 1
            }
            return false
        }
    }
}
