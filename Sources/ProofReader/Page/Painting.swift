/// A page's ink without its printed words, painted when somebody first asks for it: to paint takes longer than to read a page's
/// text, and most of what a paper says is text.
final class Painting {
    private let paint: () -> Raster?

    init(_ paint: @escaping () -> Raster?) { self.paint = paint }

    /// Nil where the page cannot be painted.
    private(set) lazy var raster: Raster? = paint()

    /// The same without rules and frames.
    private(set) lazy var strokes: Raster? = raster?.withoutRules()
}
