import EDIReader
import Schemas
import Vocabulary
import XMLReader

/// One thread's place of work: readers and a worker of its own, and what it does with a file.
///
/// A file and everything in it is read by one thread, depth first, so the order of what comes out does not depend on how
/// threads run.
final class Bench {
    let formats: Formats
    let limits: Limits
    private let shared: Shared
    var edi: EDIReader
    let xml: XMLReader
    private let worker: Worker

    init(_ readers: Readers, limits: Limits, shared: Shared) {
        formats = readers.formats
        edi = readers.edi
        xml = readers.xml
        worker = Worker(executable: readers.worker, schemas: readers.schemas, limits: limits)
        self.limits = limits
        self.shared = shared
    }

    /// All documents of one entry of the drop; there is always at least one.
    func read(_ entry: DropEntry) throws(IntakeFault) -> [Reading] {
        let locator = Locator(path: entry.path)
        let name: [Finding] = entry.exact ? [] : [.pathNotUTF8]
        switch entry.kind {
        case .file: break
        case .link:
            let f = Finding("symbolic-link", .info, "The file is a symbolic link and was not followed.")
            return [.unknown(at: locator, name + [f])]
        case .special:
            let f = Finding("special-file", .critical, "This is a pipe, socket or device and was not opened.")
            return [.unknown(at: locator, name + [f])]
        case .folder(let reason):
            let f = Finding("unreadable-folder", .critical, "The folder cannot be listed: \(reason).")
            return [.unknown(at: locator, name + [f])]
        }
        let bytes: [UInt8]
        do throws(DropEntry.Refusal) {
            bytes = try entry.bytes(limit: limits.fileBytes)
        } catch {
            let f = Finding(error.code, .critical, "The file cannot be read: \(error.reason).")
            return [.unknown(at: locator, name + [f])]
        }
        var budget = ArchiveBudget(limits)
        return try read(Item(locator: locator, bytes: bytes, notes: name), &budget)
    }

    /// A file, or one that came out of another.
    private struct Item {
        var locator: Locator
        var bytes: [UInt8]
        /// Findings about the file as such, for each of its documents.
        var notes: [Finding]
        /// Containers around it, and archives among them.
        var depth = 0
        var archives = 0

        func inner(_ locator: Locator, _ bytes: [UInt8], _ notes: [Finding], archive: Bool) -> Item {
            Item(
                locator: locator, bytes: bytes, notes: notes, depth: depth + 1, archives: archives + (archive ? 1 : 0))
        }
    }

    private func read(_ item: Item, _ budget: inout ArchiveBudget) throws(IntakeFault) -> [Reading] {
        // A member that could not be unpacked has no bytes to speak of.
        if item.notes.contains(where: { $0.severity == .critical }) { return [.unknown(at: item.locator, item.notes)] }
        let source = hash(item.bytes)
        if item.bytes.isEmpty {
            return [itself(item, source, Finding("empty-file", .critical, "The file is empty."))]
        }
        let guess = formats.identify(item.bytes)
        if guess.route == .archive || guess.route == .tnef { return try readArchive(item, guess, source, &budget) }
        let extracted = try readDocument(item, guess, source)
        var readings = extracted.readings.map { $0.noting(item.notes) }
        if readings.contains(where: { $0.document.source == source }) { shared.keep(source, item.bytes) }
        var names: Set<Locator> = []
        var embedded: [Reading] = []
        for a in extracted.attachments {
            // A reader that leaves naming to us gives the container's own locator.
            var locator = a.locator
            if locator.part == item.locator.part, locator.path == item.locator.path {
                locator = item.locator.member(Path.member(a.name)?.name ?? "attachment")
            }
            locator = unique(locator, &names)
            // What came by mail came when the mail did, unless it says when itself.
            embedded += try readInner(item.inner(locator, a.bytes, [], archive: false), &budget).map {
                $0.sent(extracted.readings.first?.document.envelope)
            }
        }
        if guess.route == .pdf { readings = readings.yielding(to: embedded) }
        return readings + embedded
    }

    private func hash(_ bytes: [UInt8]) -> String { Digest.hex(Digest.sha256(bytes)) }

    private func unique(_ locator: Locator, _ names: inout Set<Locator>) -> Locator {
        var l = locator
        var count = 1
        while !names.insert(l).inserted {
            count += 1
            if let part = locator.part { l.part = part + " (\(count))" } else { l.path = locator.path + " (\(count))" }
        }
        return l
    }

    /// The item as one unknown document.
    private func itself(_ item: Item, _ source: String, _ findings: Finding...) -> Reading {
        itself(item, source, findings)
    }

    private func itself(_ item: Item, _ source: String, _ findings: [Finding]) -> Reading {
        shared.keep(source, item.bytes)
        return .unknown(at: item.locator, item.notes + findings, source: source)
    }

    private func readInner(_ item: Item, _ budget: inout ArchiveBudget) throws(IntakeFault) -> [Reading] {
        guard item.depth <= limits.depth else {
            let f = Finding(
                "nested-too-deep", .critical,
                "More than \(limits.depth) containers lie in each other; this was not read.")
            return [itself(item, hash(item.bytes), f)]
        }
        return try read(item, &budget)
    }

    private func readArchive(
        _ item: Item, _ guess: FormatGuess, _ source: String, _ budget: inout ArchiveBudget
    ) throws(IntakeFault) -> [Reading] {
        guard item.archives < limits.archiveDepth else {
            let f = Finding(
                "nested-too-deep", .critical,
                "More than \(limits.archiveDepth) archives lie in each other; this one was not opened.")
            return [itself(item, source, f)]
        }
        let file = Path.last(item.locator.part ?? item.locator.path)
        let own = file.split(separator: "!").last.map(String.init) ?? file
        let archive =
            guess.route == .tnef
            ? Archive(tnef: item.bytes, limits: limits, budget: &budget)
            : Archive(item.bytes, fallback: Bench.unpacked(own), limits: limits, budget: &budget)
        if let kind = archive.members.lazy.compactMap({ self.formats.members[$0.name] }).first {
            return [itself(item, source, .notRead(kind))]
        }
        var readings: [Reading] = []
        for m in archive.members {
            let inner = item.inner(item.locator.member(m.name), m.bytes, m.findings, archive: true)
            if m.findings.contains(where: { $0.code == "symbolic-link" }) {
                readings.append(.unknown(at: inner.locator, m.findings))
            } else {
                readings += try readInner(inner, &budget)
            }
        }
        if !archive.problems.isEmpty {
            readings.append(itself(item, source, archive.problems))
        } else if readings.isEmpty, guess.route == .tnef {
            readings.append(itself(item, source, .notRead(guess.name)))
        } else if readings.isEmpty {
            readings.append(
                itself(item, source, Finding("empty-archive", .critical, "The \(guess.name) holds no files.")))
        }
        return readings
    }

    /// `orders.edi.gz` holds `orders.edi`.
    private static func unpacked(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
        return String(name[..<dot])
    }

    private func readDocument(_ item: Item, _ guess: FormatGuess, _ source: String) throws(IntakeFault) -> Extracted {
        // A mail's places count from its part's number, so that the same mail under another part is read anew.
        let key = guess.route == .mail ? source + "#" + (item.locator.part ?? "") : source
        if let known = shared.reading(of: key) {
            return Extracted(
                readings: known.map { $0.moved(to: item.locator, keepingPart: guess.route == .mail) })
        }
        let extracted = try parse(item, guess, source)
        if extracted.attachments.isEmpty { shared.remember(key, extracted.readings) }
        return extracted
    }

    private func parse(_ item: Item, _ guess: FormatGuess, _ source: String) throws(IntakeFault) -> Extracted {
        var bytes = item.bytes
        var notes: [Finding] = []
        if guess.wide, let text = UTF16Text.decoded(bytes: bytes) {
            bytes = text
            notes.append(Finding("utf-16", .info, "The text is UTF-16; places are counted in it as UTF-8."))
        }
        if guess.start > 0, guess.route != .edi {
            notes.append(
                Finding(
                    "leading-text", .info, "\(guess.start) bytes of something else stand before the document.",
                    at: Place(offset: 0, length: guess.start)))
            bytes = Array(bytes[guess.start...])
        }
        var result: Extracted
        switch guess.route {
        case .edi:
            result = Extracted(readings: orUnknown(edi.read(bytes, at: item.locator, source: source), item, source))
        case .xml: result = Extracted(readings: xml.read(bytes, at: item.locator, source: source))
        case .pdf, .picture, .mail: result = try confined(bytes, item, guess, source)
        case .none(let code, let severity):
            return Extracted(readings: [
                .unknown(at: item.locator, [.notRead(guess.name, code: code, severity)], source: source)
            ])
        case .unidentified, .archive, .tnef:
            return Extracted(readings: [
                .unknown(
                    at: item.locator,
                    [
                        Finding(
                            "unreadable", .critical, "The file cannot be identified: \(guess.name) of no known form.")
                    ],
                    source: source)
            ])
        }
        if result.readings.isEmpty, result.attachments.isEmpty {
            let f = Finding("unreadable", .critical, "Nothing could be made of this \(guess.name).")
            result.readings = [.unknown(at: item.locator, format: guess.format, [f], source: source)]
        }
        result.readings = result.readings.map { $0.noting(notes) }
        return result
    }

    /// EDI framing without a message that can be read is one unknown document, with what the reader found.
    private func orUnknown(_ readings: [Reading], _ item: Item, _ source: String) -> [Reading] {
        guard readings.allSatisfy({ $0.document.type == "unknown" }) else { return readings }
        var findings: [Finding] = []
        for r in readings { for f in r.document.findings where !findings.contains(f) { findings.append(f) } }
        if !findings.contains(where: { $0.severity == .critical }) {
            findings.append(Finding("unreadable", .critical, "The interchange holds no message that can be read."))
        }
        var one = Reading.unknown(at: item.locator, findings, source: source)
        if let first = readings.first?.document {
            one.document.sender = first.sender
            one.document.receiver = first.receiver
            one.document.envelope = first.envelope
        }
        return [one]
    }

    private func confined(
        _ bytes: [UInt8], _ item: Item, _ guess: FormatGuess, _ source: String
    ) throws(IntakeFault) -> Extracted {
        if guess.route == .pdf, bytes.count > limits.paperBytes {
            let f = Finding(
                "file-too-large", .critical,
                "The PDF is too large: \(bytes.count >> 20) MiB, where \(limits.paperBytes >> 20) MiB are read.")
            return Extracted(readings: [.unknown(at: item.locator, format: guess.format, [f], source: source)])
        }
        switch try worker.read(bytes, format: guess.format, at: item.locator, source: source) {
        case .done(let e): return e
        case .death(let d):
            let f = Finding(d.code, .critical, d.words)
            return Extracted(readings: [.unknown(at: item.locator, format: guess.format, [f], source: source)])
        }
    }
}

extension Finding {
    static func notRead(
        _ kind: String, code: String = "format-not-read", _ severity: Severity = .info
    ) -> Finding {
        Finding(code, severity, "The file was recognised as \(kind); files of this kind are not read.")
    }
}
