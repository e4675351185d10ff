import Schemas
import Vocabulary

/// Reads XML documents of any family that `schemas/maps/xml/` knows.
package struct XMLReader: Sendable {
    private let recognition: Recognition
    /// The schemas that the user has; without them no document is validated.
    package var xsd: XSDSets?

    package init(_ schemas: SchemaFiles) throws(SchemaFault) {
        recognition = Recognition(try XMLMaps(schemas).maps)
    }

    /// The documents in a file's bytes, each with its events. There is always at least one: bytes of which nothing can be
    /// made are one document with the finding that says so.
    ///
    /// - Parameter locator: where the file is; `message` is added where it holds several documents.
    /// - Parameter source: SHA-256 of the file, hexadecimal.
    package mutating func read(_ bytes: [UInt8], at locator: Locator, source: String) -> [Reading] {
        if let refusal = refusal(bytes) {
            return [Reading(unread(bytes, locator, source, refusal))]
        }
        let utf16 = Charset.utf16(bytes)
        let text = utf16 ?? bytes
        let parts = Scan(text).parts
        guard !parts.isEmpty else {
            let finding = Finding("not-xml", .critical, "The file holds no XML element.", at: Place(offset: 0))
            return [Reading(unread(bytes, locator, source, finding))]
        }
        let lines = LineCounter(text)
        var readings: [Reading] = []
        for part in parts {
            let reader = PartReader(
                recognition: recognition, xsd: xsd, lines: lines, locator: locator, source: source,
                transcoded: utf16 != nil)
            readings += reader.read(part, of: text)
        }
        if readings.count > 1 {
            for i in readings.indices { readings[i].document.locator.message = i + 1 }
        }
        return readings
    }

    private func refusal(_ bytes: [UInt8]) -> Finding? {
        if !bytes.contains(where: { $0 > 0x20 }) {
            return Finding("empty-file", .critical, "The file is empty.", at: Place(offset: 0))
        }
        if bytes.starts(with: [0x1F, 0x8B]) {
            return Finding(
                "compressed", .critical, "The file holds gzip bytes under an XML name; they are not inflated here.",
                at: Place(offset: 0))
        }
        if bytes.count > Limits.bytes {
            return Finding(
                "too-large", .critical,
                "The file has \(bytes.count) bytes; XML beyond \(Limits.bytes >> 20) MiB is not read.")
        }
        return nil
    }

    private func unread(
        _ bytes: [UInt8], _ locator: Locator, _ source: String, _ finding: Finding
    ) -> Document {
        let digest = Digest.hex(Digest.sha256(bytes))
        return Document(
            locator: locator, format: .unknown, type: "unknown", status: .rejected, findings: [finding], source: source,
            digest: digest, body: digest, span: [0, bytes.count])
    }
}
