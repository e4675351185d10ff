import Vocabulary

/// Reads a file of XML as its bytes come, in memory that depends on its largest document, not on its length.
///
/// What comes out does not depend on how the file is cut into chunks. A document is given out when the next one has been
/// read or the file ends: only then is it known whether the file holds several, and whether the wrapper that it stands in
/// is whole.
package final class XMLStream {
    private let part: PartReader
    private let tokenizer: Tokenizer
    /// The first bytes, until there are enough to tell the encoding.
    private var head: [UInt8] = []
    private var isBegun = false
    private var isGzip = false
    private var hasInk = false

    /// - Parameters:
    ///   - locator: where the file is; `message` is added where it holds several documents.
    ///   - source: SHA-256 of the file, hexadecimal.
    init(_ recognition: Recognition, at locator: Locator, source: String) {
        part = PartReader(recognition, locator: locator, source: source)
        tokenizer = Tokenizer(part)
    }

    /// The documents that the next bytes complete.
    package func add(_ bytes: ArraySlice<UInt8>) -> [Reading] {
        bytes.withUnsafeBufferPointer { add($0, isLast: false) }
        return part.take()
    }

    /// The rest of the documents, once all bytes have been added. Together with those before there is always at least one:
    /// bytes of which nothing can be made are one document with the finding that says so.
    package func finish() -> [Reading] {
        add(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
        if !hasInk {
            part.finish(
                otherwise: Finding("empty-file", .critical, "The file is empty.", at: Place(offset: 0)))
        } else if isGzip {
            part.finish(
                otherwise: Finding(
                    "compressed", .critical, "The file holds gzip bytes under an XML name; they are not inflated here.",
                    at: Place(offset: 0)))
        } else {
            part.finish(
                otherwise: Finding("not-xml", .critical, "The file holds no XML element.", at: Place(offset: 0)))
        }
        return part.take()
    }

    private func add(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        if !hasInk { hasInk = bytes.contains { $0 > 0x20 } }
        part.length += bytes.count
        guard !isBegun else {
            forward(bytes, isLast: isLast)
            return
        }
        head += bytes
        guard head.count >= 4 || isLast else { return }
        isBegun = true
        var skipped = 0
        if head.starts(with: [0x1F, 0x8B]) {
            isGzip = true
            tokenizer.passOver()
        } else if let wide = UTF16Source(head) {
            skipped = wide.mark
            part.wide = wide
        } else if head.starts(with: [0xEF, 0xBB, 0xBF]) {
            skipped = 3
            part.offset = 3
        }
        head.withUnsafeBufferPointer { forward(UnsafeBufferPointer(rebasing: $0[skipped...]), isLast: isLast) }
        head = []
    }

    private func forward(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        guard part.wide != nil else {
            tokenizer.read(bytes, isLast: isLast)
            return
        }
        part.wide?.forget(before: tokenizer.position)
        let text = part.wide?.utf8(bytes, isLast: isLast) ?? []
        text.withUnsafeBufferPointer { tokenizer.read($0, isLast: isLast) }
    }
}
