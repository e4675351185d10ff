import CPoppler
import Vocabulary

/// Paints a page with the boxes of what was read from it.
///
/// Poppler and cairo parse hostile input here: run this in a worker process with limits.
package enum PagePainter {
    /// The page as PNG, its marks drawn over it.
    ///
    /// Complexity: O(pixels); `PDFFile.Cap.pixels` at most, by painting a large page with fewer pixels an inch.
    package static func draw(_ drawing: PageDrawing, on bytes: [UInt8]) -> DrawnPage {
        let file: PDFFile
        do {
            file = try PDFFile(bytes)
        } catch {
            return switch error {
            case .encrypted: .refused("the PDF is encrypted and cannot be painted without its password")
            case .damaged: .refused("the file is no PDF that can be opened")
            }
        }
        guard (1...max(1, file.pageCount)).contains(drawing.page), file.pageCount > 0 else {
            return .refused("there is no page \(drawing.page): the file has \(file.pageCount)")
        }
        let picture = file.with(page: drawing.page) { page -> DrawnPage in
            var width = 0.0
            var height = 0.0
            poppler_page_get_size(page, &width, &height)
            guard let canvas = Canvas(width: width, height: height, dpi: Double(drawing.dpi)) else {
                return .refused("page \(drawing.page) is too large to be painted, or has no size")
            }
            canvas.paint { poppler_page_render(page, $0) }
            canvas.draw(drawing.marks)
            return canvas.png().map(DrawnPage.png) ?? .refused("page \(drawing.page) cannot be painted")
        }
        return picture ?? .refused("page \(drawing.page) cannot be loaded")
    }
}
