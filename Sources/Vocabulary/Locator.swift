/// Where a document is: file, part of a mail, message of a file, pages of a PDF (contract: the locator).
package struct Locator: Hashable, Sendable, CustomStringConvertible {
    /// Path below the drop, `/` between folders; members of containers follow as `!name`, nesting.
    package var path: String
    /// MIME section number of an attachment, as in IMAP, with `!name` for members of a container in it.
    package var part: String?
    package var message: Int?
    package var pages: [Int]?

    package init(path: String, part: String? = nil, message: Int? = nil, pages: [Int]? = nil) {
        self.path = path
        self.part = part
        self.message = message
        self.pages = pages
    }

    /// As a person says it: `in/850.edi, message 2`.
    package var description: String {
        var s = path
        if let part { s += ", part \(part)" }
        if let message { s += ", message \(message)" }
        if let pages, pages.count == 2 { s += ", pages \(pages[0])-\(pages[1])" }
        return s
    }

    /// The members as they stand in an output row.
    package var members: [(String, JSON?)] {
        [
            ("path", .string(path)), ("part", part.map(JSON.string)), ("message", message.map(JSON.int)),
            ("pages", pages.map { .array($0.map(JSON.int)) }),
        ]
    }

    package init?(json: JSON) {
        guard let path = json["path"]?.string else { return nil }
        self.init(
            path: path, part: json["part"]?.string, message: json["message"]?.int,
            pages: json["pages"]?.items.compactMap(\.int))
    }
}

extension Locator: Comparable {
    package static func < (a: Locator, b: Locator) -> Bool {
        (a.path, a.part ?? "", a.message ?? 0, a.pages?.first ?? 0)
            < (b.path, b.part ?? "", b.message ?? 0, b.pages?.first ?? 0)
    }
}
