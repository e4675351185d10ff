import CPoppler
import Vocabulary

/// A PDF opened by poppler. Owns poppler's objects and frees them; one at a time, in one thread.
final class PDFFile: PaperFile {
    enum Refusal: Error { case encrypted, damaged }

    /// Limits of one file; what lies behind them is reported, not read.
    enum Cap {
        static let wordsPerPage = 20_000
        /// Points: a page of which a side is none of these has no size that can be meant.
        static let side = 1.0...1e6
        static let pixels = 12_000_000
    }

    let document: OpaquePointer
    let pageCount: Int

    init(_ bytes: [UInt8]) throws(Refusal) {
        let data = bytes.withUnsafeBytes { g_bytes_new($0.baseAddress, gsize($0.count)) }
        defer { g_bytes_unref(data) }
        var error: UnsafeMutablePointer<GError>?
        guard let d = poppler_document_new_from_bytes(data, nil, &error) else {
            let code = error?.pointee.code ?? 0
            if let error { g_error_free(error) }
            throw code == Int32(POPPLER_ERROR_ENCRYPTED.rawValue) ? .encrypted : .damaged
        }
        document = d
        pageCount = max(0, Int(poppler_document_get_n_pages(d)))
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(document)) }

    /// Calls `body` with poppler's page, nil where the page cannot be loaded.
    @discardableResult
    func with<T>(page number: Int, _ body: (OpaquePointer) -> T) -> T? {
        guard let page = poppler_document_get_page(document, Int32(number - 1)) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(page)) }
        return body(page)
    }

    /// The words, pictures and marks of a page (1-based) and what was noticed about it; nil where it cannot be loaded.
    func page(_ number: Int) -> (page: Page, findings: [Finding])? {
        with(page: number) { p in
            var width = 0.0
            var height = 0.0
            poppler_page_get_size(p, &width, &height)
            var page = Page(number: number, width: width, height: height, chunks: [], images: [], marks: [])
            guard Cap.side.contains(width), Cap.side.contains(height) else {
                let f = Finding(
                    "page-size", .warning, "Page \(number) has a size that cannot be meant.", at: Place(page: number))
                return (page, [f])
            }
            let layer = PDFText(p)
            let (text, estimated) = layer.words(limit: Cap.wordsPerPage)
            let form = PDFForm(p, height: height)
            var words = text
            for f in form.words where !words.contains(where: { $0.box.meets(f.box.inset(1)) && $0.text == f.text }) {
                words.append(f)
            }
            var findings: [Finding] = []
            if words.count > Cap.wordsPerPage {
                words.removeLast(words.count - Cap.wordsPerPage)
                findings.append(
                    Finding(
                        "text-cut", .warning, "Page \(number) holds more words than are read.", at: Place(page: number))
                )
            }
            if estimated > 0 {
                findings.append(
                    Finding(
                        "text-without-boxes", .info,
                        "On page \(number) the places of \(estimated) lines of text are estimated.",
                        at: Place(page: number)))
            }
            page.chunks = Page.chunks(of: words)
            page.images = PDFFile.images(p)
            page.marks = form.marks
            page.fonts = layer.fonts
            return (page, findings)
        }
    }

    private static func images(_ page: OpaquePointer) -> [Box] {
        guard let list = poppler_page_get_image_mapping(page) else { return [] }
        defer { poppler_page_free_image_mapping(list) }
        var out: [Box] = []
        forEach(list, as: PopplerImageMapping.self) { m in
            let area = m.pointee.area
            let box = Box(x0: area.x1, y0: min(area.y1, area.y2), x1: area.x2, y1: max(area.y1, area.y2))
            if box.isUsable { out.append(box) }
        }
        return out
    }
}

// MARK: Picture

extension PDFFile {
    /// The page painted in gray at `dpi`, at fewer where it is so large that its pixels were too many; nil where its size is
    /// beyond reason.
    func picture(_ number: Int, dpi: Double) -> Picture? {
        with(page: number) { p -> Picture? in
            var width = 0.0
            var height = 0.0
            poppler_page_get_size(p, &width, &height)
            guard Cap.side.contains(width), Cap.side.contains(height), width * height < Double(Cap.pixels) * 100
            else { return nil }
            let canvas = Canvas(width: width, height: height, dpi: dpi)
            canvas?.paint { poppler_page_render(p, $0) }
            return canvas?.gray()
        } ?? nil
    }
}
