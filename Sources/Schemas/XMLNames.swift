/// The local names of elements and attributes that the XML maps mention, numbered in the order in which they are met.
///
/// Paths hold the numbers, so that a reader compares integers where it walks a document.
package final class XMLNames {
    package private(set) var texts: [String] = []
    private var ids: [String: Int] = [:]

    package init() {}

    /// The number of a name; a new one where it was not met before.
    package func id(_ text: String) -> Int {
        if let known = ids[text] { return known }
        ids[text] = texts.count
        texts.append(text)
        return texts.count - 1
    }
}
