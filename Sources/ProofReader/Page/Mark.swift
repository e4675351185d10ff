import Vocabulary

/// Something that a hand or a device put on a page without being text.
struct Mark: Hashable, Sendable {
    var kind: Delivery.Signature.Kind
    var box: Box
}
