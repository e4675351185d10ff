/// A file that came inside another (a mail's attachment, a PDF's embedded file, an archive's member), to be told
/// apart and read like any other.
package struct Attachment: Hashable, Sendable {
    /// Its locator: path, and part where it came by mail.
    package var locator: Locator
    /// The name it was given, without folders and control characters; only a name, never a path.
    package var name: String
    package var bytes: [UInt8]

    package init(locator: Locator, name: String, bytes: [UInt8]) {
        self.locator = locator
        self.name = name
        self.bytes = bytes
    }
}

/// What a reader of a container (a mail, a PDF) gives: its own documents, and the files to be read next.
package struct Extracted: Hashable, Sendable {
    package var readings: [Reading]
    package var attachments: [Attachment]

    package init(readings: [Reading] = [], attachments: [Attachment] = []) {
        self.readings = readings
        self.attachments = attachments
    }
}
