import Foundation
import Schemas
import Testing
import Vocabulary

@testable import Pipeline

@Suite("A folder of official schemas, by option or policy") struct XSDFolderTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: "interline-" + UUID().uuidString)
    private let schemas: SchemaFiles

    init() throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        schemas = try SchemaFolder(given: package + "/schemas", environment: nil, executable: "/x").files
        func schema(_ type: String) -> String {
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"Parcel\" type=\"\(type)\"/></xs:schema>"
        }
        try write("house/policy.yaml", "xsd: schemas\nxsd-invalid: reject\n")
        try write("house/schemas/numbers/p.xsd", schema("xs:int"))
        try write("house/schemas/numbers/README.txt", "no schema")
        try write("texts/texts/p.XSD", schema("xs:string"))
        try write("empty/x/readme.txt", "no schema")
        try write("drop/p.xml", "<Parcel>seven</Parcel>")
    }

    private func write(_ path: String, _ text: String) throws {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func inspect(policy: String? = nil, xsd: String? = nil) throws -> Document? {
        try Inspection(
            file: root.path + "/drop/p.xml", policy: policy.map { root.path + "/" + $0 },
            xsd: xsd.map { root.path + "/" + $0 }, schemas: schemas
        ).readings.first?.document
    }

    @Test func thePolicysFolderCountsFromThePolicysPlace() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let document = try #require(try inspect(policy: "house/policy.yaml"))
        #expect(document.findings.first { $0.code == "schema-invalid" }?.severity == .critical)
        #expect(document.status == .rejected)
    }

    @Test func theOptionGoesBeforeThePolicy() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let document = try #require(try inspect(policy: "house/policy.yaml", xsd: "texts"))
        #expect(document.findings.map(\.message).contains("The document is valid under texts."))
    }

    @Test func withoutAFolderNothingIsValidated() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let document = try #require(try inspect())
        #expect(document.findings.map(\.code) == ["unknown-root"])
    }

    @Test func aFolderWithoutSchemasIsRefused() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        for folder in ["empty", "nowhere", "drop/p.xml"] {
            let fault = #expect(throws: Fault.self) { try inspect(xsd: folder) }
            #expect(fault?.status == 2)
        }
    }

    @Test func aRunNamesTheSchemasItUsed() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        var run = Run(
            drop: root.path + "/drop", out: root.path + "/out", asOf: try #require(Moment(iso: "2026-03-31T00:00:00Z")),
            schemas: schemas)
        #expect(try run().run["xsd"] == nil)
        run.xsd = root.path + "/texts"
        let first = try run().run["xsd"]?.string
        #expect(first?.hasPrefix("xsd-") == true)
        run.xsd = root.path + "/house/schemas"
        #expect(try run().run["xsd"]?.string != first)
    }

    @Test func otherValuesThanReportAndRejectAreRefused() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try write("house/wrong.yaml", "xsd: schemas\nxsd-invalid: maybe\n")
        #expect(throws: Fault.usage("\(root.path)/house/wrong.yaml:2: xsd-invalid has to be report or reject")) {
            try inspect(policy: "house/wrong.yaml")
        }
    }
}
