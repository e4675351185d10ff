import Glibc

/// Cuts a file's bytes into tags, texts and the rest of XML's markup, and tells the `PartReader`.
///
/// It finds the documents in a file by their tags alone and goes on behind a fault as well as it can, so that one broken
/// document does not hide the next. What must not be read is refused here: a DOCTYPE, and what is beyond `Limits`.
final class Tokenizer {
    enum Mode {
        case content, comment, instruction, section
        /// Everything else is passed over.
        case refused
    }

    /// An attribute in the window: number of its name, where its value stands.
    struct Attribute {
        var name: Int
        var from: Int
        var to: Int
    }

    let part: PartReader
    let window: Window
    let names: NameTable
    let classes = ByteClasses.shared
    @exclusivity(unchecked) var mode = Mode.content
    /// Index in the window of the next byte.
    @exclusivity(unchecked) var at = 0
    @exclusivity(unchecked) var isLast = false
    @exclusivity(unchecked) var code = ByteCode.utf8
    @exclusivity(unchecked) var attributes: [Attribute] = []
    /// Text stands behind the last document, so that only an XML declaration begins another.
    private var isJunk = false
    /// Lines before the window's first byte.
    private var lines = 0

    init(_ part: PartReader) {
        self.part = part
        window = part.window
        names = part.names
    }

    /// Position of the next byte.
    var position: Int { window.origin + at }

    /// Passes over all that comes: the file has been refused as it is.
    func passOver() { mode = .refused }

    /// Reads on, as far as the bytes go.
    func read(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        lines += lineEnds(before: at)
        window.append(bytes, dropping: at)
        at = 0
        self.isLast = isLast
        while step() {}
        guard isLast else { return }
        if mode != .refused, part.isOpen { part.close(at: window.end, isWhole: false) }
    }

    private func lineEnds(before index: Int) -> Int {
        var n = 0
        var at = UnsafeRawPointer(window.base)
        let end = at + index
        while at < end, let hit = memchr(at, 0x0A, end - at) {
            n += 1
            at = UnsafeRawPointer(hit) + 1
        }
        return n
    }

    /// Reads one piece of markup with the text before it.
    ///
    /// - Returns: false where more bytes are needed.
    private func step() -> Bool {
        switch mode {
        case .content: content()
        case .comment: comment()
        case .instruction: instruction()
        case .section: section()
        case .refused: passOverAll()
        }
    }

    private func passOverAll() -> Bool {
        at = window.count
        return false
    }

    private func content() -> Bool {
        if part.isOpen, !part.isBroken {
            guard text() else { return false }
            if part.isBroken { return true }
        } else {
            guard passOverText() else { return false }
        }
        return markup()
    }

    /// Text outside of documents, or behind a fault.
    private func passOverText() -> Bool {
        let p = window.base
        let from = at
        guard from < window.count else { return false }
        let hit = memchr(p + from, 0x3C, window.count - from)
        at = hit.map { UnsafeMutableRawPointer($0) - UnsafeMutableRawPointer(p) } ?? window.count
        if !part.isOpen {
            for i in from..<at where p[i] > 0x20 {
                part.stray(at: window.origin + i)
                isJunk = true
                break
            }
        }
        return hit != nil
    }

    private var mayBegin: Bool { !isJunk || !part.hasParts }

    /// What begins with the `<` at `at`.
    private func markup() -> Bool {
        let left = window.count - at
        guard left >= 2 || isLast else { return false }
        let next = left >= 2 ? window.base[at + 1] : 0
        if classes.mayBeginName(next), part.isOpen || mayBegin { return startTag() }
        switch next {
        case UInt8(ascii: "/"): return endTag()
        case UInt8(ascii: "!"): return declaration(left)
        case UInt8(ascii: "?"): return beginInstruction(left)
        default: break
        }
        if part.isOpen {
            fault("a \"<\" that begins no tag")
        } else {
            part.stray(at: position)
            isJunk = true
        }
        at += 1
        return true
    }

    private func declaration(_ left: Int) -> Bool {
        guard left >= 9 || isLast else { return false }
        if begins("<!--") {
            at += 4
            mode = .comment
        } else if begins("<![CDATA[") {
            at += 9
            mode = .section
        } else if begins("<!DOCTYPE") || begins("<!doctype"), part.isOpen || mayBegin {
            if part.isOpen {
                fault("a DOCTYPE within the document")
                at += 2
            } else {
                refuse("doctype-refused", "The document has a DOCTYPE, which is refused unread.")
            }
        } else {
            if part.isOpen { fault("a \"<!\" that begins nothing") }
            at += 2
        }
        return true
    }

    private func beginInstruction(_ left: Int) -> Bool {
        guard left >= 6 || isLast else { return false }
        if begins("<?xml"), left > 5, window.base[at + 5] <= 0x20 {
            // An XML declaration can only begin a document: the one before it, if open, was cut off here.
            let end = min(window.count, at + 1024)
            var i = at
            while i < end, window.base[i] != 0x3E { i += 1 }
            guard i < window.count || left >= 1024 || isLast else { return false }
            if part.isOpen { part.close(at: position, isWhole: false) }
            isJunk = false
            let encoding = declaredEncoding(UnsafeBufferPointer(start: window.base + at, count: i - at))
            let known = encoding.map { ByteCode.named($0) } ?? .utf8
            code = part.wide == nil ? known ?? .utf8 : .utf8
            part.declare(at: position, unknownEncoding: part.wide == nil && known == nil ? encoding : nil)
        }
        at += 2
        mode = .instruction
        return true
    }

    /// `encoding="…"` of an XML declaration.
    private func declaredEncoding(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let key = text.firstRange(of: "encoding") else { return nil }
        let rest = text[key.upperBound...]
        guard let open = rest.firstIndex(where: { $0 == "\"" || $0 == "'" }) else { return nil }
        return String(rest[rest.index(after: open)...].prefix { $0 != "\"" && $0 != "'" })
    }

    private func comment() -> Bool {
        let p = window.base
        let count = window.count
        var i = at
        // Of two bytes in a row that are dashes one stands at every second place.
        while i + 1 < count {
            if p[i + 1] != 0x2D {
                i &+= 2
                continue
            }
            if p[i] != 0x2D {
                i &+= 1
                continue
            }
            at = i
            if i + 2 >= count { break }
            if p[i + 2] == 0x3E {
                at = i + 3
                mode = .content
                return true
            }
            if part.isOpen { fault("\"--\" within a comment") }
            i &+= 1
        }
        // A dash at the end may be the first of two.
        at = isLast ? count : max(at, count - 2)
        return false
    }

    private func instruction() -> Bool {
        let p = window.base
        while at < window.count {
            guard let hit = memchr(p + at, 0x3F, window.count - at) else { break }
            let i = UnsafeMutableRawPointer(hit) - UnsafeMutableRawPointer(p)
            at = i
            if i + 1 >= window.count, !isLast { return false }
            at = i + 1
            if i + 1 < window.count, p[i + 1] == 0x3E {
                at = i + 2
                mode = .content
                return true
            }
        }
        at = window.count
        return false
    }

    func begins(_ text: StaticString) -> Bool {
        let n = text.utf8CodeUnitCount
        return at + n <= window.count && memcmp(window.base + at, text.utf8Start, n) == 0
    }

    /// More bytes are needed for the tag at `at`, unless it is too long already or the file ends in it.
    func wait() -> Bool {
        if window.count - at > Limits.tag {
            refuse("tag-too-long", "A tag has no end within \(Limits.tag >> 20) MiB; the document is refused.")
            return true
        }
        if isLast {
            part.open(at: position)
            at = window.count
        }
        return false
    }

    /// Says why the document is not well-formed, at the byte `at` or another.
    func fault(_ words: String, at index: Int? = nil) {
        guard part.isOpen, !part.isBroken else { return }
        let index = index ?? at
        let line = lines + 1 + lineEnds(before: min(index, window.count))
        part.fault(
            "not-well-formed", "The document is not well-formed (line \(line)): \(words).", at: window.origin + index)
    }

    /// Refuses the document and what stands behind it.
    func refuse(_ code: String, _ words: String) {
        part.refuse(code, words, at: position)
        mode = .refused
    }

    /// A document's root has been closed, before `at`.
    func closed() {
        isJunk = false
        part.close(at: position, isWhole: true)
    }
}
