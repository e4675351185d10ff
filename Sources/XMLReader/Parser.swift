import CLibXML2
import Vocabulary

/// libxml2's SAX2 push parser, with everything that reaches outside of the bytes switched off, filling a `Tree`.
struct Parser {
    struct Fault {
        var message: String
        /// Byte in the UTF-8 text that was parsed.
        var offset: Int
        var line: Int
        var column: Int
    }

    private(set) var tree = Tree()
    private(set) var fault: Fault?
    /// Prefixes that are used without being declared.
    private(set) var undeclared = false
    /// A text was longer than `Limits.text` and was cut.
    private(set) var cut: Int?

    private let starts: ArraySlice<Int>?
    private var open: [Int] = []
    private var texts: [[UInt8]] = []
    private var known: [UnsafePointer<xmlChar>: Int] = [:]
    private var context: xmlParserCtxtPtr?

    /// - Parameter starts: where in the file the start tags begin, nil where that is not known.
    init(parsing utf8: [UInt8], starts: [Int]?) {
        self.starts = starts?[...]
        _ = Parser.ready
        withUnsafeMutablePointer(to: &self) { Parser.parse(utf8, into: $0) }
        known = [:]
        context = nil
        while !open.isEmpty { end() }
        tree.number()
    }

    static let ready: Void = xmlInitParser()

    private static func parse(_ utf8: [UInt8], into parser: UnsafeMutablePointer<Parser>) {
        var sax = xmlSAXHandler()
        sax.initialized = 0xDEED_BEAF  // XML_SAX2_MAGIC
        sax.startElementNs = { user, name, prefix, uri, _, _, count, _, attributes in
            Parser.of(user)?.pointee.start(name, prefix, uri, Int(count), attributes)
        }
        sax.endElementNs = { user, _, _, _ in Parser.of(user)?.pointee.end() }
        sax.characters = { user, text, length in Parser.of(user)?.pointee.characters(text, Int(length)) }
        sax.cdataBlock = { user, text, length in Parser.of(user)?.pointee.characters(text, Int(length)) }
        sax.internalSubset = { user, _, _, _ in Parser.of(user)?.pointee.stop() }
        sax.serror = { user, error in
            guard let error, let parser = Parser.of(user) else { return }
            parser.pointee.failed(
                fatal: error.pointee.level == XML_ERR_FATAL, message: error.pointee.message.map { String(cString: $0) },
                line: Int(error.pointee.line), column: Int(error.pointee.int2))
        }
        guard let context = xmlCreatePushParserCtxt(&sax, parser, nil, 0, nil) else {
            parser.pointee.fault = Fault(message: "no memory", offset: 0, line: 0, column: 0)
            return
        }
        parser.pointee.context = context
        // The text is UTF-8 by now, whatever its declaration says.
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue
        _ = xmlCtxtUseOptions(context, Int32(bitPattern: options))
        utf8.withUnsafeBytes { raw in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            var at = 0
            while at < raw.count, parser.pointee.fault == nil {
                let n = min(1 << 16, raw.count - at)
                _ = xmlParseChunk(context, base + at, Int32(n), 0)
                at += n
            }
            if parser.pointee.fault == nil { _ = xmlParseChunk(context, nil, 0, 1) }
        }
        if context.pointee.wellFormed == 0, parser.pointee.fault == nil {
            parser.pointee.fault = Fault(message: "not well-formed", offset: utf8.count, line: 0, column: 0)
        }
        xmlFreeParserCtxt(context)
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Parser>? {
        user?.assumingMemoryBound(to: Parser.self)
    }

    private mutating func failed(fatal: Bool, message: String?, line: Int, column: Int) {
        guard fatal, fault == nil else { return }
        let words = (message ?? "not well-formed").prefix { $0 != "\n" }
        let offset = context.map { Int(xmlByteConsumed($0)) } ?? 0
        fault = Fault(message: String(words), offset: max(0, offset), line: line, column: column)
    }

    /// A DOCTYPE that the scan did not see (it stands where none may be).
    private mutating func stop() {
        if fault == nil { fault = Fault(message: "DOCTYPE", offset: 0, line: 0, column: 0) }
        if let context { xmlStopParser(context) }
    }

    private mutating func id(_ name: UnsafePointer<xmlChar>?) -> Int {
        // libxml2 keeps each name once for as long as a document is read, so that its address stands for it.
        guard let name else { return tree.id("") }
        if let i = known[name] { return i }
        let i = tree.id(String(cString: name))
        known[name] = i
        return i
    }

    private mutating func start(
        _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?,
        _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        if prefix != nil, uri == nil { undeclared = true }
        let first = tree.attributes.count
        for i in 0..<count {
            guard let attributes, let value = attributes[i * 5 + 3], let end = attributes[i * 5 + 4] else { continue }
            let bytes = UnsafeBufferPointer(start: value, count: min(end - value, Limits.text))
            let text = trimmed(String(decoding: bytes, as: UTF8.self))
            tree.attributes.append(Tree.Attribute(name: id(attributes[i * 5]), value: text))
        }
        let index = tree.elements.count
        var offset: Int?
        if let starts, index < starts.endIndex { offset = starts[index] }
        tree.elements.append(
            Tree.Element(
                name: id(name), namespace: id(uri), parent: open.last ?? -1, index: index, offset: offset,
                attributes: first..<tree.attributes.count))
        open.append(index)
        if texts.count < open.count { texts.append([]) }
        texts[open.count - 1].removeAll(keepingCapacity: true)
    }

    private mutating func end() {
        guard let index = open.popLast() else { return }
        let level = open.count
        tree.elements[index].end = tree.elements.count
        guard let from = texts[level].firstIndex(where: { $0 > 0x20 }),
            let to = texts[level].lastIndex(where: { $0 > 0x20 })
        else { return }
        let begin = tree.text.count
        tree.text.append(contentsOf: texts[level][from...to])
        tree.elements[index].text = begin..<tree.text.count
    }

    private mutating func characters(_ text: UnsafePointer<xmlChar>?, _ length: Int) {
        guard let text, let index = open.last else { return }
        let level = open.count - 1
        let room = Limits.text - texts[level].count
        if length > room { cut = cut ?? index }
        texts[level].append(contentsOf: UnsafeBufferPointer(start: text, count: max(0, min(length, room))))
    }
}

/// Without the white space around it, line breaks included.
func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard let from = bytes.firstIndex(where: { $0 > 0x20 }), let to = bytes.lastIndex(where: { $0 > 0x20 }) else {
        return ""
    }
    return String(text[from...to])
}
