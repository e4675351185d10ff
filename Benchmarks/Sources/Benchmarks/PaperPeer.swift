import CPaper
import Foundation

/// What reading papers costs at the least: the libraries alone over the same files, in a process of its own, one file after
/// the other. Nothing is made of what they give.
enum PaperPeer {
    /// Text and boxes of every page of the PDFs in a folder, by poppler-glib.
    ///
    /// - Parameter painting: paint each page too, at the 110 pixels an inch that a search for a signature takes.
    static func text(_ folder: URL, painting: Bool) throws {
        for file in try files(folder, "pdf") {
            try Self.document(file) { page in
                g_free(poppler_page_get_text(page))
                var boxes: UnsafeMutablePointer<PopplerRectangle>?
                var count: guint = 0
                if poppler_page_get_text_layout(page, &boxes, &count) != 0 { g_free(boxes) }
                if painting { _ = grey(page, dpi: 110) }
            }
        }
    }

    /// The characters of the pictures (PGM) in a folder, by tesseract with its fast models.
    static func characters(_ folder: URL) throws {
        guard let api = TessBaseAPICreate() else { throw Failure(description: "tesseract does not start") }
        defer { TessBaseAPIDelete(api) }
        guard TessBaseAPIInit2(api, nil, "eng+deu+fra+spa+nld", OEM_LSTM_ONLY) == 0 else {
            throw Failure(description: "tesseract's models eng, deu, fra, spa, nld are not installed")
        }
        defer { TessBaseAPIEnd(api) }
        TessBaseAPISetVariable(api, "thresholding_method", "2")
        TessBaseAPISetVariable(api, "debug_file", "/dev/null")
        TessBaseAPISetPageSegMode(api, PSM_AUTO)
        for file in try files(folder, "pgm") {
            var picture = pixRead(file.path)
            defer { pixDestroy(&picture) }
            TessBaseAPISetImage2(api, picture)
            TessBaseAPISetSourceResolution(api, 200)
            guard TessBaseAPIRecognize(api, nil) == 0 else {
                throw Failure(description: "\(file.path): not recognised")
            }
            TessDeleteText(TessBaseAPIGetUTF8Text(api))
        }
    }

    /// The first page of a PDF as a scanner sees it: grey, at `dpi`, with a scanner's noise.
    static func scan(_ file: URL, dpi: Double, noise: inout SplitMix) throws -> PaperFile.Picture {
        var scan: PaperFile.Picture?
        try document(file) { page in if scan == nil { scan = grey(page, dpi: dpi) } }
        guard var picture = scan else { throw Failure(description: "\(file.path) cannot be painted") }
        for i in picture.grey.indices {
            picture.grey[i] = UInt8(max(0, min(255, Int(picture.grey[i]) * 220 / 255 + noise.number(0...30))))
        }
        return picture
    }

    private static func document(_ file: URL, _ body: (OpaquePointer) -> Void) throws {
        let bytes = try Data(contentsOf: file)
        let data = bytes.withUnsafeBytes { g_bytes_new($0.baseAddress, gsize($0.count)) }
        defer { g_bytes_unref(data) }
        guard let document = poppler_document_new_from_bytes(data, nil, nil) else {
            throw Failure(description: "\(file.path) cannot be opened")
        }
        defer { g_object_unref(UnsafeMutableRawPointer(document)) }
        for n in 0..<poppler_document_get_n_pages(document) {
            guard let page = poppler_document_get_page(document, n) else { continue }
            defer { g_object_unref(UnsafeMutableRawPointer(page)) }
            body(page)
        }
    }

    private static func grey(_ page: OpaquePointer, dpi: Double) -> PaperFile.Picture? {
        var (width, height) = (0.0, 0.0)
        poppler_page_get_size(page, &width, &height)
        let (w, h) = (Int(width * dpi / 72), Int(height * dpi / 72))
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(w), Int32(h))
        defer { cairo_surface_destroy(surface) }
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        cairo_set_source_rgb(context, 1, 1, 1)
        cairo_paint(context)
        cairo_scale(context, dpi / 72, dpi / 72)
        poppler_page_render(page, context)
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else { return nil }
        let stride = Int(cairo_image_surface_get_stride(surface))
        // What is painted is black and grey: the green of a pixel says it all.
        let grey = [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
            for y in 0..<h { for x in 0..<w { out[y * w + x] = data[y * stride + x * 4 + 1] } }
            count = w * h
        }
        return PaperFile.Picture(width: w, height: h, grey: grey)
    }

    static func files(_ folder: URL, _ ending: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
    }
}
