import CLibXML2

/// libxml2 as a whole.
enum LibXML2 {
    private static let isReady: Void = xmlInitParser()

    /// Has to be called before anything else of it; again it does nothing.
    static func start() { _ = isReady }
}
