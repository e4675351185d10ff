import CPoppler
import Vocabulary

/// A PDF opened by poppler. Owns poppler's objects and frees them; one at a time, in one thread.
final class PDFFile {
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
                let f = Finding("page-size", .warning, "Page \(number) has a size that cannot be meant.", at: Place(page: number))
                return (page, [f])
            }
            let (text, estimated) = PDFText(p).words(limit: Cap.wordsPerPage)
            let form = PDFForm(p, height: height)
            var words = text
            for f in form.words where !words.contains(where: { $0.box.meets(f.box.inset(1)) && $0.text == f.text }) {
                words.append(f)
            }
            var findings: [Finding] = []
            if words.count > Cap.wordsPerPage {
                words.removeLast(words.count - Cap.wordsPerPage)
                findings.append(
                    Finding("text-cut", .warning, "Page \(number) holds more words than are read.", at: Place(page: number)))
            }
            if estimated > 0 {
                findings.append(
                    Finding(
                        "text-without-boxes", .info,
                        "On page \(number) the places of \(estimated) lines of text are estimated.", at: Place(page: number)))
            }
            page.chunks = Page.chunks(of: words)
            page.images = PDFFile.images(p)
            page.marks = form.marks
            return (page, findings)
        }
    }

    private static func images(_ page: OpaquePointer) -> [Box] {
        guard let list = poppler_page_get_image_mapping(page) else { return [] }
        defer { poppler_page_free_image_mapping(list) }
        var out: [Box] = []
        var node: UnsafeMutablePointer<GList>? = list
        while let n = node {
            node = n.pointee.next
            guard let m = n.pointee.data?.assumingMemoryBound(to: PopplerImageMapping.self).pointee else { continue }
            let box = Box(x0: m.area.x1, y0: min(m.area.y1, m.area.y2), x1: m.area.x2, y1: max(m.area.y1, m.area.y2))
            if box.isUsable { out.append(box) }
        }
        return out
    }
}

// MARK: Picture

extension PDFFile {
    /// The page painted at `dpi`, as ink or no ink; nil where its size is beyond reason.
    func raster(_ number: Int, dpi: Double) -> Raster? {
        with(page: number) { p -> Raster? in
            var width = 0.0
            var height = 0.0
            poppler_page_get_size(p, &width, &height)
            let scale = dpi / 72
            guard Cap.side.contains(width), Cap.side.contains(height),
                width * height * scale * scale < Double(Cap.pixels)
            else { return nil }
            let w = Int((width * scale).rounded(.up))
            let h = Int((height * scale).rounded(.up))
            guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(w), Int32(h)) else { return nil }
            defer { cairo_surface_destroy(surface) }
            guard let context = cairo_create(surface) else { return nil }
            defer { cairo_destroy(context) }
            cairo_set_source_rgb(context, 1, 1, 1)
            cairo_paint(context)
            cairo_scale(context, scale, scale)
            poppler_page_render(p, context)
            cairo_surface_flush(surface)
            guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
                let data = cairo_image_surface_get_data(surface)
            else { return nil }
            let stride = Int(cairo_image_surface_get_stride(surface))
            var ink = [Bool](repeating: false, count: w * h)
            for y in 0..<h {
                let row = data + y * stride
                for x in 0..<w {
                    let px = row + x * 4
                    // Luma by BT.601 weights; RGB24 is B, G, R, unused in memory on little-endian machines.
                    let luma = (29 * Int(px[0]) + 150 * Int(px[1]) + 77 * Int(px[2])) >> 8
                    ink[y * w + x] = luma < 160
                }
            }
            return Raster(width: w, height: h, scale: scale, ink: ink)
        } ?? nil
    }
}
