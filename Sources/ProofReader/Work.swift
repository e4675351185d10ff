/// What the reader is about to do, for whoever watches over its processor time.
package enum Work: Sendable {
    /// Reading a page's text and painting it.
    case page
    /// Recognising a page's characters in its picture.
    case recognition
}
