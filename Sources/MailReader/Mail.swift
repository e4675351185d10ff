import CGMime
import Vocabulary

/// A mail taken apart: headers, texts, attachments.
struct Mail {
    struct Address: Hashable {
        var name: String?
        var address: String
    }

    struct Body {
        /// The part's number as in IMAP.
        var part: String
        var text: String
        var isHTML: Bool
        /// Format=flowed (RFC 3676): lines that end in a blank go on in the next one.
        var isFlowed: Bool
    }

    struct File {
        var part: String
        var name: String
        var bytes: [UInt8]
    }

    var subject = ""
    var from: [Address] = []
    var to: [Address] = []
    var date: Moment?
    var messageID: String?
    /// Ids of the mails that it answers, nearest first.
    var answers: [String] = []
    var isAutomatic = false
    var isBulk = false
    var bodies: [Body] = []
    var attachments: [File] = []
    var findings: [Finding]

    /// `g_mime_init` once for the process.
    private static let ready: Void = { g_mime_init() }()

    /// In which charsets raw bytes in headers are tried.
    private static func options() -> OpaquePointer? {
        guard let options = g_mime_parser_options_new() else { return nil }
        "utf-8".withCString { utf8 in
            "windows-1252".withCString { western in
                var list: [UnsafePointer<CChar>?] = [utf8, western, nil]
                g_mime_parser_options_set_fallback_charsets(options, &list)
            }
        }
        return options
    }

    /// - Parameter prefix: number of the part that the mail itself is, where it was attached to another one.
    init?(_ bytes: [UInt8], scan: Prescan, prefix: String?) {
        Mail.ready
        findings = scan.findings
        guard
            let stream = bytes.withUnsafeBytes({ raw in
                raw.baseAddress.flatMap {
                    g_mime_stream_mem_new_with_buffer($0.assumingMemoryBound(to: CChar.self), raw.count)
                }
            })
        else { return nil }
        defer { g_object_unref(stream) }
        guard let parser = g_mime_parser_new_with_stream(stream) else { return nil }
        defer { g_object_unref(parser) }
        let options = Mail.options()
        defer { if let options { g_mime_parser_options_free(options) } }
        guard let message = g_mime_parser_construct_message(parser, options) else { return nil }
        defer { g_object_unref(message) }
        readHeaders(message, addresses: !scan.hasDeepAddresses)
        guard let root = g_mime_message_get_mime_part(message) else { return }
        var walk = MIMEWalk(root: root, prefix: prefix)
        walk.run()
        bodies = walk.bodies
        attachments = walk.attachments
        findings += walk.findings
    }

    private mutating func readHeaders(_ message: UnsafeMutablePointer<GMimeMessage>, addresses: Bool) {
        if let s = g_mime_message_get_subject(message) { subject = Text.oneLine(String(cString: s)) }
        if addresses {
            from = Mail.addresses(g_mime_message_get_from(message))
            if from.isEmpty { from = Mail.addresses(g_mime_message_get_sender(message)) }
            to = Mail.addresses(g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_TO))
        }
        if let id = g_mime_message_get_message_id(message) { messageID = Text.oneLine(String(cString: id)).nonEmpty }
        let object = UnsafeMutableRawPointer(message).assumingMemoryBound(to: GMimeObject.self)
        func header(_ name: String) -> String? {
            g_mime_object_get_header(object, name).map { String(cString: $0) }
        }
        date = header("Date").flatMap { MailDate.moment($0) }
        var seen: Set<String> = []
        let ids = Mail.ids(header("In-Reply-To") ?? "") + Mail.ids(header("References") ?? "").reversed()
        answers = Array(ids.filter { seen.insert($0).inserted }.prefix(50))
        let automatic = header("Auto-Submitted")?.lowercased() ?? ""
        isAutomatic =
            automatic.hasPrefix("auto-replied") || header("X-Autoreply") != nil || header("X-Autorespond") != nil
        let precedence = header("Precedence")?.lowercased() ?? ""
        isBulk =
            header("List-Unsubscribe") != nil || precedence == "bulk" || precedence == "list" || precedence == "junk"
    }

    private static func addresses(_ list: UnsafeMutablePointer<InternetAddressList>?) -> [Address] {
        guard let list else { return [] }
        var out: [Address] = []
        for i in 0..<min(internet_address_list_length(list), 200) {
            guard let a = internet_address_list_get_address(list, i), interline_is_mailbox(a) != 0 else { continue }
            let box = UnsafeMutableRawPointer(a).assumingMemoryBound(to: InternetAddressMailbox.self)
            guard let raw = internet_address_mailbox_get_addr(box) else { continue }
            let name = internet_address_get_name(a).map { Text.oneLine(String(cString: $0)) }?.nonEmpty
            out.append(Address(name: name, address: Text.oneLine(String(cString: raw)).lowercased()))
        }
        return out
    }

    /// What stands between `<` and `>`; without them, the words that have an `@`.
    static func ids(_ header: String) -> [String] {
        var out: [String] = []
        var rest = Substring(header)
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let id = rest[rest.index(after: open)..<close].filter { !$0.isWhitespace }
            if !id.isEmpty { out.append(String(id)) }
            rest = rest[rest.index(after: close)...]
            if out.count > 200 { break }
        }
        if out.isEmpty {
            out = header.split(whereSeparator: \.isWhitespace).filter { $0.contains("@") }.map(String.init)
        }
        return out
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
