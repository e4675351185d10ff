import CPoppler

/// What a list of glib points to, in its order; the list stays the caller's. Nodes without data are passed over.
func forEach<T>(_ list: UnsafeMutablePointer<GList>?, as type: T.Type, _ body: (UnsafeMutablePointer<T>) -> Void) {
    var node = list
    while let n = node {
        node = n.pointee.next
        if let data = n.pointee.data { body(data.assumingMemoryBound(to: T.self)) }
    }
}
