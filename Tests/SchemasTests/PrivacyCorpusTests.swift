import Foundation
import Testing

@testable import Schemas

/// Real customs files and invoices, where they lie beside the project: no code and no contact is left in them.
@Suite struct PrivacyCorpusTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/corpora/customs").path

    private static let names = [
        "accessCode", "Telephone", "Telefax", "ElectronicMail", "phoneNumber", "eMailAddress", "IBANID",
    ]

    /// The elements of these names with their texts, as a plain search finds them.
    private func values(in text: String) -> [String] {
        var found: [String] = []
        for name in Self.names {
            for part in text.components(separatedBy: name + ">").dropFirst() {
                let value = String(part.prefix { $0 != "<" })
                guard value.count(where: { !$0.isWhitespace }) > 2, part.dropFirst(value.count).hasPrefix("</") else {
                    continue
                }
                found.append("\(name)>\(value)</")
            }
        }
        return found
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: corpus), "the corpora of ../shared are not here"))
    func realFilesShowNoCodesAndNoContacts() throws {
        let privacy = try Privacy(ProjectSchemas.files())
        var found = 0
        let walk = FileManager.default.enumerator(atPath: Self.corpus)
        while let name = walk?.nextObject() as? String {
            guard name.hasSuffix(".xml"),
                let text = try? String(contentsOfFile: "\(Self.corpus)/\(name)", encoding: .utf8),
                text.utf8.count < 100_000
            else { continue }
            let sensitive = values(in: text)
            if sensitive.isEmpty { continue }
            let masked = privacy.markup(text, above: [])
            for value in sensitive { #expect(!masked.contains(value), "\(name): \(value)") }
            found += sensitive.count
        }
        #expect(found > 100)
    }
}
