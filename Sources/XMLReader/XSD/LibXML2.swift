import CLibXML2

/// libxml2 as a whole.
enum LibXML2 {
    private static let isReady: Void = {
        xmlInitParser()
        // The types of XML Schema are made at the first use of any, without a lock: two threads would each make their own, and what
        // one compiled would know other types than what the other validates by.
        xmlSchemaInitTypes()
    }()

    /// Has to be called before anything else of it; again it does nothing.
    static func start() { _ = isReady }
}
