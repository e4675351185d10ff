import CGMime
import Vocabulary

/// Walks the parts of a mail, numbers them as IMAP does (RFC 9051, section 6.4.5.1) and tells texts from attachments.
struct MIMEWalk {
    private let root: UnsafeMutablePointer<GMimeObject>
    private let prefix: String?
    var bodies: [Mail.Body] = []
    var attachments: [Mail.File] = []
    var findings: [Finding] = []

    private struct Leaf {
        var number: String
        var object: UnsafeMutablePointer<GMimeObject>
        var type: String
        var subtype: String
        var isRelated: Bool
        /// Numbers of the `multipart/alternative` parts around it: only one of their texts is read.
        var alternative: String?
    }

    private var leaves: [Leaf] = []
    private var total = 0

    init(root: UnsafeMutablePointer<GMimeObject>, prefix: String?) {
        self.root = root
        self.prefix = prefix
    }

    mutating func run() {
        let base = prefix.map { $0 + "." } ?? ""
        if interline_is_multipart(root) != 0 {
            children(of: root, base: base, depth: 1, isRelated: false, alternative: nil)
        } else {
            add(root, number: base + "1", isRelated: false, alternative: nil)
        }
        let texts = leaves.filter { isText($0) }
        let chosen = chosenTexts(texts)
        for l in texts where chosen.contains(l.number) { readText(l) }
        let html = bodies.filter(\.isHTML).map(\.text).joined()
        for l in leaves where !isText(l) { attach(l, html: html) }
    }

    private mutating func children(
        of parent: UnsafeMutablePointer<GMimeObject>, base: String, depth: Int, isRelated: Bool, alternative: String?
    ) {
        let multipart = UnsafeMutableRawPointer(parent).assumingMemoryBound(to: GMimeMultipart.self)
        let (_, subtype) = MIMEWalk.type(parent)
        let related = isRelated || subtype == "related"
        let group = subtype == "alternative" ? base + "alternative" : alternative
        for i in 0..<max(g_mime_multipart_get_count(multipart), 0) {
            guard let child = g_mime_multipart_get_part(multipart, i) else { continue }
            guard leaves.count < Limits.parts else {
                return cut("parts-cut", "The mail has more than \(Limits.parts) parts; the rest was not read.")
            }
            let number = base + String(i + 1)
            if interline_is_multipart(child) != 0 {
                guard depth < Limits.depth else {
                    cut(
                        "nested-too-deep",
                        "Parts lie in each other deeper than \(Limits.depth); the inner ones were not read.")
                    continue
                }
                children(of: child, base: number + ".", depth: depth + 1, isRelated: related, alternative: group)
            } else {
                add(child, number: number, isRelated: related, alternative: group)
            }
        }
    }

    private mutating func cut(_ code: String, _ message: String) {
        if !findings.contains(where: { $0.code == code }) { findings.append(Finding(code, .warning, message)) }
    }

    private mutating func add(
        _ object: UnsafeMutablePointer<GMimeObject>, number: String, isRelated: Bool, alternative: String?
    ) {
        let (type, subtype) = MIMEWalk.type(object)
        leaves.append(
            Leaf(
                number: number, object: object, type: type, subtype: subtype, isRelated: isRelated,
                alternative: alternative))
    }

    private static func type(_ object: UnsafeMutablePointer<GMimeObject>) -> (String, String) {
        guard let t = g_mime_object_get_content_type(object) else { return ("text", "plain") }
        let type = g_mime_content_type_get_media_type(t).map { String(cString: $0).lowercased() }
        let sub = g_mime_content_type_get_media_subtype(t).map { String(cString: $0).lowercased() }
        return (type ?? "text", sub ?? "plain")
    }

    private static func disposition(_ object: UnsafeMutablePointer<GMimeObject>) -> String {
        g_mime_object_get_disposition(object).map { String(cString: $0).lowercased() } ?? ""
    }

    private static func fileName(_ object: UnsafeMutablePointer<GMimeObject>) -> String? {
        guard interline_is_part(object) != 0 else { return nil }
        let part = UnsafeMutableRawPointer(object).assumingMemoryBound(to: GMimePart.self)
        return g_mime_part_get_filename(part).map { String(cString: $0) }.flatMap { FileName.clean($0) }
    }

    /// Plain text and HTML without a file's name that are not marked as attachments are what the mail says.
    private func isText(_ l: Leaf) -> Bool {
        interline_is_part(l.object) != 0 && l.type == "text" && ["plain", "html", "enriched"].contains(l.subtype)
            && MIMEWalk.disposition(l.object) != "attachment"
            && (MIMEWalk.fileName(l.object) == nil || l.alternative != nil)
    }

    /// Of alternatives the plain one, unless it is empty; everything else that is text.
    private func chosenTexts(_ texts: [Leaf]) -> Set<String> {
        var out: Set<String> = []
        for (_, group) in Dictionary(grouping: texts, by: { $0.alternative ?? "" }) {
            guard group.first?.alternative != nil else {
                out.formUnion(group.map(\.number))
                continue
            }
            let plain = group.filter { $0.subtype == "plain" && !content($0).allSatisfy { $0 <= 0x20 } }
            let html = group.filter { $0.subtype == "html" }
            out.formUnion((plain.isEmpty ? html : plain).map(\.number))
        }
        return out
    }

    private func content(_ l: Leaf) -> [UInt8] {
        guard interline_is_part(l.object) != 0 else { return MIMEWalk.written(l.object) }
        let part = UnsafeMutableRawPointer(l.object).assumingMemoryBound(to: GMimePart.self)
        guard let wrapper = g_mime_part_get_content(part) else { return [] }
        return MIMEWalk.bytes { stream in _ = g_mime_data_wrapper_write_to_stream(wrapper, stream) }
    }

    private static func bytes(_ write: (UnsafeMutablePointer<GMimeStream>) -> Void) -> [UInt8] {
        guard let stream = g_mime_stream_mem_new() else { return [] }
        defer { g_object_unref(stream) }
        write(stream)
        _ = g_mime_stream_flush(stream)
        let mem = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: GMimeStreamMem.self)
        guard let array = g_mime_stream_mem_get_byte_array(mem), let data = array.pointee.data else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(array.pointee.len)))
    }

    private static func written(_ object: UnsafeMutablePointer<GMimeObject>) -> [UInt8] {
        bytes { stream in _ = g_mime_object_write_to_stream(object, nil, stream) }
    }

    private mutating func readText(_ l: Leaf) {
        let charset = g_mime_object_get_content_type_parameter(l.object, "charset").map { String(cString: $0) }
        let flowed =
            g_mime_object_get_content_type_parameter(l.object, "format").map { String(cString: $0).lowercased() }
            == "flowed"
        let bytes = content(l)
        let (text, changed) = Charset.decode(bytes, label: charset)
        if changed {
            findings.append(
                Finding(
                    "charset-mismatch", .info,
                    "The text of part \(l.number) is not in the character set that it names (\(charset ?? "none"))."))
        }
        bodies.append(Mail.Body(part: l.number, text: text, isHTML: l.subtype == "html", isFlowed: flowed))
    }

    private mutating func attach(_ l: Leaf, html: String) {
        let disposition = MIMEWalk.disposition(l.object)
        if l.type == "image" {
            let id = g_mime_object_get_content_id(l.object).map { String(cString: $0) }
            let isShown = id.map { !$0.isEmpty && html.contains("cid:" + $0) } ?? false
            if isShown || disposition == "inline" || (disposition != "attachment" && (id != nil || l.isRelated)) {
                return
            }
        }
        // A signature over the mail and a report's machine-readable half say nothing about goods.
        if l.subtype.hasSuffix("-signature") || l.subtype == "delivery-status"
            || l.subtype == "disposition-notification"
        {
            return
        }
        if l.type == "text", l.subtype == "rfc822-headers" { return }
        let bytes: [UInt8]
        var name = MIMEWalk.fileName(l.object)
        if interline_is_message_part(l.object) != 0 {
            let part = UnsafeMutableRawPointer(l.object).assumingMemoryBound(to: GMimeMessagePart.self)
            guard let inner = g_mime_message_part_get_message(part) else { return }
            bytes = MIMEWalk.written(UnsafeMutableRawPointer(inner).assumingMemoryBound(to: GMimeObject.self))
            name = name ?? "message.eml"
        } else {
            bytes = content(l)
        }
        // Signed and related mails carry empty parts; a named one is a file even if it is empty.
        guard !bytes.isEmpty || name != nil else { return }
        total += bytes.count
        guard total <= Limits.attachments else {
            return cut(
                "attachments-cut",
                "The attachments are larger than \(Limits.attachments) bytes in all; the rest was not read.")
        }
        attachments.append(Mail.File(part: l.number, name: name ?? "part-\(l.number)", bytes: bytes))
    }
}
