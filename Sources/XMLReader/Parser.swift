import CLibXML2
import Vocabulary

/// libxml2's SAX2 push parser, with everything that reaches outside of the bytes switched off, filling a `Tree`.
final class Parser {
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
    init(starts: [Int]?) {
        self.starts = starts?[...]
        _ = Parser.ready
    }

    private static let ready: Void = xmlInitParser()

    func parse(_ utf8: [UInt8]) {
        var sax = xmlSAXHandler()
        sax.initialized = 0xDEED_BEAF  // XML_SAX2_MAGIC
        sax.startElementNs = { user, name, prefix, uri, _, _, count, _, attributes in
            Parser.of(user)?.start(name, prefix, uri, Int(count), attributes)
        }
        sax.endElementNs = { user, _, _, _ in Parser.of(user)?.end() }
        sax.characters = { user, text, length in Parser.of(user)?.characters(text, Int(length)) }
        sax.cdataBlock = { user, text, length in Parser.of(user)?.characters(text, Int(length)) }
        sax.internalSubset = { user, _, _, _ in Parser.of(user)?.stop() }
        sax.serror = { user, error in
            guard let error, let parser = Parser.of(user) else { return }
            parser.failed(
                fatal: error.pointee.level == XML_ERR_FATAL, message: error.pointee.message.map { String(cString: $0) },
                line: Int(error.pointee.line), column: Int(error.pointee.int2))
        }
        let user = Unmanaged.passUnretained(self).toOpaque()
        guard let context = xmlCreatePushParserCtxt(&sax, user, nil, 0, nil) else { return }
        self.context = context
        // The text is UTF-8 by now, whatever its declaration says.
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue
        _ = xmlCtxtUseOptions(context, Int32(bitPattern: options))
        utf8.withUnsafeBytes { raw in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            var at = 0
            while at < raw.count, fault == nil {
                let n = min(1 << 16, raw.count - at)
                _ = xmlParseChunk(context, base + at, Int32(n), 0)
                at += n
            }
            if fault == nil { _ = xmlParseChunk(context, nil, 0, 1) }
        }
        if context.pointee.wellFormed == 0, fault == nil {
            fault = Fault(message: "not well-formed", offset: utf8.count, line: 0, column: 0)
        }
        self.context = nil
        xmlFreeParserCtxt(context)
        while !open.isEmpty { end() }
        tree.number()
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> Parser? {
        user.map { Unmanaged<Parser>.fromOpaque($0).takeUnretainedValue() }
    }

    private func failed(fatal: Bool, message: String?, line: Int, column: Int) {
        guard fatal, fault == nil else { return }
        let words = (message ?? "not well-formed").prefix { $0 != "\n" }
        let offset = context.map { Int(xmlByteConsumed($0)) } ?? 0
        fault = Fault(message: String(words), offset: max(0, offset), line: line, column: column)
    }

    /// A DOCTYPE that the scan did not see (it stands where none may be).
    private func stop() {
        if fault == nil { fault = Fault(message: "DOCTYPE", offset: 0, line: 0, column: 0) }
        if let context { xmlStopParser(context) }
    }

    private func id(_ name: UnsafePointer<xmlChar>?) -> Int {
        // libxml2 keeps each name once for as long as a document is read, so that its address stands for it.
        guard let name else { return tree.id("") }
        if let i = known[name] { return i }
        let i = tree.id(String(cString: name))
        known[name] = i
        return i
    }

    private func start(
        _ name: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?,
        _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        if prefix != nil, uri == nil { undeclared = true }
        let first = tree.attributes.count
        for i in 0..<count {
            guard let attributes, let value = attributes[i * 5 + 3], let end = attributes[i * 5 + 4] else { continue }
            let bytes = UnsafeBufferPointer(start: value, count: min(end - value, Limits.text))
            tree.attributes.append(
                Tree.Attribute(name: id(attributes[i * 5]), value: trimmed(String(decoding: bytes, as: UTF8.self))))
        }
        let index = tree.elements.count
        tree.elements.append(
            Tree.Element(
                name: id(name), parent: open.last ?? -1, end: index + 1,
                offset: starts.flatMap { index < $0.endIndex ? $0[index] : nil }, text: 0..<0,
                attributes: first..<tree.attributes.count, namespace: id(uri)))
        open.append(index)
        if texts.count < open.count { texts.append([]) }
        texts[open.count - 1].removeAll(keepingCapacity: true)
    }

    private func end() {
        guard let index = open.last else { return }
        let own = texts[open.count - 1]
        open.removeLast()
        tree.elements[index].end = tree.elements.count
        guard let from = own.firstIndex(where: { $0 > 0x20 }), let to = own.lastIndex(where: { $0 > 0x20 }) else {
            return
        }
        let begin = tree.text.count
        tree.text.append(contentsOf: own[from...to])
        tree.elements[index].text = begin..<tree.text.count
    }

    private func characters(_ text: UnsafePointer<xmlChar>?, _ length: Int) {
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
