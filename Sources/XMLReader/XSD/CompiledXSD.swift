import CLibXML2

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A schema that libxml2 has compiled. It is only read from then on, by any number of threads at once.
final class CompiledXSD: @unchecked Sendable {
    let schema: xmlSchemaPtr

    /// Compiles files of a folder into one schema.
    ///
    /// They are imported by a schema made here, so that components of several namespaces that do not name each other come
    /// together. libxml2 gets every file from memory: what is not in the folder does not exist for it.
    init(_ paths: [String], of folder: XSDFolder) throws(XSDFault) {
        var imports = ""
        for path in paths {
            // Also finds what a reference must not name, with its line.
            _ = try folder.closure(of: path)
            let namespace = folder.files[path]?.namespace ?? ""
            let named = namespace.isEmpty ? "" : " namespace=\"\(CompiledXSD.escaped(namespace))\""
            imports += "<xs:import\(named) schemaLocation=\"\(CompiledXSD.escaped(Library.url(of: path)))\"/>"
        }
        let driver =
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:interline:driver\">\(imports)</xs:schema>"
        let library = Library(folder, driver: Array(driver.utf8))
        guard let schema = library.compile() else {
            var fault = library.fault ?? XSDFault(file: "", line: 0, reason: "the schema cannot be compiled")
            if fault.file.isEmpty { fault.file = paths[0] }
            throw fault
        }
        self.schema = schema
    }

    deinit { xmlSchemaFree(schema) }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for c in text.unicodeScalars {
            switch c {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case "\"": out += "&quot;"
            default: out.unicodeScalars.append(c)
            }
        }
        return out
    }
}

/// Where libxml2 gets schema files from while it compiles: memory, and nowhere else.
private final class Library {
    private let folder: XSDFolder
    private let driver: [UInt8]
    private(set) var fault: XSDFault?

    private static let scheme = "xsd://folder/"
    private static let driverURL = "xsd://driver/"

    init(_ folder: XSDFolder, driver: [UInt8]) {
        self.folder = folder
        self.driver = driver
    }

    static func url(of path: String) -> String {
        var out = scheme
        for b in path.utf8 {
            switch b {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
                out.unicodeScalars.append(Unicode.Scalar(b))
            default: out += "%" + (b < 16 ? "0" : "") + String(b, radix: 16, uppercase: true)
            }
        }
        return out
    }

    private static func path(of url: String) -> String? {
        url.hasPrefix(scheme) ? XSDFolder.decoded(String(url.dropFirst(scheme.count))) : nil
    }

    /// The library that the thread compiles from. libxml2 has no argument for it: its loader of files is the process's own.
    private static let current: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        // From now on nothing that libxml2 does in this process opens a file or a connection by itself.
        xmlSetExternalEntityLoader { url, _, context in
            guard let url, let context, let library = pthread_getspecific(Library.current) else { return nil }
            return Unmanaged<Library>.fromOpaque(library).takeUnretainedValue().input(String(cString: url), context)
        }
        return key
    }()

    func compile() -> xmlSchemaPtr? {
        LibXML2.start()
        let me = Unmanaged.passUnretained(self).toOpaque()
        pthread_setspecific(Library.current, me)
        defer { pthread_setspecific(Library.current, nil) }
        guard let context = xmlSchemaNewParserCtxt(Library.driverURL) else { return nil }
        defer { xmlSchemaFreeParserCtxt(context) }
        xmlSchemaSetParserStructuredErrors(
            context,
            { library, error in
                guard let library, let error else { return }
                Unmanaged<Library>.fromOpaque(library).takeUnretainedValue().failed(
                    isError: error.pointee.level != XML_ERR_WARNING,
                    file: error.pointee.file.map { String(cString: $0) },
                    line: Int(error.pointee.line), message: error.pointee.message.map { String(cString: $0) })
            }, me)
        return xmlSchemaParse(context)
    }

    /// Keeps the first error: those that follow mostly follow from it.
    private func failed(isError: Bool, file: String?, line: Int, message: String?) {
        guard isError, fault == nil else { return }
        fault = XSDFault(
            file: file.flatMap(Library.path) ?? "", line: line,
            reason: XSDError.sentence(message ?? "the schema cannot be compiled"))
    }

    private func input(_ url: String, _ context: xmlParserCtxtPtr) -> xmlParserInputPtr? {
        let bytes = url == Library.driverURL ? driver : Library.path(of: url).flatMap { folder.bytes[$0] }
        guard let bytes else { return nil }
        // The file was parsed before and is well-formed; what libxml2 has to remark is not printed.
        context.pointee.sax.pointee.serror = { _, _ in }
        let buffer = bytes.withUnsafeBytes {
            xmlParserInputBufferCreateMem($0.baseAddress, Int32(clamping: $0.count), XML_CHAR_ENCODING_NONE)
        }
        guard let buffer else { return nil }
        guard let input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE) else {
            xmlFreeParserInputBuffer(buffer)
            return nil
        }
        // What the file refers to is found from here.
        input.pointee.filename = UnsafeRawPointer(xmlStrdup(url))?.assumingMemoryBound(to: CChar.self)
        return input
    }
}
