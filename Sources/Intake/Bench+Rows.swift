import EDI
import EDIReader
import Vocabulary
import XMLReader

extension Bench {
    /// Reads one file of any format into rows.
    ///
    /// - Parameter flush: called now and then with the rows so far, which it takes out, so that they never grow with the
    ///   length of a file.
    func read(
        _ entry: DropEntry, into rows: inout ReadRows, writing: Bool, flush: (inout ReadRows) -> Void
    ) throws(IntakeFault) {
        if case .file = entry.kind, entry.exact {
            if let file = try? ChunkedFile(entry), file.size > Limits.whole {
                if read(xml: file, at: Locator(path: entry.path), into: &rows, writing: writing, flush: flush) {
                    return
                }
            } else if let bytes = try? entry.bytes(limit: limits.fileBytes), !bytes.isEmpty,
                read(edi: bytes, at: Locator(path: entry.path), into: &rows, writing: writing)
            {
                return
            }
        }
        for r in try read(entry) { rows.add(r, writing: writing) }
    }

    /// - Returns: false where the bytes are no EDI that can be read as such.
    private func read(edi bytes: [UInt8], at locator: Locator, into rows: inout ReadRows, writing: Bool) -> Bool {
        let guess = formats.identify(bytes)
        guard guess.route == .edi, !guess.wide else { return false }
        let t = edi.transmission(bytes)
        guard !t.messages.isEmpty else { return false }
        read(t, at: locator, source: Digest.hex(Digest.sha256(bytes)), [], into: &rows, writing: writing)
        return true
    }

    func read(
        _ t: Transmission, at locator: Locator, source: String, _ carried: [Finding], into rows: inout ReadRows,
        writing: Bool
    ) {
        edi.read(t, at: locator, source: source, carried: carried, into: &rows, writing: writing)
    }

    /// Reads a long XML file document by document.
    ///
    /// - Returns: false where the file is none, or other text stands before it.
    private func read(
        xml file: ChunkedFile, at locator: Locator, into rows: inout ReadRows, writing: Bool,
        flush: (inout ReadRows) -> Void
    ) -> Bool {
        let guess = formats.identify(file.next())
        guard guess.route == .xml, guess.start == 0 else { return false }
        // It takes a pass of its own over the file and is only seen in rows.
        let source = writing ? file.digest() : ""
        file.rewind()
        let stream = xml.stream(at: locator, source: source)
        var isAtEnd = false
        while !isAtEnd {
            let bytes = file.next()
            isAtEnd = bytes.isEmpty
            for r in isAtEnd ? stream.finish() : stream.add(bytes[...]) {
                rows.add(r, writing: writing)
                if rows.size > Limits.rows { flush(&rows) }
            }
        }
        if let reason = file.failure {
            let f = Finding(
                "unreadable-file", .critical, "The file cannot be read to its end: \(reason).",
                at: Place(offset: file.at, length: 0))
            rows.add(.unknown(at: locator, [f], source: source), writing: writing)
        }
        return true
    }
}
