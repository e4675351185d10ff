import CPoppler

/// The files in a PDF: those of its list (a portfolio's are these too) and those pinned to its pages.
struct PDFAttachments {
    private(set) var files: [(name: String, bytes: [UInt8])] = []
    /// Files left out for their number or size, or since they cannot be unpacked.
    private(set) var skipped = 0
    private var total = 0

    private enum Cap {
        static let files = 50
        static let bytes = 16 << 20
        /// All together.
        static let total = 128 << 20
    }

    /// - Parameter document: poppler's, owned by the caller.
    mutating func add(document: OpaquePointer) {
        guard poppler_document_has_attachments(document) != 0,
            let list = poppler_document_get_attachments(document)
        else { return }
        defer { g_list_free(list) }
        forEach(list, as: PopplerAttachment.self) {
            add($0)
            g_object_unref($0)
        }
    }

    /// - Parameter page: poppler's, owned by the caller.
    mutating func add(page: OpaquePointer) {
        guard let list = poppler_page_get_annot_mapping(page) else { return }
        defer { poppler_page_free_annot_mapping(list) }
        forEach(list, as: PopplerAnnotMapping.self) { m in
            guard let a = m.pointee.annot,
                poppler_annot_get_annot_type(a) == POPPLER_ANNOT_FILE_ATTACHMENT,
                let attachment = poppler_annot_file_attachment_get_attachment(a)
            else { return }
            defer { g_object_unref(attachment) }
            add(attachment)
        }
    }

    private mutating func add(_ attachment: UnsafeMutablePointer<PopplerAttachment>) {
        guard files.count < Cap.files else {
            skipped += 1
            return
        }
        let name = attachment.pointee.name.map { String(cString: $0) } ?? ""
        let sink = Sink(limit: min(Cap.bytes, Cap.total - total))
        let saved = poppler_attachment_save_to_callback(
            attachment,
            { buffer, count, data, _ in
                guard let data, let buffer else { return 0 }
                let sink = Unmanaged<Sink>.fromOpaque(data).takeUnretainedValue()
                guard sink.bytes.count + Int(count) <= sink.limit else { return 0 }
                buffer.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                    sink.bytes.append(contentsOf: UnsafeBufferPointer(start: $0, count: Int(count)))
                }
                return 1
            }, Unmanaged.passUnretained(sink).toOpaque(), nil)
        guard saved != 0 else {
            skipped += 1
            return
        }
        total += sink.bytes.count
        // The same file in the list and on a page is one file.
        if !files.contains(where: { $0.name == name && $0.bytes == sink.bytes }) { files.append((name, sink.bytes)) }
    }

    private final class Sink {
        let limit: Int
        var bytes: [UInt8] = []

        init(limit: Int) { self.limit = limit }
    }
}

extension PDFFile {
    /// The files embedded in the document and pinned to its first pages.
    func attachments(pages: Int) -> PDFAttachments {
        var out = PDFAttachments()
        out.add(document: document)
        for n in 1..<max(1, min(pages, pageCount) + 1) { with(page: n) { out.add(page: $0) } }
        return out
    }
}
