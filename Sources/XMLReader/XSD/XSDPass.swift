import CLibXML2

/// One reading of a document for its validation: libxml2 parses the bytes as a stream, and each element that a schema was
/// chosen for is validated on the way, by as many schemas at once as there are.
///
/// Time is that of the parser and the validators, memory that of the longest text and the open elements; no tree is built.
final class XSDPass {
    /// What is to be validated: from this element on, by this schema.
    struct Job {
        var element: Int
        var schema: CompiledXSD
    }

    private struct Level {
        var tag: XSDRun.Tag
        var element: Int
        /// Its number among the siblings of its name so far.
        var position: Int
        /// Prefix and namespace of what it declares.
        var bindings: [UnsafePointer<xmlChar>?]
    }

    private struct Active {
        var run: XSDRun
        /// Into `jobs`.
        var job: Int
        /// How many elements are open around and with its own.
        var depth: Int
    }

    /// An error's path has steps that may yet get a number: the first of several siblings looks like an only one.
    private struct Step {
        var element: Int
        var index: Int
        var name: UnsafePointer<xmlChar>
    }

    /// What was found, in the order of the jobs; nil where a check did not come to its end.
    private(set) var results: [XSDResult?]
    /// Elements that are in another namespace than their parent.
    private(set) var foreign: Set<QualifiedName> = []
    /// By the number of an element that was asked for, those from the root to it, outermost first.
    private(set) var chains: [Int: [XSDCheck.Candidate]] = [:]
    /// Why libxml2 does not read the document to its end.
    private(set) var fault: String?

    private let jobs: [Job]
    private let byElement: [Int: [Int]]
    private let findsForeign: Bool
    private let chainsTo: Set<Int>
    private var context: xmlParserCtxtPtr?
    private var active: [Active] = []
    private var open: [Level] = []
    private var next = 0
    /// How often each name stood below each open element. Names are libxml2's own copies, one for each name.
    private var counts: [[UnsafePointer<xmlChar>: Int]] = []
    private var steps: [[Step]] = []
    private var paths: [Int: [String]] = [:]
    /// Text since the last tag: the validator copies what it has for each piece that comes, so it gets one.
    private var text: [UInt8] = []

    /// Parses a document.
    ///
    /// - Parameters:
    ///   - isUTF8: whatever encoding it declares.
    ///   - findsForeign: fills `foreign`.
    ///   - chainsTo: elements by their number; fills `chains`, and without jobs stops when that is done.
    init(
        _ document: (bytes: [UInt8], isUTF8: Bool), jobs: [Job] = [], findsForeign: Bool = false,
        chainsTo: Set<Int> = []
    ) {
        self.jobs = jobs
        self.findsForeign = findsForeign
        self.chainsTo = chainsTo
        results = Array(repeating: nil, count: jobs.count)
        byElement = Dictionary(grouping: jobs.indices) { jobs[$0].element }
        parse(document.bytes, isUTF8: document.isUTF8)
        active = []
        for i in results.indices {
            for e in results[i]?.errors.indices ?? 0..<0 {
                let path = results[i].flatMap { paths[$0.errors[e].place.element] } ?? []
                results[i]?.errors[e].place.xpath = "/" + path.joined(separator: "/")
            }
        }
    }

    private func parse(_ bytes: [UInt8], isUTF8: Bool) {
        LibXML2.start()
        var sax = xmlSAXHandler()
        sax.initialized = 0xDEED_BEAF  // XML_SAX2_MAGIC
        sax.startElementNs = { user, name, prefix, uri, bound, bindings, count, defaulted, attributes in
            XSDPass.of(user)?.start(
                XSDRun.Tag(
                    name: name, prefix: prefix, namespace: uri, attributeCount: count, defaulted: defaulted,
                    attributes: attributes), UnsafeMutableBufferPointer(start: bindings, count: Int(bound) * 2))
        }
        sax.endElementNs = { user, _, _, _ in XSDPass.of(user)?.end() }
        sax.characters = { user, text, length in XSDPass.of(user)?.characters(text, length) }
        sax.ignorableWhitespace = sax.characters
        sax.cdataBlock = sax.characters
        // Documents with a DOCTYPE were refused before; this is the second lock.
        sax.internalSubset = { user, _, _, _ in XSDPass.of(user)?.stop("it has a DOCTYPE") }
        sax.serror = { user, error in
            guard let error, error.pointee.level == XML_ERR_FATAL else { return }
            XSDPass.of(user)?.stop(error.pointee.message.map { String(cString: $0) } ?? "it is not well-formed")
        }
        guard let context = xmlCreatePushParserCtxt(&sax, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil) else {
            fault = "there is no memory"
            return
        }
        self.context = context
        defer {
            self.context = nil
            xmlFreeParserCtxt(context)
        }
        let options = XML_PARSE_NONET.rawValue | (isUTF8 ? XML_PARSE_IGNORE_ENC.rawValue : 0)
        _ = xmlCtxtUseOptions(context, Int32(bitPattern: options))
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            var at = 0
            while at < raw.count, fault == nil, !isDone {
                let n = min(1 << 16, raw.count - at)
                _ = xmlParseChunk(context, base + at, Int32(n), 0)
                at += n
            }
            if fault == nil, !isDone { _ = xmlParseChunk(context, nil, 0, 1) }
        }
    }

    /// Nothing more is wanted.
    private var isDone: Bool { jobs.isEmpty && !findsForeign && chains.count == chainsTo.count }

    private func stop(_ reason: String) {
        if fault == nil { fault = XSDError.sentence(reason) }
        if let context { xmlStopParser(context) }
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> XSDPass? {
        user.map { Unmanaged<XSDPass>.fromOpaque($0).takeUnretainedValue() }
    }

    private func start(_ tag: XSDRun.Tag, _ bindings: UnsafeMutableBufferPointer<UnsafePointer<xmlChar>?>) {
        flush()
        let element = next
        next += 1
        if findsForeign, open.last?.tag.namespace != tag.namespace, let name = tag.name {
            let namespace = tag.namespace.map { String(cString: $0) } ?? ""
            foreign.insert(QualifiedName(name: String(cString: name), namespace: namespace))
        }
        // The attributes are gone with this event; the end tag does not ask for them.
        var kept = tag
        kept.attributes = nil
        let level = Level(tag: kept, element: element, position: position(of: tag.name), bindings: Array(bindings))
        open.append(level)
        if chainsTo.contains(element) { chains[element] = chain() }
        for i in active.indices { hand(to: i) { $0.start(tag, element: element, bindings: bindings) } }
        if let begun = byElement[element] { begin(begun, tag, element) }
    }

    /// The open elements.
    private func chain() -> [XSDCheck.Candidate] {
        open.map { level in
            let name = level.tag.name.map { String(cString: $0) } ?? ""
            let namespace = level.tag.namespace.map { String(cString: $0) } ?? ""
            return XSDCheck.Candidate(element: level.element, name: QualifiedName(name: name, namespace: namespace))
        }
    }

    private func begin(_ begun: [Int], _ tag: XSDRun.Tag, _ element: Int) {
        // Names in values (xsi:type) may use prefixes that were declared further out; the innermost is found first.
        var inScope = open.reversed().flatMap(\.bindings)
        for i in begun {
            guard let run = XSDRun(jobs[i].schema) else { continue }
            active.append(Active(run: run, job: i, depth: open.count))
            inScope.withUnsafeMutableBufferPointer { bindings in
                hand(to: active.count - 1) { $0.start(tag, element: element, bindings: bindings) }
            }
        }
    }

    private func end() {
        flush()
        guard let level = open.last else { return }
        for i in active.indices { hand(to: i) { $0.end(level.tag, element: level.element) } }
        active.removeAll { a in
            guard a.depth == open.count || a.run.isDone else { return false }
            results[a.job] = a.run.result
            return true
        }
        numberChildren()
        open.removeLast()
    }

    private func characters(_ text: UnsafePointer<xmlChar>?, _ length: Int32) {
        guard !active.isEmpty, let text else { return }
        self.text.append(contentsOf: UnsafeBufferPointer(start: text, count: Int(length)))
    }

    private func flush() {
        guard !text.isEmpty else { return }
        text.withUnsafeBufferPointer { bytes in for a in active { a.run.text(bytes) } }
        text.removeAll(keepingCapacity: true)
    }

    /// Hands an event of the innermost open element to a run, and notes where that is if it has an error.
    private func hand(to i: Int, _ event: (XSDRun) -> Void) {
        let run = active[i].run
        let before = run.result.errors.count
        event(run)
        if run.result.errors.count > before { notePath() }
    }
}

// MARK: Paths

extension XSDPass {
    /// The number of an element that begins among the siblings of its name.
    private func position(of name: UnsafePointer<xmlChar>?) -> Int {
        if counts.count <= open.count {
            counts.append([:])
            steps.append([])
        }
        guard let name else { return 1 }
        counts[open.count][name, default: 0] += 1
        return counts[open.count][name] ?? 1
    }

    /// The path of the innermost open element.
    private func notePath() {
        guard let element = open.last?.element, paths[element] == nil else { return }
        var path: [String] = []
        for (i, level) in open.enumerated() {
            guard let name = level.tag.name else { continue }
            path.append(String(cString: name) + (level.position > 1 ? "[\(level.position)]" : ""))
            if level.position == 1 { steps[i].append(Step(element: element, index: i, name: name)) }
        }
        paths[element] = path
    }

    /// The innermost open element ends: a first child that has a sibling of its name is the first of several.
    private func numberChildren() {
        let depth = open.count
        guard depth < counts.count else { return }
        for s in steps[depth] where counts[depth][s.name, default: 0] > 1 { paths[s.element]?[s.index] += "[1]" }
        steps[depth].removeAll(keepingCapacity: true)
        counts[depth].removeAll(keepingCapacity: true)
    }
}
