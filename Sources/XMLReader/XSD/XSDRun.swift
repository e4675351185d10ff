import CLibXML2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Something in a document that its schema does not allow.
struct XSDError: Hashable, Sendable {
    /// What libxml2 says of it.
    var message: String
    var place: XSDPlace

    /// One line of at most 300 characters, namespaces left out of element names: values are a partner's, of any length.
    static func sentence(_ message: String) -> String {
        var out = ""
        var isNamespace = false
        var length = 0
        for c in message.unicodeScalars {
            if isNamespace {
                isNamespace = c != "}"
            } else if length == 300 {
                return trimmed(out) + "…"
            } else if c == "{", isBeforeName(out) {
                isNamespace = true
            } else {
                out.unicodeScalars.append(c.value < 0x20 ? " " : c)
                length += 1
            }
        }
        return trimmed(out)
    }

    /// Whether a name follows, as in `Element '{…}ID'` or `Expected is ( {…}ID, {…}Name )`, and not a quoted value.
    private static func isBeforeName(_ text: String) -> Bool {
        if text.hasSuffix("lement '") || text.hasSuffix("attribute '") { return true }
        return (text.hasSuffix("( ") || text.hasSuffix(", ")) && text.contains("xpected is")
    }
}

/// Where an error stands: an element of the document.
struct XSDPlace: Hashable, Sendable {
    /// The element's number in its document, in document order from 0.
    var element: Int
    var xpath = ""
}

/// What one validation found.
struct XSDResult: Sendable {
    /// The first errors, in document order.
    var errors: [XSDError] = []
    /// All errors, up to `Limits.xsdErrors`.
    var count = 0
}

/// One validation of an element and what it holds, fed with the parser's events.
final class XSDRun {
    private(set) var result = XSDResult()
    /// Enough is known.
    var isDone: Bool { result.count >= Limits.xsdErrors }

    private let schema: CompiledXSD
    private let context: xmlSchemaValidCtxtPtr
    private let plug: xmlSchemaSAXPlugPtr
    /// libxml2's handlers and their argument; it writes to these addresses until the plug is pulled.
    private let handlers = UnsafeMutablePointer<xmlSAXHandlerPtr?>.allocate(capacity: 1)
    private let user = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    private var element = 0

    init?(_ schema: CompiledXSD) {
        handlers.initialize(to: nil)
        user.initialize(to: nil)
        guard let context = xmlSchemaNewValidCtxt(schema.schema) else {
            handlers.deallocate()
            user.deallocate()
            return nil
        }
        guard let plug = xmlSchemaSAXPlug(context, handlers, user) else {
            xmlSchemaFreeValidCtxt(context)
            handlers.deallocate()
            user.deallocate()
            return nil
        }
        self.schema = schema
        self.context = context
        self.plug = plug
        xmlSchemaSetValidStructuredErrors(
            context,
            { run, error in
                guard let run, let error, error.pointee.level != XML_ERR_WARNING else { return }
                Unmanaged<XSDRun>.fromOpaque(run).takeUnretainedValue().failed(error.pointee.message)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        xmlSchemaSAXUnplug(plug)
        xmlSchemaFreeValidCtxt(context)
        handlers.deallocate()
        user.deallocate()
    }

    private func failed(_ message: UnsafePointer<CChar>?) {
        result.count += 1
        guard result.errors.count < Limits.xsdErrorsTold else { return }
        // libxml2 quotes values whole; a value of megabytes is not copied for that.
        let head = message.map { m in UnsafeRawBufferPointer(start: m, count: strnlen(m, 2000)) }
        let text = head.map { String(decoding: $0, as: UTF8.self) } ?? ""
        result.errors.append(XSDError(message: XSDError.sentence(text), place: XSDPlace(element: element)))
    }

    /// A start tag as the parser gives it.
    struct Tag {
        var name: UnsafePointer<xmlChar>?
        var prefix: UnsafePointer<xmlChar>?
        var namespace: UnsafePointer<xmlChar>?
        var attributeCount: Int32
        var defaulted: Int32
        var attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    }

    /// - Parameters:
    ///   - element: the number of the element.
    ///   - bindings: prefix and namespace of each declaration.
    func start(_ tag: Tag, element: Int, bindings: UnsafeMutableBufferPointer<UnsafePointer<xmlChar>?>) {
        self.element = element
        handlers.pointee?.pointee.startElementNs?(
            user.pointee, tag.name, tag.prefix, tag.namespace, Int32(bindings.count / 2), bindings.baseAddress,
            tag.attributeCount, tag.defaulted, tag.attributes)
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        handlers.pointee?.pointee.characters?(user.pointee, bytes.baseAddress, Int32(bytes.count))
    }

    func end(_ tag: Tag, element: Int) {
        self.element = element
        handlers.pointee?.pointee.endElementNs?(user.pointee, tag.name, tag.prefix, tag.namespace)
    }
}
