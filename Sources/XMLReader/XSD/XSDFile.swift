import CLibXML2

/// A name in a namespace; the empty string stands for no namespace.
struct QualifiedName: Hashable, Sendable {
    var name: String
    var namespace: String
}

/// Why a schema cannot be used: which file, which line, what is wrong.
struct XSDFault: Error, Hashable, Sendable, CustomStringConvertible {
    var file: String
    /// 1-based; 0 where the file as a whole is meant.
    var line: Int
    var reason: String

    var description: String { line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)" }
}

/// What a schema file says of itself before it is compiled: its namespace, its global elements, the files it needs.
struct XSDFile: Sendable {
    /// An `xs:include`, `xs:import` or `xs:redefine` that names a place.
    struct Reference: Sendable {
        var location: String
        var line: Int
        /// The other file's components become this file's own; otherwise they stay in their namespace.
        var includes: Bool
    }

    let path: String
    private(set) var namespace = ""
    private(set) var elements: [String] = []
    private(set) var references: [Reference] = []
    /// An `xs:any` asks for schemas of other namespaces (`processContents` is `strict` or `lax`).
    private(set) var admitsForeign = false
    /// It cannot be read.
    private(set) var fault: XSDFault?

    private static let schema = "http://www.w3.org/2001/XMLSchema"

    /// Reads the file's tags once. Nothing outside of the bytes is touched: no DTD, no entity, no network.
    init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        LibXML2.start()
        bytes.withUnsafeBytes { raw in
            let options = Int32(bitPattern: XML_PARSE_NONET.rawValue)
            guard let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self),
                let reader = xmlReaderForMemory(base, Int32(clamping: raw.count), nil, nil, options)
            else {
                fault = XSDFault(file: path, line: 0, reason: "the file is empty")
                return
            }
            defer { xmlFreeTextReader(reader) }
            // Set so that nothing is printed; what is wrong is asked for below.
            xmlTextReaderSetStructuredErrorHandler(reader, { _, _ in }, nil)
            var state = xmlTextReaderRead(reader)
            while state == 1, fault == nil {
                if xmlTextReaderNodeType(reader) == Int32(XML_READER_TYPE_ELEMENT.rawValue) { element(reader) }
                state = xmlTextReaderRead(reader)
            }
            if state < 0 {
                let line = Int(xmlTextReaderGetParserLineNumber(reader))
                fault = XSDFault(file: path, line: line, reason: "the file is not well-formed XML")
            }
        }
    }

    private mutating func element(_ reader: xmlTextReaderPtr) {
        let depth = xmlTextReaderDepth(reader)
        let name = XSDFile.text(xmlTextReaderConstLocalName(reader))
        let isSchema = XSDFile.text(xmlTextReaderConstNamespaceUri(reader)) == XSDFile.schema
        if depth == 0 {
            if !isSchema || name != "schema" {
                fault = XSDFault(
                    file: path, line: 0,
                    reason: "the file is no XML Schema: its root is no schema of the namespace \(XSDFile.schema)")
            }
            namespace = XSDFile.attribute("targetNamespace", reader) ?? ""
            return
        }
        guard isSchema else { return }
        if name == "any", XSDFile.attribute("processContents", reader) != "skip" { admitsForeign = true }
        guard depth == 1 else { return }
        if name == "element" {
            if let declared = XSDFile.attribute("name", reader) { elements.append(declared) }
        } else if ["include", "import", "redefine"].contains(name),
            let location = XSDFile.attribute("schemaLocation", reader)
        {
            references.append(
                Reference(
                    location: location, line: xmlGetLineNo(xmlTextReaderCurrentNode(reader)),
                    includes: name != "import"))
        }
    }

    private static func text(_ text: UnsafePointer<xmlChar>?) -> String { text.map { String(cString: $0) } ?? "" }

    private static func attribute(_ name: String, _ reader: xmlTextReaderPtr) -> String? {
        guard let value = xmlTextReaderGetAttribute(reader, name) else { return nil }
        defer { interline_xml_free(value) }
        return trimmed(String(cString: value))
    }
}
