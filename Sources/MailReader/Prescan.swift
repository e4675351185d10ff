import Vocabulary

/// Looks at the raw bytes before GMime does: what would cost it too much memory or crash it is refused by name.
struct Prescan {
    /// Why the mail is not read at all.
    var refusal: Finding?
    /// Address headers are nested so deep that GMime must not take them apart; the mail is read without addresses.
    var hasDeepAddresses = false
    var findings: [Finding] = []

    private static let addresses: Set<String> = [
        "from", "to", "cc", "bcc", "sender", "reply-to", "resent-from", "resent-to",
    ]

    init(_ bytes: [UInt8]) {
        var start = 0
        var count = 0
        var name = ""
        var nesting = 0
        var headerStart = 0
        var inHeaders = true
        var boundaries = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            let line = bytes[start..<end]
            if inHeaders {
                if line.isEmpty || line.elementsEqual([0x0D]) {
                    inHeaders = false
                } else {
                    if line.first != 0x20, line.first != 0x09 {
                        count += 1
                        headerStart = start
                        nesting = 0
                        name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }.prefix(40), as: UTF8.self)
                            .lowercased()
                    }
                    if end - headerStart > Limits.header {
                        refuse("header-too-long", "A header is longer than \(Limits.header) bytes.", headerStart)
                    }
                    if Prescan.addresses.contains(name) {
                        for b in line where b == UInt8(ascii: ":") || b == UInt8(ascii: "(") { nesting += 1 }
                        if nesting > Limits.addressNesting { hasDeepAddresses = true }
                    }
                    if end > Limits.headerBlock {
                        refuse("headers-too-long", "The headers are longer than \(Limits.headerBlock) bytes.", 0)
                    }
                    if count > Limits.headers {
                        refuse("too-many-headers", "The mail has more than \(Limits.headers) headers.", 0)
                    }
                }
            } else if line.count > 2, line.starts(with: [0x2D, 0x2D]), line.count <= 80 {
                boundaries += 1
                if boundaries > Limits.boundaries {
                    refuse(
                        "too-many-parts",
                        "The mail has more than \(Limits.boundaries) lines that look like boundaries of parts.", start)
                }
            }
            if refusal != nil { return }
            start = end + 1
        }
        if hasDeepAddresses {
            findings.append(
                Finding(
                    "addresses-not-read", .warning,
                    "Groups or comments in the address headers are nested too deep; the addresses were not read."))
        }
    }

    private mutating func refuse(_ code: String, _ message: String, _ offset: Int) {
        if refusal == nil {
            refusal = Finding(code, .critical, message + " It was not read.", at: Place(offset: offset))
        }
    }
}
