import Schemas
import Vocabulary

/// Reads PDF papers: proofs of delivery, transport documents, invoices, packing lists, certificates.
///
/// Poppler parses hostile input here: run this in a worker process with limits, never in the coordinator.
package struct ProofReader {
    private let words: ProofWords

    /// - Parameter schemas: has to hold `words.yaml`, `dates.yaml` and `proofs/`.
    package init(_ schemas: SchemaFiles) throws(SchemaFault) {
        words = try ProofWords(schemas)
    }

    /// The documents in a PDF and the files embedded in it.
    ///
    /// - Parameters:
    ///   - locator: where the PDF is; `pages` is set where it holds several documents.
    ///   - source: SHA-256 of the bytes, hexadecimal.
    package mutating func read(_ bytes: [UInt8], at locator: Locator, source: String) -> Extracted {
        let file: PDFFile
        do {
            file = try PDFFile(bytes)
        } catch {
            return switch error {
            case .encrypted:
                refused("encrypted", "The PDF is encrypted and cannot be read without its password.", locator, source)
            case .damaged: refused("damaged-pdf", "The file is no PDF that can be opened.", locator, source)
            }
        }
        guard file.pageCount > 0 else {
            return refused("damaged-pdf", "The PDF holds no page.", locator, source)
        }
        var findings: [Finding] = []
        if file.pageCount > PDFFile.Cap.pages {
            findings.append(
                Finding(
                    "pages-cut", .warning,
                    "The PDF has \(file.pageCount) pages; only the first \(PDFFile.Cap.pages) were read."))
        }
        var sheets: [Sheet] = []
        for n in 1...min(file.pageCount, PDFFile.Cap.pages) {
            guard let (page, cut) = file.page(n) else {
                findings.append(Finding("damaged-page", .warning, "Page \(n) cannot be read.", at: Place(page: n)))
                continue
            }
            if cut {
                findings.append(
                    Finding("text-cut", .warning, "Page \(n) holds more words than are read.", at: Place(page: n)))
            }
            sheets.append(sheet(page, file))
        }
        guard !sheets.isEmpty else { return refused("damaged-pdf", "No page of the PDF can be read.", locator, source) }
        let parts = Splitter(words: words).parts(sheets)
        var out = Extracted()
        for (i, part) in parts.enumerated() {
            var at = locator
            if parts.count > 1, let first = part.first, let last = part.last {
                at.pages = [first.page.number, last.page.number]
            }
            out.readings.append(
                Compiler(words: words, sheets: part, locator: at, source: source).reading(
                    findings: i == 0 ? findings : []))
        }
        let (embedded, skipped) = file.embedded()
        for (i, f) in embedded.enumerated() {
            let name = ProofReader.clean(f.name).isEmpty ? "embedded-\(i + 1)" : ProofReader.clean(f.name)
            var at = locator
            if let p = at.part { at.part = p + "!" + name } else { at.path += "!" + name }
            out.attachments.append(Attachment(locator: at, name: name, bytes: f.bytes))
        }
        if skipped > 0, !out.readings.isEmpty {
            out.readings[0].document.findings.append(
                Finding(
                    "embedded-files-cut", .warning, "\(skipped) embedded files were left out for their number or size.")
            )
            out.readings[0].document.status = Document.status(for: out.readings[0].document.findings)
        }
        return out
    }

    /// Paints only pages that may bear a signature: painting is the dearest and the riskiest of what poppler does.
    private func sheet(_ page: Page, _ file: PDFFile) -> Sheet {
        let plain = Sheet(page, words: words, raster: nil)
        let wanted = plain.hits.contains { $0.has("delivery") || $0.meaning.contains("date delivered") }
        guard wanted, var raster = file.raster(page.number, dpi: 110) else { return plain }
        raster.erase(page.chunks.flatMap { $0.words.map(\.box) })
        return Sheet(page, words: words, raster: raster)
    }

    private func refused(_ code: String, _ message: String, _ locator: Locator, _ source: String) -> Extracted {
        let findings = [Finding(code, .critical, message)]
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
