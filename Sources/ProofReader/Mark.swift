/// What somebody put on a page by hand, as the file itself says.
struct Mark: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Strokes of a pen.
        case ink
        case stamp
        /// A field for an electronic signature that has been signed.
        case signatureField
    }

    var kind: Kind
    var box: Box
}
