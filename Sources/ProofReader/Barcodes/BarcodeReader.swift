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
        let images = page.images.filter { $0.width >= 20 && $0.height >= 10 }
        guard isBarFont || hasDrawnBars || !images.isEmpty else { return [] }
        guard let coarse = picture(page, BarcodeReader.resolutions[0]) else { return [] }
        let whole = Box(x0: 0, y0: 0, x1: page.width, y1: page.height)
        var regions = images.map { $0.inset(-4) }
        if hasDrawnBars {
            regions += BarSearch(picture: coarse).regions(
                without: page.chunks.flatMap { $0.words.map(\.box) } + images)
        }
        regions = isBarFont ? [whole] : BarSearch.joined(regions)
        guard !regions.isEmpty else { return [] }
        let pictures = [coarse] + BarcodeReader.resolutions.dropFirst().compactMap { picture(page, $0) }
        var found = pictures.flatMap { p in
            regions.flatMap { scanner.scan(p, within: $0, everyLine: isSmall([$0], page)) }
        }
        // What every other line read too seldom to be sure is looked at closely.
        for weak in Barcode.union(found) where weak.lines < words.symbologies[weak.symbology]?.lines ?? 0 {
            let again = pictures.flatMap { scanner.scan($0, within: weak.box.inset(-60), everyLine: true) }
                .filter { $0.text == weak.text && $0.symbology == weak.symbology }
            guard !again.isEmpty else { continue }
            found.removeAll { $0.text == weak.text && $0.symbology == weak.symbology && $0.box.meets(weak.box) }
            found += again
        }
        let empty = regions.filter { r in !found.contains { $0.box.meets(r) } }
        if !empty.isEmpty, isSmall(empty, page), let p = picture(page, BarcodeReader.finest) {
            found += empty.flatMap { scanner.scan(p, within: $0, everyLine: true) }
        }
        return Barcode.union(found)
    }

    private func isSmall(_ regions: [Box], _ page: Page) -> Bool {
        regions.reduce(0) { $0 + $1.width * $1.height } <= BarcodeReader.smallPart * page.width * page.height
    }

    /// The page at no more than a resolution: a picture file has its own, which may be finer.
    private func picture(_ page: Page, _ dpi: Double) -> Picture? {
        guard let p = file.picture(page.number, dpi: dpi) else { return nil }
        return p.scale * 72 > dpi * 1.1 ? p.scaled(by: dpi / (p.scale * 72)) : p
    }
}
