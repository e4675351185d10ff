import Foundation
import Testing

/// Where the program finds its schemas, wherever it was copied to.
@Suite struct SchemaPlaceTests {
    private let files = FileManager.default

    private func copied(to folder: String) throws -> String {
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try files.copyItem(atPath: Program.path, toPath: folder + "/interline")
        return folder + "/interline"
    }

    @Test func aBinaryWithoutSchemasNamesEveryPlaceItTried() throws {
        let scratch = try Scratch()
        let program = try copied(to: scratch.path("prefix/bin"))
        let outcome = try Program.run(["schemas", "check"], executable: program)
        #expect(outcome.status == 2)
        for place in ["prefix/share/interline/schemas", "prefix/bin/schemas", "prefix/schemas"] {
            #expect(outcome.err.contains(scratch.path(place)))
        }
        #expect(outcome.err.contains("INTERLINE_SCHEMAS"))
    }

    @Test func anInstalledBinaryFindsTheSchemasBesideItsFolder() throws {
        let scratch = try Scratch()
        let program = try copied(to: scratch.path("prefix/bin"))
        try files.createDirectory(atPath: scratch.path("prefix/share/interline"), withIntermediateDirectories: true)
        try files.copyItem(atPath: Program.package + "/schemas", toPath: scratch.path("prefix/share/interline/schemas"))
        let outcome = try Program.run(["schemas", "check"], executable: program, folder: "/")
        #expect(outcome.status == 0, "\(outcome.out)\(outcome.err)")
        #expect(outcome.out.contains(scratch.path("prefix/share/interline/schemas")))
    }

    @Test func aBinaryInACheckoutFindsTheSchemasAboveIt() throws {
        let outcome = try Program.run(["schemas", "check"], folder: "/")
        #expect(outcome.out.contains("\(Program.package)/schemas can be used"), "\(outcome.out)\(outcome.err)")
    }

    @Test func theEnvironmentNamesAFolder() throws {
        let scratch = try Scratch()
        let program = try copied(to: scratch.path("bin"))
        let environment = ["INTERLINE_SCHEMAS": Program.package + "/schemas"]
        #expect(try Program.run(["schemas", "check"], executable: program, environment: environment).status == 0)
        let wrong = ["INTERLINE_SCHEMAS": scratch.path("none")]
        let outcome = try Program.run(["schemas", "check"], executable: program, environment: wrong)
        #expect(outcome.status == 2)
        #expect(outcome.err.contains("INTERLINE_SCHEMAS: \(scratch.path("none"))"))
    }

    @Test func anOwnFolderIsLaidOverTheStandardOne() throws {
        let scratch = try Scratch()
        try scratch.write("mine/maps/x12/000.yaml", "message: [\n")
        let outcome = try Program.run(["schemas", "check", "--schemas", scratch.path("mine")])
        #expect(outcome.status == 1)
        #expect(outcome.out.contains("maps/x12/000.yaml:"))
    }
}
