import Foundation
import Testing

@testable import Schemas

/// A policy value that no rule reads would be a promise not kept; so would a code that nothing raises.
@Suite struct PolicyNamesTests {
    private static func sources() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "Sources/Coordination").resolvingSymlinksInPath().path
        var all = ""
        for f in try FileManager.default.subpathsOfDirectory(atPath: folder) where f.hasSuffix(".swift") {
            all += try String(contentsOfFile: "\(folder)/\(f)", encoding: .utf8)
        }
        return all
    }

    @Test func everyPolicyValueIsReadByARule() throws {
        let policy = try Policy(ProjectSchemas.files())
        let sources = try PolicyNamesTests.sources()
        let typed = [
            "readiness.licence", "edi.message-mib", "xsd", "xsd-invalid", "proofs.pages", "proofs.ocr-pages",
            "proofs.languages",
        ]
        for name in Array(policy.figures.keys) + Array(policy.words.keys) where !typed.contains(name) {
            // A percentage may be named by its rule's code and its kind apart.
            #expect(sources.contains("\"\(name)\""), "\(name) is read")
        }
    }

    @Test func everyCodeOfTheCatalogueIsRaised() throws {
        let catalogue = try Catalogue(ProjectSchemas.files())
        let sources = try PolicyNamesTests.sources()
        for code in catalogue.entries.keys { #expect(sources.contains("\"\(code)\""), "\(code) is raised") }
    }

    @Test func aMessageLimitThatNoReaderCanHoldToIsRefused() throws {
        let files = try ProjectSchemas.files()
        for text in ["0", "2000", "1.5", "much"] {
            let own = try Node(yaml: "edi:\n  message-mib: \(text)\n", file: "p.yaml")
            let fault = #expect(throws: SchemaFault.self) { try Policy(files, overlay: own) }
            #expect(fault?.line == 2)
        }
        let own = try Node(yaml: "edi: {message-mib: 2}\n", file: "p.yaml")
        #expect(try Policy(files, overlay: own).messageBytes == 2 << 20)
    }

    @Test func limitsAndLanguagesOfPapersAreReadAndWrongOnesRefusedWithTheirLine() throws {
        let files = try ProjectSchemas.files()
        #expect(try Policy(files).proofs == ProofPolicy())
        let own = try Node(yaml: "proofs: {ocr-pages: 3, languages: [pol, chi_sim]}\n", file: "p.yaml")
        let proofs = try Policy(files, overlay: own).proofs
        #expect(proofs.pages == 200)
        #expect(proofs.recognisedPages == 3)
        #expect(proofs.languages == ["pol", "chi_sim"])
        #expect(ProofPolicy(json: proofs.json) == proofs)
        for text in [
            "pages: 0", "pages: many", "ocr-pages: 201", "languages: []", "languages: [eng+deu]", "languages: [../eng]",
            "languages: [de]", "recognise: 3",
        ] {
            let own = try Node(yaml: "proofs:\n  \(text)\n", file: "p.yaml")
            let fault = #expect(throws: SchemaFault.self, "\(text)") { try Policy(files, overlay: own) }
            #expect(fault?.line == 2)
        }
    }

    @Test func aSilenceWithoutARightDayIsRefused() throws {
        let files = try ProjectSchemas.files()
        let own = try Node(yaml: "silence:\n  - {code: payment-short, reason: x, until: 2026-31-02}\n", file: "p.yaml")
        let fault = #expect(throws: SchemaFault.self) { try Policy(files, overlay: own) }
        #expect(fault?.line == 2)
    }
}
