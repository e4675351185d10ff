import CPoppler
import Vocabulary

/// Paints a page with the boxes of what was read from it.
///
/// Poppler, leptonica and cairo parse hostile input here: run this in a worker process with limits.
package enum PagePainter {
    /// The page as PNG, its marks drawn over it.
    ///
    /// Complexity: O(pixels); `PDFFile.Cap.pixels` at most, by painting a large page with fewer pixels an inch.
    package static func draw(_ drawing: PageDrawing, on bytes: [UInt8]) -> DrawnPage {
        do {
            guard ImageFile.isPicture(bytes) else { return draw(drawing, on: try PDFFile(bytes)) }
            return draw(drawing, on: try ImageFile(bytes, limit: max(1, drawing.page)))
        } catch ImageFile.Refusal.tooLarge {
            return .refused("the picture has more pixels than are read")
        } catch is ImageFile.Refusal {
            return .refused("the picture cannot be decoded")
        } catch PDFFile.Refusal.encrypted {
            return .refused("the PDF is encrypted and cannot be painted without its password")
        } catch {
            return .refused("the file is no PDF that can be opened")
        }
    }

    private static func draw(_ drawing: PageDrawing, on file: PDFFile) -> DrawnPage {
        guard drawing.page >= 1, drawing.page <= file.pageCount else { return missing(drawing.page, file) }
        let drawn = file.with(page: drawing.page) { page -> DrawnPage in
            var width = 0.0
            var height = 0.0
            poppler_page_get_size(page, &width, &height)
            return draw(drawing, width, height) { canvas in canvas.paint { poppler_page_render(page, $0) } }
        }
        return drawn ?? .refused("page \(drawing.page) cannot be loaded")
    }

    private static func draw(_ drawing: PageDrawing, on file: ImageFile) -> DrawnPage {
        guard let picture = file.picture(drawing.page, dpi: Double(drawing.dpi)) else {
            return missing(drawing.page, file)
        }
        return draw(drawing, picture.size.width, picture.size.height) { $0.paint(picture) }
    }

    private static func draw(
        _ drawing: PageDrawing, _ width: Double, _ height: Double, _ paint: (Canvas) -> Void
    ) -> DrawnPage {
        guard let canvas = Canvas(width: width, height: height, dpi: Double(drawing.dpi)) else {
            return .refused("page \(drawing.page) is too large to be painted, or has no size")
        }
        paint(canvas)
        canvas.draw(drawing.marks)
        return canvas.png().map(DrawnPage.png) ?? .refused("page \(drawing.page) cannot be painted")
    }

    private static func missing(_ page: Int, _ file: any PaperFile) -> DrawnPage {
        let count = file.pageCount
        return .refused("there is no page \(page): the file has \(count == 1 ? "one page" : "\(count) pages")")
    }
}
