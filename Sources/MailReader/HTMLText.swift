import CLibXML2
import Vocabulary

/// The text that an HTML mail shows: blocks as lines, table rows as lines with tabs, quotes with `> ` before each line.
struct HTMLText {
    private(set) var text = ""
    private var line = ""
    private var quote = 0
    private var pending = false
    private var nodes = 0
    private(set) var isCut = false

    private static let blocks: Set<String> = [
        "p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "section",
        "article", "header", "footer", "center", "dl", "dt", "dd", "address", "body", "hr", "form", "fieldset",
    ]
    /// Blocks with a blank line around them.
    private static let apart: Set<String> = [
        "p", "table", "h1", "h2", "h3", "h4", "blockquote", "hr", "ul", "ol", "pre",
    ]
    private static let silent: Set<String> = [
        "script", "style", "head", "title", "noscript", "template", "object", "svg",
    ]

    /// Nil where libxml2 makes nothing of it.
    init?(_ html: String) {
        var text = html
        // libxml2 follows a charset that the document names; ours is UTF-8 by now.
        text.removeAll { $0 == "\0" }
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count < Int(Int32.max) else { return nil }
        let options = Int32(
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue)
        let document = bytes.withUnsafeBytes { raw -> htmlDocPtr? in
            guard
                let context = htmlCreateMemoryParserCtxt(
                    raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
            else { return nil }
            defer { htmlFreeParserCtxt(context) }
            htmlCtxtUseOptions(context, options)
            xmlSwitchToEncoding(context, xmlFindCharEncodingHandler("UTF-8"))
            // Without it anything nested deeper than 256 gives an empty document.
            context.pointee.options |= Int32(XML_PARSE_HUGE.rawValue)
            htmlParseDocument(context)
            return context.pointee.myDoc
        }
        guard let document else { return nil }
        defer { xmlFreeDoc(document) }
        guard let root = xmlDocGetRootElement(document) else { return nil }
        walk(root)
        flush()
    }

    /// Down and up again without recursion: nesting is the sender's choice.
    private mutating func walk(_ root: xmlNodePtr) {
        var node = root
        while true {
            nodes += 1
            if nodes > Limits.nodes || text.utf8.count > 4 * Limits.text {
                isCut = true
                return
            }
            if open(node), let child = node.pointee.children {
                node = child
                continue
            }
            while true {
                close(node)
                if node == root { return }
                if let next = node.pointee.next {
                    node = next
                    break
                }
                guard let parent = node.pointee.parent else { return }
                node = parent
            }
        }
    }

    private static func name(_ node: xmlNodePtr) -> String {
        node.pointee.name.map { String(cString: $0).lowercased() } ?? ""
    }

    private static func attribute(_ node: xmlNodePtr, _ name: String) -> String {
        guard let v = xmlGetProp(node, name) else { return "" }
        defer { interline_xml_free(v) }
        return String(cString: v)
    }

    /// False where what is inside is not shown.
    private mutating func open(_ node: xmlNodePtr) -> Bool {
        switch node.pointee.type {
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
            if let c = node.pointee.content { add(String(cString: c)) }
            return false
        case XML_ELEMENT_NODE: break
        default: return false
        }
        let name = HTMLText.name(node)
        if HTMLText.silent.contains(name) || isHidden(node) { return false }
        if name == "br" {
            flush(keepsEmpty: true)
        } else if name == "td" || name == "th" {
            if !line.isEmpty { line += "\t" }
            pending = false
        } else if HTMLText.blocks.contains(name) {
            flush()
            if HTMLText.apart.contains(name) { blank() }
        }
        if isQuote(node, name) { quote += 1 }
        return true
    }

    private mutating func close(_ node: xmlNodePtr) {
        guard node.pointee.type == XML_ELEMENT_NODE else { return }
        let name = HTMLText.name(node)
        guard !HTMLText.silent.contains(name), !isHidden(node) else { return }
        if HTMLText.blocks.contains(name) {
            flush()
            if HTMLText.apart.contains(name) { blank() }
        }
        if isQuote(node, name) { quote -= 1 }
    }

    private func isQuote(_ node: xmlNodePtr, _ name: String) -> Bool {
        if name == "blockquote" { return true }
        guard name == "div" else { return false }
        let c = HTMLText.attribute(node, "class").lowercased()
        return c.contains("gmail_quote") && !c.contains("gmail_quote_container") || c.contains("yahoo_quoted")
    }

    private func isHidden(_ node: xmlNodePtr) -> Bool {
        let style = HTMLText.attribute(node, "style").lowercased().filter { !$0.isWhitespace }
        return style.contains("display:none") || style.contains("visibility:hidden") || style.contains("mso-hide:all")
    }

    private mutating func add(_ s: String) {
        for u in s.unicodeScalars {
            if u == " " || u == "\n" || u == "\t" || u == "\r" || u == "\u{A0}" {
                pending = true
            } else if (0x200B...0x200D).contains(u.value) || u.value == 0xFEFF || u.value == 0xAD {
                continue
            } else {
                if pending, let l = line.unicodeScalars.last, l != "\t" { line += " " }
                pending = false
                line.unicodeScalars.append(u)
            }
        }
    }

    private mutating func flush(keepsEmpty: Bool = false) {
        if !line.isEmpty || keepsEmpty {
            if quote > 0 { text += String(repeating: ">", count: min(quote, 20)) + " " }
            text += line + "\n"
        }
        line = ""
        pending = false
    }

    private mutating func blank() {
        if !text.isEmpty, !text.hasSuffix("\n\n") { text += "\n" }
    }
}

extension HTMLText {
    /// The document's text; where libxml2 gives none although there is some, what stands between the tags.
    static func text(of html: String) -> (text: String, finding: Finding?) {
        if let t = HTMLText(html), t.text.contains(where: { $0.isLetter || $0.isNumber }) {
            let cut = Finding("text-cut", .warning, "The HTML is larger than what is read; the rest was left out.")
            return (t.text, t.isCut ? cut : nil)
        }
        var out = ""
        var inTag = false
        for c in html.prefix(Limits.text) {
            if c == "<" {
                inTag = true
                out.append("\n")
            } else if c == ">", inTag {
                inTag = false
            } else if !inTag {
                out.append(c)
            }
        }
        guard out.contains(where: { $0.isLetter || $0.isNumber }) else { return ("", nil) }
        return (out, Finding("damaged-html", .info, "The HTML could not be parsed; only its tags were taken out."))
    }
}
