import Schemas
import Vocabulary

/// Reads XML documents of any family that `schemas/maps/xml/` knows.
package struct XMLReader: Sendable {
    private let recognition: Recognition
    /// The schemas that the user has; without them no document is validated.
    package var xsd: XSDSets?

    package init(_ schemas: SchemaFiles) throws(SchemaFault) {
        recognition = Recognition(try XMLMaps(schemas))
    }

    /// Reads a file whose bytes come in chunks.
    ///
    /// - Parameters:
    ///   - locator: where the file is; `message` is added where it holds several documents.
    ///   - source: SHA-256 of the file, hexadecimal.
    package func stream(at locator: Locator, source: String) -> XMLStream {
        XMLStream(recognition, at: locator, source: source)
    }

    /// The documents in a file's bytes, each with its events: what `stream` gives for the same bytes, all at once. A file
    /// of more than 100,000 documents is read up to there, with the finding `too-many-documents`.
    ///
    /// Documents are validated here and not in a stream: a schema may be for the wrapper that they stand in.
    package func read(_ bytes: [UInt8], at locator: Locator, source: String) -> [Reading] {
        let readings = readAll(bytes, at: locator, source: source)
        return xsd.map { XSDJudge($0, bytes).judged(readings) } ?? readings
    }

    private func readAll(_ bytes: [UInt8], at locator: Locator, source: String) -> [Reading] {
        let stream = stream(at: locator, source: source)
        var readings: [Reading] = []
        var at = 0
        while at < bytes.count {
            let end = min(bytes.count, at + 1 << 18)
            readings += stream.add(bytes[at..<end])
            at = end
            if readings.count > Limits.documents { break }
        }
        if at == bytes.count { readings += stream.finish() }
        guard readings.count > Limits.documents else { return readings }
        readings.removeSubrange(Limits.documents...)
        let last = readings[Limits.documents - 1].document.span?.last ?? 0
        let rest = Finding(
            "too-many-documents", .critical,
            "The file holds more than \(Limits.documents) documents; those behind were not read.",
            at: Place(offset: last))
        var behind = locator
        behind.message = Limits.documents + 1
        let digest = Digest.hex(Digest.sha256(bytes[min(last, bytes.count)...]))
        let document = Document(
            locator: behind, format: .xml, type: "unknown", status: .rejected, findings: [rest], source: source,
            digest: digest, body: digest, span: [last, bytes.count])
        return readings + [Reading(document)]
    }
}
