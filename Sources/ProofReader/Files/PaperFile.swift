import Vocabulary

/// A file that holds pages: a PDF, or a picture.
protocol PaperFile: AnyObject {
    var pageCount: Int { get }
    /// The words, pictures and marks of a page (1-based) and what was noticed about it; nil where it cannot be loaded.
    func page(_ number: Int) -> (page: Page, findings: [Finding])?
    /// The page in gray; nil where its size is beyond reason or it cannot be painted.
    func picture(_ number: Int, dpi: Double) -> Picture?
    /// The files embedded in it and pinned to its first pages.
    func attachments(pages: Int) -> PDFAttachments
}
