/// A file that holds pages: a PDF, or a picture.
protocol PaperFile: AnyObject {
    var pageCount: Int { get }
    /// The words, pictures and marks of a page (1-based), and whether it held more words than are read; nil where the page
    /// cannot be loaded.
    func page(_ number: Int) -> (page: Page, cut: Bool)?
    /// The page in gray; nil where its size is beyond reason or it cannot be painted.
    func picture(_ number: Int, dpi: Double) -> Picture?
    /// The files embedded in it, and how many were left out for their number or size.
    func embedded() -> (files: [(name: String, bytes: [UInt8])], skipped: Int)
}
