import CPoppler
import Schemas
import Vocabulary

/// A PDF opened by poppler. Owns poppler's objects and frees them; one at a time, in one thread.
final class PDFFile: PaperFile {
    enum Refusal: Error { case encrypted, damaged }

    /// Limits of one file; what lies behind them is reported, not read.
    enum Cap {
        static let pages = 200
        static let wordsPerPage = 20_000
        static let embeddedFiles = 50
        static let embeddedBytes = 16 << 20
        static let pixels = 12_000_000
    }

    private let document: OpaquePointer
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
    private func with<T>(page number: Int, _ body: (OpaquePointer) -> T) -> T? {
        guard let page = poppler_document_get_page(document, Int32(number - 1)) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(page)) }
        return body(page)
    }

    /// The words, pictures and marks of a page (1-based), and whether it held more words than the cap.
    func page(_ number: Int) -> (page: Page, cut: Bool)? {
        with(page: number) { p in
            var width = 0.0
            var height = 0.0
            poppler_page_get_size(p, &width, &height)
            var words = PDFFile.words(p)
            for f in PDFFile.fields(p, height)
            where !words.contains(where: { $0.box.meets(f.box.inset(1)) && $0.text == f.text }) {
                words.append(f)
            }
            let cut = words.count > Cap.wordsPerPage
            if cut { words.removeLast(words.count - Cap.wordsPerPage) }
            return (
                Page(
                    number: number, width: width, height: height, chunks: Page.chunks(of: words),
                    images: PDFFile.images(p),
                    marks: PDFFile.annotations(p, height) + PDFFile.signatureFields(p, height)), cut
            )
        }
    }

    private static func words(_ page: OpaquePointer) -> [Word] {
        guard let raw = poppler_page_get_text(page) else { return [] }
        defer { g_free(raw) }
        let scalars = Array(String(cString: raw).unicodeScalars)
        var rectangles: UnsafeMutablePointer<PopplerRectangle>?
        var count: guint = 0
        guard poppler_page_get_text_layout(page, &rectangles, &count) != 0, let rectangles else { return [] }
        defer { g_free(rectangles) }
        let bold = boldScalars(page, scalars.count)
        var out: [Word] = []
        var text = ""
        var box: Box?
        var isBold = false
        func close() {
            if let b = box, !text.isEmpty, b.isUsable { out.append(Word(text, b, bold: isBold)) }
            text = ""
            box = nil
        }
        for i in 0..<min(scalars.count, Int(count)) {
            let u = scalars[i]
            if u.properties.isWhitespace || u.value < 0x20 {
                close()
                if out.count > Cap.wordsPerPage { break }
                continue
            }
            let r = rectangles[i]
            let b = Box(x0: r.x1, y0: min(r.y1, r.y2), x1: r.x2, y1: max(r.y1, r.y2))
            // Poppler leaves the blank out between cells of a table: a gap or another line ends the word too.
            if let w = box, b.x0 - w.x1 > 0.22 * max(b.height, 1) || b.x1 < w.x0 - 1 || b.midY > w.y1 || b.midY < w.y0 {
                close()
            }
            if box == nil { isBold = bold[i] }
            box = box.map { $0.union(b) } ?? b
            text.unicodeScalars.append(u)
        }
        close()
        return out
    }

    private static func boldScalars(_ page: OpaquePointer, _ count: Int) -> [Bool] {
        var out = [Bool](repeating: false, count: count)
        guard let list = poppler_page_get_text_attributes(page) else { return out }
        defer { poppler_page_free_text_attributes(list) }
        var node: UnsafeMutablePointer<GList>? = list
        while let n = node {
            if let a = n.pointee.data?.assumingMemoryBound(to: PopplerTextAttributes.self).pointee,
                let name = a.font_name, Fold.plain(String(cString: name)).contains("bold"), a.start_index >= 0
            {
                for i in Int(a.start_index)..<max(Int(a.start_index), min(count, Int(a.end_index) + 1)) {
                    out[i] = true
                }
            }
            node = n.pointee.next
        }
        return out
    }

    /// Values of form fields as words in their places, a ticked box as ☒, an empty one as ☐.
    private static func fields(_ page: OpaquePointer, _ height: Double) -> [Word] {
        var words: [Word] = []
        guard let list = poppler_page_get_form_field_mapping(page) else { return [] }
        defer { poppler_page_free_form_field_mapping(list) }
        var node: UnsafeMutablePointer<GList>? = list
        while let n = node {
            node = n.pointee.next
            guard let m = n.pointee.data?.assumingMemoryBound(to: PopplerFormFieldMapping.self).pointee,
                let field = m.field
            else { continue }
            let box = Box(x0: m.area.x1, y0: height - m.area.y2, x1: m.area.x2, y1: height - m.area.y1)
            guard box.isUsable else { continue }
            switch poppler_form_field_get_field_type(field) {
            case POPPLER_FORM_FIELD_TEXT: words += spread(owned(poppler_form_field_text_get_text(field)), box)
            case POPPLER_FORM_FIELD_CHOICE:
                for i in 0..<max(0, min(poppler_form_field_choice_get_n_items(field), 1000))
                where poppler_form_field_choice_is_item_selected(field, i) != 0 {
                    words += spread(owned(poppler_form_field_choice_get_item(field, i)), box)
                }
            case POPPLER_FORM_FIELD_BUTTON:
                if poppler_form_field_button_get_button_type(field) != POPPLER_FORM_BUTTON_PUSH {
                    words.append(Word(poppler_form_field_button_get_state(field) != 0 ? "☒" : "☐", box))
                }
            default: break
            }
        }
        return words
    }

    private static func owned(_ c: UnsafeMutablePointer<CChar>?) -> String {
        guard let c else { return "" }
        defer { g_free(c) }
        return String(cString: c)
    }

    /// A field's text as words that share its box in proportion to their lengths, a line of text a row.
    private static func spread(_ text: String, _ box: Box) -> [Word] {
        let rows = text.split(whereSeparator: \.isNewline).prefix(50)
        var out: [Word] = []
        for (r, row) in rows.enumerated() {
            let rowHeight = min(box.height / Double(rows.count), 14)
            let y0 = rows.count == 1 ? box.midY - rowHeight / 2 : box.y0 + Double(r) * box.height / Double(rows.count)
            let unit = min(box.width / Double(max(row.count, 1)), rowHeight * 0.55)
            var x = box.x0
            for w in row.split(separator: " ", omittingEmptySubsequences: false) {
                let x1 = x + Double(w.count) * unit
                if !w.isEmpty { out.append(Word(String(w), Box(x0: x, y0: y0, x1: x1, y1: y0 + rowHeight))) }
                x = x1 + unit
            }
        }
        return out
    }

    /// Signature fields that hold a signature, valid or not.
    private static func signatureFields(_ page: OpaquePointer, _ height: Double) -> [Mark] {
        guard let list = poppler_page_get_form_field_mapping(page) else { return [] }
        defer { poppler_page_free_form_field_mapping(list) }
        var out: [Mark] = []
        var node: UnsafeMutablePointer<GList>? = list
        while let n = node {
            node = n.pointee.next
            guard let m = n.pointee.data?.assumingMemoryBound(to: PopplerFormFieldMapping.self).pointee,
                let field = m.field, poppler_form_field_get_field_type(field) == POPPLER_FORM_FIELD_SIGNATURE
            else { continue }
            let box = Box(x0: m.area.x1, y0: height - m.area.y2, x1: m.area.x2, y1: height - m.area.y1)
            // Without flags no certificate is looked at: only whether something is there to be verified.
            guard box.isUsable,
                let info = poppler_form_field_signature_validate_sync(
                    field, PopplerSignatureValidationFlags(rawValue: 0), nil, nil)
            else { continue }
            defer { poppler_signature_info_free(info) }
            if poppler_signature_info_get_signature_status(info) != POPPLER_SIGNATURE_NOT_VERIFIED {
                out.append(Mark(kind: .field, box: box))
            }
        }
        return out
    }

    /// Ink and stamp annotations: somebody wrote or stamped on the page.
    private static func annotations(_ page: OpaquePointer, _ height: Double) -> [Mark] {
        guard let list = poppler_page_get_annot_mapping(page) else { return [] }
        defer { poppler_page_free_annot_mapping(list) }
        var out: [Mark] = []
        var node: UnsafeMutablePointer<GList>? = list
        while let n = node {
            node = n.pointee.next
            guard let m = n.pointee.data?.assumingMemoryBound(to: PopplerAnnotMapping.self).pointee, let a = m.annot
            else { continue }
            let kind = poppler_annot_get_annot_type(a)
            let box = Box(x0: m.area.x1, y0: height - m.area.y2, x1: m.area.x2, y1: height - m.area.y1)
            guard box.isUsable else { continue }
            if kind == POPPLER_ANNOT_INK { out.append(Mark(kind: .ink, box: box)) }
            if kind == POPPLER_ANNOT_STAMP { out.append(Mark(kind: .stamp, box: box)) }
        }
        return out
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

// MARK: Picture and embedded files

extension PDFFile {
    /// The page painted in gray at `dpi`, at fewer where it is so large that its pixels were too many; nil where its size is
    /// beyond reason.
    func picture(_ number: Int, dpi: Double) -> Picture? {
        with(page: number) { p -> Picture? in
            var width = 0.0
            var height = 0.0
            poppler_page_get_size(p, &width, &height)
            guard width.isFinite, height.isFinite, width > 1, height > 1, width * height < Double(Cap.pixels) * 100
            else { return nil }
            let scale = min(dpi / 72, (Double(Cap.pixels) / (width * height)).squareRoot())
            let w = max(1, Int((width * scale).rounded(.down)))
            let h = max(1, Int((height * scale).rounded(.down)))
            guard w < 32_000, h < 32_000,
                let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(w), Int32(h))
            else { return nil }
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
            let gray = [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
                for y in 0..<h {
                    let row = data + y * stride
                    for x in 0..<w {
                        let px = row + x * 4
                        // Luma by BT.601 weights; RGB24 is B, G, R, unused in memory on little-endian machines.
                        let luma: UInt32 = 29 * UInt32(px[0]) + 150 * UInt32(px[1]) + 77 * UInt32(px[2])
                        out[y * w + x] = UInt8(truncatingIfNeeded: luma >> 8)
                    }
                }
                count = w * h
            }
            return Picture(width: w, height: h, scale: scale, gray: gray)
        } ?? nil
    }

    /// The embedded files, and how many were left out for their number or size.
    func embedded() -> (files: [(name: String, bytes: [UInt8])], skipped: Int) {
        guard poppler_document_has_attachments(document) != 0,
            let list = poppler_document_get_attachments(document)
        else { return ([], 0) }
        var files: [(name: String, bytes: [UInt8])] = []
        var skipped = 0
        var node: UnsafeMutablePointer<GList>? = list
        while let n = node {
            node = n.pointee.next
            guard let raw = n.pointee.data else { continue }
            defer { g_object_unref(raw) }
            let attachment = raw.assumingMemoryBound(to: PopplerAttachment.self)
            guard files.count < Cap.embeddedFiles else {
                skipped += 1
                continue
            }
            let name = attachment.pointee.name.map { String(cString: $0) } ?? ""
            let sink = Sink()
            let saved = poppler_attachment_save_to_callback(
                attachment,
                { buffer, count, data, _ in
                    guard let data, let buffer else { return 0 }
                    let sink = Unmanaged<Sink>.fromOpaque(data).takeUnretainedValue()
                    guard sink.bytes.count + Int(count) <= Cap.embeddedBytes else { return 0 }
                    buffer.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: $0, count: Int(count)))
                    }
                    return 1
                }, Unmanaged.passUnretained(sink).toOpaque(), nil)
            if saved != 0 { files.append((name, sink.bytes)) } else { skipped += 1 }
        }
        g_list_free(list)
        return (files, skipped)
    }

    private final class Sink {
        var bytes: [UInt8] = []
    }
}
