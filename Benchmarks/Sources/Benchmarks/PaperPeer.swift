import CPaper
import Foundation

/// What reading papers costs at the least: the libraries alone over the same files, in a process of its own, one file after
/// the other. Nothing is made of what they give.
enum PaperPeer {
    /// Text and boxes of every page of the PDFs in a folder, by poppler-glib.
    static func text(_ folder: URL) throws {
        for file in try Self.files(folder, "pdf") {
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
                g_free(poppler_page_get_text(page))
                var boxes: UnsafeMutablePointer<PopplerRectangle>?
                var count: guint = 0
                if poppler_page_get_text_layout(page, &boxes, &count) != 0 { g_free(boxes) }
            }
        }
    }

    static func files(_ folder: URL, _ ending: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
    }
}
