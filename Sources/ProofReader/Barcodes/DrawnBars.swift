import CPoppler
import Glibc

/// Tells from a PDF's bytes whether it may draw bars, without painting it: painting a page to see costs several times what its
/// text does. Looks into every stream that may hold drawing operators; what it cannot look into may draw bars.
enum DrawnBars {
    private static let streamBytes = 1 << 20
    private static let fileBytes = 8 << 20
    /// Fewer bars than in the shortest code that is read.
    private static let fewest = 15

    /// Whether bars may be drawn anywhere in the file. Linear in its bytes and in those of its page contents.
    static func mayStand(in file: [UInt8]) -> Bool {
        if file.range(of: "/Encrypt") != nil { return true }
        var at = 0
        var left = fileBytes
        var bars = 0
        while let found = file.range(of: "stream", from: at) {
            at = found + 6
            guard found > 0, !file[..<found].ends(with: "end") else { continue }
            var start = at
            if start < file.count, file[start] == 13 { start += 1 }
            if start < file.count, file[start] == 10 { start += 1 }
            let end = file.range(of: "endstream", from: start) ?? file.count
            at = end
            switch Dictionary(before: found, in: file).content {
            case .other: continue
            case .unreadable: return true
            case .drawing(let filters):
                guard left > 0 else { return true }
                guard let content = decoded(Array(file[start..<end]), filters, min(left, streamBytes)) else {
                    return true
                }
                left -= content.count
                if content.count == streamBytes { return true }
                var drawing = DrawnShapes(content)
                bars += drawing.bars()
                if bars >= fewest { return true }
            }
        }
        return false
    }

    /// What a stream's dictionary says it holds.
    private struct Dictionary {
        enum Content {
            /// Page contents, a form or a glyph, or nothing that says otherwise.
            case drawing([String])
            /// A picture, a font, an attachment, metadata, an index.
            case other
            case unreadable
        }
        let content: Content

        init(before stream: Int, in file: [UInt8]) {
            let head = file[max(0, stream - 2048)..<stream]
            let from = head.lastRange(of: "obj") ?? head.startIndex
            let text = String(decoding: head[from...], as: UTF8.self)
            let names = text.split(separator: "/").dropFirst().map { n in
                String(n.prefix { !" \r\n\t[]<>()".contains($0) })
            }
            let others: Set<String> = [
                "Image", "XRef", "ObjStm", "Metadata", "EmbeddedFile", "Length1", "Length2", "Type1C", "CIDFontType0C",
                "OpenType", "CMap", "FunctionType",
            ]
            if names.contains(where: others.contains) {
                content = .other
                return
            }
            let known = ["FlateDecode", "Fl", "ASCII85Decode", "A85"]
            let filters = names.filter { $0.hasSuffix("Decode") || known.contains($0) }
            if filters.contains("DCTDecode") || filters.contains("JPXDecode") {
                content = .other
            } else {
                content = filters.allSatisfy(known.contains) ? .drawing(filters) : .unreadable
            }
        }
    }

    private static func decoded(_ bytes: [UInt8], _ filters: [String], _ limit: Int) -> [UInt8]? {
        var out = bytes
        for f in filters { out = f.hasPrefix("A") ? ascii85(out) : inflated(out, limit) ?? [] }
        return out
    }

    /// What zlib makes of it, up to `limit` bytes; what comes before an error is kept.
    private static func inflated(_ bytes: [UInt8], _ limit: Int) -> [UInt8]? {
        guard let decompressor = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(decompressor)) }
        var out = [UInt8](repeating: 0, count: min(limit, max(4096, bytes.count * 6)))
        var filled = 0
        var taken = 0
        while true {
            var read: gsize = 0
            var written: gsize = 0
            let result = bytes.withUnsafeBytes { source in
                out.withUnsafeMutableBytes { target in
                    g_converter_convert(
                        decompressor, source.baseAddress?.advanced(by: taken), gsize(source.count - taken),
                        target.baseAddress?.advanced(by: filled), gsize(target.count - filled),
                        G_CONVERTER_INPUT_AT_END, &read, &written, nil)
                }
            }
            guard result != G_CONVERTER_ERROR else { break }
            taken += Int(read)
            filled += Int(written)
            if result == G_CONVERTER_FINISHED { break }
            if filled == out.count {
                if filled >= limit { break }
                out += [UInt8](repeating: 0, count: min(limit - filled, out.count))
            } else if read == 0, written == 0 {
                break
            }
        }
        out.removeLast(out.count - filled)
        return out
    }

    private static func ascii85(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 4 / 5)
        var group: UInt32 = 0
        var n = 0
        for b in bytes {
            if b == UInt8(ascii: "~") { break }
            if b == UInt8(ascii: "z"), n == 0 {
                out += [0, 0, 0, 0]
            } else if (33...117).contains(b) {
                group = group &* 85 &+ UInt32(b - 33)
                n += 1
                if n == 5 {
                    for s in [24, 16, 8, 0] as [UInt32] { out.append(UInt8(truncatingIfNeeded: group >> s)) }
                    (group, n) = (0, 0)
                }
            }
        }
        if n > 1 {
            for _ in n..<5 { group = group &* 85 &+ 84 }
            for s in [24, 16, 8].prefix(n - 1) { out.append(UInt8(truncatingIfNeeded: group >> UInt32(s))) }
        }
        return out
    }
}

extension [UInt8] {
    /// Where a text begins at or behind `from`.
    fileprivate func range(of text: String, from: Int = 0) -> Int? {
        let t = Array(text.utf8)
        return withUnsafeBytes { bytes in
            var at = from
            while at + t.count <= bytes.count, let base = bytes.baseAddress,
                let hit = memchr(base + at, Int32(t[0]), bytes.count - t.count + 1 - at)
            {
                at = base.distance(to: UnsafeRawPointer(hit))
                if memcmp(base + at, t, t.count) == 0 { return at }
                at += 1
            }
            return nil
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }

    /// Where a text begins for the last time.
    fileprivate func lastRange(of text: String) -> Int? {
        let t = Array(text.utf8)
        guard count >= t.count else { return nil }
        return (startIndex...(endIndex - t.count)).last { self[$0..<($0 + t.count)].elementsEqual(t) }
    }
}
