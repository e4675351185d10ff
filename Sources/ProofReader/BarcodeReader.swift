import Schemas

/// Decides which parts of a page are searched for barcodes, and searches them.
///
/// A search costs ten times what a page's text does. So only pictures are searched, bars that are drawn, and pages with a font of
/// bars.
struct BarcodeReader {
    let words: BarcodeWords
    let file: any PaperFile
    /// Whether the file may draw bars (`DrawnBars`).
    let hasDrawnBars: Bool
    let scanner: BarcodeScanner

    /// 150 dpi reads noisy bars that 200 dpi does not, and the other way round fine ones and matrix codes.
    private static let resolutions = [150.0, 200.0]
    /// Where a small region holds no code that can be read: its bars may be finer than that.
    private static let finest = 300.0
    /// The part of a page that is small enough for it.
    private static let smallPart = 0.15

    /// The codes on a page, from the top down.
    func codes(on page: Page) -> [Barcode] {
        let isBarFont = page.fonts.contains(where: words.isBarcodeFont)
        let pictures = page.images.filter { $0.width >= 20 && $0.height >= 10 }
        guard isBarFont || hasDrawnBars || !pictures.isEmpty else { return [] }
        guard let coarse = picture(page, BarcodeReader.resolutions[0]) else { return [] }
        let whole = Box(x0: 0, y0: 0, x1: page.width, y1: page.height)
        var regions = pictures.map { $0.inset(-4) }
        if hasDrawnBars {
            regions += BarSearch(picture: coarse).regions(
                without: page.chunks.flatMap { $0.words.map(\.box) } + pictures)
        }
        regions = isBarFont ? [whole] : BarSearch.joined(regions)
        guard !regions.isEmpty else { return [] }
        var found = scan(coarse, regions)
        for dpi in BarcodeReader.resolutions.dropFirst() {
            if let p = picture(page, dpi) { found += scan(p, regions) }
        }
        let empty = regions.filter { r in !found.contains { $0.box.meets(r) } }
        let part = empty.reduce(0) { $0 + $1.width * $1.height } / max(page.width * page.height, 1)
        if !empty.isEmpty, part <= BarcodeReader.smallPart, let p = picture(page, BarcodeReader.finest) {
            found += scan(p, empty)
        }
        return Barcode.union(found)
    }

    private func scan(_ picture: Picture, _ regions: [Box]) -> [Barcode] {
        regions.flatMap { scanner.scan(picture, within: $0) }
    }

    /// The page at no more than a resolution: a picture file has its own, which may be finer.
    private func picture(_ page: Page, _ dpi: Double) -> Picture? {
        guard let p = file.picture(page.number, dpi: dpi) else { return nil }
        return p.scale * 72 > dpi * 1.1 ? p.scaled(by: dpi / (p.scale * 72)) : p
    }
}
