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
            let locator = Locator(path: entry.path)
            if let file = try? ChunkedFile(entry), file.size > Limits.whole {
                if read(xml: file, at: locator, into: &rows, writing: writing, flush: flush) { return }
            } else if let bytes = try? entry.bytes(limit: limits.fileBytes), !bytes.isEmpty {
                let guess = formats.identify(bytes)
                if guess.route == .edi, !guess.wide, read(edi: bytes, at: locator, into: &rows, writing: writing) {
                    return
                }
                if guess.route == .xml, guess.start == 0, xml.xsd == nil {
                    let source = writing ? Digest.hex(Digest.sha256(bytes)) : ""
                    let stream = xml.stream(at: locator, source: source)
                    feed(bytes, to: stream, &rows, writing, [], flush)
                    add(stream.finish(), to: &rows, writing, [], flush)
                    return
                }
            }
        }
        for r in try read(entry) { rows.add(r, writing: writing) }
    }

    /// - Returns: false where no message can be read.
    private func read(edi bytes: [UInt8], at locator: Locator, into rows: inout ReadRows, writing: Bool) -> Bool {
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
        // Validation wants the file whole, as long as it may be read so.
        let isChecked = xml.xsd != nil
        guard !isChecked || file.size > limits.fileBytes else { return false }
        let notes =
            isChecked
            ? [
                Finding(
                    "schema-unusable", .info,
                    "The document was not checked: schemas are applied to files up to \(limits.fileBytes >> 20) MiB.")
            ] : []
        let guess = formats.identify(file.next())
        guard guess.route == .xml, guess.start == 0 else { return false }
        // It takes a pass of its own over the file and is only seen in rows.
        let source = writing ? file.digest() : ""
        file.rewind()
        let stream = xml.stream(at: locator, source: source)
        while true {
            let bytes = file.next()
            if bytes.isEmpty { break }
            feed(bytes, to: stream, &rows, writing, notes, flush)
        }
        add(stream.finish(), to: &rows, writing, notes, flush)
        if let f = file.unread { rows.add(.unknown(at: locator, [f], source: source), writing: writing) }
        return true
    }

    /// Gives bytes to a stream a little at a time: many tiny documents would make many readings at once.
    private func feed(
        _ bytes: [UInt8], to stream: XMLStream, _ rows: inout ReadRows, _ writing: Bool, _ notes: [Finding],
        _ flush: (inout ReadRows) -> Void
    ) {
        var at = 0
        while at < bytes.count {
            let end = min(bytes.count, at + Limits.piece)
            add(stream.add(bytes[at..<end]), to: &rows, writing, notes, flush)
            at = end
        }
    }

    private func add(
        _ readings: [Reading], to rows: inout ReadRows, _ writing: Bool, _ notes: [Finding],
        _ flush: (inout ReadRows) -> Void
    ) {
        for r in readings {
            rows.add(r.noting(notes), writing: writing)
            if rows.size > Limits.rows { flush(&rows) }
        }
    }
}
