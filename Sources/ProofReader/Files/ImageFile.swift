import CTesseract
import Vocabulary

/// A picture as a file, read by leptonica: PNG, JPEG, or TIFF with its pages.
final class ImageFile: PaperFile {
    enum Refusal: Error { case tooLarge, damaged }

    /// Pixels of a page that is decoded at all: about 40 million, an A2 sheet at 300 dpi.
    private static let pixels = 40_000_000
    /// Points of the longer side of a page that does not tell its resolution, or tells one that no scanner has: A4.
    private static let longSide = 842.0

    private let bytes: [UInt8]
    let pageCount: Int
    /// The page that was decoded last: its size is asked for before its letters are.
    private var last: (number: Int, picture: Picture)?

    /// - Parameter limit: pages that are looked for; all further ones count as one in `pageCount`.
    init(_ bytes: [UInt8], limit: Int) throws(Refusal) {
        var count = 0
        while count <= limit, try ImageFile.isReasonable(bytes, page: count) {
            count += 1
            if !ImageFile.isTIFF(bytes) { break }
        }
        guard count > 0 else { throw .damaged }
        self.bytes = bytes
        pageCount = count
        guard picture(1) != nil else { throw .damaged }
    }

    /// One page at a time is held decoded.
    private func picture(_ number: Int) -> Picture? {
        guard (1...pageCount).contains(number) else { return nil }
        if let last, last.number == number { return last.picture }
        let pix = bytes.withUnsafeBufferPointer { b in
            Pix(
                ImageFile.isTIFF(bytes)
                    ? pixReadMemTiff(b.baseAddress, b.count, Int32(number - 1)) : pixReadMem(b.baseAddress, b.count))
        }
        guard let pix, let picture = ImageFile.picture(pix) else { return nil }
        last = (number, picture)
        return picture
    }

    /// Whether bytes begin as one of the pictures that are read.
    static func isPicture(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) || bytes.starts(with: [0xFF, 0xD8, 0xFF]) || isTIFF(bytes)
    }

    private static func isTIFF(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A])
    }

    /// Looks at the size that the head names before anything is decoded.
    private static func isReasonable(_ bytes: [UInt8], page: Int) throws(Refusal) -> Bool {
        var (format, width, height, bits, samples, map): (Int32, Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0, 0)
        let failed = bytes.withUnsafeBufferPointer { b in
            isTIFF(bytes)
                ? readHeaderMemTiff(
                    b.baseAddress, b.count, Int32(page), &width, &height, &bits, &samples, nil, &map, &format)
                : pixReadHeaderMem(b.baseAddress, b.count, &format, &width, &height, &bits, &samples, &map)
        }
        guard failed == 0, width > 0, height > 0 else { return false }
        guard Int(width) * Int(height) <= pixels else { throw .tooLarge }
        return true
    }

    /// In gray, at a size that characters are read well at.
    private static func picture(_ pix: Pix) -> Picture? {
        guard let gray = gray(pix), gray.width > 8, gray.height > 8 else { return nil }
        let told = Double(pixGetXRes(pix.pointer))
        let long = Double(max(gray.width, gray.height))
        let scale =
            (72.0...1200).contains(told) && long * 72 / told > 200 && long * 72 / told < 2400
            ? told / 72 : long / longSide
        // 150 to 300 dpi is what tesseract's models were made for: a photo is brought there.
        let dpi = scale * 72
        let factor = dpi > 320 ? 200 / dpi : dpi < 130 ? 200 / dpi : 1
        if factor != 1, let scaled = Pix(pixScale(gray.pointer, Float(factor), Float(factor))) {
            return Picture(scaled, scale: scale * factor)
        }
        return Picture(gray, scale: scale)
    }

    /// What is transparent is paper; dots that are higher than wide, as a fax has them, are made square.
    private static func gray(_ pix: Pix) -> Pix? {
        let opaque = pixGetSpp(pix.pointer) == 4 ? Pix(pixAlphaBlendUniform(pix.pointer, 0xFFFF_FF00)) : pix
        guard let opaque, let gray = Pix(pixConvertTo8(opaque.pointer, 0)) else { return nil }
        let (x, y) = (Double(pixGetXRes(pix.pointer)), Double(pixGetYRes(pix.pointer)))
        guard x > 0, y > 0, (1.1...3).contains(x / y) else { return gray }
        return Pix(pixScale(gray.pointer, 1, Float(x / y)))
    }

    func page(_ number: Int) -> (page: Page, findings: [Finding])? {
        guard let size = picture(number)?.size else { return nil }
        let whole = Box(x0: 0, y0: 0, x1: size.width, y1: size.height)
        return (
            Page(number: number, width: size.width, height: size.height, chunks: [], images: [whole], marks: []), []
        )
    }

    /// As it is in the file, whatever is asked for: painting it larger shows nothing more.
    func picture(_ number: Int, dpi: Double) -> Picture? {
        picture(number)
    }

    func attachments(pages: Int) -> PDFAttachments { PDFAttachments() }
}
