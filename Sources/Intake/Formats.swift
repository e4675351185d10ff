import Schemas
import Vocabulary

/// What a file is, as far as its first bytes say.
package struct FormatGuess: Hashable, Sendable {
    /// Who reads it.
    package enum Route: Hashable, Sendable {
        case edi, xml, pdf, picture, mail, archive, tnef
        /// Recognised, and not read; or refused for what it is. The finding says which.
        case none(code: String, severity: Severity)
        /// Nothing that is known.
        case unidentified
    }

    package var route: Route
    /// X12 or EDIFACT.
    package var isEDI: Bool { route == .edi }
    /// As an analyst says it: `zip archive`, `PNG picture`.
    package var name: String
    /// Where the document begins, behind transfer headers or log lines that stand before it. EDI keeps them: its reader
    /// finds the interchanges by itself, and places are counted from the file's start.
    package var start = 0
    /// The text is UTF-16 and its reader wants UTF-8.
    package var wide = false

    package var format: Format {
        switch route {
        case .xml: .xml
        // A photograph or fax of a paper is read as the page of a PDF is, and told as one.
        case .pdf, .picture: .pdf
        case .mail: .email
        default: .unknown
        }
    }

    /// Whether it is a paper with pages that can be painted.
    package var hasPages: Bool { route == .pdf || route == .picture }
}

/// The signatures of `formats.yaml`, checked and compiled.
package struct Formats: Sendable {
    struct Signature: Sendable {
        var offsets: ClosedRange<Int>
        /// Nil is any byte.
        var bytes: [UInt8?]

        func fits(_ data: [UInt8]) -> Bool {
            offsets.contains { at in
                at + bytes.count <= data.count
                    && bytes.indices.allSatisfy { bytes[$0] == nil || bytes[$0] == data[at + $0] }
            }
        }
    }

    struct Entry: Sendable {
        var name: String
        var route: FormatGuess.Route
        var signatures: [Signature]
        var begins: [[UInt8]]
        var contains: [[UInt8]]
    }

    let entries: [Entry]
    /// Names of members that make an archive a document of another kind.
    let members: [String: String]
    let mail: MailHeaders

    package init(_ files: SchemaFiles) throws(SchemaFault) {
        let root = try files.node("formats.yaml")
        try root.allow(["formats", "members", "mail"])
        var entries: [Entry] = []
        for node in try root.required("formats").list { entries.append(try Formats.entry(node)) }
        self.entries = entries
        var members: [String: String] = [:]
        for m in root["members"]?.members ?? [] { members[m.key] = m.value.text }
        self.members = members
        mail = try MailHeaders(try root.required("mail"))
    }

    private static func entry(_ node: Node) throws(SchemaFault) -> Entry {
        try node.allow(["name", "read", "bytes", "begins", "contains", "finding", "severity"])
        guard let name = try node.required("name").text else { throw node.fault("name has to be a text") }
        let route: FormatGuess.Route
        switch try node.string("read") {
        case "pdf": route = .pdf
        case "picture": route = .picture
        case "archive": route = .archive
        case "tnef": route = .tnef
        case nil:
            let word = try node.string("severity") ?? Severity.info.rawValue
            guard let severity = Severity(rawValue: word) else { throw node.fault("\(word) is no severity") }
            route = .none(code: try node.string("finding") ?? "format-not-read", severity: severity)
        case let other?: throw node.fault("\(other) reads nothing; read is pdf, picture, archive, tnef or left out")
        }
        var signatures: [Signature] = []
        for s in node["bytes"]?.list ?? [] { signatures.append(try signature(s)) }
        let begins = (node["begins"]?.texts ?? []).map { lowered(Array($0.utf8)) }
        guard !signatures.isEmpty || !begins.isEmpty else { throw node.fault("\(name) has neither bytes nor begins") }
        return Entry(
            name: name, route: route, signatures: signatures, begins: begins,
            contains: (node["contains"]?.texts ?? []).map { lowered(Array($0.utf8)) })
    }

    private static func signature(_ node: Node) throws(SchemaFault) -> Signature {
        let fault = node.fault("write an offset and hexadecimal bytes: \"0 504B0304\", \"0..32 2A86\", ?? for any byte")
        let parts = (node.text ?? "").split(separator: " ")
        guard parts.count == 2 else { throw fault }
        let ends = parts[0].split(separator: ".").map { Int($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first >= 0, first <= last
        else { throw fault }
        var bytes: [UInt8?] = []
        var rest = parts[1][...]
        while !rest.isEmpty {
            let pair = rest.prefix(2)
            guard pair.count == 2, pair == "??" || UInt8(pair, radix: 16) != nil else { throw fault }
            bytes.append(UInt8(pair, radix: 16))
            rest = rest.dropFirst(2)
        }
        return Signature(offsets: first...last, bytes: bytes)
    }
}

/// ASCII letters in lower case.
func lowered(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
}
